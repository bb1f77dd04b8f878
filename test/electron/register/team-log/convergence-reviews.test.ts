import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { exchange } from '../../../../electron/team/exchange.ts'
import { createReplica } from '../../../../electron/team/replica.ts'
import { createUidOf } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { REVIEW_OPERATIONS } from '../../../../shared/decisions/reviews.ts'
import { DRILL_LIMIT_MS, drillRuns } from '../../../drills/drill.ts'
import { crypto, type Laptop, readAll } from '../../team/world.ts'
import { newBriefRegister } from '../registers.ts'
import { allOfReview, type Make, type Named, ofReviews, readAccounts } from './any-review.ts'
import { contents, findProblems } from './contents.ts'
import {
  belong,
  decideIn,
  foundRegisterTeam,
  loseKey,
  openStore,
  readEntries,
  RefusedHere,
  type RegisterTeam,
} from './registers.ts'

interface Device {
  readonly name: string
  readonly laptop: Laptop
  readonly register: Register
}

interface World extends RegisterTeam {
  readonly devices: readonly Device[]
  readonly client: string
  readonly named: Named
  at: number
}

type Step = (world: World) => Promise<unknown>

const which = fc.nat(99)
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

/** Decides something at some device, as far as its register allows it. */
const decideAt =
  (at: number, make: Make): Step =>
  async (world) => {
    const { name, register } = pick(world.devices, at)
    world.at += 1
    const { kind, body, freeze } = make(world.named)
    try {
      decideIn(register, name, { kind, client: 'acme', body: body as never, freeze }, world.at)
    } catch (error) {
      if (!(error instanceof RefusedHere)) throw error
    }
  }

const exchangeAll: Step = async ({ devices }) => {
  for (const { laptop } of devices) expect((await laptop.exchange()).stopped).toEqual([])
}

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(which, ofReviews).map(([at, make]) => decideAt(at, make)) },
  {
    weight: 3,
    arbitrary: which.map(
      (at): Step =>
        async ({ devices }) =>
          pick(devices, at).laptop.exchange(),
    ),
  },
  {
    // One entry at most of each stream, as where the server was lost in between.
    weight: 1,
    arbitrary: which.map((at): Step => async ({ devices }) => {
      const { replica, log } = pick(devices, at).laptop
      const cut = { ...log, pull: (stream: string, from: number) => log.pull(stream, from, 1) }
      await exchange(replica, { ...cut, push: async () => 'overtaken' }, async () => undefined)
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(which, fc.constantFrom('viewer', 'reviewer', 'operator', 'lead'))
      .map(([at, role]): Step => async ({ team, devices, client }) => {
        await team.grant(client, pick(devices.slice(1), at).laptop, role)
      }),
  },
  {
    weight: 1,
    arbitrary: which.map(
      (at): Step =>
        async ({ team, client }) =>
          loseKey(team, client, at),
    ),
  },
)

async function setUp(): Promise<World> {
  const { team, registers } = await foundRegisterTeam()
  const joined = [await team.join('anna'), await team.join('ben')]
  const devices = [team.founder, ...joined].map((laptop, at): Device => {
    const name = ['Founder', 'anna', 'ben'][at]!
    return { name, laptop, register: registers.get(name)! }
  })
  let made = 0
  const client = await team.openClient()
  const uids = (): string => createUidOf(client, (made += 1))
  const connection = uids()
  for (const laptop of joined) await team.grant(client, laptop, 'lead')
  const own = devices[0]!.register
  const described = { name: 'Acme', kind: 'client' as const, colour: '#117733', domains: [], notes: '' }
  decideIn(own, 'Founder', { kind: 'client.added', client: 'acme', body: { clientUid: client, ...described } })
  const added = { provider: 'openai', platform: null, organizationId: null, label: 'Acme', baseUrl: null }
  decideIn(own, 'Founder', {
    kind: 'connection.added',
    client: 'acme',
    body: { connectionUid: connection, ...added, access: 'read-only' },
  })
  for (const { laptop, register, name } of devices) {
    belong(register, team, laptop, name)
    await laptop.exchange()
    // The others have not read the last account yet.
    readAccounts(register, connection, register === own ? 3 : 2)
  }
  return { team, registers, devices, client, named: { connection, reviews: [], batches: [], uids }, at: 1 }
}

async function settle({ team, devices, client }: World): Promise<void> {
  for (const { laptop } of devices.slice(1)) await team.grant(client, laptop, 'lead')
  await team.rotate()
  for (let round = 0; round < 6; round += 1) {
    let changed = 0
    for (const { laptop } of devices) {
      const { pulled, placed, stopped } = await laptop.exchange()
      expect(stopped).toEqual([])
      await laptop.administer()
      changed += pulled + placed
    }
    if (changed === 0) return
  }
  throw new Error('The devices go on exchanging.')
}

/** A register that reads the whole history from its beginning, with the keys of the founder. */
async function readFromZero({ team, client }: World): Promise<Register> {
  const register = newBriefRegister(() => 0)
  const { replica: own } = team.founder
  const { author, keys } = own
  const store = openStore(register)
  const replica = createReplica({ crypto, author, keys, team: team.team, root: team.root, store })
  for (const stream of [team.team, client]) {
    const entries = readAll(own, stream).map(({ entry }) => entry)
    await readEntries(replica, team.founder.log, stream, entries)
  }
  return register
}

/** Runs steps in a new team, and compares what its registers hold then. Returns the kinds that were decided. */
async function converge(steps: readonly Step[]): Promise<readonly string[]> {
  const world = await setUp()
  const { connection } = world.named
  const zero = { register: null as Register | null }
  try {
    for (const run of steps) await run(world)
    // What waits counts too.
    for (const { register } of world.devices) expect(findProblems(register)).toEqual([])
    await settle(world)
    for (const { register } of world.devices) readAccounts(register, connection)
    const [first, ...others] = world.devices.map(({ register }) => register)
    for (const { register } of world.devices) expect(findProblems(register)).toEqual([])
    for (const other of others) expect(contents(other)).toEqual(contents(first!))
    zero.register = await readFromZero(world)
    readAccounts(zero.register, connection)
    expect(findProblems(zero.register)).toEqual([])
    expect(contents(zero.register)).toEqual(contents(first!))
    return first!.reader.column<string>('SELECT DISTINCT action FROM journal')
  } finally {
    for (const { register } of world.devices) register.close()
    zero.register?.close()
  }
}

it(
  'reviews that several members decide offline are the same in every register once all is exchanged, and verify',
  async () => {
    const seen = new Set<string>()
    // Each kind has an effect once, and leaves a review open, so that most steps are about one that exists.
    const first = allOfReview.flatMap(([at, make]) => [decideAt(at, make), exchangeAll])
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 70 }), async (steps) => {
        for (const kind of await converge([...first, ...steps])) seen.add(kind)
      }),
      drillRuns('team-reviews'),
    )
    expect(Object.keys(REVIEW_OPERATIONS).filter((kind) => !seen.has(kind))).toEqual([])
  },
  DRILL_LIMIT_MS,
)
