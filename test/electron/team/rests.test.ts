import { describe, expect, it } from 'vitest'

import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { createMemoryStore } from '../../team/memory/memory-store.ts'
import { listUnfenced } from '../../../electron/team/fence.ts'
import { createReplica } from '../../../electron/team/replica.ts'
import { FENCE } from '../../../shared/team/op.ts'
import { declareVoid } from './ahead.ts'
import { decideOn, FAR, readOn } from './rest-on.ts'
import { crypto, foundTeam, type Laptop, readAll, SERVER, type Team } from './world.ts'

/** A client with an operator, whom its owner and a viewer read. */
async function setUp() {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const [anna, ben] = [await team.join('anna'), await team.join('ben')]
  const client = await team.openClient()
  await team.grant(client, anna, 'operator')
  await team.grant(client, ben, 'operator')
  for (const one of [anna, ben]) await one.exchange()
  const { facts } = team.founder.replica.membership()!.clients.get(client)!
  return { team, founder: team.founder, anna, ben, client, facts }
}

type World = Awaited<ReturnType<typeof setUp>>

const verdicts = ({ replica }: Pick<Laptop, 'replica'>, stream: string): readonly string[] =>
  readAll(replica, stream).map(({ verdict }) => (verdict.kind === 'void' ? verdict.reason : verdict.kind))

/** What a device concludes that reads a client from its first entries, a part of one stream at a time, with the keys of another. */
function readAgain({ replica }: Laptop, { team, root }: Team, streams: readonly string[], together: number) {
  const { author, keys } = replica
  const again = createReplica({ crypto, author, keys, team, root, store: createMemoryStore() })
  const take = (stream: string, most: number): number => {
    const { next } = again.stream(stream).place
    const entries = replica.entries(stream, next, most).map(({ entry }) => entry)
    return again.take(stream, entries).verdicts.length
  }
  take(team, Number.MAX_SAFE_INTEGER)
  const takeAll = (): boolean => streams.map((stream) => take(stream, together)).some((count) => count > 0)
  // What the first stream waits for may show only in the second round.
  while (takeAll() || takeAll()) continue
  return streams.map((stream) => verdicts({ replica: again }, stream))
}

async function fence({ founder }: World): Promise<void> {
  for (const stream of listUnfenced(founder.replica)) founder.decide(stream, FENCE, { v: 1 })
  await founder.exchange()
}

const stops = async (laptop: Laptop) => (await laptop.exchange()).stopped.map(({ reason, seq }) => `${reason} ${seq}`)

function expectAlike({ team, client, facts }: World, laptops: readonly Laptop[], expected: readonly string[][]): void {
  for (const one of laptops) {
    expect([client, facts].map((stream) => verdicts(one, stream))).toEqual(expected)
    for (const streams of [
      [client, facts],
      [facts, client],
    ])
      for (const together of [1, 100])
        expect(readAgain(one, team, streams, together)).toEqual(
          streams[0] === client ? expected : expected.toReversed(),
        )
  }
}

describe('an entry that rests on a position of its client’s other stream which never comes', () => {
  it('stops the decisions until an owner declares it void, and every device then goes on', async () => {
    const world = await setUp()
    const { founder, anna, ben, client } = world
    decideOn(anna, client, FAR)
    await anna.exchange()
    decideOn(ben, client, -1)
    for (const one of [anna, ben, founder]) expect(await stops(one)).toEqual(['rests-missing 0'])
    expect(await declareVoid(founder, client)).toBe(true)
    await fence(world)
    for (const one of [founder, ben, anna, founder]) expect(await stops(one)).toEqual([])
    expectAlike(world, [founder, anna, ben], [['voided', 'effective'], ['fence']])
    expect(listUnfenced(founder.replica)).toEqual([])
  })

  it('stops the readings until an owner declares it void', async () => {
    const world = await setUp()
    const { founder, anna, ben } = world
    readOn(anna, world, FAR)
    await anna.exchange()
    for (const one of [ben, founder]) expect(await stops(one)).toEqual(['rests-missing 0'])
    expect(await declareVoid(founder, world.facts)).toBe(true)
    await fence(world)
    for (const one of [founder, ben, anna]) expect(await stops(one)).toEqual([])
    expectAlike(world, [founder, anna, ben], [['fence'], ['voided']])
  })

  it('has its effect everywhere where the position was placed before the declaration counted there', async () => {
    const world = await setUp()
    const { founder, anna, ben, client } = world
    decideOn(anna, client, 0)
    await anna.exchange()
    expect(await stops(founder)).toEqual(['rests-missing 0'])
    // Ben's device has not read the declaration.
    readOn(ben, world, -1)
    const [late] = ben.replica.compose(world.facts, 1)
    expect(await declareVoid(founder, client)).toBe(true)
    await ben.log.push([late!])
    await fence(world)
    for (const one of [founder, ben, anna]) expect(await stops(one)).toEqual([])
    expectAlike(world, [founder, anna, ben], [['effective'], ['effective', 'fence']])
  })

  it('is void by the entries alone in the decisions where the next reading rests on it in turn', async () => {
    const world = await setUp()
    const { founder, anna, ben, client } = world
    decideOn(anna, client, FAR)
    readOn(ben, world, FAR)
    await anna.exchange()
    await ben.exchange()
    decideOn(ben, client, FAR)
    for (const one of [anna, ben, founder]) expect(await stops(one)).toEqual(['rests-missing 0'])
    expect(await declareVoid(founder, world.facts)).toBe(true)
    await fence(world)
    for (const one of [founder, ben, anna]) expect(await stops(one)).toEqual([])
    const mutual = 'rests-on-each-other'
    expectAlike(world, [founder, anna, ben], [[mutual, mutual, 'fence'], ['voided']])
  })
})
