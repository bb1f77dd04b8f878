import type { Moment } from '../../../shared/domain/day.ts'
import type { LeaverItem } from '../../../shared/contract/leavers.ts'
import type { Reader } from '../db/handles.ts'
import { listLeavers } from './leaver.ts'
import { MOST_ITEMS } from './detail.ts'
import { listItems } from './items.ts'

type ChangeRequest = NonNullable<LeaverItem['remediation']>

/**
 * The changes that end everything left of a leaver in every connection, in the order of the sweep; none for people who
 * are still employed.
 */
export function leaverRemediations(reader: Reader, personId: number, moment: Moment): ChangeRequest[] {
  const leavers = listLeavers(reader, { people: [personId] }, moment)
  return listItems(reader, leavers, {}, moment)
    .slice(0, MOST_ITEMS)
    .flatMap(({ item }) => item.remediation ?? [])
}
