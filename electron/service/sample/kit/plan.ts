import type { ClientKind } from '../../../../shared/domain/client.ts'
import type { KnownKeyKind, Enforcement } from '../../../../shared/domain/facts.ts'
import type { PolicyOverride } from '../../../../shared/domain/policy.ts'
import type { ProviderId } from '../../../../shared/domain/providers/providers.ts'
import type { RotationTrigger } from '../../../../shared/domain/rotation.ts'
import type { SourceName } from '../../../../shared/domain/source.ts'

/**
 * The sample agency is written as plans: who and what was there from when until when, in days before today. The reading
 * of a sync on a given day follows from that (`snapshot.ts`), so history is not written separately.
 */

/** Days before today. */
export type DaysAgo = number

export interface Span {
  readonly from: DaysAgo
  /** The day it was removed; left out: it is current. */
  readonly until?: DaysAgo
}

/** Project name → role word on it. */
export type ProjectRoles = Readonly<Record<string, string>>

export interface PersonPlan extends Span {
  readonly name: string | null
  readonly email: string
  readonly role: string
  readonly projects: ProjectRoles
  /** Null: never called the API. */
  readonly lastUsed: DaysAgo | null
  /**
   * A role on every project that the organization role carries, where the vendor's rules do not state it themselves.
   */
  readonly everywhere?: string
  /** The role before a change. */
  readonly formerRole?: { readonly role: string; readonly until: DaysAgo }
  /** The day on which the access was last reviewed; left out: never. */
  readonly reviewed?: DaysAgo
}

export interface AccountPlan extends Span {
  readonly name: string
  readonly project: string
  readonly role: string
}

/** A rule by which workloads of GitHub Actions act as a service account without a key. */
export interface FederationPlan extends Span {
  readonly name: string
  /** The service account, in its project. */
  readonly account: string
  /** The subject of the tokens: `repo:acme/web:ref:refs/heads/main`; one that ends in `*` is a pattern. */
  readonly subject: string
}

/** A certificate that opens the API of the organization; it is valid from the day on which it was uploaded. */
export interface CertificatePlan extends Span {
  readonly name: string
  /** In how many days it expires. */
  readonly expires: number
}

export interface GroupPlan extends Span {
  readonly name: string
  readonly members: readonly string[]
  readonly projects: ProjectRoles
}

export interface InvitePlan extends Span {
  readonly email: string
  readonly role: string
  readonly projects: ProjectRoles
  readonly validDays: number
}

export interface ProjectPlan {
  readonly name: string
  readonly from: DaysAgo
  readonly archived?: DaysAgo
  readonly isDefault?: boolean
  readonly residency?: string
}

/** `unknown`: the provider does not report who it is. */
export type OwnerPlan =
  | { readonly is: 'person'; readonly email: string }
  | { readonly is: 'account'; readonly name: string }
  | { readonly is: 'unknown' }

export const UNKNOWN: OwnerPlan = { is: 'unknown' }

export function person(email: string): OwnerPlan {
  return { is: 'person', email }
}

export function account(name: string): OwnerPlan {
  return { is: 'account', name }
}

export interface KeyPlan extends Span {
  readonly name: string
  /** Null: the key of an organization or of its administration. */
  readonly project: string | null
  readonly owner: OwnerPlan
  readonly kind: KnownKeyKind
  /** Null: never. Ignored for a provider that does not report last use. */
  readonly lastUsed: DaysAgo | null
  /** Days from today; negative when past. */
  readonly expires?: number
  readonly status?: string
  readonly hint?: string | null
  /** People's notes about it: the owner, the purpose, and how it was rotated. */
  readonly contact?: string
  readonly environment?: string
  readonly purpose?: string
  readonly dueIn?: number
  readonly intervalDays?: number
  readonly notes?: string
  readonly rotated?: { readonly on: DaysAgo; readonly trigger: RotationTrigger; readonly note: string }
}

export interface LimitPlan {
  readonly project: string | null
  readonly kind: 'spend' | 'rate'
  readonly enforcement: Enforcement
  readonly metric: string
  readonly model?: string
  /** Dollars for `usd`, else the metric's own unit. */
  readonly amount: number
  readonly period: string
  /** The amount before a change. */
  readonly formerAmount?: { readonly amount: number; readonly until: DaysAgo }
}

export interface DeniedPlan {
  readonly source: SourceName
  readonly since: DaysAgo
  readonly reason: string
}

/** The providers that the sample agency uses. */
export type SampleProvider = Extract<ProviderId, 'openai' | 'anthropic'>

export interface OrganizationPlan {
  readonly provider: SampleProvider
  readonly label: string
  readonly organizationId: string
  readonly organizationName: string
  readonly people: readonly PersonPlan[]
  readonly accounts: readonly AccountPlan[]
  /** Left out: no workload acts without a key. */
  readonly federation?: readonly FederationPlan[]
  /** Left out: there is no certificate. */
  readonly certificates?: readonly CertificatePlan[]
  readonly groups: readonly GroupPlan[]
  readonly invites: readonly InvitePlan[]
  readonly projects: readonly ProjectPlan[]
  readonly keys: readonly KeyPlan[]
  readonly limits: readonly LimitPlan[]
  readonly denied: readonly DeniedPlan[]
  /** Days of the syncs, earliest first; none: never synced. */
  readonly syncs: readonly DaysAgo[]
  /** The last sync, which the provider refused as a whole. */
  readonly rejected?: { readonly on: DaysAgo; readonly reason: string }
}

export interface ClientPlan {
  readonly name: string
  readonly slug: string
  readonly kind: ClientKind
  readonly colour: string
  readonly domains: readonly string[]
  readonly notes: string
  /** Its overrides of the agency's policy. */
  readonly policy?: PolicyOverride
  readonly organizations: readonly OrganizationPlan[]
}

/** True if something with a span existed on a day. */
export function standsOn(span: Span, day: DaysAgo): boolean {
  return span.from >= day && (span.until === undefined || span.until < day)
}
