import type { ServiceLink } from './service-link.ts'

/** How often the shell checks, and the gap between two checks that means the machine slept, in milliseconds. */
export const LOOK_MS = 10_000
export const SLEPT_MS = 120_000

/** The shortest idle time that is reported to the service, in seconds: no setting is shorter. */
const LEAST_SECONDS = 60

/**
 * Reports to the service how long a person has not used the machine (or the window, where a shell knows only that), and
 * that the machine slept even if the system did not report it. The service has the setting and decides. Returns how to
 * stop.
 */
export function watchIdle(service: Pick<ServiceLink<never>, 'idle' | 'away'>, idleSeconds: () => number): () => void {
  let looked = Date.now()
  const timer = setInterval(() => {
    const now = Date.now()
    const slept = now - looked > SLEPT_MS
    looked = now
    if (slept) return service.away()
    const seconds = idleSeconds()
    if (seconds >= LEAST_SECONDS) service.idle(seconds)
  }, LOOK_MS)
  timer.unref()
  return () => clearInterval(timer)
}
