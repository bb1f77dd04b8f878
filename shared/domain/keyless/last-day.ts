import { addDays, type Day } from '../day.ts'

/** Days for which a key and a federation rule exist beside each other, so that the workload can be watched. */
const BESIDE_DAYS = 14
/** Days to replace a key that is overdue, or that has no due day. */
const REPLACE_DAYS = 30

export interface LastDay {
  readonly on: Day
  readonly because: string
}

interface Dates {
  readonly today: Day
  readonly dueOn: Day | null
  readonly expiresOn: Day | null
  /** The day on which a rule for the same account was first read; null: there is none. */
  readonly ruleSince: Day | null
}

/** The day after which a key is not needed, never later than its expiry: in place of the next rotation. */
export function findLastDay({ today, dueOn, expiresOn, ruleSince }: Dates): LastDay {
  const wished =
    ruleSince === null
      ? dueOn !== null && dueOn >= today
        ? { on: dueOn, because: 'the day on which it would be rotated' }
        : {
            on: addDays(today, REPLACE_DAYS),
            because: `${REPLACE_DAYS} days from today, since ${dueOn === null ? 'it has no due day' : 'its rotation is overdue'}`,
          }
      : {
          on: later(addDays(ruleSince, BESIDE_DAYS), today),
          because: `${BESIDE_DAYS} days after the rule was first read`,
        }
  return expiresOn !== null && expiresOn >= today && expiresOn < wished.on
    ? { on: expiresOn, because: 'the day on which it expires' }
    : wished
}

function later(a: Day, b: Day): Day {
  return a > b ? a : b
}
