import type { FederationState } from '../facts.ts'
import { capitalize } from '../capitalize.ts'
import { type Level, roleLabel } from '../role.ts'

/**
 * The state of a federation rule: `active`, it gives access now; `disabled` or `archived` as the provider reports the
 * rule; or `issuer-off`, an active rule whose issuer the provider no longer accepts.
 */
export const RULE_STATES = ['active', 'issuer-off', 'disabled', 'archived'] as const
export type RuleState = (typeof RULE_STATES)[number]

/** The state of a rule; an issuer whose state is not reported counts as active. */
export function findRuleState(rule: {
  readonly status: FederationState
  readonly issuerStatus: FederationState | null
}): RuleState {
  if (rule.status !== 'active') return rule.status
  return (rule.issuerStatus ?? 'active') === 'active' ? 'active' : 'issuer-off'
}

/** A role that a rule gives its workloads, and where; `project` null: in the organization. */
export interface ReachedRole {
  readonly role: string
  readonly project: string | null
  /** As far as the scopes of the rule leave it. */
  readonly level: Level
  /** True if that is less than the level of the role. */
  readonly isLimited: boolean
}

interface Path {
  readonly workload: string
  readonly account: { readonly name: string | null; readonly externalId: string } | null
  readonly reaches: readonly ReachedRole[]
}

/** Roles and places that are named; more are counted. */
const NAMED = 3

/** A role within a sentence: the provider's word, or the name that a person gave it. */
function roleWords(role: string): string {
  const label = roleLabel(role)
  return label === role ? label : label.charAt(0).toLowerCase() + label.slice(1)
}

/** `member of Shop`, `owner of the organization, limited by its scopes to admin`. */
function reachedWords({ role, project, level, isLimited }: ReachedRole): string {
  const limit = isLimited ? `, limited by its scopes to ${level}` : ''
  return `${roleWords(role)} of ${project === null ? 'the organization' : project}${limit}`
}

/** All of the roles in words. */
export function allReachWords(reaches: readonly ReachedRole[]): string {
  return reaches.map(reachedWords).join(reaches.some(({ isLimited }) => isLimited) ? '; ' : ', ')
}

/** The first three of the roles in words; the others are counted. */
export function reachWords(reaches: readonly ReachedRole[]): string {
  const named = allReachWords(reaches.slice(0, NAMED))
  const rest = reaches.length - NAMED
  return rest > 0 ? `${named} and ${rest} more` : named
}

/**
 * The path of a workload in one sentence without a full stop.
 *
 * @example federationPath({ workload: 'any workload of the repository acme/web on any branch (GitHub Actions)', account: { name: 'web', … }, reaches: [{ role: 'member', project: 'Shop', … }] })
 * // Any workload of the repository acme/web on any branch (GitHub Actions), as service account web, member of Shop
 */
export function federationPath({ workload, account, reaches }: Path): string {
  return [
    capitalize(workload),
    ...(account === null ? [] : [`as service account ${account.name?.trim() || account.externalId}`]),
    reaches.length === 0 ? 'without a role' : reachWords(reaches),
  ].join(', ')
}
