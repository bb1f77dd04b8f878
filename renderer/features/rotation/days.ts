import type { CalendarDay } from '../../../shared/contract/rotation.ts'
import { addDays, type Day } from '../../../shared/domain/day.ts'
import { ROTATION_STATES, type RotationState } from '../../../shared/domain/rotation.ts'

/** The first day of a day's month. */
export function getMonth(day: Day): Day {
  return `${day.slice(0, 8)}01`
}

/** The days of a month's sheet: the month and the ends of its first and last week. */
export function toSheet(month: Day): { readonly from: Day; readonly until: Day } {
  return { from: addDays(month, -6), until: addDays(month, 41) }
}

const STATE_WORDS: Readonly<Record<RotationState, string>> = {
  overdue: 'overdue',
  due: 'due',
  ok: 'planned',
  unknown: 'without a due date',
}

export function stateWord(state: RotationState): string {
  return STATE_WORDS[state]
}

/** The keys of a client that a day of the calendar names. */
interface NamedKeys {
  readonly client: CalendarDay['client']
  readonly names: readonly string[]
}

/** The content of a day of the calendar. */
export interface DaySheet {
  /** Worst state first. */
  readonly counts: readonly { readonly state: RotationState; readonly count: number }[]
  readonly named: readonly NamedKeys[]
  /** How many more keys are due. */
  readonly more: number
}

/** The sheets of the days on which keys are due, each with at most `most` names. */
export function makeSheets(days: readonly CalendarDay[], most: number): ReadonlyMap<Day, DaySheet> {
  const byDay = Map.groupBy(days, ({ on }) => on)
  return new Map([...byDay].map(([day, clients]) => [day, makeSheet(clients, most)]))
}

/** Of each client one key is named before a second one of any client is; the client with the worst state comes first. */
function makeSheet(days: readonly CalendarDay[], most: number): DaySheet {
  const clients = days.toSorted((a, b) => rank(a.state) - rank(b.state))
  const names = clients.map((): string[] => [])
  const longest = Math.max(0, ...clients.map(({ keys }) => keys.length))
  let left = most
  for (let place = 0; place < longest; place += 1) {
    for (const [index, { keys }] of clients.entries()) {
      const key = keys[place]
      if (key === undefined || left === 0) continue
      names[index]?.push(key.name)
      left -= 1
    }
  }
  const total = clients.reduce((sum, { count }) => sum + count, 0)
  return {
    counts: ROTATION_STATES.map((state) => ({
      state,
      count: clients.reduce((sum, each) => (each.state === state ? sum + each.count : sum), 0),
    })).filter(({ count }) => count > 0),
    named: clients.flatMap(({ client }, index) => {
      const own = names[index] ?? []
      return own.length === 0 ? [] : [{ client, names: own }]
    }),
    more: total - (most - left),
  }
}

function rank(state: RotationState): number {
  return ROTATION_STATES.indexOf(state)
}
