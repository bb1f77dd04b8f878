import { expect, it } from 'vitest'

import { getConnection } from '../../../../electron/register/connections/connection.ts'
import { getReader } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { startSyncs } from '../../../../electron/service/sync/start.ts'
import { LEASE_MS, takeReadingLeases } from '../../../../electron/service/team/reading-leases.ts'
import { connected, followed, northfold, NORTHFOLD_CREDENTIAL } from '../fakes.ts'
import { manualClock } from '../manual-clock.ts'
import { notingHost } from '../runner/noting-host.ts'
import { newService } from '../services.ts'
import { foundInMemory } from './memory-servers.ts'

const connectionOf = ({ context }: Service, id: number) => getConnection(getReader(context), id)!

const states = async ({ api }: Service, id: number): Promise<readonly string[]> =>
  (await api.connection.history({ id })).map(({ state, reason }) => (reason === null ? state : `${state}: ${reason}`))

it('one device of a team reads a connection at a time, once in its interval, and one that slept through its turn writes nothing', async () => {
  const { servers, founder, join } = await foundInMemory()
  const fake = await northfold()
  const id = await connected(founder.api, fake, { client: 'acme' })
  const anna = await join('Anna')
  await founder.api.team.grant({ client: 'acme', member: 'anna@northlight.example', role: 'operator' })
  for (const { api } of [founder, anna, founder, anna]) await api.team.exchange()
  const [{ id: hers } = { id: 0 }] = await anna.api.connection.list({})
  await anna.api.connection.setCredential({ id: hers, credential: NORTHFOLD_CREDENTIAL })
  const lease = async (service: Service, of: number, early: boolean) => [
    ...(await takeReadingLeases(service.context, [connectionOf(service, of)], early)).values(),
  ]

  // While Anna has the connection, the founder does not read it, and is not stopped otherwise.
  const [held] = await lease(anna, hers, false)
  const asked = fake.requests.length
  expect(await founder.api.sync.start({})).toEqual({
    started: [],
    skipped: [
      {
        connectionId: id,
        noKey: false,
        reason: expect.stringMatching(/is not read here now: another device of the team reads it/u) as string,
      },
    ],
  })
  expect(fake.requests).toHaveLength(asked)
  await held?.end(0)

  // The founder reads it, and it is due for no device for a day.
  expect((await founder.api.sync.start({})).started).toEqual([id])
  await followed(founder.api)
  const arrived = async (): Promise<readonly string[]> => {
    await anna.api.team.exchange()
    return states(anna, hers)
  }
  await expect.poll(arrived).toEqual(['complete'])
  servers.now += 24 * 3_600_000 - 1
  expect([await lease(anna, hers, false), await lease(founder, id, false)]).toEqual([[], []])

  // Anna takes it early and sleeps; the founder takes over; what she read is not written when she wakes.
  const [early] = await lease(anna, hers, true)
  servers.now += LEASE_MS + 1
  const [other] = await lease(founder, id, true)
  expect(other?.name.token).toBe((early?.name.token ?? 0) + 1)
  const { started } = await startSyncs(anna.context, [connectionOf(anna, hers)], undefined, early)
  await started.get(hers)
  expect((await states(anna, hers))[0]).toBe(
    'cancelled: Another device of the team may read the connection by now, so nothing was concluded.',
  )
  await other?.end(0)

  // The founder reads it again, and then Anna, whose device has not exchanged since: hers follows his on all devices.
  const newest = async ({ api }: Service, of: number) =>
    (await api.connection.history({ id: of })).flatMap(({ state, operator }) => (state === 'complete' ? operator : []))
  expect((await founder.api.sync.start({})).started).toEqual([id])
  await followed(founder.api)
  await expect.poll(async () => (await newest(founder, id)).length).toBe(2)
  expect((await anna.api.sync.start({})).started).toEqual([hers])
  await followed(anna.api)
  await expect.poll(async () => (await newest(anna, hers)).length).toBe(3)
  await founder.api.team.exchange()
  const [last, ...before] = await newest(anna, hers)
  expect(last).not.toBe(before[0])
  expect(await newest(founder, id)).toEqual([last, ...before])
})

it('of two runners of a team one reads a connection, and the other shows the same without a request', async () => {
  const { servers, founder, join } = await foundInMemory()
  const fake = await northfold()
  await connected(founder.api, fake, { client: 'acme' })
  const anna = await join('Anna')
  await founder.api.team.grant({ client: 'acme', member: 'anna@northlight.example', role: 'operator' })
  for (const { api } of [founder, anna, founder, anna]) await api.team.exchange()
  const [{ id: hers } = { id: 0 }] = await anna.api.connection.list({})
  await anna.api.connection.setCredential({ id: hers, credential: NORTHFOLD_CREDENTIAL })

  const restart = async (service: Service) => {
    const { profile, secrets } = service.context.session()
    await service.close()
    const [host, time] = [notingHost(), manualClock()]
    const runner = await newService({ profile, secrets, host, clock: time.clock, teamServers: servers, as: 'runner' })
    return { ...runner, host, time }
  }
  const first = await restart(founder)
  expect(await first.host.until('read, ')).toMatch(/^acme \/ Acme on OpenAI: read, \d+ rows\.$/u)
  await first.host.until('usage read')
  const asked = fake.requests.length
  const second = await restart(anna)
  await second.host.until('Team: ')
  await expect.poll(async () => (await second.api.connection.history({ id: hers })).length).toBe(1)
  servers.now += 24 * 3_600_000 - 1
  const look = async ({ time }: typeof first): Promise<void> => {
    await expect.poll(time.sleeping).toBe(2)
    const before = time.slept.length
    time.wake()
    await expect.poll(() => time.slept.length).toBeGreaterThanOrEqual(before + 2)
  }
  for (const runner of [first, second]) await look(runner)
  expect(fake.requests).toHaveLength(asked)
  servers.now += 2
  await expect.poll(second.time.sleeping).toBe(2)
  second.time.wake()
  await second.host.until('read, ')
  expect(fake.requests.length).toBeGreaterThan(asked)
  expect([first, second].map(({ host }) => host.lines.filter((line) => line.includes(': read, ')).length)).toEqual([
    1, 1,
  ])

  await second.host.until('usage read')
  // The key of the first is revoked: it leaves the connection to the second, which reads it at its next look.
  const [{ id: own } = { id: 0 }] = await first.api.connection.list({})
  await first.api.connection.setCredential({ id: own, credential: 'sk-admin-revoked-1234567890' })
  servers.now += 24 * 3_600_000
  await look(first)
  expect(await first.host.until(': not read')).toMatch(/^! acme/u)
  await look(first)
  await look(second)
  await second.host.until('read, ')
  expect(first.host.lines.filter((line) => line.includes(': not read'))).toHaveLength(1)
})
