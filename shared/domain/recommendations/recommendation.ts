import { findProvider } from '../providers/providers.ts'
import type { RoleScope } from '../role.ts'

/**
 * What can be said about access that goes further than its recorded use.
 *
 * - `member-unused`: no call of the account and none of its keys: it can go.
 * - `privileged-role`: an owner or admin of whom only calls of the API are recorded: a member's role covers them.
 * - `project-role`: an owner or admin of a project who is known to call the API there: a member's role covers it.
 * - `project-unused`: a project that somebody reaches and never calls, while they do call others.
 * - `account-unused`: a service account none of whose keys is used.
 */
export const ADVICE_KINDS = [
  'member-unused',
  'account-unused',
  'project-unused',
  'project-role',
  'privileged-role',
] as const
export type RecommendationKind = (typeof ADVICE_KINDS)[number]

/** How sure it is that the smaller role would have been enough, surest first. */
export const SURENESS = ['high', 'medium', 'low'] as const
export type Sureness = (typeof SURENESS)[number]

/** Recommendation looks this many days back. */
export const ADVICE_DAYS = 90

/** The role that is enough to call the API; null for a provider whose roles are not known. */
export function callingRole(provider: string, scope: RoleScope): string | null {
  const facts = findProvider(provider)
  return facts === undefined || facts.readsFile ? null : facts.roles[scope].words.member
}

/** What decides how sure advice can be. */
export interface Grounds {
  /** Whether they have keys where the advice is about: of the project, or any. */
  readonly hasKeys: boolean
  readonly isService: boolean
  readonly isPrivileged: boolean
}

const CONSOLE = 'What an owner or admin does in the provider’s console is not reported.'

const BECAUSE: Readonly<Record<RecommendationKind, (grounds: Grounds) => string>> = {
  'member-unused': ({ hasKeys, isPrivileged }) =>
    withConsole(
      `The provider reports the last call of the account${hasKeys ? ' and of every key of theirs' : ''}.`,
      isPrivileged,
    ),
  'account-unused': () => 'A service account acts through its keys alone, and the last use of each is reported.',
  'project-unused': ({ hasKeys, isPrivileged }) =>
    withConsole(
      hasKeys
        ? 'The last use of every key of theirs in the project is reported.'
        : 'They have no key in the project; calls without a key, in the provider’s console, are not reported by project.',
      isPrivileged,
    ),
  'project-role': ({ isService }) =>
    isService
      ? 'A service account acts through its keys alone; which calls they make is not reported.'
      : `Calls of the API need no more. ${CONSOLE}`,
  'privileged-role': () => `Only calls of the API are recorded, and they need no more. ${CONSOLE}`,
}

function withConsole(reported: string, isPrivileged: boolean): string {
  return isPrivileged ? `${reported} ${CONSOLE}` : reported
}

/** Why it is as sure as it is, and no surer: only what is recorded counts, and what is not is named. */
export function sureBecause(kind: RecommendationKind, grounds: Grounds): string {
  return BECAUSE[kind](grounds)
}
