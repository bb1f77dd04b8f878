import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { findPlace } from '../../../../electron/team/read-log.ts'
import { followBatches } from '../../../../electron/team/follow.ts'
import { emptyPlan } from '../../../../shared/domain/plans/standard.ts'
import { eachOfRemediation } from './any-change.ts'
import { type Make, type Named, ofClient } from './any-operation.ts'
import { type DecidePlan, eachOfPlans } from './any-plan-decision.ts'
import { contents, findProblems } from './contents.ts'
import {
  addClient,
  addConnection,
  decideIn,
  foundRegisterTeam,
  type Laptop,
  listCounting,
  readFromZero,
  readOnly,
  RefusedHere,
} from './registers.ts'

interface World {
  readonly devices: readonly Laptop[]
  readonly client: string
  readonly named: Omit<Named, 'device'>
  at: number
}

async function setUp(): Promise<World> {
  const team = await foundRegisterTeam()
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'lead')
  let made = 0
  const uids = (): string => createUid((made += 1))
  const connection = uids()
  const views = [uids(), uids(), uids()]
  addClient(team.founder, client, 'acme')
  addConnection(team.founder, 'acme', connection)
  const version = { versionUid: uids(), errors: 0, warnings: 0, says: 'Made', model: emptyPlan('Target') }
  decideIn(team.founder, {
    kind: 'plan.created',
    client: 'acme',
    body: { planUid: views[0]!, title: 'Target', ...version },
  })
  const devices = [team.founder, anna]
  for (const laptop of devices) await laptop.exchange()
  return { devices, client, named: { client, connection, views, uids }, at: 1 }
}

type Decide = (world: World, laptop: Laptop) => ReturnType<Make> | null
const toDecide =
  (make: Make): Decide =>
  ({ named }, laptop) =>
    make({ ...named, device: laptop.device })
const aboutPlan =
  (make: DecidePlan): Decide =>
  ({ named: { views, connection, uids } }, { register }) =>
    make(register, { plans: views, connection, uid: uids })

const decision: fc.Arbitrary<Decide> = fc.oneof(
  { weight: 5, arbitrary: ofClient.map(toDecide) },
  { weight: 3, arbitrary: fc.oneof(...eachOfRemediation).map(toDecide) },
  { weight: 2, arbitrary: fc.oneof(...eachOfPlans).map(aboutPlan) },
)

/** What both decide between two exchanges, the number of batches that the second reads first, and which of them places first. */
const round = fc.record({
  decisions: fc.array(fc.tuple(fc.nat(1), decision), { minLength: 1, maxLength: 12 }),
  first: fc.nat(1),
  most: fc.nat(2),
})

function decide(world: World, laptop: Laptop, make: Decide): void {
  world.at += 1
  const decided = make(world, laptop)
  if (decided === null) return
  try {
    decideIn(laptop, { ...decided, client: 'acme', body: decided.body as never }, world.at)
  } catch (error) {
    if (!(error instanceof RefusedHere)) throw error
  }
}

/** What a register shows in which everything that counts was taken in the order of its places, one batch at a time. */
function takeInOrder(laptop: Laptop): Register {
  return readFromZero(laptop, 1).register
}

it('however decisions were placed, waited or followed those of others, tables are those of a register that folded all in their order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 2, maxLength: 4 }), async (rounds) => {
      const world = await setUp()
      const registers = world.devices.map(({ register }) => register)
      try {
        for (const { decisions, first, most } of rounds) {
          for (const [by, make] of decisions) decide(world, world.devices[by]!, make)
          const [one, other] = first === 0 ? world.devices : world.devices.toReversed()
          await one!.exchange()
          // The other reads some of it while its own waits: that counts after what is placed.
          await readOnly(other!, most)
          for (const register of registers) expect(findProblems(register)).toEqual([])
          await other!.exchange()
          await one!.exchange()
          for (const register of registers) expect(findProblems(register)).toEqual([])
        }
        const [founder, anna] = world.devices
        expect(listCounting(anna!, world.client)).toEqual(listCounting(founder!, world.client))
        registers.push(takeInOrder(founder!))
        dropWaiting(world.devices)
        for (const register of registers) expect(contents(register)).toEqual(contents(registers[0]!))
      } finally {
        for (const register of registers) register.close()
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 12), seed: Number(process.env['SEED'] ?? 35), endOnFailure: true },
  )
}, 600_000)

/** What was asked back does not count, so tables are compared as they are; nothing else may wait. */
function dropWaiting(devices: readonly Laptop[]): void {
  for (const { register } of devices) {
    const counts = 'SELECT count(*) FROM team_waiting WHERE counts = 1'
    expect(register.reader.value(counts)).toBe(0)
  }
}

it('what waits is folded after what was placed, also where it was decided before', async () => {
  const world = await setUp()
  const [founder, anna] = world.devices as readonly [Laptop, Laptop]
  const note = (laptop: Laptop, entry: string, text: string): void => {
    world.at += 1
    decideIn(laptop, { kind: 'today.noted', client: 'acme', body: { entry, note: text } }, world.at)
  }
  const shown = ({ register: { reader } }: Laptop): unknown =>
    reader.all('SELECT entry, note FROM today_state ORDER BY entry')
  note(anna, 'a', 'hers')
  note(anna, 'b', 'hers')
  note(founder, 'a', 'his')
  note(founder, 'c', 'his')
  await founder.exchange()
  const place = findPlace(anna, world.client)
  const batches = await anna.server.read(world.client, place.next)
  anna.store.take(world.client, followBatches(anna.crypto, place, batches).read)
  expect(shown(anna)).toEqual([
    { entry: 'a', note: 'hers' },
    { entry: 'b', note: 'hers' },
    { entry: 'c', note: 'his' },
  ])
  await anna.exchange()
  await founder.exchange()
  expect(shown(founder)).toEqual(shown(anna))
  for (const { register } of world.devices) register.close()
})
