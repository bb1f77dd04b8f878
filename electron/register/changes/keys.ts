import { getDay } from '../../../shared/domain/day.ts'
import type { KeyEndState } from '../../../shared/domain/facts.ts'
import { utcInstant } from '../../../shared/domain/text/utc.ts'
import type { Reader } from '../db/handles.ts'
import { END_STATE } from '../facts/key-end.ts'
import { type AtEnds, endsOfSubjects, type Ends } from './ends.ts'
import { getChange, differences, type FactEnds, type RawChange, text } from './raw-change.ts'

type KeyEnds = Ends &
  AtEnds<
    'name' | 'status' | 'owner_state' | 'owner_external_id' | 'owner_name' | 'owner_email' | 'project' | 'permissions',
    string
  > &
  AtEnds<'expires_at' | 'project_id', number> &
  AtEnds<'end_state', KeyEndState> & { readonly rotated: number }

const COLUMNS = [
  'name',
  'status',
  'owner_state',
  'owner_external_id',
  'owner_name',
  'owner_email',
  'expires_at',
  'expires_unread',
  'source',
  'project_id',
  'permissions',
] as const

/** The name of a project at the end of the span, looked up only where a key moved. */
const PROJECT_NAME = (end: 'before' | 'after'): string =>
  `CASE WHEN e.before_project_id IS NOT e.after_project_id AND e.stood_before AND e.stood_after THEN
    (SELECT v.name FROM project_version v WHERE v.project_id = e.${end}_project_id AND v.from_sync <= e.s2 ORDER BY v.from_sync DESC LIMIT 1) END`

/**
 * A new key is a rotation if its logical key was known before the span: a first key and its successor in one span are
 * both new.
 */
const ROTATED = `NOT e.stood_before AND e.stood_after
  AND EXISTS (SELECT 1 FROM rotation r WHERE r.key_id = e.id AND r.recognized = 1 AND r.undone_at IS NULL)
  AND EXISTS (SELECT 1 FROM key k JOIN key_history o ON o.logical_key_id = k.logical_key_id AND o.id <> k.id
    WHERE k.id = e.id AND o.from_sync <= e.s1)`

const PROVIDER = '(SELECT cn.provider FROM connection cn WHERE cn.id = e.connection_id)'

const KEY_CHANGES = `SELECT e.*, ${PROJECT_NAME('before')} AS before_project, ${PROJECT_NAME('after')} AS after_project,
    ${ROTATED} AS rotated,
    ${END_STATE(PROVIDER, 'e.before_')} AS before_end_state, ${END_STATE(PROVIDER, 'e.after_')} AS after_end_state
  FROM (${endsOfSubjects('key_version', 'key_id', COLUMNS)}) e`

/** Keys created, rotated (new, replacing an earlier one), removed, moved to another owner, or changed otherwise. */
export function keyChanges(reader: Reader, spans: string): RawChange[] {
  return reader.all<KeyEnds>(KEY_CHANGES, { spans }).flatMap((row) => {
    const projectId = row.stood_after === 1 ? row.after_project_id : row.before_project_id
    if (row.stood_before === 0) {
      if (row.stood_after === 0) return []
      return getChange(row, row.rotated === 1 ? 'key-rotated' : 'key-created', 'key', { projectId })
    }
    if (row.stood_after === 0) return getChange(row, 'key-removed', 'key', { projectId })
    if (
      row.before_owner_state !== row.after_owner_state ||
      row.before_owner_external_id !== row.after_owner_external_id
    ) {
      return getChange(row, 'key-re-owned', 'key', {
        before: owner(row, 'before'),
        after: owner(row, 'after'),
        projectId,
      })
    }
    const words = differences([
      text(row.before_name, row.after_name),
      text(row.before_status, row.after_status),
      expiry(row),
      [row.before_permissions !== row.after_permissions, permissions(row, 'before'), permissions(row, 'after')],
      [row.before_project_id !== row.after_project_id, place(row, 'before'), place(row, 'after')],
    ])
    return words === null ? [] : getChange(row, 'key-changed', 'key', { ...words, projectId })
  })
}

function permissions(row: KeyEnds, end: 'before' | 'after'): string {
  const reported = row[`${end}_permissions`]
  return reported === null ? 'permissions not reported' : `permissions ${reported}`
}

function place(row: KeyEnds, end: 'before' | 'after'): string {
  const id = row[`${end}_project_id`]
  return id === null ? 'in no project' : `in ${row[`${end}_project`] ?? `project ${id}`}`
}

function owner(row: KeyEnds, end: 'before' | 'after'): string {
  const state = row[`${end}_owner_state`]
  if (state !== 'known') return state === 'none' ? 'no owner' : 'owner unknown'
  return row[`${end}_owner_name`] || row[`${end}_owner_email`] || (row[`${end}_owner_external_id`] ?? '')
}

/** By the day; by the second where it changed within a day. */
function expiry(row: KeyEnds): FactEnds {
  const { before_expires_at: before, after_expires_at: after } = row
  const sameDay = before !== null && after !== null && getDay(before) === getDay(after)
  const word = (at: number | null, state: KeyEndState | null): string => {
    if (at !== null) return `expires ${sameDay ? (utcInstant(at) ?? getDay(at)) : getDay(at)}`
    return state === 'not-reported' ? 'expiry not reported' : 'never expires'
  }
  const words = [word(before, row.before_end_state), word(after, row.after_end_state)] as const
  return [words[0] !== words[1] || before !== after, ...words]
}
