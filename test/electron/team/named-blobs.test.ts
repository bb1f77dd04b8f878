import { describe, expect, it } from 'vitest'

import { createBlob, type StoredBlob } from '../../../electron/team/blob.ts'
import { createSalt } from '../../../electron/team/compose-entry.ts'
import { exchange } from '../../../electron/team/exchange.ts'
import { fromHex, toHex } from '../../../electron/team/hex.ts'
import type { TeamLog } from '../../../electron/team/log.ts'
import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { createReplica } from '../../../electron/team/replica.ts'
import { listBlobs } from '../../../shared/team/blobs.ts'
import type { Op } from '../../../shared/team/op.ts'
import { findStream } from '../../../shared/team/membership.ts'
import { createUidOf, crypto, foundTeam, type Laptop, nextUuid, readAll, SERVER } from './world.ts'

const text = (fill: number): Uint8Array => new Uint8Array(500).fill(fill)

/** A team in which Anna may place readings and Ben may see them. */
async function setUp() {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const client = await team.openClient()
  const [anna, ben] = [await team.join('anna'), await team.join('ben')]
  await team.grant(client, anna, 'operator')
  await team.grant(client, ben, 'viewer')
  for (const laptop of [anna, ben]) await laptop.exchange()
  const facts = team.founder.replica.membership()!.clients.get(client)!.facts
  return { team, client, facts, anna, ben }
}

/** What a device decides about bytes beside the stream. Its body is one of a reading; nothing here reads it as one. */
function decide(laptop: Laptop, facts: string, blobs: readonly Uint8Array[]): string {
  const uid = nextUuid()
  const digest = 'ab'.repeat(32)
  const client = findStream(laptop.replica.membership()!, facts)!.scope
  const named = { connectionUid: createUidOf(client), syncUid: createUidOf(client), began: 1, ended: 2 }
  const body = { v: 1, ...named, opened: 0, closed: 0, digest, bytes: 9, sha256: digest, pieces: [] }
  const made = { salt: createSalt(crypto), at: 0, day: '2026-11-27', basis: -1, subject: 'A reading' }
  laptop.replica.wait(facts, { uid, op: { ...made, kind: 'reading.taken', body } }, blobs)
  return uid
}

/** What a device took of the stream: the operations, and what they name by the first byte. */
const taken = (laptop: Laptop, facts: string): readonly Op[] =>
  readAll(laptop.replica, facts).flatMap(({ verdict }) => (verdict.kind === 'effective' ? [verdict.op] : []))

/** A log whose blobs are answered by a function. */
const answering = (log: TeamLog, answer: (blobs: readonly StoredBlob[]) => readonly StoredBlob[]): TeamLog => ({
  ...log,
  getBlobs: async (stream, addresses) => answer(await log.getBlobs(stream, addresses)),
})

const NO_PAUSE = async (): Promise<void> => undefined

describe('blobs that an operation names', () => {
  it('are stored before the entry is placed, and fetched before another device takes it', async () => {
    const { facts, anna, ben } = await setUp()
    decide(anna, facts, [text(1), text(2)])
    decide(anna, facts, [text(3)])
    const calls: string[] = []
    const noting: TeamLog = {
      ...anna.log,
      putBlobs: async (stream, blobs) => {
        calls.push(`put ${blobs.length}`)
        await anna.log.putBlobs(stream, blobs)
      },
      push: async (entries) => {
        calls.push(`push ${entries.length}`)
        return anna.log.push(entries)
      },
    }
    expect(await exchange(anna.replica, noting, NO_PAUSE)).toMatchObject({ placed: 2, stopped: [], blocked: [] })
    expect(calls).toEqual(['put 2', 'put 1', 'push 2'])
    const seen: Uint8Array[][] = []
    const take = ben.store.take.bind(ben.store)
    ben.store.take = (entries, place, membership) => {
      seen.push(...entries.map(({ blobs }) => [...blobs]))
      take(entries, place, membership)
    }
    expect(await ben.exchange()).toMatchObject({ pulled: 2, stopped: [] })
    expect(seen).toEqual([[text(1), text(2)], [text(3)]])
    expect(taken(ben, facts).map((op) => listBlobs(op).length)).toEqual([2, 1])
  })

  it('are named under the key that is current when their entry is placed', async () => {
    const { team, client, facts, anna, ben } = await setUp()
    decide(anna, facts, [text(1)])
    const overtaken = { ...anna.log, push: async () => 'overtaken' as const }
    await exchange(anna.replica, overtaken, NO_PAUSE)
    team.founder.decideTeam('access.revoked', { clientUid: client, memberUid: ben.member })
    await team.founder.exchange()
    await team.rotate()
    await anna.exchange()
    await team.founder.exchange()
    expect(taken(team.founder, facts).flatMap(listBlobs)).toMatchObject([{ generation: 2 }])
  })

  it('stop the stream where they are missing, wrong or sealed by no key, in plain words, until they are there', async () => {
    const { client, facts, anna, ben, team } = await setUp()
    decide(anna, facts, [text(1), text(2)])
    await anna.exchange()
    const key = team.founder.replica.sealing(facts).key
    const [named] = taken(anna, facts).flatMap(listBlobs)
    const other = createBlob(crypto, key, facts, text(9))
    const forged = { ...other, address: fromHex(named!.address) }
    const broken = { ...forged, sealed: forged.sealed.toReversed() }
    const answers: readonly ((blobs: readonly StoredBlob[]) => readonly StoredBlob[])[] = [
      () => [],
      (blobs) => blobs.slice(1),
      (blobs) => [forged, ...blobs.slice(1)],
      (blobs) => [broken, ...blobs.slice(1)],
      () => [other],
    ]
    for (const answer of answers) {
      const { stopped } = await exchange(ben.replica, answering(ben.log, answer), NO_PAUSE)
      expect(stopped).toMatchObject([{ reason: 'blob-missing', stream: facts, seq: 0 }])
      expect(stopped[0]!.message).toMatch(/does not have the list that an entry names, or has another one\. Ask/u)
    }
    expect(ben.store.streams().find(({ stream }) => stream === facts)).toMatchObject({
      next: 0,
      stop: { reason: 'blob-missing' },
    })
    expect(ben.replica.stream(client).stopped).toBeNull()
    expect(await ben.exchange()).toMatchObject({ pulled: 1, stopped: [] })
    expect(ben.replica.stream(facts).stopped).toBeNull()
  })

  it('are stored again by the device that placed them, where the server lost them, once it is started again', async () => {
    const { facts, anna, ben } = await setUp()
    decide(anna, facts, [text(1), text(2)])
    const stored: string[] = []
    const losing: TeamLog = { ...anna.log, putBlobs: async () => undefined }
    await exchange(anna.replica, losing, NO_PAUSE)
    expect(await ben.exchange()).toMatchObject({ stopped: [{ reason: 'blob-missing' }] })
    const { author, keys, team } = anna.replica
    const started = createReplica({ crypto, author, keys, team, root: null, store: anna.store })
    const noting: TeamLog = {
      ...anna.log,
      putBlobs: async (stream, blobs) => {
        stored.push(...blobs.map(({ address }) => toHex(address)))
        await anna.log.putBlobs(stream, blobs)
      },
    }
    for (let time = 0; time < 2; time += 1) await exchange(started, noting, NO_PAUSE)
    expect(stored).toEqual(
      taken(anna, facts)
        .flatMap(listBlobs)
        .map(({ address }) => address),
    )
    expect(await ben.exchange()).toMatchObject({ pulled: 1, stopped: [] })
  })

  it('stop the stream where they are of a generation that the history does not have', async () => {
    const { facts, anna, ben } = await setUp()
    decide(anna, facts, [])
    const [pending] = anna.replica.waiting(facts, 1)
    const name = { address: toHex(new Uint8Array(32)), generation: 7 }
    anna.replica.wait(facts, { uid: nextUuid(), op: { ...pending!.op, body: { ...pending!.op.body, pieces: [name] } } })
    // Its own device does not have them either.
    for (const laptop of [anna, ben]) {
      expect(await laptop.exchange()).toMatchObject({ stopped: [{ reason: 'blob-missing', seq: 1 }] })
    }
  })
})
