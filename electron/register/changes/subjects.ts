import type { ChangeKind } from '../../../shared/contract/changes.ts'
import type { Reader } from '../handles.ts'
import type { RawChange } from './raw-change.ts'
import { SPANS, STOOD } from './span.ts'

interface Ends {
  readonly connection_id: number
  readonly sync_id: number
  readonly id: number
  readonly stood_before: number
  readonly stood_after: number
}

/** Columns of the two versions that stand at the ends of the span, as `before_x` and `after_x`. */
function ends(versions: string, id: string, columns: readonly string[]): string {
  const picked = columns.flatMap((column) => [`b.${column} AS before_${column}`, `a.${column} AS after_${column}`])
  return `WITH ${SPANS}, touched AS (
      SELECT s.connection_id, s.s1, s.s2, s.id, max(s.sync_id) AS sync_id FROM (
        SELECT step.*, v.${id} AS id FROM step JOIN ${versions} v ON v.from_sync = step.sync_id
        UNION ALL SELECT step.*, v.${id} FROM step JOIN ${versions} v ON v.to_sync = step.sync_id) s
      GROUP BY s.connection_id, s.id)
    SELECT t.connection_id, t.sync_id, t.id, b.${id} IS NOT NULL AS stood_before, a.${id} IS NOT NULL AS stood_after,
      ${picked.join(', ')}
    FROM touched t
    LEFT JOIN ${versions} b ON b.${id} = t.id AND ${STOOD('b', 's1', 't')}
    LEFT JOIN ${versions} a ON a.${id} = t.id AND ${STOOD('a', 's2', 't')}`
}

const NO_LEVELS = { levelBefore: null, levelAfter: null } as const

interface ProjectEnds extends Ends {
  readonly before_name: string | null
  readonly after_name: string | null
  readonly before_status: string | null
  readonly after_status: string | null
}

export function projectChanges(reader: Reader, spans: string): RawChange[] {
  return reader
    .all<ProjectEnds>(ends('project_version', 'project_id', ['name', 'status']), { spans })
    .flatMap((row) => {
      const kind = projectKind(row)
      if (kind === null) return []
      const before = kind === 'project-archived' ? row.before_status : row.before_name
      const after = kind === 'project-archived' ? row.after_status : row.after_name
      return changeOf(row, kind, 'project', before, after, row.id)
    })
}

function projectKind(row: ProjectEnds): ChangeKind | null {
  if (row.stood_before === 0) return row.stood_after === 0 ? null : 'project-created'
  if (row.stood_after === 0) return 'project-removed'
  if (row.before_status === 'active' && row.after_status === 'archived') return 'project-archived'
  return row.before_name === row.after_name && row.before_status === row.after_status ? null : 'project-changed'
}

interface PrincipalEnds extends Ends {
  readonly kind: string
}

/** People who came to an organization or left it; invites and service accounts are told by their grants and keys. */
export function personChanges(reader: Reader, spans: string): RawChange[] {
  return reader
    .all<PrincipalEnds>(
      `SELECT e.*, p.kind FROM (${ends('principal_version', 'principal_id', ['status'])}) e JOIN principal p ON p.id = e.id
       WHERE p.kind = 'user' AND e.stood_before <> e.stood_after`,
      { spans },
    )
    .map((row) => changeOf(row, row.stood_after === 1 ? 'person-joined' : 'person-left', 'principal', null, null, null))
}

interface MembershipEnds extends Ends {
  readonly group_name: string
}

export function membershipChanges(reader: Reader, spans: string): RawChange[] {
  return reader
    .all<MembershipEnds>(
      `WITH ${SPANS}, touched AS (
         SELECT step.connection_id, step.s1, step.s2, m.group_id, m.member_id, max(step.sync_id) AS sync_id
         FROM step JOIN membership m ON m.from_sync = step.sync_id OR m.to_sync = step.sync_id
         GROUP BY step.connection_id, m.group_id, m.member_id)
       SELECT t.connection_id, t.sync_id, t.member_id AS id,
         EXISTS (SELECT 1 FROM membership m WHERE m.group_id = t.group_id AND m.member_id = t.member_id AND ${STOOD('m', 's1', 't')}) AS stood_before,
         EXISTS (SELECT 1 FROM membership m WHERE m.group_id = t.group_id AND m.member_id = t.member_id AND ${STOOD('m', 's2', 't')}) AS stood_after,
         (SELECT v.name FROM principal_version v WHERE v.principal_id = t.group_id ORDER BY v.from_sync DESC LIMIT 1) AS group_name
       FROM touched t`,
      { spans },
    )
    .filter((row) => row.stood_before !== row.stood_after)
    .map((row) =>
      row.stood_after === 1
        ? changeOf(row, 'group-joined', 'principal', null, row.group_name, null)
        : changeOf(row, 'group-left', 'principal', row.group_name, null, null),
    )
}

interface KeyEnds extends Ends {
  readonly project_id: number | null
  readonly rotated: number
  readonly before_name: string | null
  readonly after_name: string | null
  readonly before_status: string | null
  readonly after_status: string | null
  readonly before_owner_external_id: string | null
  readonly after_owner_external_id: string | null
  readonly before_owner_name: string | null
  readonly after_owner_name: string | null
  readonly before_expires_at: number | null
  readonly after_expires_at: number | null
}

export function keyChanges(reader: Reader, spans: string): RawChange[] {
  const columns = ['name', 'status', 'owner_external_id', 'owner_name', 'expires_at', 'project_id']
  return reader
    .all<KeyEnds>(
      `SELECT e.*, ifnull(e.after_project_id, e.before_project_id) AS project_id,
         EXISTS (SELECT 1 FROM rotation r WHERE r.key_id = e.id AND r.recognised = 1 AND r.undone_at IS NULL) AS rotated
       FROM (${ends('key_version', 'key_id', columns)}) e`,
      { spans },
    )
    .flatMap((row) => {
      const kind = keyKind(row)
      if (kind === null) return []
      const [before, after] = keyWords(row, kind)
      return changeOf(row, kind, 'key', before, after, row.project_id)
    })
}

function keyKind(row: KeyEnds): ChangeKind | null {
  if (row.stood_before === 0) {
    if (row.stood_after === 0) return null
    return row.rotated === 1 ? 'key-rotated' : 'key-created'
  }
  if (row.stood_after === 0) return 'key-removed'
  if (row.before_owner_external_id !== row.after_owner_external_id) return 'key-re-owned'
  const same =
    row.before_name === row.after_name &&
    row.before_status === row.after_status &&
    row.before_expires_at === row.after_expires_at
  return same ? null : 'key-changed'
}

function keyWords(row: KeyEnds, kind: ChangeKind): readonly [string | null, string | null] {
  if (kind === 'key-re-owned') {
    return [row.before_owner_name ?? row.before_owner_external_id, row.after_owner_name ?? row.after_owner_external_id]
  }
  if (kind !== 'key-changed') return [null, null]
  if (row.before_status !== row.after_status) return [row.before_status, row.after_status]
  return row.before_name === row.after_name
    ? [dayWord(row.before_expires_at), dayWord(row.after_expires_at)]
    : [row.before_name, row.after_name]
}

function dayWord(instant: number | null): string {
  return instant === null ? 'never expires' : `expires ${new Date(instant).toISOString().slice(0, 10)}`
}

function changeOf(
  row: Ends,
  kind: ChangeKind,
  subject: RawChange['subject']['kind'],
  before: string | null,
  after: string | null,
  projectId: number | null,
): RawChange {
  return {
    kind,
    connectionId: row.connection_id,
    syncId: row.sync_id,
    subject: { kind: subject, id: row.id },
    projectId: subject === 'project' ? null : projectId,
    before,
    after,
    ...NO_LEVELS,
  }
}
