import { afterEach, describe, expect, test } from 'vitest'

import type { GrantFact } from '../../../../shared/domain/facts.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import type { Faults } from '../../../providers/faults.ts'
import type { FakeServer } from '../../../providers/http.ts'
import {
  builtInRole,
  customRole,
  openAiOrganization,
  openAiProject,
  type FakeOpenAiOrganization,
  type FakeProject,
} from '../../../providers/openai-organization.ts'
import { readAll, type Recording } from '../recording.ts'

const CREDENTIAL = 'sk-admin-roles-0123456789abcdef'
const KEYS = ['api.organization.projects.api_keys.read', 'api.organization.projects.api_keys.write']
const KEY_MANAGER = customRole('API Project Key Manager', KEYS)

let server: FakeServer | undefined

afterEach(async () => server?.close())

const person = (id: string, role: string) => ({ id, name: id, email: `${id}@acme.example`, role })

/** One project with three users, one ordinary service account and one that was made without a role. */
function getProject(more: Partial<FakeProject> = {}): FakeProject {
  return openAiProject({
    row: { id: 'prod-a', name: 'Production', status: 'active' },
    users: [person('ada', 'owner'), person('carl', 'member'), person('vera', 'viewer')],
    serviceAccounts: [
      { id: 'svc-web', name: 'web', role: 'member' },
      { id: 'svc-terraform', name: 'terraform-managed', role: 'none' },
    ],
    ...more,
  })
}

function getOrganization(project: FakeProject, more: Partial<FakeOpenAiOrganization> = {}): FakeOpenAiOrganization {
  return openAiOrganization({
    id: 'org-roles',
    credentials: [CREDENTIAL],
    users: ['ada', 'carl', 'vera'].map((id) => person(id, 'reader')),
    projects: [project],
    ...more,
  })
}

async function read(organization: FakeOpenAiOrganization, faults: Faults = {}): Promise<Recording> {
  server = await startFakeOpenAi({ organizations: [organization], faults })
  return readAll('openai', { baseUrl: server.baseUrl, credential: CREDENTIAL })
}

const asked = (): string[] =>
  (server?.requests ?? [])
    .map(({ path }) => /^\/v1\/projects\/prod-a\/users\/(.+)\/roles$/u.exec(path)?.[1])
    .filter((user) => user !== undefined)
    .toSorted()

const inProject = (said: Recording, who: string): GrantFact[] =>
  said.of('grant').filter(({ principal, project }) => principal === who && project === 'prod-a')

const words = (grants: readonly GrantFact[]): string[] => grants.map(({ roleRaw, level }) => `${roleRaw}: ${level}`)

describe('roles that users and service accounts hold in a project', () => {
  test('a custom role of a user is a grant of its own beside the word of the list of users', async () => {
    const project = getProject({ userRoles: { carl: [KEY_MANAGER] } })
    project.roles.push(KEY_MANAGER)
    const said = await read(getOrganization(project))
    expect(words(inProject(said, 'carl'))).toEqual(['member: member', 'API Project Key Manager: admin'])
    expect(asked()).toEqual(['ada', 'carl', 'svc-terraform', 'svc-web', 'vera'])
    expect(said.outcomes.filter(({ state }) => state !== 'complete')).toEqual([])
  })

  test('a role that was assigned apart to a service account is read, and its word "none" gives way', async () => {
    const said = await read(getOrganization(getProject({ userRoles: { 'svc-terraform': [builtInRole('owner')] } })))
    expect(words(inProject(said, 'svc-terraform'))).toEqual(['none: other', 'owner: owner'])
    expect(inProject(said, 'svc-terraform').map(({ givesWay }) => givesWay ?? false)).toEqual([true, false])
    // No one else can have more than the list of users shows: the project offers no custom role.
    expect(asked()).toEqual(['svc-terraform'])
  })

  test('a role that reaches a user through a group is a grant of the group alone', async () => {
    const byGroup = customRole('By group', KEYS, {
      assignment_sources: [{ principal_id: 'group-dev', principal_type: 'group' }],
    })
    const project = getProject({ userRoles: { carl: [byGroup] } })
    project.roles.push(byGroup)
    expect(words(inProject(await read(getOrganization(project)), 'carl'))).toEqual(['member: member'])
  })

  test('a project without anybody is not asked for its roles', async () => {
    const said = await read(getOrganization(getProject({ users: [], serviceAccounts: [] })))
    expect(said.outcomes.some(({ source }) => source === 'project-roles')).toBe(false)
    expect(said.outcome('project-user-roles', 'prod-a')).toMatchObject({ state: 'complete', fetched: 0 })
  })

  test('where the roles of a project cannot be read, the roles of its users are not called complete', async () => {
    const said = await read(getOrganization(getProject()), {
      rules: [{ path: /projects\/prod-a\/roles/u, fault: { kind: 'status', status: 403, body: {} } }],
    })
    expect(said.outcome('project-roles', 'prod-a').state).toBe('denied')
    expect(said.outcome('project-user-roles', 'prod-a')).toMatchObject({
      state: 'unavailable',
      reason: expect.stringContaining('Project roles'),
    })
  })

  test('a user whose roles the provider does not know (404) leaves the others read and the source unfinished', async () => {
    const project = getProject({ userRoles: { carl: [KEY_MANAGER] } })
    project.roles.push(KEY_MANAGER)
    const said = await read(getOrganization(project), {
      rules: [{ path: /users\/ada\/roles/u, fault: { kind: 'status', status: 404, body: {} } }],
    })
    expect(words(inProject(said, 'carl'))).toContain('API Project Key Manager: admin')
    expect(said.outcome('project-user-roles', 'prod-a')).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/does not know 1 of them/u),
    })
  })
})

describe('groups in a project', () => {
  const group = { group_id: 'group-dev', group_name: 'Developers' }
  const withGroup = (roles: unknown[]) =>
    getOrganization(getProject({ groups: [{ row: group, roles }] }), {
      groups: [{ row: { id: 'group-dev', name: 'Developers' }, users: [{ id: 'vera' }], roles: [] }],
    })

  test('a group whose roles are empty still gives access, of an unknown role', async () => {
    const said = await read(withGroup([]))
    expect(inProject(said, 'group-dev')).toEqual([
      expect.objectContaining({ roleRaw: 'unknown', level: 'other', givesWay: true }),
    ])
  })

  test('a group whose roles are not known (404) gives access, and the roles are not complete', async () => {
    const said = await read(withGroup([builtInRole('member')]), {
      rules: [{ path: /groups\/group-dev\/roles/u, fault: { kind: 'status', status: 404, body: {} } }],
    })
    expect(words(inProject(said, 'group-dev'))).toEqual(['unknown: other'])
    expect(said.outcome('project-groups', 'prod-a').state).toBe('complete')
    expect(said.outcome('project-group-roles', 'prod-a').state).toBe('failed')
    expect(said.outcome('group-roles').state).toBe('failed')
  })

  test('a role that is read replaces the unknown one', async () => {
    const said = await read(withGroup([builtInRole('member')]))
    expect(inProject(said, 'group-dev').map(({ roleRaw, givesWay }) => [roleRaw, givesWay ?? false])).toEqual([
      ['unknown', true],
      ['member', false],
    ])
  })
})

describe('custom roles of the organization', () => {
  const held = async (permissions: readonly string[] | undefined): Promise<GrantFact | undefined> => {
    const role = customRole('Custom', permissions ?? [], {
      resource_type: 'api.organization',
      ...(permissions === undefined ? { permissions: undefined } : {}),
    })
    const organization = getOrganization(getProject(), { userRoles: { vera: [role] } })
    organization.roles.push(role)
    const said = await read(organization)
    await server?.close()
    return said.of('grant').find(({ principal, roleRaw }) => principal === 'vera' && roleRaw === 'Custom')
  }

  test.each([
    ['makes requests', ['api.model.request'], 'member', 'member'],
    ['reads files', ['api.files.read', 'api.model.read'], 'reader', 'reader'],
    ['manages keys of projects', KEYS, 'admin', 'admin'],
    ['manages keys of its own', ['api.organization.projects.api_keys.self.write'], 'member', 'member'],
    ['administers the organization', ['api.management.read', 'api.management.write'], 'admin', 'admin'],
    ['manages groups', ['api.groups.read', 'api.groups.write'], 'admin', null],
    ['reads usage', ['api.usage.read'], 'billing', null],
    ['does something unknown', ['api.model.request', 'api.teleport.write'], 'other', 'other'],
    ['manages keys and does something unknown', [...KEYS, 'api.teleport.write'], 'admin', 'admin'],
    ['has permissions that are not reported', undefined, 'other', 'other'],
    ['has none', [], 'other', null],
  ] as const)(
    'one that %s has the level of its permissions, and reaches all projects with those that act there',
    async (_, permissions, level, inEveryProject) => {
      expect(await held(permissions)).toMatchObject({
        level,
        impliedLevel: inEveryProject,
        impliedRoleRaw: inEveryProject === null ? null : 'Custom',
      })
    },
  )
})

test("OpenAI's own roles have the words of the lists of users, whatever their names", async () => {
  const project = getProject({ userRoles: { carl: [{ ...(builtInRole('member') as object), name: 'API Member' }] } })
  project.roles.push(KEY_MANAGER)
  expect(words(inProject(await read(getOrganization(project)), 'carl'))).toEqual(['member: member'])
})
