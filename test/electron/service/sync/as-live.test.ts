import { afterEach, describe, expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import type { SyncProgress } from '../../../../shared/contract/sync.ts'
import { fakeClock } from '../../../providers/fake-clock.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { STRANGE_CREDENTIAL, strangeOpenAi } from '../../../providers/fixtures/strange-openai.ts'
import type { FakeServer } from '../../../providers/http.ts'
import type { FakeOpenAiOrganization } from '../../../providers/openai-organization.ts'
import { SEVEN_A_MINUTE } from '../../../providers/throttle.ts'
import { connected, followed, gathered } from '../fakes.ts'
import { newService } from '../services.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')

const servers: FakeServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

interface Synced {
  readonly service: Service
  readonly organization: FakeOpenAiOrganization
  readonly server: FakeServer
  readonly reported: readonly SyncProgress[]
}

/** A strange organization, served as live ones behave, synced once with its costs. */
async function strange(): Promise<Synced> {
  const clock = fakeClock()
  const organization = strangeOpenAi()
  const server = await startFakeOpenAi({
    organizations: [organization],
    variant: 'live',
    throttle: { ...SEVEN_A_MINUTE, clock },
  })
  servers.push(server)
  const service = await newService({ now: () => NOW, clock })
  await connected(service.api, server, { client: 'strange', credential: STRANGE_CREDENTIAL })
  await service.api.sync.start({})
  const reported = (await followed(service.api)).flat()
  await gathered(await service.api.usage.sync({}))
  return { service, organization, server, reported }
}

/** One thing that has to be right, as the organization holds it and as the service shows it. */
interface Right {
  readonly what: string
  readonly expected: (organization: FakeOpenAiOrganization) => unknown
  readonly shown: (synced: Synced) => unknown
}

const RIGHT: readonly Right[] = [
  {
    what: 'the sync is complete, in every source',
    expected: () => ['complete', []],
    shown: ({ reported }) => {
      const result = reported.at(-1)?.result
      return [result?.state, result?.sources.filter(({ state }) => state !== 'complete')]
    },
  },
  {
    what: 'every key is of its own kind and project',
    expected: ({ projects, adminKeys }) =>
      inOrder([
        ...projects.flatMap(({ row, keys }) => keys.map((key) => [getId(key), 'project', row['name']])),
        ...adminKeys.map((key) => [getId(key), 'admin', null]),
      ]),
    shown: async ({ service }) => {
      const { rows } = await service.api.keys.list({ limit: 500 })
      return inOrder(rows.map(({ externalId, kind, project }) => [externalId, kind, project?.name ?? null]))
    },
  },
  {
    what: 'every project counts its keys',
    expected: ({ projects }) => inOrder(projects.map(({ row, keys }) => [row['name'], keys.length])),
    shown: async ({ service }) => {
      const { rows } = await service.api.projects.list({ limit: 500 })
      return inOrder(rows.map(({ name, keys }) => [name, keys]))
    },
  },
  {
    what: 'the one admin key is the only one that a finding names as such',
    expected: ({ adminKeys }) => adminKeys.map((key) => (key as { name: string }).name),
    shown: async ({ service }) => {
      const { rows } = await service.api.findings.list({ limit: 500 })
      return [
        ...new Set(
          rows
            .filter(({ subject, rule }) => subject.kind === 'key' && rule.id.startsWith('admin-'))
            .map(({ subject }) => subject.name),
        ),
      ]
    },
  },
  {
    what: 'every project costs what it spent, to the micro-dollar',
    expected: ({ use }) =>
      inOrder(use.map(({ project, milliCents }) => [project?.replace('proj_', 'project-'), milliCents * 10])),
    shown: async ({ service }) => {
      const { rows } = await service.api.usage.by({ month: '2026-11', by: 'project', source: 'billed' })
      return inOrder(rows.map(({ name, cost }) => [name, cost]))
    },
  },
  {
    what: 'a user holds the custom role of a project beside the word of its list, and an account the role that was given apart',
    expected: () =>
      inOrder([
        ['user-carl', 'project-1', 'member', 'member'],
        ['user-carl', 'project-1', 'Key manager', 'admin'],
        ['sa-apart', 'project-2', 'owner', 'owner'],
      ]),
    shown: async ({ service }) => {
      const { rows } = await service.api.access.list({ limit: 500 })
      return inOrder(
        rows.flatMap(({ principal, project, roleRaw, level }) =>
          ['user-carl', 'sa-apart'].includes(principal.externalId) && project !== null
            ? [[principal.externalId, project.name, roleRaw, level]]
            : [],
        ),
      )
    },
  },
  {
    what: 'the group has its role in every project, though the provider answers 7 requests for it a minute',
    expected: ({ projects }) => inOrder(projects.map(({ row }) => [row.id, 'member'])),
    shown: ({ service }) =>
      inOrder(
        getReader(service.context)
          .all<{ readonly x: string; readonly role: string }>(
            `SELECT j.external_id AS x, g.role_raw AS role FROM grant g JOIN principal p ON p.id = g.principal_id
           JOIN project j ON j.id = g.project_id WHERE p.external_id = 'group-eng' AND g.to_sync IS NULL`,
          )
          .map(({ x, role }) => [x, role]),
      ),
  },
]

/** Rows as text, in one order. */
function inOrder(rows: readonly unknown[]): string[] {
  return rows.map((row) => JSON.stringify(row)).toSorted()
}

function getId(row: unknown): string {
  return (row as { readonly id: string }).id
}

describe('a strange OpenAI organization, served as live ones behave', () => {
  it('syncs complete, with the right keys, roles and costs', async () => {
    const synced = await strange()
    for (const { what, expected, shown } of RIGHT) {
      expect([what, await shown(synced)]).toEqual([what, expected(synced.organization)])
    }
    // It did behave so: money as text, refused groupings, and a route that was rate-limited.
    const statuses = synced.server.requests.map(({ path, status }) => `${status} ${path.split('/').at(-1)}`)
    expect(statuses).toContain('429 roles')
    expect(statuses).toContain('400 costs')
  })
})
