import { expect, it } from 'vitest'

import { createSalt } from '../../../electron/team/compose-entry.ts'
import type { Lease } from '../../../electron/team/leases.ts'
import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { crypto, foundTeam, type Laptop, nextUuid, readAll, SERVER, toNote } from './world.ts'

const TEN_MINUTES = 600_000

/** Two members who may read a connection of one client, and the clock of their server. */
async function setUp() {
  let now = 0
  const server = createMemoryServer(SERVER, () => now)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const client = await team.openClient()
  const anna = await team.join('anna')
  await team.grant(client, anna, 'operator')
  await anna.exchange()
  await team.founder.administer()
  const jobs = [{ stream: client, job: nextUuid() }]
  await team.founder.log.addJobs(jobs)
  const take = async ({ log }: Laptop, early = false): Promise<Lease | undefined> =>
    (await log.takeLeases(jobs, TEN_MINUTES, early))[0]
  return { founder: team.founder, anna, client, take, pass: (ms: number) => void (now += ms) }
}

/** Decides at a device what may be placed under a lease alone. */
function waitUnder({ replica }: Laptop, stream: string, note: string, { job, token }: Lease): void {
  const [kind, body] = toNote(note)
  const basis = replica.stream(stream).place.next - 1
  const op = { kind, salt: createSalt(crypto), at: 0, day: '2026-11-27', basis, subject: kind, body }
  replica.wait(stream, { uid: nextUuid(), op, lease: { job, token } })
}

/** The notes that have an effect, in their order. */
function listNotes({ replica }: Laptop, stream: string): readonly unknown[] {
  return readAll(replica, stream).flatMap(({ verdict }) =>
    verdict.kind === 'effective' && verdict.op.kind === 'today.noted' ? [verdict.op.body['note']] : [],
  )
}

it('what was read under a lease is placed while it holds, among what needs none, in its order', async () => {
  const { founder, anna, client, take, pass } = await setUp()
  const lease = (await take(anna))!
  anna.decide(client, ...toNote('before'))
  waitUnder(anna, client, 'read', lease)
  anna.decide(client, ...toNote('after'))
  pass(TEN_MINUTES - 1)
  expect(await anna.exchange()).toMatchObject({ placed: 3, dropped: 0, blocked: [], refused: [] })
  await founder.exchange()
  expect(listNotes(founder, client)).toEqual(['before', 'read', 'after'])
})

it('a device that slept through its lease places nothing of it, whatever it does, and what else waits there goes on', async () => {
  const { founder, anna, client, take, pass } = await setUp()
  const lease = (await take(anna))!
  waitUnder(anna, client, 'asleep', lease)
  anna.decide(client, ...toNote('decided'))
  pass(TEN_MINUTES + 1)
  const other = (await take(founder))!
  expect(other.token).toBe(lease.token + 1)
  waitUnder(founder, client, 'awake', other)
  await founder.exchange()
  expect(await anna.exchange()).toMatchObject({ placed: 1, dropped: 1, blocked: [] })
  expect(await anna.exchange()).toMatchObject({ placed: 0, dropped: 0 })
  await founder.exchange()
  for (const laptop of [founder, anna]) expect(listNotes(laptop, client)).toEqual(['awake', 'decided'])
})

it('a lease that ended lets nothing be placed, also where no other device took it', async () => {
  const { anna, client, take, pass } = await setUp()
  waitUnder(anna, client, 'asleep', (await take(anna))!)
  pass(TEN_MINUTES + 1)
  expect(await anna.exchange()).toMatchObject({ placed: 0, dropped: 1 })
})

it('a connection that is not due is taken only by a person who asks for it, and never from the device that has it', async () => {
  const { founder, anna, take } = await setUp()
  const lease = (await take(anna))!
  expect(await take(founder, true)).toBeUndefined()
  await anna.log.finishLease(lease, TEN_MINUTES)
  expect(await take(founder)).toBeUndefined()
  expect((await take(founder, true))?.token).toBe(lease.token + 1)
})
