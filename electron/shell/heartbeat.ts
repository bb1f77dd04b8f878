import type { ServiceChannel } from './service-link.ts'

/** How often the service is asked, and how many questions in a row may stay unanswered. */
export const BEAT_MS = 30_000
export const MISSED = 4

/**
 * Asks the service regularly whether it is alive. `onSilent` is called when it has not answered for two minutes, longer
 * than any of its work, and again after two more. Returns how to stop.
 */
export function watchHeartbeat<Port>(channel: ServiceChannel<Port>, onSilent: () => void): () => void {
  let missed = 0
  channel.onMessage((message) => {
    if (message.type === 'pong') missed = 0
  })
  const timer = setInterval(() => {
    // A machine that slept asks once when it wakes, and the answer comes before the next question.
    if (missed === MISSED) {
      missed = 0
      onSilent()
    }
    missed += 1
    channel.send({ type: 'ping' })
  }, BEAT_MS)
  timer.unref()
  const stop = (): void => clearInterval(timer)
  channel.onExit(stop)
  return stop
}
