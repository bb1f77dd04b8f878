import { describe, expect, it, onTestFinished } from 'vitest'

import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import {
  builtInRole,
  openAiOrganization,
  openAiProject,
  type FakeOpenAiOrganization,
} from '../../../providers/openai-organization.ts'
import type { FakeUse } from '../../../providers/use.ts'
import { gathered, synced } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'

const A = 'sk-admin-client-a-0123456789abcdef'
const B = 'sk-admin-client-b-0123456789abcdef'

/** An organization as the live service shows one: no id in the ids of its roles (OpenAI's Terraform provider). */
function getOrganization(credential: string, projects: readonly string[]): FakeOpenAiOrganization {
  return openAiOrganization({
    id: 'not shown',
    credentials: [credential],
    roles: [builtInRole('owner')],
    // The agency's own person is a member of both.
    users: [{ id: 'user-agency', name: 'Mara', email: 'mara@agency.example', role: 'owner' }],
    projects: projects.map((id) =>
      openAiProject({
        row: { id, name: id, status: 'active' },
        keys: [{ id: `key-${id}`, name: `key of ${id}`, created_at: 1_740_000_000, owner: {} }],
      }),
    ),
  })
}

const ORG_A = `org-${'A'.repeat(24)}`
const ORG_B = `org-${'B'.repeat(24)}`

const NOW = Date.UTC(2026, 10, 24, 12)
const TODAY = '2026-11-24'
const MONTH = '2026-11'

const getUse = (project: string): FakeUse => ({
  day: TODAY,
  project,
  key: `key-${project}`,
  user: 'user-agency',
  model: 'gpt-5.4',
  requests: 1,
  input: 10,
  cached: 0,
  output: 1,
  milliCents: 100,
})

async function connected() {
  const a = getOrganization(A, ['proj_a1', 'proj_a2'])
  const b = getOrganization(B, ['proj_b1', 'proj_b2'])
  const server = await startFakeOpenAi({ organizations: [a, b] })
  onTestFinished(() => server.close())
  const { api } = await newService({ now: () => NOW })
  await api.client.add({ name: 'Client A' })
  const { id } = await api.connection.add({
    client: 'client-a',
    provider: 'openai',
    baseUrl: server.baseUrl,
    access: 'read-write',
    credential: A,
  })
  const projects = async () => (await api.projects.list({ limit: 50 })).rows.map(({ name }) => name).toSorted()
  const sync = async () => (await synced(api))[0]?.result
  return { a, b, api, id, projects, sync }
}

describe('a credential of another organization, where no id shows it', () => {
  it('is refused by the sync when no project is in common, and nothing is recorded or closed', async () => {
    const { api, id, projects, sync } = await connected()
    expect(await sync()).toMatchObject({ state: 'complete' })
    await api.connection.setCredential({ id, credential: B })
    expect(await sync()).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(
        /opens another organization: it does not list any of the 2 projects that this connection holds\. The register was not changed\./u,
      ) as string,
    })
    expect(await projects()).toEqual(['proj_a1', 'proj_a2'])
    expect((await api.keys.list({ limit: 50 })).total).toBe(2)
  })

  it('is refused by the test of the connection as well', async () => {
    const { api, id, sync } = await connected()
    await sync()
    expect(await refused(api.connection.test({ id, credential: B }))).toMatchObject({ code: 'CONFLICT' })
    expect(await api.connection.test({ id, credential: A })).toMatchObject({ organization: null })
  })

  it.each([
    ['by the projects of its costs', { a: null, b: null }, /opens another organization/u],
    ['by the id that its answers give', { a: ORG_A, b: ORG_B }, /opens the organization org-B+, but this connection/u],
  ])('is refused by the sync of usage, which records nothing, %s', async (_, header, reason) => {
    const { a, b, api, id, sync } = await connected()
    a.header = header.a
    b.header = header.b
    a.use = [getUse('proj_a1')]
    b.use = [getUse('proj_b1')]
    const read = async () => (await gathered(await api.usage.sync({})))[0]?.reports
    const spent = async () => (await api.usage.by({ month: MONTH, by: 'project', source: 'billed' })).rows
    await sync()
    expect((await read())?.[0]).toMatchObject({ report: 'cost', state: 'complete' })
    const before = await spent()
    expect(before).toHaveLength(1)
    await api.connection.setCredential({ id, credential: B })
    const [cost] = (await read()) ?? []
    expect(cost).toMatchObject({ report: 'cost', state: 'denied', reason: expect.stringMatching(reason) as string })
    expect(cost?.reason).toContain('The register was not changed.')
    expect(await spent()).toEqual(before)
  })

  it('is not seen where all that is used is newer than the last sync: the provider is asked', async () => {
    const { a, api, sync } = await connected()
    await sync()
    a.projects = getOrganization(A, ['proj_a1', 'proj_a2', 'proj_new']).projects
    a.use = [getUse('proj_new')]
    const reports = (await gathered(await api.usage.sync({})))[0]?.reports
    expect(reports?.[0]).toMatchObject({ report: 'cost', state: 'complete' })
    expect((await api.usage.by({ month: MONTH, by: 'project', source: 'billed' })).rows).toHaveLength(1)
  })

  it('is refused when its answers name another organization than those of the first', async () => {
    const { a, b, api, id, sync } = await connected()
    a.header = 'org-AAAAAAAAAAAAAAAAAAAAAAAA'
    b.header = 'org-BBBBBBBBBBBBBBBBBBBBBBBB'
    await sync()
    expect((await api.connection.list({}))[0]?.organizationId).toBe(a.header)
    await api.connection.setCredential({ id, credential: B })
    expect((await sync())?.reason).toContain(
      `opens the organization ${b.header}, but this connection holds ${a.header}`,
    )
  })
})

describe('the same organization', () => {
  it('stays itself when only one of its projects is left beside new ones', async () => {
    const { a, projects, sync } = await connected()
    await sync()
    a.projects = getOrganization(A, ['proj_a2', 'proj_a3']).projects
    expect(await sync()).toMatchObject({ state: 'complete' })
    expect(await projects()).toEqual(['proj_a2', 'proj_a3'])
  })

  it('stays itself when its list of projects is empty, or was empty before', async () => {
    const { a, projects, sync } = await connected()
    const all = a.projects
    a.projects = []
    expect(await sync()).toMatchObject({ state: 'complete' })
    a.projects = all
    expect(await sync()).toMatchObject({ state: 'complete' })
    a.projects = []
    expect(await sync()).toMatchObject({ state: 'complete' })
    expect(await projects()).toEqual([])
  })

  it('is not recognized by a name in the header, which may change', async () => {
    const { a, api, sync } = await connected()
    a.header = 'acme-corp'
    await sync()
    expect((await api.connection.list({}))[0]?.organizationId).toBe(null)
    a.header = 'acme-group'
    expect(await sync()).toMatchObject({ state: 'complete' })
  })
})
