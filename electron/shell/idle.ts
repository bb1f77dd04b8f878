import type { ServiceLink } from './service-link.ts'

/** How often the shell looks, and from which gap between two looks on the machine must have slept, in milliseconds. */
export const LOOK_MS = 10_000
export const SLEPT_MS = 120_000

/** The least time without use that the service is sent, in seconds: no setting is shorter. */
const LEAST_SECONDS = 60

/**
 * Reports to the service for how long a person has not used the machine, or the window where a shell knows no more, and
 * that the machine slept even if the system did not report it. The service has the setting and decides. Returns how to stop.
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
