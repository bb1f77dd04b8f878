import { describe, expect, it } from 'vitest'

import { exchange } from '../../../electron/team/exchange.ts'
import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { createMemoryStore } from '../../team/memory/memory-store.ts'
import { createReplica, type Replica } from '../../../electron/team/replica.ts'
import type { ReplicaStore } from '../../../shared/team/store.ts'
import { foundTeam, type Laptop, nextUuid, readAll, SERVER, toNote } from './world.ts'

async function setUp() {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'reviewer')
  await anna.exchange()
  return { team, founder: team.founder, anna, client }
}

/** Another installation with the keys of a device: from what it holds, or from nothing. */
function copy({ replica }: Laptop, root: Uint8Array, store: ReplicaStore = createMemoryStore()): Replica {
  const { crypto, author, keys, team } = replica
  return createReplica({ crypto, author, keys, team, root, store })
}

function decide(replica: Replica, client: string): string {
  const uid = nextUuid()
  const [kind, body] = toNote('x')
  const op = { kind, salt: '0'.repeat(32), at: 0, day: '2026-11-27', basis: -1, subject: 'x', body }
  replica.wait(client, { uid, op })
  return uid
}

const ops = (replica: Replica, stream: string): readonly string[] =>
  readAll(replica, stream).map(({ entry }) => entry.op)
const counts = (replica: Replica, stream: string): readonly number[] =>
  readAll(replica, stream).map(({ entry }) => entry.deviceSeq)

it('a laptop that was restored from a backup reads its own entries again, goes on after them, and is not a copy', async () => {
  const { team, founder, anna, client } = await setUp()
  const before = [decide(anna.replica, client), decide(anna.replica, client)]
  await anna.exchange()
  const restored = copy(anna, team.root)
  // Something was decided between the backup and the loss of the laptop, and is decided again here.
  const after = decide(restored, client)
  for (let times = 0; times < 3; times += 1) expect((await exchange(restored, anna.log)).stopped).toEqual([])
  await founder.exchange()
  expect(ops(founder.replica, client)).toEqual([...before, after])
  expect(counts(founder.replica, client)).toEqual([0, 1, 2])
  expect(readAll(founder.replica, client).every(({ verdict }) => verdict.kind === 'effective')).toBe(true)
})

describe('two installations with the keys of one device', () => {
  it('are asked in words to enrol one of them again, and what each decided is placed once', async () => {
    const { team, founder, anna, client } = await setUp()
    const store = createMemoryStore()
    const clone = copy(anna, team.root, store)
    await exchange(clone, anna.log)
    const own = decide(anna.replica, client)
    expect(await anna.exchange()).toMatchObject({ placed: 1, stopped: [] })
    const others = decide(clone, client)
    const { stopped, placed } = await exchange(clone, anna.log)
    expect(placed).toBe(0)
    expect(stopped).toMatchObject([{ reason: 'cloned', stream: client, seq: 0 }])
    expect(stopped[0]?.message).toContain('enrol one of the two as a device of its own')
    // It stays so while both run, and other streams go on.
    founder.decideTeam('team.opset-raised', { opset: 2 })
    await founder.exchange()
    expect(await exchange(clone, anna.log)).toMatchObject({ pulled: 1, stopped: [{ reason: 'cloned' }] })
    expect(clone.waiting(client, 9).map(({ uid }) => uid)).toEqual([others])

    // The first was enrolled again; this one is started again.
    const again = copy(anna, team.root, store)
    expect(await exchange(again, anna.log)).toMatchObject({ placed: 1, stopped: [] })
    await founder.exchange()
    expect(ops(founder.replica, client)).toEqual([own, others])
    expect(counts(founder.replica, client)).toEqual([0, 1])
  })

  it('are not seen in an entry whose answer was lost, or that names the device without its signature', async () => {
    const { anna, client } = await setUp()
    decide(anna.replica, client)
    const [entry] = anna.replica.compose(client, 1)
    await anna.log.push(entry === undefined ? [] : [entry])
    await anna.log.push([{ ...entry!, seq: 1, op: nextUuid() }])
    expect(await anna.exchange()).toMatchObject({ pulled: 2, stopped: [] })
    expect(anna.replica.waiting(client, 1)).toEqual([])
  })
})
