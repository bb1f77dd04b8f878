import type { GrantState } from '../domain/access/grant-state.ts'
import type { RoleVia } from '../domain/access/role-path.ts'
import type { SyncOrigin } from '../domain/connection.ts'
import type { Day } from '../domain/day.ts'
import type { KeyEndState, KeyKind, KeyTexts, LastUse, OwnerState, PrincipalKind, OwnerKind } from '../domain/facts.ts'
import type { Level } from '../domain/role.ts'
import type { Exclusion, SourceName, SourceState } from '../domain/source.ts'
import type { RosterAccount } from './account-roster.ts'

/**
 * One organization (connection) in the register: the input of every format of the access register. Instants are
 * milliseconds since the Unix epoch, UTC. Text is as the provider or the file sent it.
 */
export interface OrganizationReading {
  readonly client: { readonly slug: string; readonly name: string }
  readonly provider: string
  /** The platform that its file describes; null for a provider with an API. */
  readonly platform: string | null
  readonly organizationId: string | null
  readonly label: string
  readonly principals: readonly PrincipalReading[]
  readonly keys: readonly KeyReading[]
  /** Its service accounts with what opens them, in order; left empty where no document lists them. */
  readonly roster: readonly RosterAccount[]
  readonly snapshot: SnapshotReading | null
  readonly sources: readonly SourceReading[]
}

export interface PrincipalReading {
  readonly externalId: string
  readonly kind: Exclude<PrincipalKind, 'group'>
  readonly name: string | null
  readonly email: string | null
  readonly roleRaw: string | null
  readonly level: Level | null
  readonly status: string
  /** True if it was read from a file: its role is then shown in the file's own words. */
  readonly isFromFile: boolean
  readonly addedAt: number | null
  readonly expiresAt: number | null
  readonly lastUsedAt: number | null
  readonly lastReviewedOn: Day | null
  /** True if an imported register marks the next review as overdue. No day of the calendar adds the mark: see the schedule of reviews. */
  readonly isReviewOverdue: boolean
  /** The strongest role on the organization, whichever way it is held; null if only every path is requested. */
  readonly organizationRole: HeldRole | null
  /** The strongest level that an organization role carries into every project; null if none does, or if only every path is requested. */
  readonly reachesAll: Level | null
  /**
   * Projects reached by a direct or a group role, each with the strongest; for a person in a file, in the order of the
   * file. Left empty if only every path is requested.
   */
  readonly projects: readonly HeldProject[]
  /** Every path; left empty if only the list of projects is requested. */
  readonly access: readonly AccessReading[]
}

/** A role with its path. */
export interface HeldRole {
  readonly roleRaw: string
  readonly level: Level
  /** The group that holds it; null if it is held directly. */
  readonly group: string | null
}

export interface HeldProject {
  readonly project: ProjectReading
  readonly role: HeldRole
}

export interface ProjectReading {
  readonly externalId: string
  readonly name: string
  readonly status: string
}

export interface AccessReading {
  /** Null for a role on the organization. */
  readonly project: ProjectReading | null
  readonly roleRaw: string
  readonly level: Level
  readonly via: RoleVia
  readonly viaName: string | null
  readonly grantedAt: number | null
  readonly state: GrantState
}

export interface KeyReading extends KeyTexts {
  readonly externalId: string
  readonly kind: KeyKind
  readonly name: string
  readonly hint: string | null
  readonly status: string
  readonly project: ProjectReading | null
  readonly ownerState: OwnerState
  readonly ownerKind: OwnerKind | null
  readonly ownerName: string | null
  readonly ownerEmail: string | null
  readonly ownerExternalId: string | null
  /** True if the known owner is no longer a member, as a list that was read shows. */
  readonly isOwnerRemoved: boolean
  readonly createdAt: number | null
  readonly lastUse: LastUse
  readonly expiresAt: number | null
  readonly endState: KeyEndState
  readonly environment: string | null
  readonly team: string | null
  readonly purpose: string | null
  readonly contact: string | null
  readonly dueOn: Day | null
}

/** The newest successful sync of an organization. */
export interface SnapshotReading {
  readonly id: number
  readonly origin: SyncOrigin
  readonly state: string
  readonly readAt: number
}

/** One list that was read, added up over its projects. */
export interface SourceReading {
  readonly source: SourceName
  readonly state: SourceState
  readonly expected: number | null
  readonly fetched: number
  readonly excluded: readonly Exclusion[]
  readonly reason: string | null
  /** The sync that read it, and when. */
  readonly snapshotId: number
  readonly readAt: number
  /** The last sync that read it completely; null if none did. */
  readonly complete: { readonly id: number; readonly readAt: number } | null
}
