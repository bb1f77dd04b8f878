import type { UsageBy } from '../../../shared/contract/usage.ts'
import { USAGE_ROLLUPS, type UsageDimension, type UsageRollup } from '../../../shared/domain/usage/rollups.ts'
import { CLIENT_REF, type ClientRefColumns } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { type KeptSums, PLANS, SUMS, usageOwners, type UsagePeriods } from './by.ts'

/** The stored dimension behind each grouping. */
export const DIMENSION_OF: Readonly<Record<UsageBy, UsageDimension>> = {
  project: 'project',
  key: 'key',
  'logical-key': 'key',
  principal: 'principal',
  person: 'principal',
  model: 'model',
  feature: 'feature',
  environment: 'key',
  team: 'key',
  connection: 'project',
  client: 'project',
}

export interface RollupColumn {
  readonly face: number
  readonly column: (typeof COLUMNS)[number]
}

const COLUMNS = ['a', 'b', 'c'] as const
const ROLLUPS: readonly UsageRollup[] = USAGE_ROLLUPS

/** The smallest roll-up that has all of some dimensions, and the column of each. Null where there is none. */
export function findRollup(
  period: 'day' | 'month',
  dimensions: readonly UsageDimension[],
): readonly RollupColumn[] | null {
  const [face] = ROLLUPS.filter(
    (each) => each.period === period && dimensions.every((one) => each.by.includes(one)),
  ).toSorted((x, y) => x.by.length - y.by.length)
  if (face === undefined) return null
  return dimensions.map((dimension) => ({
    face: face.code,
    column: COLUMNS[face.by.indexOf(dimension)] ?? 'a',
  }))
}

/** The roll-up of one dimension; each dimension has one by day and one by month. */
export function findRollupFor(period: 'day' | 'month', dimension: UsageDimension): RollupColumn {
  const [found] = findRollup(period, [dimension]) ?? []
  if (found === undefined) throw new Error(`No roll-up of ${dimension} by ${period} exists.`)
  return found
}

/** One word of one owner with its sums, and the row of the grouped table that it belongs to. */
export interface UsageWord extends KeptSums, Partial<ClientRefColumns> {
  readonly client_id: number
  readonly connection_id: number
  readonly n: number
  readonly rowKey: string
  readonly name: string | null
  readonly ref: number | null
}

/**
 * All words of a span with the rows that they belong to. Groupings by owner (clients, connections) have one word for
 * each owner, number 0. One statement.
 */
export function usageWords(reader: Reader, span: UsagePeriods, by: UsageBy): readonly UsageWord[] {
  const { join, key, name, ref, ofClient } = PLANS[by]
  const { face, column } = findRollupFor(span.over, DIMENSION_OF[by])
  const owners = usageOwners(span, span.source)
  const word = isOwner(by) ? '0' : `u.${column}`
  return reader.all<UsageWord>(
    `WITH owner (client_id, connection_id) AS MATERIALIZED (${owners.text}),
       s AS MATERIALIZED (SELECT u.client_id, u.connection_id, ${word} AS n, ${SUMS}
         FROM owner o CROSS JOIN usage_cell u ON u.face = :face AND u.client_id = o.client_id AND u.connection_id = o.connection_id
           AND u.period BETWEEN :from AND :to
         GROUP BY u.client_id, u.connection_id, n)
     SELECT s.*, cast(${key} AS TEXT) AS rowKey, ${name} AS name, ${ref} AS ref${ofClient ? `, ${CLIENT_REF}` : ''}
     FROM s JOIN client c ON c.id = s.client_id ${join}`,
    { face, from: span.from, to: span.to, ...owners.params },
  )
}

/** True if a grouping is by the owner of usage, not by a word in it. */
export function isOwner(by: UsageBy): boolean {
  return by === 'client' || by === 'connection'
}
