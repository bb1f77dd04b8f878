import type { FakeUse } from './use.ts'

/** An activity of the feed as it is on the wire. */
export interface FakeActivity {
  readonly id: string
  readonly created_at: string
  readonly type: string
  readonly [more: string]: unknown
}

/** An Anthropic organization as a fake server holds it; see `openai-organization.ts`. */
export interface FakeAnthropicOrganization {
  me: unknown
  /** Admin keys that open it. */
  credentials: string[]
  /** API keys of it that call models and administer nothing. */
  inference?: string[]
  users: unknown[]
  invites: unknown[]
  workspaces: FakeWorkspace[]
  keys: unknown[]
  /** Service accounts, each with its workspaces. */
  serviceAccounts: { row: { id: string } & Record<string, unknown>; workspaces: unknown[] }[]
  /** Groups with their members, and roles with their permissions; null in a Console organization, which has none. */
  enterprise: {
    groups: { row: { id: string } & Record<string, unknown>; members: unknown[] }[]
    roles: { row: { id: string } & Record<string, unknown>; permissions: unknown[] }[]
    /** Rows of the effective spend limits, and of what members did, summed over the asked days. */
    limits?: unknown[]
    activity?: unknown[]
    /** Why no member can be signed out; without it, all but the primary owner can. */
    signOut?: 'not-enrolled' | 'no-scope'
  } | null
  /** Rows of the report of Claude Code, by day. */
  claudeCode?: Readonly<Record<string, readonly unknown[]>>
  issuers: unknown[]
  federationRules: unknown[]
  /** Activities of its feed; `quiet`: a sign-in alone; null: the feed is off. */
  activities: FakeActivity[] | 'quiet' | null
  rateLimits: unknown[]
  /** Null where the organization is not in the preview, as most are not. */
  spendLimits: unknown[] | null
  /** The source of costs and usage. */
  use: FakeUse[]
  refusedGroups: string[]
  /** Whether it has the newer reports. */
  analytics: boolean
}

export interface FakeWorkspace {
  row: { id: string } & Record<string, unknown>
  /** The one workspace that is listed only on request. */
  isDefault: boolean
  members: unknown[]
  rateLimits: unknown[]
}

export function anthropicWorkspace(known: Partial<FakeWorkspace> & Pick<FakeWorkspace, 'row'>): FakeWorkspace {
  return { isDefault: false, members: [], rateLimits: [], ...known }
}

export function anthropicOrganization(
  known: Partial<FakeAnthropicOrganization> & Pick<FakeAnthropicOrganization, 'me' | 'credentials'>,
): FakeAnthropicOrganization {
  return {
    users: [],
    invites: [],
    workspaces: [],
    keys: [],
    serviceAccounts: [],
    enterprise: null,
    issuers: [],
    federationRules: [],
    activities: 'quiet',
    rateLimits: [],
    spendLimits: null,
    use: [],
    refusedGroups: [],
    analytics: true,
    ...known,
  }
}
