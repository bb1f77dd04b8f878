import { describe, expect, it } from 'vitest'

import { exchange } from '../../../electron/team/exchange.ts'
import { createKeyRing } from '../../../electron/team/key-ring.ts'
import { createMemoryServer } from '../../../electron/team/memory/memory-log.ts'
import { createMemoryStore } from '../../../electron/team/memory/memory-store.ts'
import { createReplica } from '../../../electron/team/replica.ts'
import { newest } from '../../../shared/team/membership.ts'
import { forge, opText } from './forge.ts'
import { crypto, foundTeam, type Laptop, readAll, SERVER, toNote } from './world.ts'

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
    const { founder, client } = await setUp()
    founder.decide(client, ...toNote('x'))
    await founder.exchange()
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
