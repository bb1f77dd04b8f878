import { addDays, type Moment } from '../../../shared/domain/day.ts'
import type { Reader } from '../../register/db/handles.ts'
import { dueJson, type DueJson, type DueQuery } from '../../register/keys/due-json.ts'

/** Due keys as JSON; with `within`, those that are due within so many days of today, overdue ones included. */
export function readDueJson(
  reader: Reader,
  { within, ...query }: Omit<DueQuery, 'until'> & { readonly within?: number | undefined },
  moment: Moment,
): DueJson {
  const until = within === undefined ? undefined : addDays(moment.today, within)
  return dueJson(reader, { ...query, until }, moment)
}
