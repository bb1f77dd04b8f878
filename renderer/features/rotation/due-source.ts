import type { KeyRow } from '../../../shared/contract/keys.ts'
import { daysBetween, addDays, type Day } from '../../../shared/domain/day.ts'
import { api, query } from '../../data/api.ts'
import type { ListSource } from '../../ui/table/use-slices.ts'
import { listSpans } from './days.ts'

/** A range of the keys by due date. */
export interface Stretch {
  readonly start: number
  readonly count: number
}

/** The keys of a scope by due date, those without one last; or a range of them. */
export function dueSource(client: string | undefined, stretch: Stretch | null): ListSource<KeyRow> {
  return {
    key: JSON.stringify([client, stretch?.start]),
    slice: (offset, limit) => {
      const left = stretch === null ? limit : Math.max(0, Math.min(limit, stretch.count - offset))
      const options = query.keys.list.queryOptions({
        input: { client, sort: { by: 'due', direction: 'asc' }, offset: offset + (stretch?.start ?? 0), limit: left },
      })
      if (stretch === null) return options
      return {
        queryKey: [...options.queryKey, stretch],
        queryFn: async (context) => ({ rows: (await options.queryFn(context)).rows, total: stretch.count }),
      }
    },
  }
}

/**
 * The range of the keys that are due on a day, among all keys by due date. The service has no count "until" a day
 * before today, so overdue keys are counted back from today.
 */
export async function stretchOfDay(
  client: string | undefined,
  day: Day,
  today: Day,
  signal: AbortSignal,
): Promise<Stretch> {
  const getCount = async (from: Day, until: Day): Promise<number> => {
    let count = 0
    for (const span of listSpans(from, until)) {
      for (const each of await api.rotation.calendar({ client, ...span }, { signal })) count += each.count
    }
    return count
  }
  const count = await getCount(day, day)
  if (day < today) {
    const overdue = await api.keys.list({ client, rotation: 'overdue', limit: 0 }, { signal })
    return { start: Math.max(0, overdue.total - (await getCount(day, addDays(today, -1)))), count }
  }
  const until = await api.rotation.due({ client, within: daysBetween(today, day), limit: 0 }, { signal })
  return { start: Math.max(0, until.total - count), count }
}
