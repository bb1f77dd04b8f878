import type { ChangeColumns } from './raw-change.ts'
import { SPANS, STOOD, touchedBy } from './span.ts'

export interface Ends extends ChangeColumns {
  readonly stood_before: number
  readonly stood_after: number
}

/** A column at both ends of a span; null where no version is current. */
export type AtEnds<Column extends string, T> = {
  readonly [End in `${'before' | 'after'}_${Column}`]: T | null
}

/**
 * The subjects that a span touched, with columns of the versions current at its two ends as `before_x` and `after_x`
 * (null where none is).
 */
export function endsOfSubjects(versions: string, id: string, columns: readonly string[]): string {
  const picked = columns.flatMap((column) => [`b.${column} AS before_${column}`, `a.${column} AS after_${column}`])
  return `WITH ${SPANS}, ${touchedBy(versions, [id])}
    SELECT t.connection_id, t.s1, t.s2, t.sync_id, t.${id} AS id, b.${id} IS NOT NULL AS stood_before, a.${id} IS NOT NULL AS stood_after
      ${picked.map((column) => `, ${column}`).join('')}
    FROM touched t
    LEFT JOIN ${versions} b ON b.${id} = t.${id} AND ${STOOD('b', 's1')}
    LEFT JOIN ${versions} a ON a.${id} = t.${id} AND ${STOOD('a', 's2')}`
}
