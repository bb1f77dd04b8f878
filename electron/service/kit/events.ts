import { EventPublisher } from '@orpc/server'

import type { AppEvent, Area } from '../../../shared/contract/app.ts'

/** The service's reports to every window: which areas changed, and where to navigate. */
export interface Events {
  changed(...areas: readonly Area[]): void
  navigate(to: string): void
  /** Calls back on each event; returns a function that stops it. */
  listen(listener: (event: AppEvent) => void): () => void
  /** For one window; ends with the signal. */
  follow(signal: AbortSignal | undefined): AsyncIteratorObject<AppEvent>
}

export function newEvents(): Events {
  const publisher = new EventPublisher<{ event: AppEvent }>({ maxBufferedEvents: 1000 })
  return {
    changed: (...areas) => publisher.publish('event', { type: 'changed', areas: [...areas] }),
    navigate: (to) => publisher.publish('event', { type: 'navigate', to }),
    listen: (listener) => publisher.subscribe('event', listener),
    follow: (signal) => publisher.subscribe('event', { signal }),
  }
}
