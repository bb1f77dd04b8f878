import { addDays, type Day } from '../day.ts'

/** Days for which a key and a federation rule exist beside each other, so that the workload can be watched. */
const BESIDE_DAYS = 14
/** Days to replace a key that has no due day. */
const REPLACE_DAYS = 30

export interface LastDay {
  readonly on: Day
  readonly because: string
}

interface Dates {
  readonly today: Day
  readonly dueOn: Day | null
  readonly expiresOn: Day | null
  /** The day on which the key was first read. */
  readonly readOn: Day
  /** The day on which a rule for the same account was first read; null: there is none. */
  readonly ruleSince: Day | null
}

/**
 * The day after which a key is not needed, never later than its expiry: in place of the next rotation. It follows from
 * dates of the register alone, so that it does not move from day to day, and can have passed.
 */
export function findLastDay(dates: Dates): LastDay {
  const { today, expiresOn } = dates
  const wished = findWished(dates)
  const last =
    expiresOn !== null && expiresOn < wished.on ? { on: expiresOn, because: 'the day on which it expires' } : wished
  return last.on < today ? { ...last, because: `${last.because}; it has passed` } : last
}

function findWished({ dueOn, readOn, ruleSince }: Dates): LastDay {
  if (ruleSince !== null) {
    return { on: addDays(ruleSince, BESIDE_DAYS), because: `${BESIDE_DAYS} days after the rule was first read` }
  }
  if (dueOn !== null) return { on: dueOn, because: 'the day on which it is due for rotation' }
  return {
    on: addDays(readOn, REPLACE_DAYS),
    because: `${REPLACE_DAYS} days after it was first read, since it has no due day`,
  }
}
