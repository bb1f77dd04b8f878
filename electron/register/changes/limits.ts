import type { Reader } from '../handles.ts'
import type { RawChange } from './raw-change.ts'
import { SPANS, STOOD } from './span.ts'

interface LimitEnds {
  readonly connection_id: number
  readonly sync_id: number
  readonly id: number
  readonly project_id: number | null
  readonly metric: string
  readonly model: string | null
  readonly period: string
  readonly before: number | null
  readonly after: number | null
}

/** Limits set, changed or taken away, by their stable external id. */
export function limitChanges(reader: Reader, spans: string): RawChange[] {
  return reader
    .all<LimitEnds>(
      `WITH ${SPANS}, touched AS (
         SELECT step.connection_id, step.s1, step.s2, v.external_id, max(step.sync_id) AS sync_id, max(v.id) AS id
         FROM (SELECT step.sync_id AS at, v.id AS version FROM step JOIN limit_version v ON v.from_sync = step.sync_id
               UNION SELECT step.sync_id, v.id FROM step JOIN limit_version v ON v.to_sync = step.sync_id) s
         JOIN step ON step.sync_id = s.at JOIN limit_version v ON v.id = s.version
         GROUP BY step.connection_id, v.external_id)
       SELECT t.connection_id, t.sync_id, t.id, l.project_id, l.metric, l.model, l.period,
         (SELECT b.amount FROM limit_version b WHERE b.connection_id = t.connection_id AND b.external_id = t.external_id AND ${STOOD('b', 's1', 't')}) AS before,
         (SELECT a.amount FROM limit_version a WHERE a.connection_id = t.connection_id AND a.external_id = t.external_id AND ${STOOD('a', 's2', 't')}) AS after
       FROM touched t JOIN limit_version l ON l.id = t.id`,
      { spans },
    )
    .flatMap((row) => {
      if (row.before === row.after) return []
      return {
        kind:
          row.before === null
            ? ('limit-set' as const)
            : row.after === null
              ? ('limit-removed' as const)
              : ('limit-changed' as const),
        connectionId: row.connection_id,
        syncId: row.sync_id,
        subject: { kind: 'limit' as const, id: row.id, name: limitName(row) },
        projectId: row.project_id,
        before: amountWord(row, row.before),
        after: amountWord(row, row.after),
        levelBefore: null,
        levelAfter: null,
      }
    })
}

function limitName(row: LimitEnds): string {
  const what = row.metric === 'usd' ? 'Spend' : row.metric.replaceAll('_', ' ')
  return [what, row.model, `per ${row.period}`].filter((part) => part !== null).join(' ')
}

/** Micro-USD as dollars and cents; other metrics as they stand. */
function amountWord(row: LimitEnds, amount: number | null): string | null {
  if (amount === null) return null
  return row.metric === 'usd' ? `$${(amount / 1_000_000).toFixed(2)}` : String(amount)
}
