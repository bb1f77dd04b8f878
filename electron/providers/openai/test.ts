import { sourceLabel, type SourceName } from '../../../shared/domain/source.ts'
import type { List } from '../kit/list.ts'
import { getIds, openProbe, type Probe, type TestReport } from '../kit/probe.ts'
import { openOrganization, type Organization } from './client.ts'
import { openAiLists, type OpenAiLists } from './lists.ts'
import { identityProviderReading } from './normalise/federation.ts'
import { groupReading, projectGroupReading } from './normalise/group.ts'
import { projectReading, projectUserReading } from './normalise/project.ts'
import { roleReading } from './normalise/role.ts'
import { userReading } from './normalise/user.ts'
import { settingRows } from './settings.ts'
import { spendLimitRows } from './spend-limit.ts'
import type { Access, Send } from '../kit/calls.ts'

/** Names what an OpenAI credential can read and, where the roles identify it, the organization that it opens. */
export async function testOpenAi(access: Access, signal: AbortSignal): Promise<TestReport> {
  signal.throwIfAborted()
  let heard: string | null = null
  const api = await openOrganization(access, undefined, (id) => (heard = id))
  const lists = openAiLists(api)
  const probe = openProbe('openai', access, signal)
  let organization: string | null = null
  let user: string | null = null
  let group: string | null = null
  let provider: string | null = null
  const projects: string[] = []
  await probe.together([
    async () => {
      // As many as a page holds: they show whether it is the organization that the connection holds.
      const rows = await probe.list('projects', lists.projects(false), lists.projects(false).limit)
      projects.push(...getIds(rows, projectReading))
    },
    async () => (user = firstId(await probe.list('users', lists.users()), userReading)),
    async () => (group = firstId(await probe.list('groups', lists.groups()), groupReading)),
    async () => (organization = organizationIn(await probe.list('roles', lists.roles(), lists.roles().limit), heard)),
    () => probe.list('invites', lists.invites()),
    () => probe.list('admin-keys', lists.adminKeys()),
    () =>
      probe.single('spend-limits', () => spendLimitRows(probe.calls, (options) => api.spendLimit.retrieve(options))),
    () => probe.list('spend-alerts', lists.spendAlerts()),
    () => probe.list('certificates', lists.certificates()),
    () => probe.single('settings', () => settingRows(probe.calls, (options) => api.dataRetention.retrieve(options))),
    async () =>
      (provider = firstId(await probe.list('identity-providers', lists.identityProviders()), identityProviderId)),
  ])
  await probe.together([
    ...probe.of(group, probe.whyNothing('groups', 'There is no group to try it on.'), [
      ['group-users', lists.groupUsers],
      ['group-roles', lists.groupRoles],
    ]),
    ...probe.of(user, probe.whyNothing('users', 'There is no user to try it on.'), [['user-roles', lists.userRoles]]),
    // Most organizations have no identity provider: then there is nothing that a credential could lack.
    ...(provider === null ? [] : probe.of(provider, '', [['federation-rules', lists.federationRules]])),
    ...projectTries(probe, api, lists, projects[0] ?? null),
  ])
  const { capabilities, fault } = probe
  return { organization: { externalId: organization, name: null, projects }, capabilities, fault }
}

const NO_PROJECT = 'There is no active project to try it on.'

function projectTries(probe: Probe, api: Organization, lists: OpenAiLists, project: string | null) {
  const noProject = probe.whyNothing('projects', NO_PROJECT)
  const spendLimit = async (): Promise<void> => {
    if (project === null) return probe.nothing('project-spend-limits', noProject)
    await probe.single('project-spend-limits', () =>
      spendLimitRows(probe.calls, (options) => api.projects.spendLimit.retrieve(project, options)),
    )
  }
  const settings = async (): Promise<void> => {
    if (project === null) return probe.nothing('project-settings', noProject)
    const send: Send = (options) => api.projects.hostedToolPermissions.retrieve(project, options)
    await probe.single('project-settings', () => settingRows(probe.calls, send))
  }
  const within = async (named: Within): Promise<void> => {
    if (project === null) {
      for (const source of [named.source, named.roles]) probe.nothing(source, noProject)
      return
    }
    const id = firstId(await probe.list(named.source, named.list(project)), (row) => named.read(row, project))
    if (id === null)
      probe.nothing(named.roles, `${sourceLabel(named.source)} of an active project are empty, so it cannot be tried.`)
    else await probe.list(named.roles, named.getRoles(project, id))
  }
  return [
    () =>
      within({
        source: 'project-users',
        list: lists.projectUsers,
        read: projectUserReading,
        roles: 'project-user-roles',
        getRoles: lists.projectUserRoles,
      }),
    () =>
      within({
        source: 'project-groups',
        list: lists.projectGroups,
        read: projectGroupReading,
        roles: 'project-group-roles',
        getRoles: lists.projectGroupRoles,
      }),
    ...probe.of(project, noProject, [
      ['project-service-accounts', lists.projectServiceAccounts],
      ['project-roles', lists.projectRoles],
      ['project-keys', lists.projectKeys],
      ['project-rate-limits', lists.projectRateLimits],
      ['project-spend-alerts', lists.projectSpendAlerts],
      ['project-certificates', lists.projectCertificates],
    ]),
    spendLimit,
    settings,
  ]
}

/** A list of a project, and the roles of those whom it names. */
interface Within {
  readonly source: SourceName
  readonly list: (project: string) => List
  readonly read: (row: unknown, project: string) => { readonly id: string | null }
  readonly roles: SourceName
  readonly getRoles: (project: string, id: string) => List
}

function firstId(rows: readonly unknown[] | null, read: (row: unknown) => { readonly id: string | null }) {
  return getIds(rows, read)[0] ?? null
}

const identityProviderId = (row: unknown): { readonly id: string | null } =>
  identityProviderReading(row, () => undefined)

function organizationIn(rows: readonly unknown[] | null, heard: string | null): string | null {
  for (const row of rows ?? []) {
    for (const fact of roleReading(row, heard).facts) if (fact.type === 'organization') return fact.externalId
  }
  return null
}
