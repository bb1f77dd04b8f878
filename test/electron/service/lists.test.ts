import { describe, expect, it } from 'vitest'

import { PEOPLE } from '../../../shared/nouns/people.ts'
import { KEYS } from '../../../shared/contract/keys.ts'
import { PROJECTS } from '../../../shared/nouns/projects.ts'
import { newSampleService } from '../../sample-profile.ts'
import { key } from '../register/registers.ts'
import { keyId, refused, seeded } from './seeded.ts'
import type { newService } from './services.ts'

type Api = Awaited<ReturnType<typeof newService>>['api']

interface Slice {
  readonly total: number
  readonly revision: number
  readonly rows: readonly unknown[]
}

type Sort = { readonly by: string; readonly direction: 'asc' | 'desc' }

/** The four lists, each by any sort. */
const LISTS: Readonly<
  Record<string, { readonly sorts: readonly string[]; readonly read: (api: Api, query: object) => Promise<Slice> }>
> = {
  people: { sorts: PEOPLE.sorts, read: (api, query) => api.people.list(query) },
  keys: { sorts: KEYS.sorts, read: (api, query) => api.keys.list(query) },
  projects: { sorts: PROJECTS.sorts, read: (api, query) => api.projects.list(query) },
  access: { sorts: ['client', 'principal', 'project', 'level'], read: (api, query) => api.access.list(query) },
}

async function sampleApi(): Promise<Api> {
  const { api } = await newSampleService()
  return api
}

describe('a list', () => {
  it('read at any position gives that slice of the whole, by every sort', async () => {
    const api = await sampleApi()
    for (const [name, { sorts, read }] of Object.entries(LISTS)) {
      for (const by of sorts) {
        for (const direction of ['asc', 'desc'] as const) {
          const sort: Sort = { by, direction }
          const whole: unknown[] = []
          const { total } = await read(api, { sort, limit: 0 })
          for (let offset = 0; offset < total; offset += 500)
            whole.push(...(await read(api, { sort, offset, limit: 500 })).rows)
          expect([name, by, whole.length, total > 20]).toEqual([name, by, total, true])
          for (const [offset, limit] of [
            [0, 1],
            [7, 13],
            [total - 3, 10],
            [total, 5],
            [total + 100, 5],
          ] as const) {
            expect((await read(api, { sort, offset, limit })).rows).toEqual(whole.slice(offset, offset + limit))
          }
        }
      }
    }
  })

  it('has no slice larger than 500, and no position before the first', async () => {
    const { api } = await seeded()
    for (const { read } of Object.values(LISTS)) {
      for (const query of [
        { limit: 501 },
        { limit: -1 },
        { offset: -1 },
        { offset: 0.5 },
        { sort: { by: 'nothing' } },
      ]) {
        await expect(read(api, query)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
      }
      expect((await refused(read(api, { client: 'nobody' }))).code).toBe('NOT_FOUND')
    }
  })

  it('changes its revision with the register, and shows what changed', async () => {
    const { api, read, connections } = await seeded()
    const before = await api.keys.list({})
    expect((await api.keys.list({})).revision).toBe(before.revision)
    await api.client.update({ slug: 'acme', notes: 'x' })
    expect((await api.keys.list({})).revision).toBeGreaterThan(before.revision)
    read(connections.borealis, [{ source: 'project-keys', project: 'proj_b', facts: [key('new', { name: 'new' })] }])
    expect((await api.keys.list({ search: 'new' })).total).toBe(1)
    expect((await api.keys.list({ search: 'prod-search' })).total).toBe(0)
  })

  it('changes with the day: what was due is overdue the day after, without a change of the register', async () => {
    const { api, clock } = await seeded()
    const overdue = async (): Promise<number> => (await api.keys.list({ rotation: 'overdue' })).total
    expect(await overdue()).toBe(1)
    clock.now = Date.UTC(2026, 3, 12, 12)
    expect(await overdue()).toBe(2)
  })
})

describe('people', () => {
  it('are the same across clients, and show in a scope only what is in it', async () => {
    const { api } = await seeded()
    const [mara] = (await api.people.list({ search: 'mara' })).rows
    expect(mara).toMatchObject({
      connections: 2,
      level: 'owner',
      privileged: true,
      clients: [{ slug: 'acme' }, { slug: 'borealis' }],
    })
    const [there] = (await api.people.list({ client: 'borealis', search: 'mara' })).rows
    expect(there).toMatchObject({
      personId: mara?.personId,
      connections: 1,
      level: 'member',
      privileged: false,
      clients: [{ slug: 'borealis' }],
    })
    const detail = await api.people.get({ personId: mara?.personId ?? 0, client: 'borealis' })
    expect(detail.memberships.map(({ client }) => client.slug)).toEqual(['borealis'])
    expect(detail.access.map(({ client }) => client.slug)).toEqual(['borealis'])
    const whole = await api.people.get({ personId: mara?.personId ?? 0 })
    expect(whole.memberships).toHaveLength(2)
    expect(whole.aliases).toEqual(['mara@agency.example'])
    const [tomas] = (await api.people.list({ search: 'tomas' })).rows
    expect((await refused(api.people.get({ personId: tomas?.personId ?? 0, client: 'borealis' }))).code).toBe(
      'NOT_FOUND',
    )
    expect((await refused(api.people.get({ personId: 999 }))).code).toBe('NOT_FOUND')
  })

  it('keep the day on which their access was reviewed, never a future one', async () => {
    const { api } = await seeded()
    const [mara] = (await api.people.list({ search: 'mara' })).rows
    const personId = mara?.personId ?? 0
    const [one, two] = (await api.people.get({ personId })).memberships
    await api.people.setReviewed({ principalId: one?.principalId ?? 0, on: '2026-03-01' })
    // A person is reviewed when every membership is.
    expect((await api.people.get({ personId })).row.lastReviewedOn).toBeNull()
    await api.people.setReviewed({ principalId: two?.principalId ?? 0, on: '2026-02-01' })
    expect((await api.people.get({ personId })).row.lastReviewedOn).toBe('2026-02-01')
    await api.people.setReviewed({ principalId: one?.principalId ?? 0, on: null })
    expect((await api.people.get({ personId })).row.lastReviewedOn).toBeNull()
    expect(
      await refused(api.people.setReviewed({ principalId: one?.principalId ?? 0, on: '2026-04-02' })),
    ).toMatchObject({ code: 'INVALID', data: { field: 'on' } })
    expect((await refused(api.people.setReviewed({ principalId: 999, on: null }))).code).toBe('NOT_FOUND')
  })

  it('who have no access any more are found as removed, with where they were', async () => {
    const { api, read, connections } = await seeded()
    read(connections.acme, [{ source: 'users', facts: [] }])
    const removed = await api.people.list({ status: 'removed', client: 'acme' })
    expect(removed.rows.map(({ name }) => name)).toEqual(['Mara Lindqvist', 'Tomas Okafor'])
    const { memberships, row } = await api.people.get({ personId: removed.rows[1]?.personId ?? 0 })
    expect(row.status).toBe('removed')
    expect(memberships[0]?.removedAt).not.toBeNull()
    expect(
      (await api.keys.list({ client: 'acme', flag: 'unowned' })).rows
        .map(({ name }) => name)
        .toSorted((a, b) => (a < b ? -1 : 1)),
    ).toEqual(['dev-web-api', 'prod-web-api'])
  })
})

describe('a project', () => {
  it('has its people by every path, its keys and its limits', async () => {
    const { api } = await seeded()
    const [row] = (await api.projects.list({ client: 'acme' })).rows
    const detail = await api.projects.get({ projectId: row?.projectId ?? 0 })
    expect(detail.access.map(({ principal, via, roleRaw }) => [principal.name, via, roleRaw])).toEqual([
      ['Mara Lindqvist', 'organization', 'owner'],
      ['Tomas Okafor', 'direct', 'member'],
    ])
    expect(detail.keys.map(({ name }) => name)).toEqual(['prod-web-api', 'dev-web-api'])
    expect(detail.limits).toMatchObject([
      { kind: 'spend', metric: 'usd', amount: 500_000_000, period: 'month', project: { name: 'Chatbot' } },
    ])
    expect(detail.row).toMatchObject({ people: 2, keys: 2, limits: 1 })
    expect((await refused(api.projects.get({ projectId: 999 }))).code).toBe('NOT_FOUND')
  })

  it('is in the tree of its client', async () => {
    const { api } = await seeded()
    expect(await api.structure.tree({ client: 'acme' })).toMatchObject([
      {
        client: { slug: 'acme' },
        connections: [{ people: 2, keys: 2, projects: [{ name: 'Chatbot', people: 2, serviceAccounts: 0, keys: 2 }] }],
      },
    ])
  })
})

describe('search', () => {
  it('puts the name itself before names that begin with it, and these before those that hold it', async () => {
    const { api, read, connections } = await seeded()
    const names = ['backend', 'backend-old', 'old-backend', 'prod-backend-api']
    const facts = names.toReversed().map((name, n) => key(`k${n}`, { name, project: 'proj_b' }))
    read(connections.borealis, [{ source: 'project-keys', project: 'proj_b', facts }])
    expect((await api.search.find({ query: ' BACKEND ' })).rows.map(({ title }) => title)).toEqual(names)
    expect((await api.search.find({ query: 'backend', limit: 1 })).rows.map(({ title }) => title)).toEqual(['backend'])
    expect(await api.search.find({ query: 'backend', client: 'acme' })).toEqual({ rows: [], more: false })
    expect(await api.search.find({ query: '   ' })).toEqual({ rows: [], more: false })
    expect((await refused(api.search.find({ query: 'x', client: 'nobody' }))).code).toBe('NOT_FOUND')
  })

  it('finds a person by part of the address, a key by its hint or id, a project and a client by name', async () => {
    const { api } = await seeded()
    const kinds = async (query: string): Promise<string[]> =>
      (await api.search.find({ query })).rows.map(({ kind, title }) => `${kind} ${title}`)
    expect(await kinds('as@acme')).toEqual(['person Tomas Okafor', 'key dev-web-api'])
    expect(await kinds('key_1')).toEqual(['key prod-web-api'])
    expect(await kinds('chatb')).toEqual(['project Chatbot'])
    expect(await kinds('boreal')).toEqual(['client borealis'])
    expect(await kinds('Bo')).toEqual(['client borealis', 'project Chatbot'])
  })

  it('accepts any text as text', async () => {
    const { api } = await seeded()
    for (const query of [
      '"',
      "'",
      '%',
      '_',
      '\\',
      '*',
      'a OR b',
      'NEAR(a b)',
      '(',
      'a\0bcd',
      '\ud800\ud800\ud800',
      '🔑🔑',
      '🔑🔑🔑',
    ]) {
      expect(await api.search.find({ query })).toEqual({ rows: [], more: false })
      expect((await api.keys.list({ search: query })).total).toBe(0)
      expect((await api.people.list({ search: query })).total).toBe(0)
      expect((await api.projects.list({ search: query })).total).toBe(0)
    }
  })
})

describe('keys', () => {
  it('show whether they were never used or it is unknown, and who owns them', async () => {
    const { api } = await seeded()
    const { row, firstSeen, versions } = await api.keys.get({ keyId: await keyId(api, 'dev-web-api') })
    expect(row).toMatchObject({
      lastUse: { state: 'never' },
      owner: { state: 'known', name: 'Tomas Okafor', present: true },
      project: { name: 'Chatbot', status: 'active' },
    })
    expect(firstSeen.syncId).toBe(1)
    expect(versions).toHaveLength(1)
  })
})
