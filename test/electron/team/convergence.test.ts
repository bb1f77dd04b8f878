import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { TeamLogError } from '../../../electron/team/log.ts'
import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { createMemoryStore } from '../../team/memory/memory-store.ts'
import { createReplica, type Replica } from '../../../electron/team/replica.ts'
import { listLostKeys, rotateKeys } from '../../../electron/team/administer.ts'
import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import { findAuthor, findClientRole, newest } from '../../../shared/team/membership.ts'
import { mayAppend } from '../../../shared/domain/team-roles.ts'
import { DRILL_LIMIT_MS, drillRuns } from '../../drills/drill.ts'
import { declareVoid, placeAhead } from './ahead.ts'
import { crypto, foundTeam, type Laptop, readAll, SERVER, type Team, toNote } from './world.ts'

/** Maps as lists, so that two states can be compared as text. */
function plain(value: unknown): Json {
  if (value instanceof Map) return [...value].map(([key, each]) => [key as string, plain(each)])
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value as Json
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
}

/** Everything that a device concluded of `team` and of some streams, as a hash. */
function hashState(replica: Replica, streams: readonly string[]): string {
  const read = streams.map((stream) => {
    const { head } = replica.stream(stream).place
    return [stream, Buffer.from(head).toString('hex'), readAll(replica, stream).map(({ verdict }) => plain(verdict))]
  })
  return Buffer.from(crypto.hashText(canonicalJson([plain(replica.membership()), read] as Json))).toString('hex')
}

/** Another device's reading of the same history from its first entry, with the keys that this one has. */
function refold({ replica }: Laptop, team: Team, streams: readonly string[]): Replica {
  const { author, keys } = replica
  const again = createReplica({ crypto, author, keys, team: team.team, root: team.root, store: createMemoryStore() })
  for (const stream of [team.team, ...streams]) {
    const entries = readAll(replica, stream).map(({ entry }) => entry)
    expect(again.take(stream, entries).stopped).toBeNull()
  }
  return again
}

/** The device after a restart: a replica over the store that it had. */
function reopen({ replica, store }: Laptop, team: Team): Replica {
  const { author, keys } = replica
  return createReplica({ crypto, author, keys, team: team.team, root: team.root, store })
}

type Step = (world: World) => Promise<unknown>
interface World {
  readonly team: Team
  readonly laptops: readonly Laptop[]
  readonly clients: readonly string[]
}

const which = fc.nat(99)
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T
const role = fc.constantFrom('viewer', 'reviewer', 'operator', 'lead')

/** Decisions are made offline; exchanges come when they come. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: which.map(
      (at): Step =>
        async ({ laptops }) =>
          pick(laptops, at).exchange(),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(which, which, fc.string({ maxLength: 8 })).map(
      ([at, client, text]): Step =>
        async ({ laptops, clients }) =>
          pick(laptops, at).decide(pick(clients, client), ...toNote(text)),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(which, which, which, role).map(
      ([at, whom, client, granted]): Step =>
        async ({ laptops, clients }) =>
          pick(laptops, at).decideTeam('access.granted', {
            clientUid: pick(clients, client),
            memberUid: pick(laptops, whom).member,
            role: granted,
          }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(which, which, which).map(
      ([at, whom, client]): Step =>
        async ({ laptops, clients }) =>
          pick(laptops, at).decideTeam('access.revoked', {
            clientUid: pick(clients, client),
            memberUid: pick(laptops, whom).member,
          }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(which, which, fc.boolean()).map(
      ([at, whom, isOwner]): Step =>
        async ({ laptops }) =>
          pick(laptops, at).decideTeam('member.roles-set', {
            memberUid: pick(laptops, whom).member,
            roles: isOwner ? ['owner'] : [],
          }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(which, which).map(
      ([at, whom]): Step =>
        async ({ laptops }) =>
          pick(laptops, at).decideTeam('member.removed', { memberUid: pick(laptops, whom).member }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(which, which, fc.integer({ min: 1, max: 4 })).map(
      ([at, client, ahead]): Step =>
        async ({ laptops, clients }) =>
          placeAhead(pick(laptops, at), pick(clients, client), ahead).catch(isRefused),
    ),
  },
  {
    weight: 2,
    arbitrary: which.map((at): Step => async ({ laptops, clients }) => {
      for (const client of clients) await declareVoid(pick(laptops, at), client)
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constant(async ({ team }: World) => {
      await team.founder.exchange()
      for (const body of await rotateKeys(team.founder.replica, team.founder.log)) {
        team.founder.decideTeam('key.rotated', body)
      }
      await team.founder.exchange()
      await team.founder.administer()
    }),
  },
)

/** A login without access places nothing, whatever its program does. */
function isRefused(error: unknown): void {
  if (!(error instanceof TeamLogError)) throw error
}

/** A team of four devices and two clients. */
async function setUp(): Promise<World> {
  const server = createMemoryServer(SERVER, () => 0)
  // Every login may administer here: whether a device does follows from the signed history.
  const team = await foundTeam(async (login) => server.connect(login, 'owner'))
  const joined = [await team.join('anna', ['owner']), await team.join('ben'), await team.join('carl')]
  const clients = [await team.openClient(), await team.openClient()]
  const [, ben, carl] = joined
  if (ben !== undefined) await team.grant(clients[0] ?? '', ben, 'reviewer')
  if (carl !== undefined) await team.grant(clients[1] ?? '', carl, 'lead')
  return { team, laptops: [team.founder, ...joined], clients }
}

it(
  'devices that decide offline end in the same state, which is that of a device that reads from the first entry',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const world = await setUp()
        for (const run of steps) await run(world)
        // All are in step once no exchange changes anything; those who were removed stay where they are.
        expect(await settle(world)).toBe(true)
        await declareLost(world)
        expect(await settle(world)).toBe(true)
        // A device that was removed reads no further, and does not know it: who is active follows from the longest history.
        const [longest] = world.laptops.toSorted((a, b) => lengthOf(b, world) - lengthOf(a, world))
        const membership = longest!.replica.membership()!
        const active = world.laptops.filter(({ device }) => findAuthor(membership, device, newest(membership)) !== null)
        expect(active.length).toBeGreaterThan(0)
        const states = active.map((laptop) => {
          const { replica } = laptop
          const seen = replica
            .listRead()
            .flat()
            .filter((stream) => replica.stream(stream).stopped === null)
          const others = [refold(laptop, world.team, seen), reopen(laptop, world.team)]
          return { incremental: hashState(replica, seen), others: others.map((other) => hashState(other, seen)) }
        })
        for (const { incremental, others } of states) expect(others).toEqual([incremental, incremental])
        for (const client of world.clients) {
          const heads = active
            .filter(({ replica }) => replica.listRead().flat().includes(client))
            .map(({ replica }) => hashState(replica, [client]))
          expect(new Set(heads).size).toBeLessThanOrEqual(1)
          for (const laptop of active) checkRights(laptop, client)
        }
      }),
      drillRuns('team-convergence'),
    )
  },
  DRILL_LIMIT_MS,
)

/** Exchanges until nothing changes any more; whether that came. */
async function settle(world: World): Promise<boolean> {
  for (let round = 0; round < 12; round += 1) if (!(await exchangeAll(world))) return true
  return false
}

/** The devices of owners declare the keys lost that they lack and no lead has given them, and replace them. */
async function declareLost({ laptops, clients }: World): Promise<void> {
  for (const laptop of laptops) {
    const { replica, log } = laptop
    for (const client of clients.filter((one) => replica.stream(one).stopped?.reason === 'key-missing')) {
      for (const body of listLostKeys(replica, client)) laptop.decideTeam('key.lost', body)
      await laptop.exchange()
      for (const body of await rotateKeys(replica, log)) laptop.decideTeam('key.rotated', body)
      await laptop.exchange()
    }
  }
}

/** One exchange of every device, after which those of owners administer the server. Whether anything changed. */
async function exchangeAll({ laptops }: World): Promise<boolean> {
  let changed = false
  for (const laptop of laptops) {
    const { pulled, placed } = await laptop.exchange()
    const { access, wraps } = await laptop.administer()
    changed ||= pulled > 0 || placed > 0 || access > 0 || wraps > 0
  }
  return changed
}

function lengthOf({ replica }: Laptop, { team }: World): number {
  return replica.stream(team.team).place.next
}

/** Every effective entry of a client is by a member who had the right at the position that it rests on. */
function checkRights({ replica }: Laptop, client: string): void {
  const membership = replica.membership()
  for (const { entry, verdict } of readAll(replica, client)) {
    if (verdict.kind === 'void' || membership === null) continue
    const author = findAuthor(membership, entry.device, entry.teamSeq)
    const role = author && findClientRole(membership, client, author.member, entry.teamSeq)
    expect(mayAppend('decisions', role)).toBe(true)
  }
}
