import type { ChangeKind } from '../../../shared/contract/changes.ts'
import type { DetailFact, DetailKind } from '../../../shared/domain/facts.ts'
import type { Reader } from '../db/handles.ts'
import { LIMITS } from '../facts/limits.ts'
import type { AtEnds } from './ends.ts'
import { limitName, type NamedLimit } from './limits.ts'
import { getChange, type RawChange, type ChangeColumns } from './raw-change.ts'
import { SPANS, STOOD } from './span.ts'

interface DetailEnds extends ChangeColumns, AtEnds<'value', string>, NamedLimit {
  readonly of_kind: DetailFact['of']
  readonly kind: DetailKind
  readonly project_id: number | null
}

/** A version that was current at the first end of a span and was changed since was closed in it; one at the second end was opened in it. */
const CHANGED = `moved AS MATERIALIZED (
    SELECT step.connection_id, s1, s2, sync_id, v.of_kind, v.external_id, v.kind, v.source, iif(v.from_sync <= s1, v.value, NULL) AS was, NULL AS now
    FROM step CROSS JOIN detail_version v ON v.to_sync = step.sync_id
    UNION ALL
    SELECT step.connection_id, s1, s2, sync_id, v.of_kind, v.external_id, v.kind, v.source, NULL, iif(v.to_sync IS NULL OR v.to_sync > s2, v.value, NULL)
    FROM step CROSS JOIN detail_version v ON v.from_sync = step.sync_id),
  changed AS MATERIALIZED (
    SELECT connection_id, s1, s2, max(sync_id) AS sync_id, of_kind, external_id, kind, max(source) AS source, max(was) AS before_value, max(now) AS after_value
    FROM moved GROUP BY connection_id, s1, s2, of_kind, external_id, kind HAVING max(was) IS NOT max(now))`

/**
 * True if the value at the first end is known: absent there, it is none only where its list had been read to its end.
 * At the second end it is: a list that was read ended it.
 */
const WAS_KNOWN = `(t.before_value IS NOT NULL OR EXISTS (SELECT 1 FROM sync y JOIN sync_source z ON z.sync_id = y.id
    AND z.source = t.source AND z.state = 'complete' WHERE y.connection_id = t.connection_id AND y.id <= t.s1))`

const ENDS = 't.connection_id, t.sync_id, t.of_kind, t.kind, t.before_value, t.after_value'

const identified = (of: 'principal' | 'project'): string => `SELECT ${ENDS}, o.id, NULL AS project_id, NULL AS metric,
    NULL AS limit_of, NULL AS model, NULL AS period
  FROM changed t CROSS JOIN ${of} o ON o.connection_id = t.connection_id AND o.external_id = t.external_id
  WHERE t.of_kind = '${of}' AND ${WAS_KNOWN} AND ${(['s1', 's2'] as const)
    .map((at) => `EXISTS (SELECT 1 FROM ${of}_version v WHERE v.${of}_id = o.id AND ${STOOD('v', at)})`)
    .join(' AND ')}`

const version = (row: string, at: 's1' | 's2'): string =>
  `CROSS JOIN limit_version ${row} ON ${row}.connection_id = t.connection_id AND ${row}.external_id = t.external_id AND ${STOOD(row, at)}`

/** Details of what was there at both ends: those of what came or was removed are part of that. */
const DETAIL_CHANGES = `WITH ${SPANS}, ${CHANGED}
  ${identified('principal')} UNION ALL ${identified('project')} UNION ALL
  SELECT ${ENDS}, l.id, l.project_id, l.metric, l.limit_of, l.model, l.period
  FROM changed t ${version('b', 's1')} ${version('a', 's2')} JOIN ${LIMITS} l ON l.id = a.id WHERE t.of_kind = 'limit'`

interface DetailWords {
  readonly change: ChangeKind
  /** The value in words; null where it is not known. */
  readonly say: (value: readonly string[] | null) => string | null
}

const WORDS: Readonly<Record<DetailKind, DetailWords>> = {
  recipients: { change: 'recipients-changed', say: (value) => value && listed(value, 'no one') },
  enforcing: {
    change: 'enforcement-changed',
    say: (value) => value && (value[0] === 'yes' ? 'stops traffic' : 'does not stop traffic'),
  },
  provisioned: {
    change: 'provisioning-changed',
    say: (value) => (value?.[0] === 'yes' ? 'managed by a directory (SCIM)' : 'not managed by a directory'),
  },
  tags: { change: 'tags-changed', say: (value) => listed(value ?? [], 'no tags') },
}

function listed(value: readonly string[], none: string): string {
  return value.length === 0 ? none : value.toSorted().join(', ')
}

/**
 * Whom an alert notifies, whether a limit stops traffic, whether a directory manages an account, and tags of projects. A
 * value that becomes known, or that is not reported any more, is not a change; tags and directories are reported only
 * where there are any.
 */
export function detailChanges(reader: Reader, spans: string): RawChange[] {
  return reader.all<DetailEnds>(DETAIL_CHANGES, { spans }).flatMap((row) => {
    const { change: kind, say } = WORDS[row.kind]
    const [before, after] = [say(parse(row.before_value)), say(parse(row.after_value))]
    if (before === null || after === null || before === after) return []
    const change = getChange(row, kind, row.of_kind, { before, after, projectId: row.project_id })
    return row.of_kind === 'limit' ? { ...change, subject: { ...change.subject, name: limitName(row) } } : change
  })
}

function parse(value: string | null): readonly string[] | null {
  return value === null ? null : (JSON.parse(value) as readonly string[])
}
