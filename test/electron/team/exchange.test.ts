import { describe, expect, it } from 'vitest'

import { administer, rotateKeys } from '../../../electron/team/administer.ts'
import type { Entry, StoredEntry } from '../../../shared/team/entry.ts'
import { exchange } from '../../../electron/team/exchange.ts'
import { createKeyRing } from '../../../electron/team/key-ring.ts'
import { TeamLogError } from '../../../electron/team/log.ts'
import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { createMemoryStore } from '../../team/memory/memory-store.ts'
import { createReplica } from '../../../electron/team/replica.ts'
import { foundTeam, type Laptop, nextUuid, readAll, SERVER, toNote } from './world.ts'

async function setUp() {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const [anna, ben] = [await team.join('anna'), await team.join('ben')]
  const client = await team.openClient()
  for (const one of [anna, ben]) {
    await team.grant(client, one, 'reviewer')
    await one.exchange()
  }
  return { server, team, founder: team.founder, anna, ben, client }
}

const note = (laptop: Laptop, client: string, text: string): string => laptop.decide(client, ...toNote(text))
const verdicts = ({ replica }: Laptop, stream: string): readonly string[] =>
  readAll(replica, stream).map(({ verdict }) => (verdict.kind === 'void' ? verdict.reason : verdict.kind))
const head = ({ replica }: Laptop, stream: string): string =>
  Buffer.from(replica.stream(stream).place.head).toString('hex')

describe('an exchange', () => {
  it('brings what two members decided offline into one order', async () => {
    const { founder, anna, ben, client } = await setUp()
    const decided = ['a', 'b', 'c'].flatMap((text) => [note(anna, client, text), note(ben, client, text)])
    for (const one of [ben, anna, ben, founder]) expect((await one.exchange()).stopped).toEqual([])
    expect(verdicts(founder, client)).toEqual(decided.map(() => 'effective'))
    expect(new Set([founder, anna, ben].map((one) => head(one, client))).size).toBe(1)
  })

  it('places what was decided before the key was there, once it is', async () => {
    const { team, founder, anna } = await setUp()
    const client = await team.openClient()
    founder.decideTeam('access.granted', { clientUid: client, memberUid: anna.member, role: 'reviewer' })
    await founder.exchange()
    note(anna, client, 'early')
    expect((await anna.exchange()).stopped).toMatchObject([{ reason: 'key-missing' }])
    await founder.administer()
    expect(await anna.exchange()).toMatchObject({ placed: 1, stopped: [] })
  })

  it('reads the team again when an entry rests on what was placed there in the meantime', async () => {
    const { team, founder, anna, ben, client } = await setUp()
    await founder.exchange()
    founder.decideTeam('member.roles-set', { memberUid: ben.member, roles: ['auditor'] })
    await founder.exchange()
    note(founder, client, 'after it')
    await founder.exchange()
    let isFirst = true
    const slow: typeof anna.log = {
      ...anna.log,
      pull: async (stream, from, most) => {
        const isOld = isFirst && stream === team.team
        if (stream !== team.team) isFirst = false
        return isOld ? [] : anna.log.pull(stream, from, most)
      },
    }
    expect(await exchange(anna.replica, slow)).toMatchObject({ pulled: 3, stopped: [] })
  })

  it('of one device runs once at a time', async () => {
    const { anna, client } = await setUp()
    for (const text of ['a', 'b', 'c']) note(anna, client, text)
    await Promise.all([anna.exchange(), anna.exchange(), anna.exchange()])
    expect(verdicts(anna, client)).toEqual(['effective', 'effective', 'effective'])
  })

  it('keeps what waits while the server does not answer', async () => {
    const { anna, client } = await setUp()
    note(anna, client, 'waits')
    const down = { ...anna.log, push: () => Promise.reject(new TeamLogError('offline', 'It does not answer.')) }
    await expect(exchange(anna.replica, down)).rejects.toMatchObject({ problem: 'offline' })
    expect(anna.replica.waiting(client, 9)).toHaveLength(1)
    expect(await anna.exchange()).toMatchObject({ placed: 1 })
  })
})

describe('a removed member', () => {
  it('reads nothing that is placed later, and what they push has no effect, also with the help of the server', async () => {
    const { server, team, founder, anna, ben, client } = await setUp()
    note(ben, client, 'before')
    await ben.exchange()
    founder.decideTeam('member.removed', { memberUid: ben.member })
    await founder.exchange()
    expect(founder.replica.membership()?.keys.get(client)?.due).not.toBeNull()
    await team.rotate()
    expect(founder.replica.membership()?.keys.get(client)?.due).toBeNull()
    note(ben, client, 'after')
    expect(await ben.exchange()).toMatchObject({ pulled: 0, placed: 0, refused: [client] })
    // The owner of the database shows the device everything, and places what it composes.
    await founder.log.setAccess(client, ben.login, 'append')
    const stored = server.stored(client)
    const [, second] = await ben.log.pull(client, 0, 10)
    const { stopped } = ben.replica.take(client, [second as Entry])
    expect(stopped?.message).toContain('changes of the team that the server has not sent')
    const helped = composeOn(ben, client, stored)
    stored.push({ ...helped, pushedBy: ben.login, placedAt: 0 })
    note(anna, client, 'later')
    for (const one of [anna, founder]) await one.exchange()
    expect(verdicts(founder, client)).toEqual(['effective', 'fence', 'earlier-members', 'effective'])
    expect(head(anna, client)).toBe(head(founder, client))
  })

  it('has no key of what is placed later', async () => {
    const { team, founder, ben, client } = await setUp()
    founder.decideTeam('access.revoked', { clientUid: client, memberUid: ben.member })
    await founder.exchange()
    await team.rotate()
    const scopes = (await ben.log.wraps(ben.device)).map(({ scope, generation }) => `${scope} ${generation}`)
    expect(scopes).not.toContain(`${client} 2`)
    expect((await team.founder.log.wraps(founder.device)).some(({ generation }) => generation === 2)).toBe(true)
  })

  it('leaves a key to replace to an owner who has all of its generations', async () => {
    const { founder, ben } = await setUp()
    founder.decideTeam('member.removed', { memberUid: ben.member })
    await founder.exchange()
    expect(await rotateKeys(founder.replica, founder.log)).toHaveLength(2)
    const { crypto, author, team } = founder.replica
    const without = createReplica({
      crypto,
      author,
      team,
      keys: createKeyRing(),
      root: null,
      store: createMemoryStore(),
    })
    await exchange(without, { ...founder.log, wraps: async () => [] }).catch(() => undefined)
    expect(await rotateKeys(without, founder.log)).toEqual([])
  })
})

/** An entry that a device composes for the end of a stream as the server's owner shows it. */
function composeOn({ replica }: Laptop, stream: string, stored: readonly StoredEntry[]): Entry {
  const { crypto, author } = replica
  const held = replica.stream(stream)
  let { head } = held.place
  for (const entry of stored.slice(held.place.next)) head = crypto.computeHead(head, entry)
  const [composed] = replica.compose(stream, 1) as [Entry]
  return crypto.signEntry(head, { ...composed, seq: stored.length }, author.keys.sign.privateKey)
}

describe('a server that changes what it stores', () => {
  it.each([
    ['the order', (stored: StoredEntry[]) => stored.splice(0, 2, { ...stored[1]!, seq: 0 }, { ...stored[0]!, seq: 1 })],
    ['an operation', (stored: StoredEntry[]) => stored.splice(0, 1, { ...stored[0]!, sealed: stored[1]!.sealed })],
    ['an author', (stored: StoredEntry[]) => stored.splice(0, 1, { ...stored[0]!, device: nextUuid() })],
    ['a signature', (stored: StoredEntry[]) => stored.splice(0, 1, { ...stored[0]!, signature: stored[1]!.signature })],
  ])(
    'in %s gives a new device no operation that no one decided, and stops one that holds the entries',
    async (_, change) => {
      const { server, team, anna, client } = await setUp()
      for (const text of ['a', 'b', 'c']) note(anna, client, text)
      await anna.exchange()
      change(server.stored(client))
      const dora = await team.join('dora')
      await team.grant(client, dora, 'viewer')
      await dora.exchange()
      expect(verdicts(dora, client)).not.toContain('effective')
      server.stored(client).splice(2, 1, { ...server.stored(client)[2]!, teamSeq: 0 })
      expect((await anna.exchange()).stopped).toMatchObject([{ reason: 'two-histories' }])
      expect(readAll(anna.replica, client)).toHaveLength(3)
    },
  )

  it('in leaving one out stops the stream', async () => {
    const { server, founder, anna, client } = await setUp()
    for (const text of ['a', 'b', 'c']) note(anna, client, text)
    await anna.exchange()
    server.stored(client).splice(1, 1)
    expect((await founder.exchange()).stopped).toMatchObject([{ reason: 'gap', stream: client }])
  })

  it('in wrapping a key of its own gives a device none', async () => {
    const { founder, anna, client } = await setUp()
    const { crypto, author } = anna.replica
    const keys = [crypto.createKey(), crypto.createKey()]
    const sealed = crypto.wrapKeys({ scope: client, generation: 2 }, anna.device, author.keys.box.publicKey, keys)
    await founder.log.addWraps([
      { scope: client, device: anna.device, generation: 2, commitment: 'aa'.repeat(32), sealed },
    ])
    note(anna, client, 'under the right key')
    expect(await anna.exchange()).toMatchObject({ placed: 1, stopped: [] })
    await founder.exchange()
    expect(verdicts(founder, client)).toEqual(['effective'])
  })

  it('in bringing back what was taken away is mended by an owner', async () => {
    const { founder, ben, client } = await setUp()
    founder.decideTeam('access.revoked', { clientUid: client, memberUid: ben.member })
    await founder.exchange()
    await founder.administer()
    await founder.log.setAccess(client, ben.login, 'append')
    expect(await administer(founder.replica, founder.log)).toMatchObject({ access: 1 })
    expect((await founder.log.listStreams()).get(client)?.access.has(ben.login)).toBe(false)
    expect(await administer(founder.replica, founder.log)).toEqual({
      access: 0,
      wraps: 0,
      sql: [],
      isOvertaken: false,
      isLeft: false,
    })
  })
})
