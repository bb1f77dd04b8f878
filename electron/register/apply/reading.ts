import type { SyncOrigin } from '../../../shared/domain/connection.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { Fact } from '../../../shared/domain/facts.ts'
import type { SourceName, SourceOutcome } from '../../../shared/domain/source.ts'

/** The report of one sync (or one file) about one connection, before it is named. */
export interface NewReading {
  readonly connectionId: number
  readonly origin: SyncOrigin
  readonly startedAt: number
  readonly finishedAt: number
  readonly operator: string
  readonly facts: readonly SourcedFacts[]
  readonly outcomes: readonly SourceOutcome[]
}

/**
 * All that one sync reported, ready to be written in one transaction. The writes follow from it and from the register
 * alone, not from the machine that writes it.
 */
export interface Reading extends NewReading {
  /** The name of the sync in every register. */
  readonly uid: string
  /** The day on the calendar of the operator when it ended. */
  readonly day: Day
}

/** Facts with the list that reported them. */
export interface SourcedFacts {
  readonly source: SourceName
  /** External id of the project, for a per-project source. */
  readonly project: string | null
  readonly facts: readonly Fact[]
}
