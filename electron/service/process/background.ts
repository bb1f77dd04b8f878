import type { Context } from '../core/context.ts'
import { evaluateNext } from '../findings/findings.ts'
import { backUpDaily } from '../profile/backups.ts'
import { checkReminders } from '../reminders/reminders.ts'
import { checkBudgets } from '../usage/budget-spend.ts'

const FIRST_CHECK_MS = 2000
/** Opening a window does not wait for the daily backup. */
const FIRST_BACKUP_MS = 60_000
const HOUR_MS = 3_600_000

/**
 * Checks reminders and findings shortly after the start, so that the window comes first, and then every hour; findings
 * one connection at a time, so that a call meanwhile waits for one of them at most. `check` does so between two hours,
 * `checkSoon` shortly after another profile was opened, such as the sample's.
 */
export function remind(context: Context): {
  readonly check: () => void
  readonly checkSoon: () => void
  readonly stop: () => void
} {
  let turn: NodeJS.Timeout | undefined
  let found = false
  const evaluate = (): void =>
    unlessInTheWay(() => {
      if (context.session().register === null) return
      if (evaluateNext(context)) {
        found = true
        turn = setTimeout(evaluate, 0).unref()
        return
      }
      if (found) context.events.changed('findings')
      found = false
    })
  const check = (): void => {
    unlessInTheWay(() => {
      if (context.session().register !== null) checkReminders(context)
    })
    unlessInTheWay(() => {
      if (context.session().register !== null) checkBudgets(context)
    })
    clearTimeout(turn)
    turn = setTimeout(evaluate, 0).unref()
  }
  let isBackingUp = false
  const backUp = async (): Promise<void> => {
    const { register, profile, sample } = context.session()
    if (register === null || sample || isBackingUp) return
    isBackingUp = true
    try {
      const made = await backUpDaily(register, profile, context.now())
      if (made !== null) context.host.note?.(`Backed up the register to ${made.path}.`, 'done')
    } catch (error) {
      // A full disk, or a profile that is just being closed: the next hour makes it.
      const why = error instanceof Error ? error.message : String(error)
      context.host.note?.(`The register was not backed up. ${why}`, 'problem')
    }
    isBackingUp = false
  }
  let first: NodeJS.Timeout | undefined
  const checkSoon = (): void => {
    clearTimeout(first)
    first = setTimeout(check, FIRST_CHECK_MS).unref()
  }
  checkSoon()
  const firstBackup = setTimeout(() => void backUp(), FIRST_BACKUP_MS).unref()
  const hourly = setInterval(() => {
    check()
    void backUp()
  }, HOUR_MS).unref()
  return {
    check,
    checkSoon,
    stop: () => {
      clearTimeout(first)
      clearTimeout(firstBackup)
      clearTimeout(turn)
      clearInterval(hourly)
    },
  }
}

/** Does work that the next hour repeats: what stops it now is not reported. */
export function unlessInTheWay(work: () => void): void {
  try {
    work()
  } catch {
    // A full disk, or a profile that is just being replaced by another: the next check finds what this one did not.
  }
}
