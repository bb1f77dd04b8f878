import { writeFileSync } from 'node:fs'

import {
  anthropicOrganization,
  anthropicWorkspace,
  type FakeAnthropicOrganization,
} from '../../providers/anthropic-organization.ts'
import {
  assignedRole,
  openAiOrganization,
  openAiProject,
  type FakeOpenAiOrganization,
} from '../../providers/openai-organization.ts'
import type { FakeUse } from '../../providers/use.ts'
import { accounts, type Key, type Organization, type Project } from './state.ts'

/** The bills in thousandths of a cent, in which the two APIs are exact. */
const toUse = ({ bills }: Organization): FakeUse[] =>
  bills.map(({ nano, ...bill }) => ({ ...bill, user: null, cached: 0, milliCents: Number(nano / 10_000n) }))

/** Dollars of billionths. */
function dollars(nano: bigint): string {
  const digits = String(nano < 0n ? -nano : nano).padStart(10, '0')
  return `${nano < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`
}

const seconds = (at: number | null): number | null => (at === null ? null : at / 1000)
const text = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

/** Whether someone has a role in a project by any path, archived or not. */
function reaches(organization: Organization, project: Project, id: string): boolean {
  const groups = organization.groups.filter(({ members }) => members.includes(id))
  const isOwner = organization.users.some((user) => user.id === id && user.role === 'owner')
  return (
    isOwner ||
    groups.some(({ role }) => role === 'owner') ||
    project.grants.some(({ who }) => who === id || groups.some((group) => group.id === who))
  )
}

function openAiKey(organization: Organization, key: Key): unknown {
  const { owner } = key
  const common = {
    object: key.kind === 'admin' ? 'organization.admin_api_key' : 'organization.project.api_key',
    id: key.id,
    name: key.name,
    redacted_value: `sk-${key.kind === 'admin' ? 'admin' : 'proj'}...${key.id.slice(-3)}`,
    created_at: seconds(key.createdAt),
    last_used_at: seconds(key.usedAt),
    expires_at: seconds(key.expiresAt),
  }
  if (typeof owner === 'string') return { ...common, owner: null }
  const row = { id: owner.id, name: owner.name }
  if (key.kind === 'admin') return { ...common, owner: { type: 'user', object: 'organization.user', ...row } }
  const project = organization.projects.find(({ id }) => id === key.project)
  return {
    ...common,
    owner_project_access: project !== undefined && reaches(organization, project, owner.id) ? 'active' : 'inactive',
    owner: owner.kind === 'user' ? { type: 'user', user: row } : { type: 'service_account', service_account: row },
  }
}

function organizationRole(name: string, organization: string): unknown {
  const id = `role-api-organization-${name}__api-organization__${organization}`
  return assignedRole(name, { id, resource_type: 'api.organization' })
}

/** The organization as OpenAI serves it. */
export function toOpenAi(organization: Organization, credential: string): FakeOpenAiOrganization {
  const { users, groups, robots, limits } = organization
  const people = accounts(organization)
  const limit = (project: string | null): unknown => {
    const found = limits.find((one) => one.project === project)
    return found === undefined
      ? null
      : { object: 'spend_limit', threshold_amount: found.cents, currency: 'USD', interval: 'month' }
  }
  const inProject = (project: Project) =>
    openAiProject({
      row: {
        object: 'organization.project',
        id: project.id,
        name: project.name,
        created_at: seconds(project.createdAt),
        archived_at: seconds(project.archivedAt),
        status: project.archivedAt === null ? 'active' : 'archived',
      },
      users: people.flatMap(({ id, name, email }) =>
        project.grants.flatMap(({ who, role }) =>
          who === id ? [{ object: 'organization.project.user', id, name, email, role }] : [],
        ),
      ),
      groups: groups.flatMap(({ id, name }) =>
        project.grants.flatMap(({ who, role }) =>
          who === id
            ? [
                {
                  row: { object: 'project.group', group_id: id, group_name: name },
                  roles: [assignedRole(role, { id: `role-api-project-${role}` })],
                },
              ]
            : [],
        ),
      ),
      serviceAccounts: robots.flatMap(({ id, name, createdAt }) =>
        project.grants.flatMap(({ who, role }) =>
          who === id ? [{ id, name, role, created_at: seconds(createdAt) }] : [],
        ),
      ),
      keys: organization.keys.filter((key) => key.project === project.id).map((key) => openAiKey(organization, key)),
      spendLimit: limit(project.id),
    })
  return openAiOrganization({
    id: organization.id,
    credentials: [credential],
    users: users.map(({ id, name, email, role, addedAt }) => ({ id, name, email, role, added_at: seconds(addedAt) })),
    groups: groups.map(({ id, name, role, members }) => ({
      row: { id, name, created_at: 1_700_000_000, group_type: 'group' },
      users: people
        .filter((user) => members.includes(user.id))
        .map(({ id: who, name: called, email }) => ({ id: who, name: called, email })),
      roles: role === null ? [] : [organizationRole(role, organization.id)],
    })),
    invites: organization.invites.map((invite) => ({
      id: invite.id,
      email: invite.email,
      role: invite.role,
      status: invite.status,
      created_at: seconds(invite.sentAt),
      expires_at: seconds(invite.expiresAt),
      projects: invite.projects.map(({ project: id, role }) => ({ id, role })),
    })),
    adminKeys: organization.keys.filter(({ kind }) => kind === 'admin').map((key) => openAiKey(organization, key)),
    projects: organization.projects.map((project) => inProject(project)),
    spendLimit: limit(null),
    use: toUse(organization),
  })
}

function anthropicKey(key: Key): unknown {
  const { owner } = key
  const creator = typeof owner === 'string' ? null : { id: owner.id, type: 'user' }
  return {
    type: 'api_key',
    id: key.id,
    name: key.name,
    status: key.status,
    created_at: text(key.createdAt),
    expires_at: text(key.expiresAt),
    partial_key_hint: `sk-ant-api03-...${key.id.slice(-3)}`,
    created_by: creator,
    principal: key.kind === 'organization' && creator !== null ? { type: 'user_actor', user_id: creator.id } : null,
    scope: key.project === null ? { type: 'organization' } : { type: 'workspace', workspace_id: key.project },
  }
}

/** The organization as Anthropic serves it. */
export function toAnthropic(organization: Organization, credential: string): FakeAnthropicOrganization {
  return anthropicOrganization({
    me: { id: organization.id, name: organization.name, type: 'organization' },
    credentials: [credential],
    users: organization.users.map(({ id, name, email, role, addedAt }) => ({
      type: 'user',
      id,
      email,
      name,
      role,
      added_at: text(addedAt),
    })),
    invites: organization.invites.map(({ id, email, role, status, sentAt, expiresAt }) => ({
      type: 'invite',
      id,
      email,
      role,
      status,
      invited_at: text(sentAt),
      expires_at: text(expiresAt),
    })),
    workspaces: organization.projects.map(({ id, name, createdAt, archivedAt, grants }) =>
      anthropicWorkspace({
        row: { type: 'workspace', id, name, created_at: text(createdAt), archived_at: text(archivedAt) },
        members: grants.map(({ who, role }) => ({
          type: 'workspace_member',
          user_id: who,
          workspace_id: id,
          workspace_role: role,
        })),
      }),
    ),
    keys: organization.keys.map((key) => anthropicKey(key)),
    use: toUse(organization),
    spendLimits: organization.limits.map(({ project, cents }) => ({
      type: 'spend_limit',
      id: `limit-${project ?? 'organization'}`,
      amount: String(cents),
      currency: 'USD',
      period: 'monthly',
      scope: project === null ? { type: 'organization' } : { type: 'workspace', workspace_id: project },
      is_enabled: true,
    })),
  })
}

/** The organization as a file of its platform. */
export function writeFile(organization: Organization, path: string): void {
  const principals = [
    ...organization.users.map(({ id, name, email, role, addedAt }) => ({
      id,
      kind: 'user',
      name,
      email,
      role,
      addedAt: text(addedAt),
    })),
    ...organization.robots.map(({ id, name, createdAt }) => ({
      id,
      kind: 'service-account',
      name,
      addedAt: text(createdAt),
    })),
    ...organization.groups.map(({ id, name, role, members }) => ({ id, kind: 'group', name, role, members })),
    ...organization.invites.flatMap(({ id, email, role, status, sentAt, expiresAt }) =>
      status === 'accepted'
        ? []
        : [{ id, kind: 'invite', email, role, status, addedAt: text(sentAt), expiresAt: text(expiresAt) }],
    ),
  ]
  const invited = organization.invites.flatMap(({ id: principal, status, projects }) =>
    status === 'pending' ? projects.map(({ project, role }) => ({ principal, project, role })) : [],
  )
  const content = {
    format: 'castellan-file',
    version: 1,
    platform: 'azure',
    organization: { id: organization.id, name: organization.name },
    projects: organization.projects.map(({ id, name, createdAt, archivedAt }) => ({
      id,
      name,
      status: archivedAt === null ? 'active' : 'archived',
      createdAt: text(createdAt),
      archivedAt: text(archivedAt),
    })),
    principals,
    grants: [
      ...organization.projects.flatMap(({ id: project, grants }) =>
        grants.map(({ who: principal, role }) => ({ principal, project, role })),
      ),
      ...invited,
    ],
    keys: organization.keys.map(({ id, name, kind, project, owner, status, createdAt, usedAt, expiresAt }) => ({
      id,
      name,
      hint: `…${id.slice(-3)}`,
      kind,
      ...(project === null ? {} : { project }),
      ...(owner === 'unknown' ? {} : { owner: owner === 'none' ? null : owner.id }),
      status,
      createdAt: text(createdAt),
      lastUsedAt: text(usedAt),
      expiresAt: text(expiresAt),
    })),
    limits: organization.limits.map(({ project, cents }) => ({
      id: `limit-${project ?? 'organization'}`,
      kind: 'spend',
      ...(project === null ? {} : { project }),
      amountUsd: (cents / 100).toFixed(2),
      period: 'month',
    })),
    usage: organization.bills.map(({ nano, ...used }) => ({ ...used, costUsd: dollars(nano) })),
  }
  writeFileSync(path, JSON.stringify(content))
}
