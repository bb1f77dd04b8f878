import { counted } from '../../../shared/domain/counted.ts'
import type { Reader } from '../../register/db/handles.ts'
import { readMsAhead, writeMsAhead } from '../../register/team/place.ts'
import type { TeamLog } from '../../team/log.ts'
import { commit, type Context, getReader } from '../core/context.ts'

const MINUTE_MS = 60_000
/** A difference up to this is not shown: machines that set their clocks by the network differ by seconds. */
const LARGEST_MS = 5 * MINUTE_MS

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
  const ms = Math.abs(ahead)
  if (ms <= LARGEST_MS) return null
  const [unit, word] = UNITS.find(([least]) => ms >= 2 * least) ?? UNITS[2]
  const difference = counted(Math.round(ms / unit), word)
  return `The clock of this device is ${difference} ${ahead > 0 ? 'ahead of' : 'behind'} the server’s. Set the one that is wrong: others see the times of this device in what is decided here.`
}

const UNITS = [
  [24 * 60 * MINUTE_MS, 'day'],
  [60 * MINUTE_MS, 'hour'],
  [MINUTE_MS, 'minute'],
] as const
