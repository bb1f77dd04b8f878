import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { dropAskedBack, keepAskedBack, listAskedBack } from '../../../../electron/register/team/asked.ts'
import { needsApproval } from '../../../../electron/register/team/logs.ts'
import { mayDecide, EXCHANGED_KINDS } from '../../../../shared/team/rights.ts'
import { emptyPlan } from '../../../../shared/domain/plans/standard.ts'
import { DRILL_LIMIT_MS, drillRuns } from '../../../drills/drill.ts'
import { someReading } from '../apply/draw-readings.ts'
import { namedRows } from '../apply/named-rows.ts'
import { applyKeys, KEY_READINGS, type DecideKey, eachOfKeys } from './any-key-decision.ts'
import { allOfRemediation, eachOfRemediation } from './any-change.ts'
import { eachOfClient, type Make, type Named, ofAgency, ofClient } from './any-operation.ts'
import { type DecidePlan, eachOfPlans } from './any-plan-decision.ts'
import { contents, findProblems } from './contents.ts'
import { findDays, readDays } from './risk-acceptances.ts'
import {
  addClient,
  addConnection,
  decideIn,
  expectWhole,
  foundRegisterTeam,
  type Laptop,
  listCounting,
  readFromZero,
  readIn,
  readOnly,
  RefusedHere,
  type Team,
} from './registers.ts'

interface World {
  readonly team: Team
  readonly devices: readonly Laptop[]
  /** How many of the readings of the first client's connection each has. */
  readonly read: Map<Laptop, number>
  /** By slug; the agency's under null. */
  readonly places: ReadonlyMap<string | null, Omit<Named, 'device'>>
  at: number
}

type Step = (world: World) => Promise<unknown>

const SLUGS = ['acme', 'borealis'] as const
const which = fc.nat(99)
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

/** Decides as far as the device's tables and role allow it. */
function tryToDecide(
  laptop: Laptop,
  ...decided: Parameters<typeof decideIn> extends [unknown, ...infer Rest] ? Rest : never
) {
  try {
    decideIn(laptop, ...decided)
  } catch (error) {
    if (!(error instanceof RefusedHere)) throw error
  }
}

const knows = ({ register }: Laptop, slug: string): boolean =>
  register.reader.value('SELECT 1 FROM client WHERE slug = ?', [slug]) !== undefined

/** A decision of one device about a client, or about the agency. */
const decide =
  (slug: string | null, make: Make, at: number): Step =>
  async (world) => {
    const laptop = pick(world.devices, at)
    // A register decides about clients that it has.
    if (slug !== null && !knows(laptop, slug)) return
    world.at += 1
    const { kind, body } = make({ ...world.places.get(slug)!, device: laptop.device })
    tryToDecide(laptop, { kind, client: slug, body: body }, world.at)
  }
const about = (slug: fc.Arbitrary<string | null>, make: fc.Arbitrary<Make>): fc.Arbitrary<Step> =>
  fc.tuple(slug, make, which).map(([to, made, at]) => decide(to, made, at))

const decision: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: about(fc.constantFrom(...SLUGS), ofClient) },
  { weight: 2, arbitrary: about(fc.constantFrom(...SLUGS), fc.oneof(...eachOfRemediation)) },
  { weight: 1, arbitrary: about(fc.constant(null), ofAgency) },
)

/** The client whose connection devices read through the team. */
const READ = SLUGS[1]

/** What a device reads of a connection, one at a time as with a turn: it has read the log before, and places it before another reads. */
const reading: fc.Arbitrary<Step> = fc.tuple(someReading, which).map(([parts, at]): Step => async (world) => {
  const laptop = pick(world.devices, at)
  const { client, connection } = world.places.get(READ)!
  await laptop.exchange()
  const role = laptop.store.log(client!)?.card?.card.people.find(({ member }) => member === laptop.member)?.role
  const op = { kind: 'reading.taken', body: { v: 1 } }
  if (role === undefined || !mayDecide(op, role, 'client')) return
  world.at += 1
  readIn(laptop, connection, parts, world.at)
  expectWhole(await laptop.exchange(), laptop)
})

/** Decides about a key at the first device, from one on, whose register has what the decision is about. */
const aboutKey = (arbitrary: fc.Arbitrary<DecideKey>): fc.Arbitrary<Step> =>
  fc.tuple(which, arbitrary).map(([at, make]): Step => async (world) => {
    const { connection, uids } = world.places.get(SLUGS[0])!
    const { devices } = world
    for (const laptop of devices.map((_, n) => pick(devices, at + n))) {
      const decided = make(laptop.register, connection, uids)
      if (decided === null) continue
      world.at += 1
      tryToDecide(laptop, { ...decided, client: SLUGS[0], body: decided.body }, world.at)
      return
    }
  })

const aboutPlan = (arbitrary: fc.Arbitrary<DecidePlan>): fc.Arbitrary<Step> =>
  fc.tuple(which, arbitrary).map(([at, make]): Step => async (world) => {
    const laptop = pick(world.devices, at)
    const { connection, uids, views: plans } = world.places.get(SLUGS[0])!
    const decided = make(laptop.register, { plans, connection, uid: uids })
    if (decided === null) return
    world.at += 1
    tryToDecide(laptop, { ...decided, client: SLUGS[0], body: decided.body }, world.at)
  })

/** Facts arrive in their order, and at any time before or after decisions. */
function readNext(laptop: Laptop, { places, read }: World): boolean {
  const { register } = laptop
  const at = read.get(laptop) ?? 0
  const next = KEY_READINGS[at]
  const { connection } = places.get(SLUGS[0])!
  if (next === undefined) return false
  if (register.reader.value('SELECT 1 FROM connection WHERE uid = ?', [connection]) === undefined) return false
  register.transact((writer) => applyKeys(writer, connection, next))
  read.set(laptop, at + 1)
  return true
}

/** Whether the changes of a client need a second member's approval from here on. */
const required = fc
  .tuple(fc.constantFrom(...SLUGS), fc.boolean())
  .map(([slug, isRequired]): Step => async ({ team, places }) => {
    await team.change({ what: 'approvals', log: places.get(slug)!.client!, required: isRequired })
  })

/** The author of what was asked back keeps it, or gives it up. */
function answer(laptop: Laptop, at: number, isKept: boolean): void {
  const [first] = listAskedBack(laptop.register.reader)
  if (first === undefined) return
  laptop.register.transact((writer) =>
    isKept ? keepAskedBack(writer, first.uid, at) : dropAskedBack(writer, first.uid),
  )
}

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: decision },
  { weight: 2, arbitrary: fc.oneof(...eachOfKeys).chain((make) => aboutKey(fc.constant(make))) },
  { weight: 2, arbitrary: fc.oneof(...eachOfPlans).chain((make) => aboutPlan(fc.constant(make))) },
  { weight: 1, arbitrary: reading },
  { weight: 1, arbitrary: required },
  {
    weight: 1,
    arbitrary: which.map(
      (at): Step =>
        async (world) =>
          readNext(pick(world.devices, at), world),
    ),
  },
  {
    weight: 4,
    arbitrary: which.map(
      (at): Step =>
        async ({ devices }) =>
          pick(devices, at).exchange(),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(which, fc.boolean()).map(([at, isKept]): Step => async (world) => {
      world.at += 1
      answer(pick(world.devices, at), world.at, isKept)
    }),
  },
  {
    // A batch or two are read, as where the server was lost in between.
    weight: 2,
    arbitrary: fc.tuple(which, fc.nat(3)).map(
      ([at, most]): Step =>
        async ({ devices }) =>
          readOnly(pick(devices, at), most),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(which, fc.constantFrom(...SLUGS), fc.constantFrom('viewer', 'reviewer', 'operator', 'lead'))
      .map(([at, slug, role]): Step => async ({ team, devices, places }) => {
        await team.grant(places.get(slug)!.client!, pick(devices.slice(1), at), role)
      }),
  },
)

/** Of each change that was sent while its client asked for it, an approval of another member than those who added it. */
function expectApproved({ team, places }: World): void {
  const { reader } = team.founder.register
  for (const slug of SLUGS) {
    const { client } = places.get(slug)!
    const counting = listCounting(team.founder, client!)
    const used = new Set<string>()
    for (const [at, { op, card }] of counting.entries()) {
      if (op.kind !== 'remediation.sending' || !card.approvals) continue
      const approval = counting.slice(0, at).find(({ hash }) => hash === op.on)
      expect(approval?.op).toMatchObject({ kind: 'remediation.approved', body: { calls: op.body['calls'] } })
      expect(used.has(op.on!)).toBe(false)
      used.add(op.on!)
      const added = counting.slice(0, at).find(({ hash }) => hash === approval?.op.on)
      expect(added?.op).toMatchObject({ kind: 'remediation.added' })
      expect(added?.member).not.toBe(approval?.member)
    }
    expect(typeof needsApproval(reader, client!)).toBe('boolean')
  }
}

/** Of acceptances whose authors had not seen each other the shorter holds, and the end of an acceptance before it. */
function expectShorter({ devices, places }: World): void {
  for (const slug of SLUGS) {
    for (const laptop of devices) {
      const days = findDays(laptop, places.get(slug)!.client!)
      expect(readDays(laptop.register, days.keys())).toEqual(days)
    }
  }
}

/** Steps in any order, among them a decision of each kind and a reading. */
const course: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.array(step, { minLength: 10, maxLength: 40 }),
    fc.tuple(
      reading,
      required,
      ...[...eachOfClient, ...eachOfRemediation].map((make) => about(fc.constantFrom(...SLUGS), make)),
      ...eachOfPlans.map(aboutPlan),
      ...eachOfKeys.map(aboutKey),
    ),
  )
  .chain(([some, each]) => {
    const all = [...some, ...each]
    return fc.shuffledSubarray(all, { minLength: all.length })
  })

async function setUp(): Promise<World> {
  const team = await foundRegisterTeam()
  const joined = [await team.join('anna'), await team.join('ben')]
  const devices = [team.founder, ...joined]
  let made = 0
  const uids = (): string => createUid((made += 1))
  const places = new Map<string | null, Omit<Named, 'device'>>()
  const views = (): readonly string[] => [uids(), uids(), uids()]
  places.set(null, { client: null, connection: uids(), views: views(), uids })
  for (const slug of SLUGS) {
    const client = await team.openClient()
    const connection = uids()
    places.set(slug, { client, connection, views: views(), uids })
    addClient(team.founder, client, slug)
    addConnection(team.founder, slug, connection)
    for (const title of ['Target', 'Other']) {
      const version = { versionUid: uids(), errors: 0, warnings: 0, says: 'Made', model: emptyPlan(title) }
      const body = { planUid: pick(places.get(slug)!.views, title.length), title, ...version }
      decideIn(team.founder, { kind: 'plan.created', client: slug, body })
    }
    for (const laptop of joined) await team.grant(client, laptop, 'lead')
  }
  for (const laptop of devices) await laptop.exchange()
  const world = { team, devices, places, read: new Map<Laptop, number>(), at: 1 }
  readNext(devices[0]!, world)
  readNext(devices[1]!, world)
  // Changes have states, so that few of those in any order have an effect.
  for (const [at, make] of allOfRemediation) {
    await decide(SLUGS[1], make, at)(world)
    await pick(devices, at).exchange()
    await devices[0]!.exchange()
  }
  return world
}

async function settle(world: World): Promise<void> {
  const { team, devices, places } = world
  for (const laptop of devices.slice(1)) {
    for (const slug of SLUGS) await team.grant(places.get(slug)!.client!, laptop, 'lead')
  }
  for (let round = 0; round < 40; round += 1) {
    let changed = 0
    for (const laptop of devices) {
      const done = await laptop.exchange()
      expectWhole(done, laptop)
      changed += done.read + done.placed
      // What is kept in vain is asked back again, so in the end it is given up.
      for (; listAskedBack(laptop.register.reader).length > 0; changed += 1) {
        world.at += 1
        answer(laptop, world.at, round < 4 && world.at % 3 > 0)
      }
    }
    for (const laptop of devices) while (readNext(laptop, world)) changed += 1
    if (changed === 0) return
  }
  throw new Error('The devices go on exchanging.')
}

/** What a register has of the connection that devices read through the team. */
function facts({ places }: World, register: Register): unknown {
  const { connection } = places.get(READ)!
  return namedRows(register, register.reader.value<number>('SELECT id FROM connection WHERE uid = ?', [connection])!)
}

const seen = new Set<string>()
const KINDS_TAKEN =
  "SELECT action FROM journal UNION SELECT operation ->> 'kind' FROM team_operation WHERE no_effect IS NULL"

it(
  'registers whose members decide offline have the same tables once all is exchanged, and each verifies',
  async () => {
    await fc.assert(
      fc.asyncProperty(course, async (steps) => {
        const world = await setUp()
        const registers = world.devices.map(({ register }) => register)
        try {
          for (const run of steps) await run(world)
          // What waits counts too.
          for (const register of registers) expect(findProblems(register)).toEqual([])
          expectShorter(world)
          await settle(world)
          for (const register of registers) expect(findProblems(register)).toEqual([])
          const zero = readFromZero(world.team.founder)
          registers.push(zero.register)
          while (readNext(zero, world)) expect(findProblems(zero.register)).toEqual([])
          expect(findProblems(zero.register)).toEqual([])
          const [first, ...others] = registers
          for (const other of others) {
            expect(contents(other)).toEqual(contents(first!))
            expect(facts(world, other)).toEqual(facts(world, first!))
          }
          expectApproved(world)
          expectShorter(world)
          for (const kind of first!.reader.column<string>(KINDS_TAKEN)) seen.add(kind)
        } finally {
          for (const register of registers) register.close()
        }
      }),
      { ...drillRuns('team-registers'), endOnFailure: true },
    )
    expect(EXCHANGED_KINDS.filter((kind) => !seen.has(kind) && !kind.startsWith('review.'))).toEqual([])
  },
  DRILL_LIMIT_MS,
)
