import type { UsageMatrix } from '../../../shared/contract/usage.ts'
import { USAGE_FACES } from '../../../shared/domain/usage/faces.ts'
import type { Reader } from '../handles.ts'
import { usageOwners, type UsageSpan } from './by.ts'

/** Two things that usage is told by at once, each with the columns of the face that knows both. */
const PAIRS = {
  'key-model': { face: USAGE_FACES[6], row: 'b', column: 'c' },
  'feature-key': { face: USAGE_FACES[8], row: 'a', column: 'b' },
} as const

export type UsagePair = keyof typeof PAIRS

/** What each pair of two things spent in a span of months; most expensive first. One statement. */
export function usageMatrix(reader: Reader, span: UsageSpan, pair: UsagePair): UsageMatrix['cells'] {
  const { face, row, column } = PAIRS[pair]
  const owners = usageOwners(span, span.source)
  return [
    ...reader.all<UsageMatrix['cells'][number]>(
      `WITH owner (client_id, connection_id) AS MATERIALIZED (${owners.text}),
         s AS (SELECT u.${row} AS r, u.${column} AS c, sum(u.cost) AS cost, sum(u.input) AS input, sum(u.output) AS output
           FROM owner o CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id
             AND u.period BETWEEN :from AND :to
           GROUP BY u.client_id, r, c)
       SELECT nullif(ifnull(rn.name, rn.word), '') AS row, nullif(ifnull(cn.name, cn.word), '') AS "column", s.cost, s.input, s.output
       FROM s JOIN usage_name rn ON rn.id = s.r JOIN usage_name cn ON cn.id = s.c ORDER BY s.cost DESC, s.input DESC`,
      { face: face.code, from: span.fromMonth, to: span.toMonth, ...owners.params },
    ),
  ]
}
