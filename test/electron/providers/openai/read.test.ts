import { afterEach, expect, test } from 'vitest'

import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { assignedRole, type FakeOpenAiOrganization } from '../../../providers/openai-organization.ts'
import { readAll, type Recording } from '../recording.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

async function read(organization: FakeOpenAiOrganization): Promise<Recording> {
  server = await startFakeOpenAi({ organizations: [organization] })
  return readAll('openai', { baseUrl: server.baseUrl, credential: NORTHFOLD_CREDENTIAL })
}

function paths(): string[] {
  return (server?.requests ?? []).map(({ path }) => path.replace('/v1', ''))
}

test('reads every source of an organization to its end', async () => {
  const said = await read(northfoldOpenAi())
  expect(said.outcomes.filter(({ state }) => state !== 'complete')).toEqual([])
  const sources =
    'projects users invites admin-keys roles groups group-users group-roles user-roles spend-limits spend-alerts settings ' +
    'identity-providers federation-rules certificates project-certificates ' +
    'project-users project-groups project-group-roles project-service-accounts project-roles project-user-roles ' +
    'project-keys project-rate-limits project-spend-limits project-spend-alerts project-settings'
  expect(new Set(said.outcomes.map(({ source }) => source))).toEqual(new Set(sources.split(' ')))
})

test('takes the id of the organization from its predefined roles, and does without when they cannot be read', async () => {
  const said = await read(northfoldOpenAi())
  expect(said.of('organization')).toEqual([{ type: 'organization', externalId: 'org-northfold', name: null }])
  await server?.close()
  const without = northfoldOpenAi()
  without.roles = []
  expect((await read(without)).of('organization')).toEqual([])
})

test('gives each user one principal, in the words of the list of users, and its grants', async () => {
  const said = await read(northfoldOpenAi())
  const tomas = said.of('principal').filter(({ externalId }) => externalId === 'user-b2')
  expect(tomas).toEqual([
    {
      type: 'principal',
      externalId: 'user-b2',
      kind: 'user',
      name: 'Tomas Okafor',
      email: 'tomas@client-acme.example',
      roleRaw: 'reader',
      level: 'reader',
      status: 'active',
      addedAt: 1_743_465_600_000,
      expiresAt: null,
      lastUsedAt: null,
    },
  ])
  expect(said.of('grant').filter(({ principal }) => principal === 'user-a1')).toEqual([
    expect.objectContaining({ project: null, roleRaw: 'owner', impliedRoleRaw: 'owner', impliedLevel: 'owner' }),
    expect.objectContaining({ project: 'proj_acme', roleRaw: 'owner', level: 'owner', impliedRoleRaw: null }),
  ])
})

test('knows someone whom only a group or a project names', async () => {
  const organization = northfoldOpenAi()
  const acme = organization.projects[1]
  acme?.users.push({ id: 'user-z9', name: 'Other words', email: null, role: 'member' })
  organization.projects[0]?.users.push({ id: 'user-p1', name: 'Project only', email: 'p1@x.example', role: 'member' })
  acme?.users.push({ id: 'user-p1', name: 'Differently named', email: null, role: 'owner' })
  const said = await read(organization)
  const named = (id: string) => said.of('principal').filter(({ externalId }) => externalId === id)
  expect(named('user-p1').length).toBe(2)
  expect(new Set(named('user-p1').map((fact) => JSON.stringify(fact))).size).toBe(1)
  expect(new Set(named('user-z9').map((fact) => JSON.stringify(fact))).size).toBe(1)
  expect(said.of('membership')).toContainEqual({ type: 'membership', group: 'group-dev', member: 'user-z9' })
})

test('reports direct, group and service-account roles of a project', async () => {
  const said = await read(northfoldOpenAi())
  const ofProject = said.of('grant').filter(({ project }) => project === 'proj_acme')
  expect(
    Object.fromEntries(ofProject.map(({ principal, roleRaw, level }) => [principal, `${roleRaw} ${level}`])),
  ).toEqual({
    'invite-01': 'member member',
    'user-a1': 'owner owner',
    'user-b2': 'member member',
    'user-c3': 'viewer reader',
    svc_acct_w1: 'member member',
    svc_acct_b2: 'owner owner',
    svc_acct_n3: 'none other',
    // Last of two words of the group: the unknown one of the list gives way to it in the register.
    'group-dev': 'member member',
  })
})

test('an invite that is pending carries grants, one that expired is only a principal, a spent one is left out', async () => {
  const said = await read(northfoldOpenAi())
  const invites = said.of('principal').filter(({ kind }) => kind === 'invite')
  expect(invites.map(({ externalId, status }) => `${externalId} ${status}`)).toEqual([
    'invite-01 pending',
    'invite-02 expired',
  ])
  expect(said.of('grant').filter(({ principal }) => principal.startsWith('invite')).length).toBe(2)
  expect(said.outcome('invites')).toMatchObject({
    fetched: 3,
    excluded: [{ count: 1, reason: expect.stringContaining('accepted') }],
  })
})

test('finds keys of people who lost the project, and the keys left behind in an archived one', async () => {
  const said = await read(northfoldOpenAi())
  const keys = Object.fromEntries(said.of('key').map((key) => [key.externalId, key]))
  expect(Object.keys(keys).toSorted()).toEqual(['key_adm', 'key_left', 'key_p1', 'key_p2', 'key_p3'])
  expect(keys['key_p3']).toMatchObject({ ownerAccess: 'inactive', owner: { externalId: 'user-c3', name: null } })
  expect(keys['key_p2']).toMatchObject({ lastUse: { state: 'never' }, expiresAt: 1_767_225_600_000 })
  expect(keys['key_adm']).toMatchObject({
    kind: 'admin',
    project: null,
    owner: { kind: 'user', externalId: 'user-a1' },
  })
  expect(keys['key_left']).toMatchObject({ project: 'proj_old', owner: { kind: 'service-account' } })
  expect(paths().filter((path) => path.includes('proj_old'))).toEqual(['/organization/projects/proj_old/api_keys'])
  expect(said.outcome('projects').excluded).toEqual([{ count: 1, reason: expect.stringContaining('archived') }])
})

test('reports limits in whole micro-USD and in the words of the limiter', async () => {
  const said = await read(northfoldOpenAi())
  const limits = new Map(said.of('limit').map((limit) => [limit.externalId, limit]))
  expect(limits.get('spend:org')).toMatchObject({ amount: 5_000_000_000, enforcement: 'hard', period: 'month' })
  expect(limits.get('spend:proj_acme')).toMatchObject({ amount: 750_000_000, project: 'proj_acme' })
  expect(limits.get('alert:alert_acme')).toMatchObject({ amount: 500_000_000, enforcement: 'alert' })
  expect(limits.get('rate:proj_acme:rl-gpt-5.4:requests_per_minute')).toMatchObject({
    amount: 500,
    metric: 'requests_per_minute',
    model: 'gpt-5.4',
    period: 'minute',
  })
  expect(limits.get('rate:proj_acme:rl-gpt-4o-transcribe:batch_input_tokens_per_day')?.period).toBe('day')
})

test('no spend limit is a complete answer; no spend limits at all is not', async () => {
  const organization = northfoldOpenAi()
  organization.spendLimit = null
  const said = await read(organization)
  expect(said.outcome('spend-limits')).toMatchObject({ state: 'complete', fetched: 0 })
  expect(said.outcome('project-spend-limits', 'proj_default')).toMatchObject({ state: 'complete', fetched: 0 })
})

test('asks for roles of single users only where the organization has roles of its own', async () => {
  await read(northfoldOpenAi())
  expect(paths().some((path) => /organization\/users\/.+\/roles/u.test(path))).toBe(false)
  await server?.close()

  const organization = northfoldOpenAi()
  const custom = { predefined_role: false, resource_type: 'api.organization' }
  organization.roles.push(assignedRole('Owner', custom), assignedRole('Key manager', custom))
  organization.userRoles['user-b2'] = [
    assignedRole('reader', { resource_type: 'api.organization' }),
    assignedRole('Owner', { ...custom, permissions: ['api.model.request'] }),
    assignedRole('Key manager', { ...custom, permissions: ['api.organization.projects.api_keys.write'] }),
    assignedRole('By group', {
      ...custom,
      assignment_sources: [{ principal_id: 'group-dev', principal_type: 'group' }],
    }),
  ]
  const said = await read(organization)
  expect(paths().filter((path) => /organization\/users\/.+\/roles/u.test(path)).length).toBe(3)
  const tomas = said.of('grant').filter(({ principal, project }) => principal === 'user-b2' && project === null)
  expect(tomas.map(({ roleRaw, level }) => `${roleRaw}: ${level}`)).toEqual([
    'reader: reader',
    // A role is what its permissions allow, whatever it is called.
    'Owner: member',
    'Key manager: admin',
  ])
})

test('a group with a role on the organization carries it into every project', async () => {
  const organization = northfoldOpenAi()
  organization.groups[0]?.roles.push(assignedRole('owner', { resource_type: 'api.organization' }))
  const said = await read(organization)
  expect(said.of('grant')).toContainEqual(
    expect.objectContaining({ principal: 'group-dev', project: null, roleRaw: 'owner', impliedRoleRaw: 'owner' }),
  )
})

test('reads a list of many pages, each row once', async () => {
  const organization = northfoldOpenAi()
  organization.users = Array.from({ length: 250 }, (_, index) => ({ id: `user-${index}`, role: 'reader' }))
  organization.groups = Array.from({ length: 230 }, (_, index) => ({
    row: { id: `group-${index}`, name: `Group ${index}` },
    users: [],
    roles: [],
  }))
  const said = await read(organization)
  expect(said.outcome('users').fetched).toBe(250)
  expect(said.outcome('groups').fetched).toBe(230)
  expect(said.of('principal').filter(({ externalId }) => /^user-\d+$/u.test(externalId)).length).toBe(250)
  expect(paths().filter((path) => path === '/organization/users').length).toBe(3)
})

test('counts a row that comes on two pages once', async () => {
  const organization = northfoldOpenAi()
  organization.users = Array.from({ length: 150 }, (_, index) => ({ id: `user-${index % 140}`, role: 'reader' }))
  // The cursor names a duplicate row, so the server's second page begins after its first place.
  const said = await read(organization)
  expect(said.outcome('users')).toMatchObject({ state: 'complete', fetched: 140 })
  expect(
    said.of('grant').filter(({ project, principal }) => project === null && /^user-\d/u.test(principal)).length,
  ).toBe(140)
})

test('a key in two projects is reported once, and counted as left out', async () => {
  const organization = northfoldOpenAi()
  organization.projects[0]?.keys.push(...(organization.projects[1]?.keys.slice(0, 1) ?? []))
  const said = await read(organization)
  expect(said.of('key').filter(({ externalId }) => externalId === 'key_p1').length).toBe(1)
  const excluded = [said.outcome('project-keys', 'proj_default'), said.outcome('project-keys', 'proj_acme')]
  expect(excluded.flatMap((outcome) => outcome.excluded)).toEqual([
    { count: 1, reason: expect.stringContaining('another list') },
  ])
})
