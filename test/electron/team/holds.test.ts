import { expect, it } from 'vitest'

import { rotateKeys } from '../../../electron/team/administer.ts'
import { createSalt } from '../../../electron/team/compose-entry.ts'
import { listUnfenced } from '../../../electron/team/fence.ts'
import { createKeyRing } from '../../../electron/team/key-ring.ts'
import type { TeamLog } from '../../../electron/team/log.ts'
import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { createMemoryStore } from '../../team/memory/memory-store.ts'
import { createReplica, type Replica } from '../../../electron/team/replica.ts'
import { FENCE } from '../../../shared/team/op.ts'
import {
  createUidOf,
  crypto,
  foundTeam,
  type Laptop,
  nextUuid,
  readAll,
  SERVER,
  type Team,
  toLaptop,
  toNote,
} from './world.ts'

/** A team of a founder and an auditor, with four clients in each of which something was decided. */
async function setUp() {
  const server = createMemoryServer(SERVER, () => 0)
  const team = await foundTeam(async (login, rights) => server.connect(login, rights))
  const auditor = await team.join('olga', ['auditor'])
  const clients: string[] = []
  for (let at = 0; at < 4; at += 1) {
    const client = await team.openClient()
    team.founder.decide(client, ...toNote(`client ${at}`))
    read(team.founder, client)
    clients.push(client)
  }
  await team.founder.exchange()
  return { team, auditor, clients }
}

/** Places a reading with a blob. Its body is one of a reading; nothing here reads it as one. */
function read({ replica }: Laptop, client: string): void {
  const facts = replica.membership()!.clients.get(client)!.facts
  const digest = 'ab'.repeat(32)
  const named = { connectionUid: createUidOf(client), syncUid: createUidOf(client), began: 1, ended: 2 }
  const body = { v: 1, ...named, opened: 0, closed: 0, digest, bytes: 9, sha256: digest, pieces: [] }
  const made = { salt: createSalt(crypto), at: 0, day: '2026-11-27', basis: -1, subject: 'A reading' }
  replica.wait(facts, { uid: nextUuid(), op: { ...made, kind: 'reading.taken', body } }, [new Uint8Array(500)])
}

/** The device of a member that starts with nothing, and holds one client without being asked. */
function openNew({ team, root }: Team, { replica, log, login, member }: Laptop, asked = new Set<string>()) {
  const [asksFor, blobsOf] = [[] as string[], [] as string[]]
  const counted = new Proxy(log, {
    get: (target, name: keyof TeamLog) => {
      const call = target[name] as (...args: readonly unknown[]) => unknown
      return (...args: readonly unknown[]) => {
        if (name === 'pull') asksFor.push(String(args[0]))
        if (name === 'getBlobs') blobsOf.push(String(args[0]))
        return call(...args)
      }
    },
  })
  const store = createMemoryStore(asked)
  const { author } = replica
  const own = createReplica({ crypto, author, keys: createKeyRing(), team, root, store, mostUnasked: 1 })
  return { ...toLaptop(own, store, counted, login, member), asksFor, blobsOf }
}

const listRead = (replica: Replica, clients: readonly string[]): readonly string[] =>
  clients.filter((client) => readAll(replica, client).length > 0)

it('a device asks the server for no entry of a client that it does not hold, and reads what it is asked to hold as one that held it from the start', async () => {
  const { team, auditor, clients } = await setUp()
  const asked = new Set<string>()
  const own = openNew(team, auditor, asked)
  const { asksFor, blobsOf } = own
  expect((await own.exchange()).stopped).toEqual([])
  expect(listRead(own.replica, clients)).toEqual(clients.slice(0, 1))
  const facts = clients.map((client) => own.replica.membership()!.clients.get(client)!.facts)
  expect(new Set(asksFor.filter((stream) => [...clients, ...facts].includes(stream)))).toEqual(
    new Set([clients[0], facts[0]]),
  )
  expect(blobsOf).toEqual([facts[0]])

  asked.add(clients[2]!)
  await own.exchange()
  expect(listRead(own.replica, clients)).toEqual([clients[0], clients[2]])
  // What was read is read on, also once no one asks for it any more.
  asked.clear()
  team.founder.decide(clients[2]!, ...toNote('later'))
  await team.founder.exchange()
  await own.exchange()
  // A role by name is a reason to hold.
  await team.grant(clients[3]!, auditor, 'reviewer')
  await own.exchange()
  expect(listRead(own.replica, clients)).toEqual([clients[0], clients[2], clients[3]])
  await auditor.exchange()
  expect(listRead(auditor.replica, clients)).toEqual(clients)
  for (const client of [clients[0]!, clients[2]!, clients[3]!]) {
    expect(readAll(own.replica, client)).toEqual(readAll(auditor.replica, client))
  }
  expect([...asksFor, ...blobsOf]).not.toContain(clients[1])
  expect([...asksFor, ...blobsOf]).not.toContain(facts[1])
})

it('an owner replaces and gives keys of a client that the device does not hold, and the device of a lead fences it', async () => {
  const { team, clients } = await setUp()
  const client = clients[1]!
  const [lead, former] = [await team.join('lena'), await team.join('ben')]
  for (const [each, role] of [
    [lead, 'lead'],
    [former, 'operator'],
  ] as const)
    await team.grant(client, each, role)
  const owner = openNew(team, await team.join('vera', ['owner']))
  await owner.exchange()
  owner.decideTeam('access.revoked', { clientUid: client, memberUid: former.member })
  await owner.exchange()
  for (const body of await rotateKeys(owner.replica, owner.log)) owner.decideTeam('key.rotated', body)
  await owner.exchange()
  await owner.administer()
  expect(listRead(owner.replica, clients)).toEqual(clients.slice(0, 1))
  expect(listUnfenced(owner.replica)).not.toContain(client)

  await lead.exchange()
  expect(lead.replica.sealing(client).generation).toBe(2)
  const facts = lead.replica.membership()!.clients.get(client)!.facts
  expect(listUnfenced(lead.replica)).toEqual([client, facts])
  for (const stream of [client, facts]) lead.decide(stream, FENCE, { v: 1 })
  expect(await lead.exchange()).toMatchObject({ placed: 2, stopped: [], refused: [], blocked: [] })
  expect(listUnfenced(lead.replica)).toEqual([])
  expect(owner.asksFor).not.toContain(client)
})
