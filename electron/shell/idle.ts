import type { ServiceLink } from './service-link.ts'

/** The longest time between two checks, and the gap between two checks that means the machine slept, in milliseconds. */
export const LOOK_MS = 10_000
export const SLEPT_MS = 120_000

/** The shortest idle time that is reported to the service, in seconds: no setting is shorter. */
const LEAST_SECONDS = 60

/** Added to a check at a whole minute, since a timer may fire early. */
const LATE_MS = 50

/**
 * Reports to the service how long a person has not used the machine (or the window, where a shell knows only that), and
 * that the machine slept even if the system did not report it. The service has the setting and decides. Every setting is
 * in whole minutes, so a check is made as each of them is over. Returns how to stop.
 */
export function watchIdle(
  service: Pick<ServiceLink<never>, 'idle' | 'away'>,
  idleSeconds: () => Promise<number> | number,
): () => void {
  let looked = Date.now()
  let isStopped = false
  let timer = setTimeout(() => void look(), LOOK_MS)
  timer.unref()

  async function look(): Promise<void> {
    const now = Date.now()
    const slept = now - looked > SLEPT_MS
    looked = now
    let toNext = LOOK_MS
    try {
      const seconds = await idleSeconds()
      if (isStopped) return
      if (slept) service.away()
      else if (seconds >= LEAST_SECONDS) service.idle(seconds)
      toNext = Math.min(LOOK_MS, (60 - (seconds % 60)) * 1000 + LATE_MS)
    } finally {
      if (!isStopped) {
        timer = setTimeout(() => void look(), toNext)
        timer.unref()
      }
    }
  }

  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

/** How long a person has used neither the window nor the machine. */
export interface IdleClock {
  /** The window is used. */
  used(): void
  seconds(): Promise<number>
}

/**
 * Counts from the later of both: the last use of the window, and of the machine where the system reports it. A system
 * that has reported nothing but 0 does not count (Chromium on a Wayland desktop without a source), so only the window
 * does.
 */
export function newIdleClock(machineSeconds: () => Promise<number | null>): IdleClock {
  const opened = Date.now()
  let used: number | null = null
  let isCounted = false
  return {
    used: () => {
      used = Date.now()
    },
    seconds: async () => {
      const machine = await machineSeconds()
      if (machine !== null && machine > 0) isCounted = true
      const window = (Date.now() - (used ?? opened)) / 1000
      if (machine === null || !isCounted) return window
      // A window that was not used yet does not count.
      return used === null ? machine : Math.min(machine, window)
    },
  }
}
