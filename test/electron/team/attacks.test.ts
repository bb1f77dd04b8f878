import { describe, expect, it } from 'vitest'

import { rotateKeys } from '../../../electron/team/administer.ts'
import { exchange } from '../../../electron/team/exchange.ts'
import { listUnfenced } from '../../../electron/team/fence.ts'
import { createKeyRing } from '../../../electron/team/key-ring.ts'
import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { createMemoryStore } from '../../team/memory/memory-store.ts'
import { createReplica } from '../../../electron/team/replica.ts'
import { newest } from '../../../shared/team/membership.ts'
import type { Op } from '../../../shared/team/op.ts'
import type { Version } from '../../../shared/team/operations.ts'
import { forge, opText } from './forge.ts'
import { crypto, foundTeam, type Laptop, nextUuid, readAll, SERVER, toNote } from './world.ts'

/** A team with a member without any role, and a client with a reviewer. */
async function setUp() {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const [mallory, anna] = [await team.join('mallory'), await team.join('anna')]
  const client = await team.openClient()
  await team.grant(client, anna, 'reviewer')
  for (const one of [mallory, anna]) await one.exchange()
  return { server, team, founder: team.founder, mallory, anna, client }
}

const verdicts = ({ replica }: Laptop, stream: string): readonly string[] =>
  readAll(replica, stream).map(({ verdict }) => (verdict.kind === 'void' ? verdict.reason : verdict.kind))

describe('a member without any role', () => {
  it('ends no stream of the team by naming a position that is not there yet', async () => {
    const { team, founder, mallory } = await setUp()
    const far = forge(mallory, team.team, opText(), { teamSeq: Number.MAX_SAFE_INTEGER })
    expect(await mallory.log.push([far])).toBe('placed')
    await founder.exchange()
    founder.decideTeam('member.removed', { memberUid: mallory.member })
    expect(await founder.exchange()).toMatchObject({ placed: 1, stopped: [], blocked: [] })
    const membership = founder.replica.membership()!
    expect(membership.members.get(mallory.member)?.until).toBe(newest(membership))
    expect(verdicts(founder, team.team).slice(-2)).toEqual(['earlier-members', 'effective'])
  })

  it('silences no device by using up its count without its signature', async () => {
    const { team, founder, mallory } = await setUp()
    const counted = readAll(founder.replica, team.team).filter(({ entry }) => entry.device === founder.device).length
    await mallory.log.push([forge(mallory, team.team, opText(), { device: founder.device, deviceSeq: counted })])
    founder.decideTeam('member.removed', { memberUid: mallory.member })
    expect(await founder.exchange()).toMatchObject({ placed: 1, blocked: [] })
    expect(verdicts(founder, team.team).slice(-2)).toEqual(['not-signed', 'effective'])
  })

  it('stops no stream of a client by an entry in the name of another device', async () => {
    const { server, founder, mallory, anna, client } = await setUp()
    const unsigned = { ...forge(anna, client, opText(), { teamSeq: 1e15 }), device: founder.device }
    server.stored(client).push({ ...unsigned, pushedBy: mallory.login, placedAt: 0 })
    expect((await founder.exchange()).stopped).toEqual([])
    expect(verdicts(founder, client)).toEqual(['not-signed'])
  })
})

it.each([
  ['a number that is too large', opText({ body: { v: 1, x: 7 } }).replace('"x":7', '"x":1e400')],
  ['brackets without end', opText({ body: { v: 1, x: 7 } }).replace(':7', `:${'['.repeat(1e5)}${']'.repeat(1e5)}`)],
  ['half a character', opText({ body: { v: 1, entry: 'connection', note: '\ud800' } })],
  ['a mark of the order of bytes', `\uFEFF${opText()}`],
  ['a name twice', opText().replace('"v":1', '"v":1,"v":1')],
  ['a minus before zero', opText({ body: { v: 1, x: 7 } }).replace(':7', ':-0')],
])('a member ends no exchange by an operation with %s', async (_, text) => {
  const { founder, anna, client } = await setUp()
  await anna.log.push([forge(anna, client, text)])
  expect(await founder.exchange()).toMatchObject({ pulled: 1, stopped: [] })
  expect(verdicts(founder, client)).toEqual(['not-an-operation'])
})

describe('a server that changes what a device pushes', () => {
  it('takes nothing from what waits there: the decision is placed under its own signature', async () => {
    const { server, anna, client } = await setUp()
    const uid = anna.decide(client, ...toNote('x'))
    const [entry] = anna.replica.compose(client, 1)
    const changed = { ...entry!, signature: new Uint8Array(64) }
    server.stored(client).push({ ...changed, pushedBy: anna.login, placedAt: 0 })
    expect(await anna.exchange()).toMatchObject({ pulled: 1, placed: 1 })
    expect(verdicts(anna, client)).toEqual(['not-signed', 'effective'])
    expect(readAll(anna.replica, client)[1]?.entry.op).toBe(uid)
    expect(anna.replica.waiting(client, 1)).toEqual([])
  })

  it('or answers without bytes stops one stream, and the others go on', async () => {
    const { founder, anna, client } = await setUp()
    founder.decide(client, ...toNote('x'))
    await founder.exchange()
    // So that the stream is asked for.
    anna.decide(client, ...toNote('y'))
    await anna.exchange()
    founder.decideTeam('team.opset-raised', { opset: 2 })
    const pull: typeof founder.log.pull = async (stream, from, most) => {
      const entries = await founder.log.pull(stream, from, most)
      return stream === client ? entries.map((entry) => ({ ...entry, sealed: null as unknown as Uint8Array })) : entries
    }
    expect(await exchange(founder.replica, { ...founder.log, pull })).toMatchObject({
      placed: 1,
      stopped: [{ reason: 'two-histories', stream: client }],
    })
    const wraps = async () => [
      { scope: null as unknown as string, device: '', generation: 1, commitment: '', sealed: crypto.random(9) },
    ]
    expect((await exchange(founder.replica, { ...founder.log, wraps })).stopped).toEqual([])
  })

  it('and shows the right history again is read again', async () => {
    const { server, founder, client } = await setUp()
    founder.decide(client, ...toNote('x'))
    await founder.exchange()
    const [right] = server.stored(client)
    server.stored(client)[0] = { ...right!, deviceSeq: 77 }
    expect((await founder.exchange()).stopped).toMatchObject([{ reason: 'two-histories' }])
    server.stored(client)[0] = right!
    founder.decide(client, ...toNote('x'))
    expect(await founder.exchange()).toMatchObject({ placed: 1, stopped: [] })
  })
})

describe('what an exchange did not place', () => {
  it('is named with its stream', async () => {
    const { founder, client } = await setUp()
    founder.decide(client, ...toNote('x'))
    const full = { ...founder.log, push: async () => 'overtaken' as const }
    expect(await exchange(founder.replica, full, async () => undefined)).toMatchObject({ placed: 0, blocked: [client] })
    expect(await founder.exchange()).toMatchObject({ placed: 1, blocked: [] })
  })

  it('is what no entry can hold: it is refused when it is decided, and holds up no other stream', async () => {
    const { team, founder, client } = await setUp()
    const bodies = [
      { v: 1, text: 'x'.repeat(1_100_000) },
      { v: 1, text: '\ud800' },
      { v: 1, x: Infinity },
    ]
    for (const body of bodies) expect(() => founder.decide(client, 'today.noted', body)).toThrow(/today\.noted/u)
    // A version that did not check yet may have left one.
    founder.store.wait(client, { uid: team.team, op: JSON.parse(opText({ body: bodies[0]! })) as never })
    founder.decideTeam('team.opset-raised', { opset: 2 })
    expect(await founder.exchange()).toMatchObject({ placed: 1, blocked: [client] })
  })
})

it('a device that was shut out sends one entry of each stream to a server that shows it nothing, and not all that it holds', async () => {
  const { founder, anna, client } = await setUp()
  for (let at = 0; at < 30; at += 1) founder.decide(client, ...toNote('x'))
  await founder.exchange()
  await anna.exchange()
  founder.decideTeam('member.removed', { memberUid: anna.member })
  await founder.exchange()
  await founder.administer()
  let sent = 0
  const push: typeof anna.log.push = (entries) => {
    sent += entries.length
    return anna.log.push(entries)
  }
  await exchange(anna.replica, { ...anna.log, push })
  expect(sent).toBe(2)
})

it('more operations of the team than an exchange has tries are placed in one, and entries come in answers of bounded size', async () => {
  const { founder, anna, client } = await setUp()
  for (let opset = 2; opset < 22; opset += 1) founder.decideTeam('team.opset-raised', { opset })
  for (let at = 0; at < 12; at += 1) founder.decide(client, ...toNote('x'.repeat(900_000)))
  const pushed: number[] = []
  const push: typeof founder.log.push = (entries) => {
    pushed.push(entries.length)
    return founder.log.push(entries)
  }
  expect(await exchange(founder.replica, { ...founder.log, push })).toMatchObject({ placed: 32, blocked: [] })
  expect(pushed.slice(20).every((count) => count < 12)).toBe(true)
  expect((await anna.log.pull(client, 0, 100)).length).toBeLessThan(12)
  expect((await anna.exchange()).pulled).toBe(32)
  expect(verdicts(anna, client)).toHaveLength(12)
})

it('a device reads the keys that it was given once', async () => {
  const { team, anna } = await setUp()
  for (let at = 0; at < 4; at += 1) await anna.exchange()
  expect(anna.replica.keys.listFirst(team.team)).toHaveLength(1)
})

it('a device without the key of a client has the verdict of the others on an entry of kinds that were not agreed on', async () => {
  const { team, founder, anna, client } = await setUp()
  const entry = forge(founder, client, opText(), { opset: 9 })
  await founder.log.push([entry])
  await founder.exchange()
  const { author } = anna.replica
  const store = createMemoryStore()
  const without = createReplica({ crypto, author, keys: createKeyRing(), team: team.team, root: team.root, store })
  const wraps: typeof anna.log.wraps = async (device) =>
    (await anna.log.wraps(device)).filter(({ scope }) => scope !== client)
  expect((await exchange(without, { ...anna.log, wraps })).stopped).toEqual([])
  expect(verdicts({ ...anna, replica: without }, client)).toEqual(['newer-than-agreed'])
  expect(verdicts(founder, client)).toEqual(['newer-than-agreed'])
})

describe('a member who was removed', () => {
  it('places nothing with an effect once the streams are fenced, also where nothing else was placed and the server helps', async () => {
    const { server, team, founder, anna, client } = await setUp()
    founder.decideTeam('member.removed', { memberUid: anna.member })
    await founder.exchange()
    // Its own history ends before the removal: what it signs for the end of the stream rests on a time when it had the right.
    anna.decide(client, ...toNote('after'))
    const [early] = anna.replica.compose(client, 1)
    expect(listUnfenced(founder.replica).toSorted()).toEqual([client, founder.replica.membership()!.agency].toSorted())
    await team.rotate()
    expect(listUnfenced(founder.replica)).toEqual([])
    const stored = server.stored(client)
    const { head, next } = founder.replica.stream(client).place
    const late = crypto.signEntry(head, { ...early!, seq: next }, anna.replica.author.keys.sign.privateKey)
    stored.push({ ...late, pushedBy: anna.login, placedAt: 0 })
    await founder.exchange()
    expect(verdicts(founder, client)).toEqual(['fence', 'earlier-members'])
  })

  it('has no key of what is placed later, also when a key that was given out before the removal takes effect after it', async () => {
    const { team, founder, anna, mallory, client } = await setUp()
    const olga = await team.join('olga', ['owner'])
    await team.grant(client, mallory, 'viewer')
    founder.decideTeam('access.revoked', { clientUid: client, memberUid: mallory.member })
    await founder.exchange()
    const given = await rotateKeys(founder.replica, founder.log)
    await anna.exchange()
    await olga.exchange()
    olga.decideTeam('member.removed', { memberUid: anna.member })
    await olga.exchange()
    for (const body of given) founder.decideTeam('key.rotated', body)
    await founder.exchange()
    expect(verdicts(founder, team.team).slice(-given.length)).toEqual(given.map(() => 'other-readers'))
    await team.rotate()
    founder.decide(client, ...toNote('later'))
    await founder.exchange()
    const last = readAll(founder.replica, client).at(-1)!.entry
    const { commitment, generation } = founder.replica.membership()!.keys.get(client)!.generations.at(-1)!.value
    expect([last.generation, generation]).toEqual([2, 2])
    expect(anna.replica.keys.find(crypto, { scope: client, generation }, commitment)).toBeNull()
  })
})

it('keys that a former owner wrapped do not count as given', async () => {
  const { team, founder, client } = await setUp()
  const olga = await team.join('olga', ['owner'])
  const dora = await team.join('dora')
  const { commitment } = founder.replica.membership()!.keys.get(client)!.generations[0]!.value
  const wrap = { scope: client, device: dora.device, generation: 1, commitment, sealed: new Uint8Array(9) }
  await olga.log.addWraps([wrap])
  founder.decideTeam('member.removed', { memberUid: olga.member })
  await founder.exchange()
  await team.rotate()
  await olga.log.addWraps([{ ...wrap, generation: 2, commitment: newestCommitment(founder, client) }])
  await team.grant(client, dora, 'viewer')
  expect(await dora.exchange()).toMatchObject({ stopped: [] })
})

function newestCommitment({ replica }: Laptop, scope: string): string {
  return replica.membership()!.keys.get(scope)!.generations.at(-1)!.value.commitment
}

it('a device that knows newer kinds works before the team agrees on them, and uses them after', async () => {
  const { team, founder, anna, client } = await setUp()
  // A later version, in which notes of Today are new.
  const newer: Version = { opset: 2, findSet: (kind) => (kind === 'today.noted' ? 2 : 1) }
  const { crypto: own, author, keys } = founder.replica
  const joining = { crypto: own, author, keys, team: team.team, root: team.root, store: founder.store }
  const updated = { ...founder, replica: createReplica({ ...joining, version: newer }) }
  const snooze = () => ['today.restored', { v: 1, entry: 'connection' }] as const
  founder.store.wait(client, { uid: nextUuid(), op: toOp(...snooze()) })
  founder.store.wait(client, { uid: nextUuid(), op: toOp(...toNote('new')) })
  founder.store.wait(client, { uid: nextUuid(), op: toOp(...snooze()) })
  expect(await exchange(updated.replica, founder.log)).toMatchObject({ placed: 1, blocked: [client] })
  await anna.exchange()
  expect(verdicts(anna, client)).toEqual(['effective'])
  founder.store.wait(team.team, { uid: nextUuid(), op: toOp('team.opset-raised', { v: 1, opset: 2 }) })
  expect(await exchange(updated.replica, founder.log)).toMatchObject({ placed: 3, blocked: [] })
  expect(verdicts(updated, client)).toEqual(['effective', 'effective', 'effective'])
  // The earlier version reads up to the first entry of the newer set.
  expect((await anna.exchange()).stopped).toMatchObject([{ reason: 'newer-version', seq: 1 }])
  // In an entry of the earlier set, the kind is none for both.
  const [reader] = [createReplica({ ...joining, store: createMemoryStore(), version: newer })]
  const again = { ...founder, replica: reader }
  await exchange(reader, founder.log)
  await founder.log.push([forge(again, client, opText(), { opset: 1 })])
  await exchange(reader, founder.log)
  expect(verdicts(again, client).at(-1)).toBe('not-an-operation')
})

function toOp(kind: string, body: Op['body']): Op {
  return { kind, salt: '0'.repeat(32), at: 0, day: '2026-11-27', basis: -1, subject: 'x', body }
}
