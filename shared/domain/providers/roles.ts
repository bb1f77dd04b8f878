import type { Level, RoleScope } from '../role.ts'
import { findProvider, PROVIDER_IDS, providerFacts, type ProviderId } from './providers.ts'

/**
 * The role words that a provider is known to have, in the order of their vendor's lists; none for an unknown provider.
 */
export function roleWords(provider: string, scope: RoleScope): readonly string[] {
  return Object.keys(findProvider(provider)?.roles[scope].levels ?? {})
}

/**
 * The role words that can be given at a provider: those whose rights its API documents, else all that are known. Words that
 * only files and older descriptions use can be read and not given.
 */
export function listGivableRoles(provider: string, scope: RoleScope): readonly string[] {
  const documented = roleCapabilities(provider, scope).map(({ role }) => role)
  return documented.length === 0 ? roleWords(provider, scope) : documented
}

/** True if a provider has roles in its projects; a platform that is read from a file may have any. */
export function hasProjectRoles(provider: ProviderId): boolean {
  const { readsFile, roles } = providerFacts(provider)
  return readsFile || Object.keys(roles.project.levels).length > 0
}

/** The rights of a provider's role, in half a sentence; null for a custom role, or where they are not published. */
export function roleCapability(provider: string, scope: RoleScope, role: string): string | null {
  return getOwn(findProvider(provider)?.roles[scope].can ?? {}, role.trim().toLowerCase()) ?? null
}

/** The roles of a provider with what each may do, in the order of its list; empty where that is not published. */
export function roleCapabilities(
  provider: string,
  scope: RoleScope,
): readonly { readonly role: string; readonly can: string }[] {
  return Object.entries(findProvider(provider)?.roles[scope].can ?? {}).map(([role, can]) => ({ role, can }))
}

/** The role words of the original register format, for registers that came from a file. */
const SEED_WORDS: Readonly<Record<string, Level>> = {
  owner: 'owner',
  admin: 'admin',
  member: 'member',
  developer: 'member',
  reader: 'reader',
  viewer: 'reader',
  billing: 'billing',
}

/** The level of a provider's role word; `other` for any unknown word, since vendors add words without notice. */
export function getLevel(provider: string, scope: RoleScope, raw: string): Level {
  const word = raw.trim().toLowerCase()
  return getOwn(findProvider(provider)?.roles[scope].levels ?? {}, word) ?? getOwn(SEED_WORDS, word) ?? 'other'
}

/** A role may be named `constructor`: only words of the table itself count. */
function getOwn<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined
}

const PROJECT_WORDS: ReadonlySet<string> = new Set([
  ...PROVIDER_IDS.flatMap((id) => roleWords(id, 'project')),
  ...Object.keys(SEED_WORDS),
])

/** True if some provider has a word for a role in a project, however people write it: `Workspace developer`. */
export function isProjectRoleWord(word: string): boolean {
  return PROJECT_WORDS.has(word.trim().toLowerCase().replaceAll(' ', '_'))
}

/** The project role that an organization role carries into every project, or null. */
export function impliedProjectRole(provider: ProviderId, organizationRole: string): string | null {
  return getOwn(providerFacts(provider).impliedProjectRoles, organizationRole.trim().toLowerCase()) ?? null
}
