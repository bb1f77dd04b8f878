import { expect, it } from 'vitest'

import { listLostKeys, rotateKeys } from '../../../electron/team/administer.ts'
import { exchange } from '../../../electron/team/exchange.ts'
import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { openClient } from '../../../electron/team/open-client.ts'
import { createReplica } from '../../../electron/team/replica.ts'
import { toHex } from '../../../electron/team/hex.ts'
import { crypto, foundTeam, type Laptop, nextUuid, readAll, SERVER, toNote } from './world.ts'

async function setUp() {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  return { server, team, founder: team.founder }
}

const verdicts = ({ replica }: Laptop, stream: string): readonly string[] =>
  readAll(replica, stream).map(({ verdict }) => (verdict.kind === 'void' ? verdict.reason : verdict.kind))

const settle = async (...laptops: readonly Laptop[]): Promise<void> => {
  for (let round = 0; round < 3; round += 1) {
    for (const laptop of laptops) {
      await laptop.exchange()
      await laptop.administer()
    }
  }
}

/** A client that a laptop opens, as a service does. */
async function open(laptop: Laptop): Promise<string> {
  const client = nextUuid()
  const body = await openClient(laptop.replica, laptop.log, client, nextUuid())
  laptop.decideTeam('client.opened', body!)
  laptop.decide(client, ...toNote('first'))
  await laptop.exchange()
  return client
}

/** What the founder places, wrapped for no one, so that the current key of a client is on no device. */
async function lock({ founder, client }: { readonly founder: Laptop; readonly client: string }): Promise<void> {
  const { generations } = founder.replica.membership()!.keys.get(client)!
  const generation = generations.length + 1
  const commitment = toHex(crypto.commitKey({ scope: client, generation }, crypto.createKey()))
  const readers = founder.replica.membership()!.next - 1
  founder.decideTeam('key.rotated', { scope: client, generation, commitment, readers })
  await founder.exchange()
}

it('a client that a member without other rights opens is read by owners and by those whom they, as its lead, let in', async () => {
  const { team, founder } = await setUp()
  const [ben, dora] = [await team.join('ben'), await team.join('dora')]
  await settle(ben, dora)
  const client = await open(ben)
  // No owner's device has been there since.
  await settle(ben)
  ben.decideTeam('access.granted', { clientUid: client, memberUid: dora.member, role: 'reviewer' })
  await settle(ben, dora)
  dora.decide(client, ...toNote('second'))
  await settle(dora, ben)
  for (const one of [ben, dora]) expect(verdicts(one, client)).toEqual(['effective', 'effective'])
  await settle(founder)
  expect(verdicts(founder, client)).toEqual(['effective', 'effective'])
  // The owner's device decides from then on who has access, also of the one who opened it.
  founder.decideTeam('member.removed', { memberUid: ben.member })
  await settle(founder)
  await expect(ben.log.openStream(client)).rejects.toMatchObject({ problem: 'not-allowed' })
  expect(await ben.log.pull(client, 0, 1)).toEqual([])
})

it('a lead gives the last owner the keys that only former owners had, and no reviewer does', async () => {
  const { team, founder } = await setUp()
  const [olga, lea, rev] = [await team.join('olga', ['owner']), await team.join('lea'), await team.join('rev')]
  founder.decideTeam('member.roles-set', { memberUid: olga.member, roles: [] })
  const client = await team.openClient()
  await team.grant(client, lea, 'lead')
  await team.grant(client, rev, 'reviewer')
  lea.decide(client, ...toNote('x'))
  await settle(lea, rev)
  founder.decideTeam('member.roles-set', { memberUid: olga.member, roles: ['owner'] })
  founder.decideTeam('member.roles-set', { memberUid: founder.member, roles: [] })
  await founder.exchange()
  await settle(rev, olga)
  expect(await exchange(olga.replica, olga.log)).toMatchObject({ stopped: [{ reason: 'key-missing', stream: client }] })
  await settle(lea, olga)
  expect(verdicts(olga, client)).toEqual(['effective'])
})

it('what a lead wrapped for another device does not count as given for an owner, and for another lead', async () => {
  const { team, founder } = await setUp()
  const [lea, lou, dora] = [await team.join('lea'), await team.join('lou'), await team.join('dora')]
  const client = await team.openClient()
  for (const lead of [lea, lou]) await team.grant(client, lead, 'lead')
  await settle(lea, lou)
  const { commitment } = founder.replica.membership()!.keys.get(client)!.generations[0]!.value
  await lea.log.addWraps([{ scope: client, device: dora.device, generation: 1, commitment, sealed: new Uint8Array(9) }])
  lea.decideTeam('access.granted', { clientUid: client, memberUid: dora.member, role: 'viewer' })
  await lea.exchange()
  await settle(lou)
  expect((await dora.exchange()).stopped).toEqual([])
  expect(dora.replica.keys.find(crypto, { scope: client, generation: 1 }, commitment)).not.toBeNull()
})

it('a client whose key no device has goes on under a new one once an owner declares it lost', async () => {
  const { team, founder } = await setUp()
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'reviewer')
  await anna.exchange()
  anna.decide(client, ...toNote('before'))
  await settle(anna, founder)
  await lock({ founder, client })
  anna.decide(client, ...toNote('waits'))
  expect(await anna.exchange()).toMatchObject({ placed: 0, stopped: [{ reason: 'key-missing' }] })
  expect(await rotateKeys(founder.replica, founder.log)).toEqual([])
  for (const body of listLostKeys(founder.replica, client)) founder.decideTeam('key.lost', body)
  await founder.exchange()
  expect(await anna.exchange()).toMatchObject({ placed: 0, stopped: [], blocked: [client] })
  await team.rotate()
  await settle(anna, founder)
  for (const one of [anna, founder]) expect(verdicts(one, client)).toEqual(['effective', 'effective'])
  const key = founder.replica.membership()!.keys.get(client)!
  expect([...key.lost]).toEqual([[2, expect.any(Number)]])
  // A device that is let in later gets the generations around the gap.
  const dora = await team.join('dora')
  await team.grant(client, dora, 'viewer')
  await dora.exchange()
  expect(verdicts(dora, client)).toEqual(['effective', 'effective'])
})

it('what a lost key sealed has no effect on a device that has it, and its author places it again', async () => {
  const { team, founder } = await setUp()
  const anna = await team.join('anna')
  const ben = await team.join('ben')
  const client = await team.openClient()
  for (const one of [anna, ben]) await team.grant(client, one, 'reviewer')
  anna.decide(client, ...toNote('anna’s'))
  ben.decide(client, ...toNote('ben’s'))
  await settle(anna, ben, founder)
  founder.decideTeam('key.lost', { scope: client, generation: 1 })
  await founder.exchange()
  expect(verdicts(founder, client)).toEqual(['key-lost', 'key-lost'])
  await team.rotate()
  await settle(anna, ben, founder)
  for (const one of [anna, ben, founder]) {
    expect(verdicts(one, client)).toEqual(['key-lost', 'key-lost', 'effective', 'effective'])
    const notes = readAll(one.replica, client).flatMap(({ verdict }) =>
      verdict.kind === 'void' ? [] : verdict.op.body['note'],
    )
    expect(notes).toEqual(['anna’s', 'ben’s'])
    const { author, keys } = one.replica
    const joining = { crypto, author, keys, team: team.team, root: team.root, store: one.store }
    expect(createReplica(joining).waiting(client, 1)).toEqual([])
  }
})
