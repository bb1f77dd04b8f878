import { isProviderId, type ProviderId } from './provider.ts'

/** What a role amounts to, across providers, strongest first. */
export const LEVELS = ['owner', 'admin', 'member', 'billing', 'reader', 'other'] as const

export type Level = (typeof LEVELS)[number]

export type RoleScope = 'organization' | 'project'

/**
 * Role words to levels. Sources: OpenAI RBAC guide and admin API reference; Anthropic administration API;
 * OpenRouter management API.
 * An OpenAI organization `reader` is the ordinary non-admin member and is shown as a reader, as the vendor words it.
 */
const LEVEL_OF: Readonly<Record<ProviderId, Readonly<Record<RoleScope, Readonly<Record<string, Level>>>>>> = {
  openai: {
    organization: { owner: 'owner', admin: 'admin', member: 'member', reader: 'reader' },
    project: { owner: 'owner', member: 'member', viewer: 'reader', none: 'other' },
  },
  anthropic: {
    organization: {
      primary_owner: 'owner',
      owner: 'owner',
      admin: 'admin',
      membership_admin: 'admin',
      developer: 'member',
      restricted_developer: 'member',
      claude_code_user: 'member',
      managed: 'member',
      billing: 'billing',
      user: 'reader',
    },
    project: {
      workspace_admin: 'admin',
      workspace_developer: 'member',
      workspace_restricted_developer: 'member',
      workspace_billing: 'billing',
      workspace_user: 'reader',
    },
  },
  openrouter: {
    organization: { 'org:admin': 'admin', 'org:member': 'member' },
    project: { admin: 'admin', member: 'member' },
  },
  // The words of any platform: a file says itself what they amount to, else the words of people are understood.
  file: { organization: {}, project: {} },
}

/** The role words that a provider is known to have, in the order of their vendor's lists; none for an unknown provider. */
export function roleWords(provider: string, scope: RoleScope): readonly string[] {
  return isProviderId(provider) ? Object.keys(LEVEL_OF[provider][scope]) : []
}

/** The seed's own words, used by registers that came from a file. */
const SEED_WORDS: Readonly<Record<string, Level>> = {
  owner: 'owner',
  admin: 'admin',
  member: 'member',
  developer: 'member',
  reader: 'reader',
  viewer: 'reader',
  billing: 'billing',
}

/** The level of a provider's role word; `other` for any word we do not know, since vendors add words without notice. */
export function levelOf(provider: string, scope: RoleScope, raw: string): Level {
  const word = raw.trim().toLowerCase()
  const known = isProviderId(provider) ? ownLevel(LEVEL_OF[provider][scope], word) : undefined
  return known ?? ownLevel(SEED_WORDS, word) ?? 'other'
}

/** A role may be named `constructor`: only words of the table itself count. */
function ownLevel(table: Readonly<Record<string, Level>>, word: string): Level | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined
}

const PROJECT_WORDS: ReadonlySet<string> = new Set([
  ...Object.values(LEVEL_OF).flatMap(({ project }) => Object.keys(project)),
  ...Object.keys(SEED_WORDS),
])

/** Whether some provider has a word for a role in a project, however people write it: `Workspace developer`. */
export function isProjectRoleWord(word: string): boolean {
  return PROJECT_WORDS.has(word.trim().toLowerCase().replaceAll(' ', '_'))
}

export function isPrivileged(level: Level): boolean {
  return level === 'owner' || level === 'admin'
}

/** Sort key: 0 is the strongest. */
export function levelRank(level: Level): number {
  return LEVELS.indexOf(level)
}

/** The stronger of two levels. */
export function strongerLevel(a: Level, b: Level): Level {
  return levelRank(a) <= levelRank(b) ? a : b
}

/**
 * The project role that an organization role carries into every project, or null.
 * OpenAI: an organization owner is owner of every project (RBAC guide). Anthropic: admins are workspace admins
 * everywhere and billing members hold `workspace_billing` everywhere (workspaces guide). OpenRouter publishes nothing of
 * the kind, and lists who is in a workspace.
 */
export function impliedProjectRole(provider: ProviderId, organizationRole: string): string | null {
  const word = organizationRole.trim().toLowerCase()
  if (provider === 'openai') return word === 'owner' ? 'owner' : null
  if (provider !== 'anthropic') return null
  if (word === 'admin' || word === 'owner' || word === 'primary_owner') return 'workspace_admin'
  return word === 'billing' ? 'workspace_billing' : null
}

/** A role as people write it: `workspace_developer` → `Workspace developer`. Words already written by a person stay. */
export function roleLabel(raw: string): string {
  if (raw === '' || /[A-Z\s]/u.test(raw)) return raw
  const words = raw.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
