import { describe, expect, it } from 'vitest'

import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { createMemoryStore } from '../../team/memory/memory-store.ts'
import { createReplica } from '../../../electron/team/replica.ts'
import { nameBlockingEntry } from '../../../electron/team/void-entry.ts'
import { declareVoid, placeAhead } from './ahead.ts'
import { crypto, foundTeam, type Laptop, readAll, SERVER, type Team, toNote } from './world.ts'

async function setUp() {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const [anna, ben] = [await team.join('anna'), await team.join('ben')]
  const client = await team.openClient()
  for (const one of [anna, ben]) await team.grant(client, one, 'reviewer')
  for (const one of [anna, ben]) await one.exchange()
  return { team, founder: team.founder, anna, ben, client }
}

const note = (laptop: Laptop, client: string): string => laptop.decide(client, ...toNote('x'))
const verdicts = ({ replica }: Pick<Laptop, 'replica'>, stream: string): readonly string[] =>
  readAll(replica, stream).map(({ verdict }) => (verdict.kind === 'void' ? verdict.reason : verdict.kind))

/** What a device concludes that reads a stream from its first entry, with the keys of another. */
function readAgain({ replica }: Laptop, { team, root }: Team, stream: string): readonly string[] {
  const { author, keys } = replica
  const again = createReplica({ crypto, author, keys, team, root, store: createMemoryStore() })
  for (const each of [team, stream])
    again.take(
      each,
      readAll(replica, each).map(({ entry }) => entry),
    )
  return verdicts({ replica: again }, stream)
}

describe('an entry that rests on changes of the team that were never made', () => {
  it('stops its stream until an owner declares it void, and every device then goes on with what waits there', async () => {
    const { team, founder, anna, ben, client } = await setUp()
    await placeAhead(anna, client, 2 ** 40)
    note(ben, client)
    note(founder, client)
    for (const one of [ben, founder]) {
      expect((await one.exchange()).stopped).toMatchObject([{ reason: 'members-missing', stream: client, seq: 0 }])
    }
    expect(await declareVoid(founder, client)).toBe(true)
    for (const one of [founder, ben, founder, anna]) expect((await one.exchange()).stopped).toEqual([])
    const expected = ['voided', 'effective', 'effective']
    for (const one of [founder, anna, ben]) {
      expect(verdicts(one, client)).toEqual(expected)
      expect(readAgain(one, team, client)).toEqual(expected)
    }
    expect(await nameBlockingEntry(founder.replica, founder.log, client)).toBeNull()
  })

  it('is void for a device that reads it after the team has reached that position', async () => {
    const { team, founder, anna, ben, client } = await setUp()
    await placeAhead(anna, client, 2)
    await founder.exchange()
    expect(await declareVoid(founder, client)).toBe(true)
    for (const role of ['viewer', 'lead'] as const) await team.grant(client, ben, role)
    await ben.exchange()
    expect(verdicts(ben, client)).toEqual(['voided'])
    expect(verdicts(founder, client)).toEqual(['voided'])
  })

  it('goes on by itself, by the rights at that position, where the team reaches it first', async () => {
    const { team, founder, anna, ben, client } = await setUp()
    await placeAhead(anna, client, 1)
    expect((await founder.exchange()).stopped).toHaveLength(1)
    const body = (await nameBlockingEntry(founder.replica, founder.log, client))!
    await team.grant(client, ben, 'viewer')
    // Declared void too late: this position is after the one that the entry rests on.
    founder.decideTeam('entry.voided', body)
    for (const one of [founder, ben]) {
      await one.exchange()
      expect(verdicts(one, client)).toEqual(['effective'])
      expect(readAgain(one, team, client)).toEqual(['effective'])
    }
  })
})

it('an owner takes no effect back by declaring an entry void that has one, and another member declares none', async () => {
  const { team, founder, anna, ben, client } = await setUp()
  note(anna, client)
  await anna.exchange()
  const head = Buffer.from(anna.replica.stream(client).place.head).toString('hex')
  founder.decideTeam('entry.voided', { stream: client, seq: 0, head })
  await founder.exchange()
  await ben.exchange()
  for (const one of [founder, anna, ben]) {
    expect(verdicts(one, client)).toEqual(['effective'])
    expect(readAgain(one, team, client)).toEqual(['effective'])
  }
  ben.decideTeam('entry.voided', { stream: client, seq: 1, head })
  await ben.exchange()
  expect(verdicts(ben, team.team).at(-1)).toBe('not-allowed')
})
