import {
  anthropicOrganization,
  anthropicWorkspace,
  type FakeAnthropicOrganization,
  type FakeWorkspace,
} from './anthropic-organization.ts'
import {
  openAiOrganization,
  openAiProject,
  type FakeOpenAiOrganization,
  type FakeProject,
} from './openai-organization.ts'
import { makeRandom } from './random.ts'

export interface AgencySize {
  /** Organizations, half on each provider; OpenAI has the odd one. */
  readonly organizations: number
  /** Projects and workspaces in all. */
  readonly projects: number
  /** The number of roles held directly, on an organization or a project. */
  readonly grants: number
  /** Keys of projects and workspaces in all. */
  readonly keys: number
  readonly seed?: number
}

export interface BigAgency {
  readonly openai: readonly FakeOpenAiOrganization[]
  readonly anthropic: readonly FakeAnthropicOrganization[]
}

/** The share of each organization; the first ones have one more where it does not divide evenly. */
function computeShare(total: number, parts: number, index: number): number {
  return Math.floor(total / parts) + (index < total % parts ? 1 : 0)
}

const AGENCY_PEOPLE = 8
const SERVICE_ACCOUNTS = 3

/**
 * An agency of any size, the same for the same arguments. The numbers are exact: a whole reading of all organizations
 * gives that many projects, grants and keys. Agency people appear in every organization under one address.
 */
export function bigAgency(size: AgencySize): BigAgency {
  const openai: FakeOpenAiOrganization[] = []
  const anthropic: FakeAnthropicOrganization[] = []
  for (let index = 0; index < size.organizations; index++) {
    const share = {
      index,
      projects: computeShare(size.projects, size.organizations, index),
      grants: computeShare(size.grants, size.organizations, index),
      keys: computeShare(size.keys, size.organizations, index),
      random: makeRandom((size.seed ?? 1) * 1000 + index),
    }
    if (index % 2 === 0) openai.push(bigOpenAi(share))
    else anthropic.push(bigAnthropic(share))
  }
  return { openai, anthropic }
}

interface Share {
  readonly index: number
  readonly projects: number
  readonly grants: number
  readonly keys: number
  readonly random: () => number
}

const FIRST_SECOND = 1_700_000_000

function secondsAgo({ random }: Share): number {
  return FIRST_SECOND + Math.floor(random() * 60_000_000)
}

function pick<T>(share: Share, words: readonly T[]): T {
  return words[Math.floor(share.random() * words.length)] as T
}

/** So many users that the rest of the grants finds room in the projects: at most one for each user and project. */
function userCount({ grants, projects }: Share): number {
  return Math.max(1, Math.ceil(grants / (1 + projects * 0.8)))
}

function person(share: Share, user: number) {
  return user < AGENCY_PEOPLE
    ? { name: `Agency Person ${user}`, email: `person${user}@agency.example` }
    : { name: `User ${user} of ${share.index}`, email: `user${user}@client${share.index}.example` }
}

function bigOpenAi(share: Share): FakeOpenAiOrganization {
  const id = `org-big${share.index}`
  const users = Array.from({ length: userCount(share) }, (_, user) => ({
    object: 'organization.user',
    id: `user-${share.index}-${user}`,
    ...person(share, user),
    role: user < 2 ? 'owner' : 'reader',
    added_at: secondsAgo(share),
    api_key_last_used_at: user % 3 === 0 ? null : secondsAgo(share),
  }))
  const left = share.grants - users.length
  const projects = Array.from({ length: share.projects }, (_, project) =>
    bigProject(share, project, users, computeShare(left, share.projects, project)),
  )
  return openAiOrganization({ id, credentials: [`sk-admin-big-agency-${share.index}`], users, projects })
}

function bigProject(
  share: Share,
  project: number,
  users: readonly { readonly id: string; readonly name: string; readonly email: string }[],
  grants: number,
): FakeProject {
  const id = `proj_${share.index}_${project}`
  const accounts = Math.min(SERVICE_ACCOUNTS, grants)
  const members = users.slice(0, grants - accounts)
  if (members.length < grants - accounts) throw new Error('Too many grants for so few projects')
  return openAiProject({
    row: {
      object: 'organization.project',
      id,
      name: project === 0 ? 'Default project' : `Project ${project} of ${share.index}`,
      created_at: secondsAgo(share),
      archived_at: null,
      status: 'active',
      residency: 'GLOBAL',
    },
    users: members.map((user) => ({
      object: 'organization.project.user',
      id: user.id,
      name: user.name,
      email: user.email,
      role: pick(share, ['owner', 'member', 'member', 'viewer']),
      added_at: secondsAgo(share),
    })),
    serviceAccounts: Array.from({ length: accounts }, (_, account) => ({
      object: 'organization.project.service_account',
      id: `svc_${share.index}_${project}_${account}`,
      name: `service ${account}`,
      role: pick(share, ['member', 'owner']),
      created_at: secondsAgo(share),
    })),
    keys: Array.from({ length: computeShare(share.keys, share.projects, project) }, (_, key) => ({
      object: 'organization.project.api_key',
      id: `key_${share.index}_${project}_${key}`,
      name: keyName(share, key),
      redacted_value: `sk-proj-...${key}`,
      created_at: secondsAgo(share),
      last_used_at: key % 4 === 0 ? null : secondsAgo(share),
      expires_at: null,
      owner_project_access: key % 7 === 0 ? 'inactive' : 'active',
      owner: keyOwner(share, project, key, users),
    })),
    rateLimits: ['gpt-5.4', 'gpt-5.4-mini'].map((model) => ({
      object: 'project.rate_limit',
      id: `rl-${model}`,
      model,
      max_requests_per_1_minute: 500,
      max_tokens_per_1_minute: 200_000,
    })),
  })
}

function keyName(share: Share, key: number): string {
  const environment = pick(share, ['prod', 'staging', 'dev'])
  return `${environment}-${pick(share, ['web', 'data', 'support'])}-job${key}`
}

function keyOwner(share: Share, project: number, key: number, users: readonly { readonly id: string }[]): unknown {
  if (key % 2 === 0) {
    const id = `svc_${share.index}_${project}_${key % SERVICE_ACCOUNTS}`
    return { type: 'service_account', service_account: { id, name: 'service', role: 'member' } }
  }
  return { type: 'user', user: { id: users[key % users.length]?.id, name: null, email: null } }
}

function bigAnthropic(share: Share): FakeAnthropicOrganization {
  const date = (): string => new Date(secondsAgo(share) * 1000).toISOString()
  const users = Array.from({ length: userCount(share) }, (_, user) => ({
    type: 'user',
    id: `user_${share.index}_${user}`,
    ...person(share, user),
    role: user < 2 ? 'admin' : pick(share, ['developer', 'user', 'billing', 'claude_code_user']),
    added_at: date(),
  }))
  const left = share.grants - users.length
  const workspaces = Array.from({ length: share.projects }, (_, workspace): FakeWorkspace => {
    const id = `wrkspc_${share.index}_${workspace}`
    const members = users.slice(0, computeShare(left, share.projects, workspace))
    return anthropicWorkspace({
      isDefault: workspace === 0,
      row: {
        type: 'workspace',
        id,
        name: workspace === 0 ? 'Default' : `Workspace ${workspace} of ${share.index}`,
        created_at: date(),
        archived_at: null,
        data_residency: { workspace_geo: 'us' },
      },
      members: members.map((user) => ({
        type: 'workspace_member',
        user_id: user.id,
        workspace_id: id,
        workspace_role: pick(share, ['workspace_admin', 'workspace_developer', 'workspace_user']),
      })),
    })
  })
  const keys = Array.from({ length: share.keys }, (_, key) => ({
    type: 'api_key',
    id: `apikey_${share.index}_${key}`,
    name: keyName(share, key),
    status: key % 9 === 0 ? 'inactive' : 'active',
    created_at: date(),
    expires_at: null,
    partial_key_hint: `sk-ant-api03-...${key}`,
    created_by: key % 5 === 0 ? null : { id: users[key % users.length]?.id, type: 'user' },
    principal: null,
    scope: { type: 'workspace', workspace_id: workspaces[key % workspaces.length]?.row.id },
  }))
  return anthropicOrganization({
    me: { id: `org_big${share.index}`, name: `Client ${share.index}`, type: 'organization' },
    credentials: [`sk-ant-admin01-big-agency-${share.index}`],
    users,
    workspaces,
    keys,
  })
}
