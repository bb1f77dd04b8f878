import type { ProviderId } from '../providers/providers.ts'
import type { Enforcement } from '../facts.ts'
import type { Level } from '../role.ts'

/** What a plan is held against: how organizations of one client stand in the register. Only what is active counts. */
export interface RealOrganization {
  readonly connectionId: number
  readonly provider: ProviderId
  readonly label: string
  /** By which it is known: the label, the organization's own name and its id. */
  readonly names: readonly string[]
  /** Whether any sync has concluded something. */
  readonly isRead: boolean
  /** Parts of which the last sync could not read everything: nothing is called missing there. */
  readonly unread: readonly RealPart[]
  readonly limits: readonly RealLimit[]
  readonly projects: readonly RealProject[]
  readonly people: readonly RealPerson[]
}

export const REAL_PARTS = ['projects', 'people', 'keys', 'limits', 'alerts'] as const
export type RealPart = (typeof REAL_PARTS)[number]

/** Of a month, in micro-USD. */
export interface RealLimit {
  readonly enforcement: Enforcement
  readonly amount: number
}

export interface RealProject {
  readonly id: number
  readonly name: string
  /** What the provider called it before, under the same id. */
  readonly formerNames: readonly string[]
  /** The one that the provider made and that cannot be deleted. */
  readonly isDefault: boolean
  readonly limits: readonly RealLimit[]
  readonly accounts: readonly RealAccount[]
  readonly keys: readonly RealKey[]
}

/** A service account. */
export interface RealAccount {
  readonly id: number
  readonly name: string
}

export interface RealKey {
  readonly id: number
  readonly name: string
  /** Of its logical key. */
  readonly logicalName: string
  /** Of the service account that holds it; null for any other holder. */
  readonly account: number | null
  readonly environment: string | null
  readonly purpose: string | null
}

/** A user or a pending invite. */
export interface RealPerson {
  readonly id: number
  readonly isInvite: boolean
  readonly name: string
  /** All addresses that are known of the person, in lower case. */
  readonly addresses: readonly string[]
  readonly roleRaw: string | null
  readonly level: Level | null
  /** Roles of their own or of their groups; not what a role of the organization brings with it. */
  readonly projects: readonly RealMembership[]
}

export interface RealMembership {
  readonly projectId: number
  readonly roleRaw: string
  readonly level: Level
  /** Whether the role is the person's own. */
  readonly direct: boolean
}

/** What a person said about matching: which connection an organization is, and whether two names mean one thing. */
export interface PlanBindings {
  /** Connections by name of the planned organization, in lower case. */
  readonly organizations: ReadonlyMap<string, number>
  readonly renames: readonly RenameAnswer[]
}

export interface RenameAnswer {
  readonly part: 'project' | 'key'
  /** The name in the plan. */
  readonly planned: string
  /** Of the project or key in the register. */
  readonly subjectId: number
  readonly same: boolean
}

export const NO_BINDINGS: PlanBindings = { organizations: new Map(), renames: [] }
