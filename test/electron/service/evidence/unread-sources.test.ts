import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { isRead } from '../../../../electron/providers/kit/coverage.ts'
import { getProvider } from '../../../../electron/providers/registry.ts'
import type { SourceName, SourceState } from '../../../../shared/domain/source.ts'
import { grant, key, project, user } from '../../register/registers.ts'
import { seeded, type Seeded } from '../seeded.ts'
import { newFolder, toCsv } from './packs.ts'

const toText = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8')

/** What a reader would have to read for a roster, by the providers' documentation; the code has a table of its own. */
const NEEDS: Readonly<Record<'openai' | 'anthropic', Readonly<Record<string, readonly SourceName[]>>>> = {
  openai: {
    Users: ['users'],
    Administrators: ['users', 'user-roles', 'roles', 'groups', 'group-users', 'group-roles'],
    'Service accounts': ['project-service-accounts', 'projects'],
    Groups: ['groups'],
    Invitations: ['invites'],
    Keys: ['project-keys', 'projects'],
    'Admin keys': ['admin-keys'],
    'Federation rules': ['federation-rules', 'identity-providers'],
    Certificates: ['certificates', 'project-certificates', 'projects'],
    'Archived projects': ['projects'],
  },
  anthropic: {
    Users: ['users'],
    Administrators: ['users', 'groups', 'group-users', 'group-roles', 'roles', 'service-accounts'],
    'Service accounts': ['service-accounts', 'projects'],
    Groups: ['groups'],
    Invitations: ['invites'],
    Keys: ['keys', 'projects'],
    'Federation rules': ['federation-rules', 'identity-providers'],
    'Archived projects': ['projects'],
  },
}

type Known = keyof typeof NEEDS

const sourcesOf = (provider: Known): SourceName[] => [
  ...new Set(
    getProvider(provider)
      .coverage(null)
      .offers.filter(isRead)
      .flatMap(({ sources }) => sources),
  ),
]

/** A state of a source, or that no sync began it. */
type Unread = Exclude<SourceState, 'complete' | 'unavailable'> | 'left out'

interface Case {
  readonly label: string
  readonly provider: Known
  readonly source: SourceName
}

/** Connections of one client, each without one of the sources of its provider; all other lists are read and empty. */
async function withoutEach({ api, read }: Seeded, states: readonly Unread[]): Promise<Case[]> {
  const cases: Case[] = []
  for (const provider of ['openai', 'anthropic'] as const) {
    for (const source of sourcesOf(provider)) {
      for (const state of states) {
        const label = `${provider} with ${source} ${state}`
        const { id } = await api.connection.add({ client: 'acme', provider, label })
        const sources = sourcesOf(provider).filter((other) => other !== source || state !== 'left out')
        read(
          id,
          sources.map((each) => ({
            source: each,
            facts: [],
            ...(each === source && state !== 'left out' ? { state } : {}),
          })),
        )
        cases.push({ label, provider, source })
      }
    }
  }
  return cases
}

describe('a source that was not read', () => {
  it('leaves no zero, no “none” and no empty table in an evidence pack, and the reason is beside each', async () => {
    const all = await seeded()
    const cases = await withoutEach(all, ['denied', 'failed', 'left out'])
    const { reviewId } = await all.api.reviews.open({ client: 'acme', kind: 'roles', override: 'A test.' })
    const { path } = await all.api.evidence.pack({ reviewId, directory: newFolder(), zip: false })
    const rosters = await toCsv(path, 'rosters')
    expect(cases.length).toBeGreaterThan(100)
    const wrong = cases.flatMap(({ label, provider, source }) =>
      rosters
        .filter((row) => row['Connection'] === label)
        .filter((row) => {
          const needs = NEEDS[provider][row['Roster'] ?? '']
          const isKnown = needs !== undefined && !needs.includes(source)
          const { Members, Read, 'What was not read': lack } = row
          return isKnown
            ? !(Members === '0' && Read === 'read' && lack === '')
            : Members !== '' || Read === 'read' || !lack
        })
        .map(({ Roster, Members, Read, 'What was not read': lack }) => [label, Roster, Members, Read, lack]),
    )
    expect(wrong).toEqual([])
    expect(new Set(rosters.map((row) => `${row['Connection']} ${row['Roster']}`)).size).toBe((cases.length + 1) * 10)
    for (const name of ['service-accounts', 'provider-log']) {
      const rows = await toCsv(path, name)
      // All of them were synced.
      expect(rows.filter((row) => row['What was not read'] === 'It was never synced.')).toEqual([])
      for (const { label, provider, source } of cases) {
        const needs = name === 'provider-log' ? ['audit-log'] : (NEEDS[provider]['Service accounts'] ?? [])
        const isKnown = !needs.includes(source)
        const own = rows.filter((row) => row['Connection'] === label)
        expect([label, name, own.map((row) => [row['Read'] === 'read', row['What was not read'] === ''])]).toEqual([
          label,
          name,
          [[isKnown, isKnown]],
        ])
      }
    }
    // Nothing that was refused is a list of no rows.
    expect((await toCsv(path, 'coverage')).filter((row) => row['State'] !== 'read' && row['Rows'] === '0')).toEqual([])
    expect(
      (await toCsv(path, 'population')).filter((row) => row['State'] !== 'complete' && row['Fetched'] === '0'),
    ).toEqual([])
    const review = toText(path, 'review.md').split('\n')
    expect(review.flatMap((line, at) => (line === 'None.' ? review.slice(Math.max(0, at - 4), at) : []))).toEqual([])
  }, 120_000)

  it('shows a provider log that was read once and is refused since as partly read, with the reason', async () => {
    const { api, read } = await seeded()
    await api.client.add({ name: 'Kelp' })
    const { id } = await api.connection.add({ client: 'kelp', provider: 'openai', label: 'Kelp OpenAI' })
    const users = { source: 'users', facts: [user('u1')] } as const
    read(id, [users, { source: 'audit-log', facts: [] }])
    read(id, [users, { source: 'audit-log', facts: [], state: 'denied' }])
    const { reviewId } = await api.reviews.open({ client: 'kelp', kind: 'roles', override: 'A test.' })
    const { path } = await api.evidence.pack({ reviewId, directory: newFolder(), zip: false })
    const [row] = await toCsv(path, 'provider-log')
    expect([row?.['Read'], row?.['What was not read'] === '']).toEqual(['partly read', false])
  })

  it('is named in the summary for auditors, also where no sync began it, and the scope is that of the population', async () => {
    const { api, read } = await seeded()
    await api.client.add({ name: 'Kelp' })
    const { id } = await api.connection.add({ client: 'kelp', provider: 'anthropic', label: 'Kelp Anthropic' })
    const sources = sourcesOf('anthropic').filter((source) => source !== 'service-accounts')
    read(
      id,
      sources.map((source) => ({ source, facts: [] })),
    )
    const { reviewId } = await api.reviews.open({ client: 'kelp', kind: 'admins', override: 'A test.' })
    const { path } = await api.evidence.pack({ reviewId, directory: newFolder(), zip: false })
    const summary = toText(path, 'summary.html')
    expect(summary).toContain('Service accounts of the organization of Kelp Anthropic: ')
    expect(summary).not.toContain('were read completely.')
    expect(summary).toContain(
      'It covers every account that is an owner or admin of an organization, by any path, and every admin key',
    )
    expect((await toCsv(path, 'population')).filter((row) => row['State'] === 'not-synced')).toMatchObject([
      { Source: 'Admin keys', Fetched: '', 'Excluded, with the reason': 'Anthropic does not report admin keys.' },
      { Source: 'Service accounts of the organization', Fetched: '' },
    ])
    expect(summary).toContain('Admin keys of Kelp Anthropic: Anthropic does not report admin keys.')
  })

  it('the scope in a summary leaves out roles on archived projects, as the population does', async () => {
    const { api, read, connections } = await seeded()
    const lead = grant('u2', 'proj_a', { roleRaw: 'owner', level: 'owner' })
    const open = async (status: 'active' | 'archived') => {
      read(connections.acme, [
        { source: 'projects', facts: [project('proj_a', { status })] },
        { source: 'users', facts: [user('u2')] },
        { source: 'project-users', project: 'proj_a', facts: [lead] },
      ])
      const { reviewId } = await api.reviews.open({ client: 'acme', kind: 'roles', override: 'A test.' })
      const { rows } = await api.reviews.items({ reviewId })
      const { path } = await api.evidence.pack({ reviewId, directory: newFolder(), zip: false })
      await api.reviews.withdraw({ reviewId, why: 'A test.' })
      return { projects: rows.map(({ facts }) => facts.project?.name ?? null), summary: toText(path, 'summary.html') }
    }
    expect(new Set((await open('active')).projects)).toEqual(new Set([null, 'proj_a']))
    const { projects, summary } = await open('archived')
    expect(projects).toEqual([null])
    expect(summary).toContain('on a project that is not archived, and every owner or admin role on such a project')
  })

  it('the keys to rotate in a certificate are called partly read where there are more than it lists', async () => {
    const { api, read, connections } = await seeded()
    await api.client.add({ name: 'Agency', kind: 'internal', domains: ['agency.example'] })
    const account = { externalId: 'svc', kind: 'service-account', name: 'robot', email: null } as const
    const shared = Array.from({ length: 501 }, (_, at) =>
      key(`shared_${at}`, { name: `key ${at}`, ownerState: 'known', owner: account }),
    )
    const of = (...ids: readonly string[]) => [
      { source: 'projects', facts: [project('proj_a')] } as const,
      { source: 'users', facts: ids.map((id) => user(id, { email: `${id}@agency.example` })) } as const,
      { source: 'project-users', project: 'proj_a', facts: ids.map((id) => grant(id, 'proj_a')) } as const,
      { source: 'project-keys', project: 'proj_a', facts: shared } as const,
    ]
    // The owner whom the seed has there is of the agency too, so that three could see them.
    read(connections.acme, of('ann', 'ben'))
    read(connections.acme, of())
    const { path } = await api.offboarding.certificate({ client: 'acme', directory: newFolder(), zip: false })
    const rows = await toCsv(path, 'to-rotate')
    expect(rows).toHaveLength(1000)
    expect(new Set(rows.map((row) => row['Read']))).toEqual(new Set(['partly read']))
    expect(rows[0]?.['What was not read']).toContain(' 503 more keys of the client are not listed.')
  })

  it('leaves no “none” and no empty table in a certificate of offboarding, and the reason is beside each', async () => {
    const all = await seeded()
    const { api, read, connections } = all
    await api.client.add({ name: 'Agency', kind: 'internal', domains: ['agency.example'] })
    read(connections.acme, [
      { source: 'projects', facts: [project('proj_a')] },
      { source: 'users', facts: [user('u9')] },
      { source: 'project-users', project: 'proj_a', facts: [] },
      { source: 'project-keys', project: 'proj_a', facts: [] },
    ])
    const cases = await withoutEach(all, ['left out'])
    const { path } = await api.offboarding.certificate({ client: 'acme', directory: newFolder(), zip: false })
    const tables: Readonly<Record<string, (of: Case) => readonly SourceName[] | undefined>> = {
      workloads: ({ provider }) => NEEDS[provider]['Federation rules'],
      'service-accounts': ({ provider }) => NEEDS[provider]['Service accounts'],
      // Neither provider has a list of them.
      'deposited-keys': () => undefined,
    }
    for (const [name, getNeeds] of Object.entries(tables)) {
      const rows = await toCsv(path, name)
      for (const one of cases) {
        const needs = getNeeds(one)
        const isKnown = needs !== undefined && !needs.includes(one.source)
        const own = rows.filter((row) => row['Connection'] === one.label)
        expect([one.label, name, own.map((row) => [row['Read'] === 'read', row['What was not read'] === ''])]).toEqual([
          one.label,
          name,
          [[isKnown, isKnown]],
        ])
      }
    }
    const text = toText(path, 'certificate.md')
    expect(text).not.toMatch(/^None\.$/mu)
    expect(text).toMatch(
      /Remaining accounts, invites and keys of these people \| None in the lists that were read\. Not known: /u,
    )
  }, 120_000)
})
