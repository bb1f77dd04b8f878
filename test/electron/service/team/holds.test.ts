import { expect, it } from 'vitest'

import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { CREDENTIAL, startPlace } from '../../providers/places.ts'
import { contents } from '../../register/team/contents.ts'
import { connected, synced } from '../fakes.ts'
import { emptyProfile, newService } from '../services.ts'
import { MemoryServers, prepareInMemory } from './memory-servers.ts'
import { FOUNDER, foundedService, joinedService } from './teams.ts'

const MINUTE = 60_000

const listClients = async ({ api }: Service): Promise<readonly string[]> =>
  (await api.client.list({})).map(({ slug }) => slug)
const countKeys = async ({ api }: Service): Promise<number> => (await api.keys.list({ limit: 500 })).rows.length

it('the device of an owner shows figures of clients that it does not hold, reads nothing else of them, and once it is asked holds what a device has that held them from the start', async () => {
  const provider = closeAfterTest(await startPlace({ provider: 'openai', variant: 'calm' }))
  const servers = new MemoryServers()
  const prepared = prepareInMemory()
  let now = Date.now()
  const make = () => newService({ teamServers: servers, now: () => now, mostHeldUnasked: 1 })
  const founder = await foundedService(prepared, make)
  await founder.api.client.add({ name: 'Cobalt', slug: 'cobalt' })
  const connection = await connected(founder.api, provider, { client: 'borealis', credential: CREDENTIAL.openai })
  await founder.api.team.exchange()
  await synced(founder.api, [connection])
  expect(await founder.api.team.exchange()).toMatchObject({ waiting: 0, sentences: [] })
  // What a device decided about stays with it, beyond the number that it holds unasked.
  expect(await founder.api.team.status()).toMatchObject({ unheld: 0 })

  now += 11 * MINUTE
  const who = { name: 'Olga', email: 'olga@northlight.example', roles: ['owner'] as const }
  const [profile, secrets] = [await emptyProfile(), memoryStore('No keychain in this test.')]
  const open = () => newService({ teamServers: servers, now: () => now, mostHeldUnasked: 1, profile, secrets })
  const first = await joinedService(founder, prepared, who, open)
  for (const { api } of [founder, first]) await api.team.exchange()
  // Another process, such as a verb of the terminal, which has exchanged nothing yet.
  await first.close()
  const olga = await open()
  expect((await olga.api.team.unheld()).clients.map(({ figures }) => figures?.slug)).toEqual(['cobalt', 'borealis'])
  expect(await listClients(olga)).toEqual(['acme'])
  const status = await olga.api.team.status()
  expect(status.unheld).toBe(2)
  expect(new Set(status.streams.flatMap(({ client }) => client ?? []))).toEqual(new Set(['acme']))
  expect(await countKeys(olga)).toBe(0)

  const { clients } = await olga.api.team.unheld()
  const find = async (slug: string) =>
    (await olga.api.team.unheld()).clients.find((each) => each.figures?.slug === slug)
  expect(clients).toHaveLength(2)
  const [today] = (await founder.api.today.list({})).clients.filter(({ client }) => client.slug === 'borealis')
  const severities = Object.values((await find('borealis'))!.figures!.findings!)
  expect((await find('borealis'))!.figures).toMatchObject({
    connections: 1,
    people: today!.people,
    keys: today!.keys,
    lastSync: new Date(now).toISOString().slice(0, 10),
    lastReview: null,
  })
  expect(severities.reduce((sum, count) => sum + count, 0)).toBe((await founder.api.counts.get({})).findings)
  expect((await find('cobalt'))!.figures).toMatchObject({ connections: 0, people: null, keys: null, findings: null })

  // Figures follow what changed, once in ten minutes; the server can show earlier ones, with their time.
  const early = servers.summaries(prepared).get((await find('cobalt'))!.uid)!
  await founder.api.client.update({ slug: 'cobalt', name: 'Cobalt Works' })
  now += 2 * MINUTE
  await founder.api.team.exchange()
  expect(await find('cobalt')).toMatchObject({ figures: { name: 'Cobalt' } })
  now += 9 * MINUTE
  await founder.api.team.exchange()
  expect(await find('cobalt')).toMatchObject({ figures: { name: 'Cobalt Works' }, writtenAt: now })
  servers.summaries(prepared).set(early.stream, early)
  now += 2 * MINUTE
  expect(await find('cobalt')).toMatchObject({ figures: { name: 'Cobalt' }, writtenAt: early.at })

  // An owner decides about a client that the device does not hold.
  const granted = await olga.api.team.grant({ member: FOUNDER.email, client: 'cobalt', role: 'lead' })
  expect(granted.effect).toBe('effective')

  await expect(olga.api.team.hold({ clients: ['nowhere'] })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await olga.api.team.hold({ clients: ['borealis', early.stream, 'acme'] })).toEqual({ held: 2, sentences: [] })
  expect(await olga.api.team.unheld()).toEqual({ clients: [], problem: null })
  expect(await listClients(olga)).toEqual(await listClients(founder))
  expect(await countKeys(olga)).toBeGreaterThan(0)
  expect(await countKeys(olga)).toBe(await countKeys(founder))
  expect(contents(makeRegister(olga.context))).toEqual(contents(makeRegister(founder.context)))
  expect(getReader(olga.context).column("SELECT operator FROM journal WHERE action = 'team.held'")).toEqual(['Olga'])
})
