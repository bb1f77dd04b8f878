import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { createUid } from '../../../../electron/register/db/uid.ts'
import { dropAskedBack, keepAskedBack, listAskedBack } from '../../../../electron/register/team/asked.ts'
import { REVIEW_OPERATIONS } from '../../../../shared/decisions/reviews.ts'
import { DRILL_LIMIT_MS, drillRuns } from '../../../drills/drill.ts'
import { allOfReview, type Make, type Named, ofReviews, readAccounts } from './any-review.ts'
import { contents, findProblems } from './contents.ts'
import {
  addClient,
  addConnection,
  decideIn,
  expectWhole,
  foundRegisterTeam,
  type Laptop,
  readFromZero,
  readOnly,
  RefusedHere,
  type Team,
} from './registers.ts'

interface World {
  readonly team: Team
  readonly devices: readonly Laptop[]
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
    const laptop = pick(world.devices, at)
    world.at += 1
    const { kind, body, freeze } = make(world.named, laptop.register.reader)
    try {
      decideIn(laptop, { kind, client: 'acme', body: body as never, freeze }, world.at)
    } catch (error) {
      if (!(error instanceof RefusedHere)) throw error
    }
  }

const exchangeAll: Step = async ({ devices }) => {
  for (const laptop of devices) expectWhole(await laptop.exchange(), laptop)
}

/** The author of what was asked back keeps it, or gives it up. */
function answer({ register }: Laptop, at: number, isKept: boolean): boolean {
  const [first] = listAskedBack(register.reader)
  if (first === undefined) return false
  register.transact((writer) => (isKept ? keepAskedBack(writer, first.uid, at) : dropAskedBack(writer, first.uid)))
  return true
}

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(which, ofReviews).map(([at, make]) => decideAt(at, make)) },
  {
    weight: 3,
    arbitrary: which.map(
      (at): Step =>
        async ({ devices }) =>
          pick(devices, at).exchange(),
    ),
  },
  {
    // A batch or two are read, as where the server was lost in between.
    weight: 1,
    arbitrary: fc.tuple(which, fc.nat(3)).map(
      ([at, most]): Step =>
        async ({ devices }) =>
          readOnly(pick(devices, at), most),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(which, fc.boolean()).map(([at, isKept]): Step => async (world) => {
      world.at += 1
      return answer(pick(world.devices, at), world.at, isKept)
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(which, fc.constantFrom('viewer', 'reviewer', 'operator', 'lead'))
      .map(([at, role]): Step => async ({ team, devices, client }) => {
        await team.grant(client, pick(devices.slice(1), at), role)
      }),
  },
)

async function setUp(): Promise<World> {
  const team = await foundRegisterTeam()
  const joined = [await team.join('anna'), await team.join('ben')]
  const devices = [team.founder, ...joined]
  let made = 0
  const client = await team.openClient()
  const uids = (): string => createUid((made += 1))
  const connection = uids()
  for (const laptop of joined) await team.grant(client, laptop, 'lead')
  addClient(team.founder, client, 'acme')
  addConnection(team.founder, 'acme', connection)
  for (const laptop of devices) {
    await laptop.exchange()
    // The others have not read the last account yet.
    readAccounts(laptop.register, connection, laptop === team.founder ? 3 : 2)
  }
  return { team, devices, client, named: { connection, reviews: [], batches: [], uids }, at: 1 }
}

async function settle(world: World): Promise<void> {
  const { team, devices, client } = world
  for (const laptop of devices.slice(1)) await team.grant(client, laptop, 'lead')
  for (let round = 0; round < 40; round += 1) {
    let changed = 0
    for (const laptop of devices) {
      const done = await laptop.exchange()
      expectWhole(done, laptop)
      changed += done.read + done.placed
      // What is kept in vain is asked back again, so in the end it is given up.
      for (world.at += 1; answer(laptop, world.at, round < 4 && world.at % 3 > 0); world.at += 1) changed += 1
    }
    if (changed === 0) return
  }
  throw new Error('The devices go on exchanging.')
}

/** Runs steps in a new team, and compares what its registers hold then. Returns the kinds that were decided. */
async function converge(steps: readonly Step[]): Promise<readonly string[]> {
  const world = await setUp()
  const { connection } = world.named
  const registers = world.devices.map(({ register }) => register)
  try {
    for (const run of steps) await run(world)
    // What waits counts too.
    for (const register of registers) expect(findProblems(register)).toEqual([])
    await settle(world)
    for (const register of registers) readAccounts(register, connection)
    registers.push(readFromZero(world.team.founder).register)
    readAccounts(registers.at(-1)!, connection)
    for (const register of registers) expect(findProblems(register)).toEqual([])
    for (const register of registers) expect(contents(register)).toEqual(contents(registers[0]!))
    return registers[0]!.reader.column<string>('SELECT DISTINCT action FROM journal')
  } finally {
    for (const register of registers) register.close()
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
      { ...drillRuns('team-reviews'), endOnFailure: true },
    )
    expect(Object.keys(REVIEW_OPERATIONS).filter((kind) => !seen.has(kind))).toEqual([])
  },
  DRILL_LIMIT_MS,
)
