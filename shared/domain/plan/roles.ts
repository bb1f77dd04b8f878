import type { Level } from '../role.ts'
import { type ProviderId, providerFacts } from '../provider.ts'

/** What a level becomes at a provider, in its own words. */
export interface ProviderRoles {
  readonly organization: string
  readonly project: string
  /** What is to be known where the provider has no such role, in a sentence; null where it has one. */
  readonly becomes: string | null
}

type Known = Exclude<Level, 'other'>

/**
 * OpenAI has owners and readers in an organization, owners and members in a project (RBAC guide): a member is an ordinary
 * reader with a place in projects. Anthropic's members are developers (administration API); its API gives nobody `owner`.
 */
const ROLES: Readonly<Partial<Record<ProviderId, Readonly<Record<Known, readonly [string, string]>>>>> = {
  openai: {
    owner: ['owner', 'owner'],
    admin: ['owner', 'owner'],
    member: ['reader', 'member'],
    billing: ['reader', 'viewer'],
    reader: ['reader', 'viewer'],
  },
  anthropic: {
    owner: ['admin', 'workspace_admin'],
    admin: ['admin', 'workspace_admin'],
    member: ['developer', 'workspace_developer'],
    billing: ['billing', 'workspace_billing'],
    reader: ['user', 'workspace_user'],
  },
}

/** Levels that a provider does not have, and would take as something else. */
const MISSING: Readonly<Partial<Record<ProviderId, readonly Known[]>>> = {
  openai: ['admin', 'member', 'billing'],
  anthropic: ['owner', 'member'],
}

/** What a level becomes at a provider; null where it cannot be said. Other providers take the word of the level. */
export function rolesAt(provider: ProviderId, level: Level): ProviderRoles | null {
  if (level === 'other') return null
  const [organization, project] = ROLES[provider]?.[level] ?? [level, level]
  const missing = MISSING[provider]?.includes(level) ?? false
  const { name, projectWord } = providerFacts(provider)
  const inProjects = level === 'member' ? `, and ${project} in each ${projectWord}` : ''
  return {
    organization,
    project,
    becomes: missing ? `${name} has no organization role ${level}: it becomes ${organization}${inProjects}.` : null,
  }
}
