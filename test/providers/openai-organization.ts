import type { FakeEvent } from './audit-log.ts'
import type { FakeUse } from './use.ts'

/**
 * An OpenAI organization as a fake server holds it. Rows are as on the wire and may be wrong on purpose; everything may
 * be changed while the server runs.
 */
export interface FakeOpenAiOrganization {
  id: string
  /** What answers name it in their header: its id, or a name that is none. */
  header: string | null
  /** Admin keys that open it. */
  credentials: string[]
  /** How long it keeps data; the provider's default unless given. */
  retention?: string
  users: unknown[]
  invites: unknown[]
  adminKeys: unknown[]
  roles: unknown[]
  groups: FakeGroup[]
  /** Roles assigned to single users, by user id. */
  userRoles: Record<string, unknown[]>
  projects: FakeProject[]
  /** Identity providers of workloads, each with its federation rules. */
  identityProviders: { row: { id: string } & Record<string, unknown>; rules: unknown[] }[]
  spendLimit: unknown
  spendAlerts: unknown[]
  certificates: unknown[]
  /** Events of its audit log; `quiet`: a sign-in alone; null: the log is off. */
  auditLog: FakeEvent[] | 'quiet' | null
  /** The source of costs and usage. */
  use: FakeUse[]
  /** What it refuses to group costs and usage by. */
  refusedGroups: string[]
}

interface FakeGroup {
  row: { id: string } & Record<string, unknown>
  users: unknown[]
  roles: unknown[]
}

export interface FakeProject {
  row: { id: string } & Record<string, unknown>
  users: unknown[]
  groups: { row: { group_id: string } & Record<string, unknown>; roles: unknown[] }[]
  serviceAccounts: unknown[]
  /** Roles that the project offers. */
  roles: unknown[]
  /** Roles that users and service accounts hold beside the word of their list, by id. */
  userRoles: Record<string, unknown[]>
  keys: unknown[]
  rateLimits: unknown[]
  spendLimit: unknown
  spendAlerts: unknown[]
  certificates: unknown[]
  /** Left out: as the provider sets them for a new project. */
  settings?: {
    readonly retention?: string
    readonly models?: object
    /** Hosted tools that are switched off. */
    readonly off?: readonly string[]
  }
}

export function openAiProject(known: Partial<FakeProject> & Pick<FakeProject, 'row'>): FakeProject {
  return {
    users: [],
    groups: [],
    serviceAccounts: [],
    roles: ['owner', 'member', 'viewer'].map(builtInRole),
    userRoles: {},
    keys: [],
    rateLimits: [],
    spendLimit: null,
    spendAlerts: [],
    certificates: [],
    ...known,
  }
}

export function openAiOrganization(
  known: Partial<FakeOpenAiOrganization> & Pick<FakeOpenAiOrganization, 'id' | 'credentials'>,
): FakeOpenAiOrganization {
  return {
    header: null,
    users: [],
    invites: [],
    adminKeys: [],
    roles: predefinedRoles(known.id),
    groups: [],
    userRoles: {},
    projects: [],
    identityProviders: [],
    spendLimit: null,
    spendAlerts: [],
    certificates: [],
    auditLog: 'quiet',
    use: [],
    refusedGroups: [],
    ...known,
  }
}

/** The roles that every organization has; their ids hold the organization's. */
function predefinedRoles(organization: string): unknown[] {
  return ['owner', 'reader'].map((name) => ({
    object: 'role',
    id: `role-api-organization-${name}__api-organization__${organization}`,
    name,
    description: null,
    permissions: [],
    predefined_role: true,
    resource_type: 'api.organization',
  }))
}

/** A role assigned to a user or group, as its list reports it. */
export function assignedRole(name: string, more: Record<string, unknown> = {}): unknown {
  return {
    id: `role-${name}`,
    name,
    description: null,
    permissions: [],
    predefined_role: true,
    resource_type: 'api.project',
    assignment_sources: null,
    created_at: null,
    created_by: null,
    updated_at: null,
    metadata: null,
    ...more,
  }
}

/** OpenAI's own role of a project; its id names no organization (OpenAI's Terraform provider). */
export function builtInRole(word: string): unknown {
  return assignedRole(word, { id: `role-api-project-${word}` })
}

/** A role that an organization made for itself. */
export function customRole(name: string, permissions: readonly string[], more: Record<string, unknown> = {}): unknown {
  return assignedRole(name, { predefined_role: false, permissions, ...more })
}
