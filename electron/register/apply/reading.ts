import type { SyncOrigin } from '../../../shared/domain/connection.ts'
import type { Fact } from '../../../shared/domain/facts.ts'
import type { SourceName, SourceOutcome } from '../../../shared/domain/source.ts'

/** All that one sync (or one file) reported about one connection, ready to be written in one transaction. */
export interface Reading {
  readonly connectionId: number
  readonly origin: SyncOrigin
  readonly startedAt: number
  readonly finishedAt: number
  readonly operator: string
  readonly facts: readonly SourcedFacts[]
  readonly outcomes: readonly SourceOutcome[]
}

/** Facts with the list that reported them. */
export interface SourcedFacts {
  readonly source: SourceName
  /** External id of the project, for a per-project source. */
  readonly project: string | null
  readonly facts: readonly Fact[]
}
