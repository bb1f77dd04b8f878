import { describeDifference, LARGEST_CLOCK_MS } from '../../../shared/team/clocks.ts'
import type { Reader } from '../../register/db/handles.ts'
import { readMsAhead, writeMsAhead } from '../../register/team/place.ts'
import type { TeamLog } from '../../team/log.ts'
import { commit, type Context, getReader } from '../core/context.ts'

/**
 * A log whose `server` also compares the clock of this device with the server's. `msAhead`: how many milliseconds this device's is ahead at
 * least, negative where it is behind, however long the answer took; null: the server has not answered.
 */
export function compareClocks<Log extends TeamLog>(
  context: Context,
  log: Log,
): { readonly log: Log; readonly msAhead: () => number | null } {
  let ahead: number | null = null
  return {
    log: {
      ...log,
      server: () => {
        const asked = context.now()
        return log.server((time) => {
          ahead = asked > time ? asked - time : Math.min(0, context.now() - time)
        })
      },
    },
    msAhead: () => ahead,
  }
}

/** Keeps in the register how the clocks differ, since other processes show it, where that changes what is shown. */
export function keepMsAhead(context: Context, ahead: number | null): void {
  if (ahead === null || describe(ahead) === describeClock(getReader(context))) return
  commit(context, ['app'], ({ writer }) => writeMsAhead(writer, ahead))
}

/** What to do where the clocks of this device and of the server differed at the last exchange; null where they did not. */
export function describeClock(reader: Reader): string | null {
  return describe(readMsAhead(reader))
}

function describe(ahead: number): string | null {
  if (Math.abs(ahead) <= LARGEST_CLOCK_MS) return null
  const difference = `${describeDifference(ahead)}${ahead > 0 ? ' of' : ''}`
  return `The clock of this device is ${difference} the server’s. Set the one that is wrong: others see the times of this device in what is decided here.`
}
