import type { Level } from './role.ts'

/**
 * What a provider adapter reports about one organization, already normalised: money in integer micro-USD, instants in
 * milliseconds since the Unix epoch (UTC), roles as the provider's raw word plus a level. Ids are the provider's own.
 * Text is as the provider sent it and must be treated as hostile data.
 */
export type Fact =
  | OrganizationFact
  | ProjectFact
  | PrincipalFact
  | MembershipFact
  | GrantFact
  | KeyFact
  | LimitFact
  | FederationFact
  | CertificateFact
  | RestrictionFact
  | DetailFact

export interface OrganizationFact {
  readonly type: 'organization'
  readonly externalId: string
  readonly name: string | null
  /** The platform that a file describes, in one word. */
  readonly platform?: string
  /**
   * The provider gives organizations no id: `externalId` is the id of one of its projects, and an organization with a
   * project in common is the same one.
   */
  readonly namedByProject?: boolean
}

export const PROJECT_STATUSES = ['active', 'archived'] as const
export type ProjectStatus = (typeof PROJECT_STATUSES)[number]

export interface ProjectFact {
  readonly type: 'project'
  readonly externalId: string
  readonly name: string
  readonly status: ProjectStatus
  readonly isDefault: boolean
  readonly createdAt: number | null
  readonly archivedAt: number | null
  /** The region where data is stored, in the provider's words. */
  readonly residency: string | null
}

/** When something ends; null: it does not. `unread`: the provider sent a date that cannot be read, so that the known one stays, or it is unknown. */
export type Expiry = number | 'unread' | null

/** Whether a key ends: `none` if it never does, `not-reported` if its end could not be read, or the file that it is from has none. */
export const KEY_END_STATES = ['known', 'none', 'not-reported'] as const
export type KeyEndState = (typeof KEY_END_STATES)[number]

export const PRINCIPAL_KINDS = ['user', 'service-account', 'group', 'invite'] as const
export type PrincipalKind = (typeof PRINCIPAL_KINDS)[number]

export interface PrincipalFact {
  readonly type: 'principal'
  readonly externalId: string
  readonly kind: PrincipalKind
  readonly name: string | null
  readonly email: string | null
  /**
   * Organization role, the provider's exact word; null where the principal holds none (groups, project-only accounts).
   */
  readonly roleRaw: string | null
  readonly level: Level | null
  /** Provider's word where it has one: `active`, `banned`, `pending`, `expired`. */
  readonly status: string
  readonly addedAt: number | null
  readonly expiresAt: Expiry
  /** Last API use recorded by the provider; null when never or not reported. */
  readonly lastUsedAt: number | null
}

/** One principal inside a group. */
export interface MembershipFact {
  readonly type: 'membership'
  readonly group: string
  readonly member: string
}

/**
 * A role that a principal holds directly, on a project or (project null) on the organization.
 * Roles that reach someone through a group or through an organization role are not facts: the register derives them.
 */
export interface GrantFact {
  readonly type: 'grant'
  readonly principal: string
  readonly project: string | null
  readonly roleRaw: string
  readonly level: Level
  /** For an organization grant: the role that it carries into every active project, if any. */
  readonly impliedRoleRaw: string | null
  readonly impliedLevel: Level | null
  readonly grantedAt: number | null
  /**
   * Its list reports no role (a group of a project) or no access (an account with the role `none`) where another list
   * may report the real one: it counts only while no other role of the principal is known in that place.
   */
  readonly givesWay?: boolean
}

/**
 * `unknown`: a list of the organization names it, but a list of project keys was not read, so it may be an admin key or
 * a project's.
 */
export const KNOWN_KEY_KINDS = ['project', 'admin', 'organization'] as const
export type KnownKeyKind = (typeof KNOWN_KEY_KINDS)[number]
export const KEY_KINDS = [...KNOWN_KEY_KINDS, 'unknown'] as const
export type KeyKind = (typeof KEY_KINDS)[number]

/**
 * `known`: the provider names the owner. `none`: the provider reports that the key has no owner (a workspace key that
 * outlives its creator). `unknown`: the provider reports nothing (Anthropic `created_by: null`), which is not the same
 * as orphaned.
 */
export const OWNER_STATES = ['known', 'none', 'unknown'] as const
export type OwnerState = (typeof OWNER_STATES)[number]

export const OWNER_KINDS = ['user', 'service-account'] as const
export type OwnerKind = (typeof OWNER_KINDS)[number]

export interface KeyFact {
  readonly type: 'key'
  readonly externalId: string
  readonly kind: KeyKind
  readonly name: string
  /** Redacted value as the provider shows it; never the secret. */
  readonly hint: string | null
  /** `active`, `inactive`, `archived`, `expired` or a word we do not know. */
  readonly status: string
  readonly project: string | null
  readonly ownerState: OwnerState
  readonly owner: KeyOwner | null
  /** OpenAI `owner_project_access`: whether the owner still has access to the project. */
  readonly ownerAccess: 'active' | 'inactive' | null
  readonly createdAt: number | null
  /** When the provider last replaced its secret; its creation stays. Left out where the provider reports none. */
  readonly rotatedAt?: number | undefined
  readonly lastUse: LastUse
  readonly expiresAt: Expiry
  /**
   * The tool that made the key for its owner when they signed in, by its name, where one did. Such a key belongs to its
   * owner alone and ends with their access; people neither rotate nor name it.
   */
  readonly tool?: string | undefined
  /**
   * Of a credential of another vendor that is deposited at a gateway, which calls that vendor with it: the vendor, in the
   * gateway's word (`openai`).
   */
  readonly vendor?: string | undefined
}

export interface KeyOwner {
  readonly externalId: string
  readonly kind: OwnerKind
  readonly name: string | null
  readonly email: string | null
}

/**
 * `known`: used last at that instant. `before`: used, for the last time before that instant, where a provider's record
 * begins at that instant. `never`: the provider reports usage, and reports none.
 */
export type LastUse =
  | { readonly state: 'known' | 'before'; readonly at: number }
  | { readonly state: 'never' }
  | { readonly state: 'not-reported' }

/** Hard limits stop traffic; alerts only notify. */
export const ENFORCEMENTS = ['hard', 'alert'] as const
export type Enforcement = (typeof ENFORCEMENTS)[number]

export interface LimitFact {
  readonly type: 'limit'
  /** Stable within the connection, made by the adapter: `spend:org`, `rate:proj_a:rl-gpt-5.4:requests_per_minute`. */
  readonly externalId: string
  readonly project: string | null
  readonly kind: 'spend' | 'rate'
  readonly enforcement: Enforcement
  /** `usd` for spend (amount in micro-USD), else the provider's limiter word (amount in its unit). */
  readonly metric: string
  readonly model: string | null
  readonly amount: number
  /** `month`, `week`, `day`, `minute`, `second`. */
  readonly period: string
}

export const FEDERATION_STATES = ['active', 'disabled', 'archived'] as const
export type FederationState = (typeof FEDERATION_STATES)[number]

/**
 * A rule by which a workload elsewhere acts as a service account without a key: it presents a token of the issuer, and gets
 * one of the provider if the token matches.
 */
export interface FederationFact {
  readonly type: 'federation'
  /** The provider's id of the rule. */
  readonly externalId: string
  readonly name: string | null
  readonly status: FederationState
  /** The service account as which it acts. */
  readonly account: string
  /** Where it may act, by the ids of projects; null: wherever the account may. */
  readonly projects: readonly string[] | null
  /** Whether the account's roles on the organization reach it. */
  readonly reachesOrganization: boolean
  /** The strongest level that its scopes allow; null: whatever the account's roles do. */
  readonly level: Level | null
  /** The issuer's URL, its name at the provider, and whether the provider accepts its tokens; null: not read, or not reported. */
  readonly issuer: string | null
  readonly issuerName: string | null
  readonly issuerStatus: FederationState | null
  readonly audience: string | null
  /** The subject of accepted tokens; one that ends in `*` is a pattern. */
  readonly subject: string | null
  /** Other claims of accepted tokens, with their values. */
  readonly claims: Readonly<Record<string, string>>
  /** An expression that accepted tokens meet. */
  readonly condition: string | null
  /** Separated by spaces; null: those of the account. */
  readonly scopes: string | null
  /** How long a token of the provider lives, in seconds; null where that is not reported. */
  readonly lifetimeSeconds: number | null
  readonly createdAt: number | null
}

/** A client certificate that may open the API of an organization, or (by its activation there) of a project. */
export interface CertificateFact {
  readonly type: 'certificate'
  readonly externalId: string
  /** Where it is activated or not; null: the organization. */
  readonly project: string | null
  readonly name: string | null
  readonly active: boolean
  readonly validAt: number | null
  readonly expiresAt: Expiry
  readonly createdAt: number | null
}

export const RESTRICTION_KINDS = ['guardrail', 'models', 'tools', 'retention', 'credential', 'spend'] as const
export type RestrictionKind = (typeof RESTRICTION_KINDS)[number]

/**
 * What narrows access that was given: a guardrail, the permitted models or hosted tools, how long the provider keeps data, at
 * which amount members are stopped, or the keys and users that may use a deposited credential. It gives no one access.
 */
export interface RestrictionFact {
  readonly type: 'restriction'
  /** Stable within the connection. */
  readonly externalId: string
  readonly kind: RestrictionKind
  readonly name: string | null
  /** Where it is; null: the organization. */
  readonly project: string | null
  /** What it permits, in words: `only gpt-5`, `$100 a month`. */
  readonly terms: readonly string[]
  /** The keys and users that it narrows, by their ids; null for both: everything where it is. */
  readonly keys: readonly string[] | null
  readonly members: readonly string[] | null
}

export const DETAIL_KINDS = ['recipients', 'enforcing', 'provisioned', 'tags'] as const
export type DetailKind = (typeof DETAIL_KINDS)[number]

/** What a detail may be of. */
export const DETAILED_TYPES = ['limit', 'principal', 'project'] as const

/**
 * Something more that a provider reports of a limit, principal or project, as a list of texts. `recipients`: the addresses that
 * an alert notifies. `enforcing`: the provider stops traffic at the limit now (`yes`), or does not yet (`no`). `provisioned`: a
 * directory of the customer manages the principal (SCIM, `yes`). `tags`: the labels of a project, as `client=acme`.
 */
export interface DetailFact {
  readonly type: 'detail'
  readonly of: (typeof DETAILED_TYPES)[number]
  /** Of the limit, principal or project. */
  readonly externalId: string
  readonly kind: DetailKind
  readonly value: readonly string[]
}

/** The kinds that a provider identifies by an id of its own. */
export const IDENTIFIED = ['project', 'principal', 'key'] as const

/** The kinds of subject that a finding, a remediation or a difference is about. */
export const SUBJECT_KINDS = ['connection', ...IDENTIFIED] as const
export type SubjectKind = (typeof SUBJECT_KINDS)[number]

/** Things with a list and a panel of their own, which show their findings. */
export const LISTED_KINDS = ['key', 'project', 'person'] as const
export type ListedKind = (typeof LISTED_KINDS)[number]
