import type { Day } from '../day.ts'
import type { GrantFact, KeyFact, PrincipalFact, ProjectFact } from '../facts.ts'
import type { SourceName } from '../source.ts'

/** The register's rows of one connection, for comparing with a file. */
export interface Standing {
  /** The provider itself reports who has access; a file may add notes, but no access. */
  readonly live: boolean
  readonly projects: readonly CurrentProject[]
  readonly principals: readonly CurrentPrincipal[]
  readonly keys: readonly CurrentKey[]
}

export interface CurrentProject {
  readonly fact: ProjectFact
  readonly source: SourceName
}

export interface CurrentPrincipal {
  readonly fact: PrincipalFact
  readonly source: SourceName
  readonly grants: readonly CurrentGrant[]
  readonly lastReviewedOn: Day | null
}

export interface CurrentGrant {
  readonly fact: GrantFact
  readonly source: SourceName
}

export interface CurrentKey {
  readonly fact: KeyFact
  readonly source: SourceName
  readonly notes: Notes
  /** The values in lists and exports where the notes are empty: read from the name, worked out from the policy. */
  readonly shown: Pick<Notes, 'purpose' | 'dueOn'>
}

/** The notes that people add to a key, as the logical key stores them. */
export interface Notes {
  readonly purpose: string | null
  readonly contact: string | null
  readonly dueOn: Day | null
}

export const NOTHING_CURRENT: Standing = { live: false, projects: [], principals: [], keys: [] }
