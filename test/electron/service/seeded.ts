import { join } from 'node:path'

import { ORPCError } from '@orpc/client'

import { applyReading } from '../../../electron/register/apply/apply.ts'
import { makeRegister } from '../../../electron/service/core/context.ts'
import { memoryStore } from '../../../electron/secrets/secret-store.ts'
import { openService, type Service } from '../../../electron/service/process/open.ts'
import { grant, key, type Part, project, getReading, user } from '../register/registers.ts'
import { putCopy } from '../../temporary/template.ts'
import { newProfile, newService, recordingHost } from './services.ts'

export const DAY = 86_400_000

/** Noon, so that no time zone of a test machine moves the day. */
export const NOON = Date.UTC(2026, 3, 1, 12)

/** A clock that a test moves. */
export interface Clock {
  now: number
}

/** The refusal of an operation. */
export interface Refused {
  readonly code: string
  readonly message: string
  readonly data: unknown
}

/** The typed error that an operation ends with. Throws when it ends otherwise. */
export async function refused(work: Promise<unknown>): Promise<Refused> {
  const error = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (error instanceof ORPCError && error.defined) {
    return { code: String(error.code), message: error.message, data: error.data as unknown }
  }
  throw new Error('It was not refused with a typed error.', { cause: error })
}

export interface Seeded {
  readonly service: Service
  readonly api: Service['api']
  readonly clock: Clock
  /** Connections by client: `acme` has an owner, a reader, two keys; `borealis` one key. */
  readonly connections: Readonly<Record<'acme' | 'borealis', number>>
  /** Records one reading, as a sync would. Returns the sync's id. */
  readonly read: (connectionId: number, parts: readonly Part[]) => number
}

export const acmeParts = (): Part[] => [
  { source: 'projects', facts: [project('proj_a', { name: 'Chatbot' })] },
  {
    source: 'users',
    facts: [
      user('u1', { name: 'Mara Lindqvist', email: 'mara@agency.example', roleRaw: 'owner', level: 'owner' }),
      grant('u1', null, { roleRaw: 'owner', level: 'owner', impliedRoleRaw: 'owner', impliedLevel: 'owner' }),
      user('u2', { name: 'Tomas Okafor', email: 'tomas@acme.example' }),
      grant('u2', null, { roleRaw: 'reader', level: 'reader' }),
    ],
  },
  { source: 'project-users', project: 'proj_a', facts: [grant('u2', 'proj_a')] },
  {
    source: 'project-keys',
    project: 'proj_a',
    facts: [
      // Due on 2026-04-11 and 2026-08-28: in ten days, and much later.
      key('key_1', { name: 'prod-web-api', createdAt: Date.UTC(2026, 0, 11) }),
      key('key_2', {
        name: 'dev-web-api',
        createdAt: Date.UTC(2026, 2, 1),
        ownerState: 'known',
        owner: { externalId: 'u2', kind: 'user', name: 'Tomas Okafor', email: 'tomas@acme.example' },
      }),
    ],
  },
  {
    source: 'project-spend-limits',
    project: 'proj_a',
    facts: [
      {
        type: 'limit',
        externalId: 'spend:proj_a',
        project: 'proj_a',
        kind: 'spend',
        enforcement: 'hard',
        metric: 'usd',
        model: null,
        amount: 500_000_000,
        period: 'month',
      },
    ],
  },
]

export const borealisParts = (): Part[] => [
  { source: 'projects', facts: [project('proj_b', { name: 'Search' })] },
  { source: 'users', facts: [user('b1', { name: 'Mara Lindqvist', email: 'mara@agency.example' }), grant('b1', null)] },
  {
    source: 'project-keys',
    project: 'proj_b',
    facts: [key('key_b', { name: 'prod-search-index', project: 'proj_b', createdAt: Date.UTC(2025, 11, 1) })],
  },
]

const CLIENTS = [
  { slug: 'acme', domains: ['acme.example'], parts: acmeParts },
  { slug: 'borealis', domains: ['borealis.example'], parts: borealisParts },
] as const

/** A service with two synced clients, at noon of 1 April 2026, with a clock that the test moves. */
export async function seeded(options: Parameters<typeof newService>[0] = {}): Promise<Seeded> {
  const clock: Clock = { now: NOON }
  const isOwn = Object.keys(options).some((name) => name !== 'host' && name !== 'profile')
  const service = await newService({
    now: () => clock.now,
    ...options,
    ...(isOwn ? {} : { profile: await seededProfile(options.profile) }),
  })
  if (isOwn) await addClients(service)
  const { api } = service
  const found = new Map((await api.connection.list({})).map(({ client, id }) => [client.slug, id]))
  return {
    service,
    api,
    clock,
    connections: { acme: found.get('acme') ?? 0, borealis: found.get('borealis') ?? 0 },
    read: (connectionId, parts) => read(service, { connectionId, parts, at: clock.now }),
  }
}

/** Puts a copy of one profile that has the clients into a folder, since they take longer than most tests. */
async function seededProfile(profile = join(newProfile(), 'profile')): Promise<string> {
  await putCopy('seeded-profile', profile, async (made) => {
    const secrets = memoryStore('No keychain in this test.')
    const service = await openService({ profile: made, mode: 'write', host: recordingHost(), secrets, now: () => NOON })
    await addClients(service)
    await service.close()
  })
  return profile
}

async function addClients(service: Service): Promise<void> {
  for (const { slug, domains, parts } of CLIENTS) {
    await service.api.client.add({ name: slug, slug, domains: [...domains] })
    const { id } = await service.api.connection.add({ client: slug, provider: 'openai' })
    read(service, { connectionId: id, parts: parts(), at: service.context.now() })
  }
}

interface Read {
  readonly connectionId: number
  readonly parts: readonly Part[]
  readonly at: number
}

function read(service: Service, { connectionId, parts, at }: Read): number {
  return makeRegister(service.context).transact(
    (writer) => applyReading(writer, getReading(connectionId, parts, at)).syncId,
  )
}

/** The id of a key by its name. */
export async function keyId(api: Service['api'], name: string): Promise<number> {
  const { rows } = await api.keys.list({ search: name })
  const row = rows.find((each) => each.name === name)
  if (!row) throw new Error(`The key ${name} does not exist.`)
  return row.keyId
}
