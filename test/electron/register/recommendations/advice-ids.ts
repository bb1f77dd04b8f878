import { readAdvice } from '../../../../electron/register/recommendations/advice.ts'
import { type AdviceFilter, orderAdvice } from '../../../../electron/register/recommendations/list.ts'
import type { UseQuery } from '../../../../electron/register/recommendations/facts.ts'
import { describeSilent } from '../../../../electron/register/recommendations/silent.ts'
import type { Reader } from '../../../../electron/register/db/handles.ts'

export type AdviceQuery = AdviceFilter & UseQuery

/** The ids of the recommendations that a list has. */
export function adviceIds(
  reader: Reader,
  { client, person, principal, ...filter }: AdviceQuery,
  now: number,
): number[] {
  return orderAdvice(reader, readAdvice(reader, { client, person, principal }, { now }), filter)
}

/** Those without reported use, as a list counts them beside it. */
export function findSilent(reader: Reader, query: UseQuery, now: number) {
  return describeSilent(reader, readAdvice(reader, query, { now }))
}
