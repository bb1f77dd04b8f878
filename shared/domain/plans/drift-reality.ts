import type { ProviderId } from '../providers/providers.ts'
import type { Enforcement } from '../facts.ts'
import type { Level } from '../role.ts'

/** The organizations of one client in the register, to compare with a plan. Only what is active counts. */
export interface RealOrganization {
  readonly connectionId: number
  readonly provider: ProviderId
  readonly label: string
  /** Its names: the label, the organization's own name and its id. */
  readonly names: readonly string[]
  /** True if any sync has succeeded. */
  readonly isRead: boolean
  /** Parts that the last sync could not read completely: nothing is reported as missing there. */
  readonly unread: readonly RealPart[]
  readonly limits: readonly RealLimit[]
  readonly projects: readonly RealProject[]
  readonly people: readonly RealPerson[]
}

export const REAL_PARTS = ['projects', 'people', 'keys', 'limits', 'alerts'] as const
export type RealPart = (typeof REAL_PARTS)[number]

/** Per month, in micro-USD. */
export interface RealLimit {
  readonly enforcement: Enforcement
  readonly amount: number
}

export interface RealProject {
  readonly id: number
  readonly name: string
  /** Earlier names at the provider, under the same id. */
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
  /** The name of its logical key. */
  readonly logicalName: string
  /** The service account that holds it; null for any other holder. */
  readonly account: number | null
  readonly environment: string | null
  readonly purpose: string | null
}

/** A user or a pending invite. */
export interface RealPerson {
  readonly id: number
  readonly isInvite: boolean
  readonly name: string
  /** All known addresses of the person, in lower case. */
  readonly addresses: readonly string[]
  readonly roleRaw: string | null
  readonly level: Level | null
  /** Roles of their own or of their groups; not those that a role of the organization brings with it. */
  readonly projects: readonly RealMembership[]
}

export interface RealMembership {
  readonly projectId: number
  readonly roleRaw: string
  readonly level: Level
  /** True if the role is the person's own. */
  readonly direct: boolean
}

/** A person's decisions about matching: which connection an organization is, and whether two names mean one thing. */
export interface PlanBindings {
  /** Connections by name of the planned organization, in lower case. */
  readonly organizations: ReadonlyMap<string, number>
  readonly renames: readonly RenameAnswer[]
}

export interface RenameAnswer {
  readonly part: 'project' | 'key'
  /** The name in the plan. */
  readonly planned: string
  /** Id of the project or key in the register. */
  readonly subjectId: number
  readonly same: boolean
}
