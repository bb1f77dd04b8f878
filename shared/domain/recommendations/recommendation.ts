import { findProvider } from '../providers/providers.ts'
import type { RoleScope } from '../role.ts'

/**
 * Recommendations for access that exceeds its recorded use.
 *
 * - `member-unused`: no call of the account and none of its keys: it can be removed.
 * - `privileged-role`: an owner or admin with only API calls on record: a member's role covers them.
 * - `project-role`: an owner or admin of a project who is known to call the API there: a member's role covers it.
 * - `project-unused`: a project that a person reaches and never calls, while they do call others.
 * - `account-unused`: a service account none of whose keys is used, and that no federation rule opens.
 * - `key-beside-rule`: a key of a service account as which workloads act without a key already.
 */
export const ADVICE_KINDS = [
  'member-unused',
  'account-unused',
  'project-unused',
  'project-role',
  'privileged-role',
  'key-beside-rule',
] as const
export type RecommendationKind = (typeof ADVICE_KINDS)[number]

/** The confidence that the smaller role would have sufficed, highest first. */
export const SURENESS = ['high', 'medium', 'low'] as const
export type Sureness = (typeof SURENESS)[number]

/** Recommendations look this many days back. */
export const ADVICE_DAYS = 90

/** The role that is enough to call the API; null for a provider with unknown roles. */
export function callingRole(provider: string, scope: RoleScope): string | null {
  const facts = findProvider(provider)
  return facts === undefined || facts.readsFile ? null : facts.roles[scope].words.member
}

/** The facts that decide the confidence of a recommendation. */
export interface Grounds {
  /** True if they have keys in the place of the recommendation: in the project, or any. */
  readonly hasKeys: boolean
  readonly isService: boolean
  readonly isPrivileged: boolean
  /** Of a key beside a federation rule. */
  readonly keyUse?: UseBesideRule
}

const CONSOLE = 'What an owner or admin does in the provider’s console is not reported.'

/** Use of a key since its account can be used without one. */
export const USES_BESIDE_RULE = ['unused', 'not-reported', 'before', 'used'] as const
export type UseBesideRule = (typeof USES_BESIDE_RULE)[number]

const KEY_USE: Readonly<Record<UseBesideRule, string>> = {
  unused: 'The last use of the key is reported, and it was not used since the federation rule exists.',
  'not-reported': 'The provider does not report the use of the key, so that another program may still use it.',
  before:
    'The provider reports the last use of the key only as before a day, so that another program may still use it.',
  used: 'The key was used since the federation rule exists: a program still has to be moved.',
}

const BECAUSE: Readonly<Record<RecommendationKind, (grounds: Grounds) => string>> = {
  'member-unused': ({ hasKeys, isPrivileged }) =>
    withConsole(
      `The provider reports the last call of the account${hasKeys ? ' and of each of its keys' : ''}.`,
      isPrivileged,
    ),
  'account-unused': () => 'A service account acts through its keys alone, and the last use of each is reported.',
  'project-unused': ({ hasKeys, isPrivileged }) =>
    withConsole(
      hasKeys
        ? 'The last use of each of their keys in the project is reported.'
        : 'They have no key in the project; calls without a key, in the provider’s console, are not reported by project.',
      isPrivileged,
    ),
  'project-role': ({ isService }) =>
    isService
      ? 'A service account acts through its keys alone; which calls they make is not reported.'
      : `API calls need no higher role. ${CONSOLE}`,
  'privileged-role': () => `Only API calls are recorded, and they need no higher role. ${CONSOLE}`,
  'key-beside-rule': ({ keyUse }) => KEY_USE[keyUse ?? 'not-reported'],
}

function withConsole(reported: string, isPrivileged: boolean): string {
  return isPrivileged ? `${reported} ${CONSOLE}` : reported
}

/** The reason for the confidence: only recorded use counts, and the sentence names what is not recorded. */
export function sureBecause(kind: RecommendationKind, grounds: Grounds): string {
  return BECAUSE[kind](grounds)
}
