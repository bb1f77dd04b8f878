import type { EventFact } from '../../../shared/domain/events/event.ts'

/** A time range of a log that is still to be read, both ends included, in milliseconds. */
export interface LogSpan {
  readonly id: number
  readonly from: number
  readonly to: number
  /** Where the reading of it stopped, as the provider's cursor; null: it was not begun. */
  readonly position: string | null
}

/** Events of a span, and how far it is read with them: to a cursor, or to its end. */
export interface LogPart {
  readonly events: readonly EventFact[]
  readonly position: string | null
  readonly isEnd: boolean
}

/** A reading of a log. Many pages are stored in one transaction, with how far each span is read. */
export interface OpenLog {
  /** Everything that is still to be read: what earlier readings left, and the time since then. */
  readonly spans: readonly LogSpan[]
  take(span: LogSpan, part: LogPart): void
  /** Stores what was taken and is not stored yet: a reading that fails is continued from there. */
  flush(): void
  /** All spans were read to their end. Returns whether the log ever held an event. */
  finish(): boolean
}
