import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { rotateKeys } from '../../../../electron/team/administer.ts'
import { exchange } from '../../../../electron/team/exchange.ts'
import { createReplica } from '../../../../electron/team/replica.ts'
import { createUid, createUidOf } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { mayAppend } from '../../../../shared/domain/team-roles.ts'
import { findClientRole, isApprovalRequired, newest } from '../../../../shared/team/membership.ts'
import { EXCHANGED_KINDS } from '../../../../shared/team-log/rights.ts'
import { emptyPlan } from '../../../../shared/domain/plans/standard.ts'
import { DRILL_LIMIT_MS, drillRuns } from '../../../drills/drill.ts'
import { crypto, type Laptop, readAll } from '../../team/world.ts'
import { someReading } from '../apply/draw-readings.ts'
import { namedRows } from '../apply/named-rows.ts'
import { newBriefRegister } from '../registers.ts'
import { applyKeys, KEY_READINGS, type DecideKey, eachOfKeys } from './any-key-decision.ts'
import { eachOfRemediation } from './any-change.ts'
import { eachOfClient, type Make, type Named, ofAgency, ofClient } from './any-operation.ts'
import { type DecidePlan, eachOfPlans } from './any-plan-decision.ts'
import { contents, findProblems } from './contents.ts'
import { findDays, readDays } from './risk-acceptances.ts'
import { decideIn, foundRegisterTeam, loseKey, openStore, readIn, type RegisterTeam } from './registers.ts'

interface Device {
  readonly name: string
  readonly laptop: Laptop
  readonly register: Register
  /** How many of the readings of the first client's connection it has. */
  read: number
}

interface World extends RegisterTeam {
  readonly devices: readonly Device[]
  /** By slug; the agency's under null. */
  readonly places: ReadonlyMap<string | null, Omit<Named, 'device'>>
  at: number
}

type Step = (world: World) => Promise<unknown>

const SLUGS = ['acme', 'borealis'] as const
const which = fc.nat(99)
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T

/** A decision of one device about a client, or about the agency. */
const decide =
  (slug: string | null, make: Make, at: number): Step =>
  async (world) => {
    const { name, laptop, register } = pick(world.devices, at)
    // A register decides about clients that it has.
    if (slug !== null && register.reader.value('SELECT 1 FROM client WHERE slug = ?', [slug]) === undefined) return
    world.at += 1
    const { kind, body } = make({ ...world.places.get(slug)!, device: laptop.replica.author.device })
    decideIn(register, name, { kind, client: slug, body: body as never }, world.at)
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

/** What a device reads of a connection, one at a time as with a lease: it has read the stream before, and places it before another reads. */
const reading: fc.Arbitrary<Step> = fc.tuple(someReading, which).map(([parts, at]): Step => async (world) => {
  const { name, laptop, register } = pick(world.devices, at)
  const { client, connection } = world.places.get(READ)!
  await laptop.exchange()
  const membership = laptop.replica.membership()!
  if (!mayAppend('facts', findClientRole(membership, client!, laptop.member, newest(membership)))) return
  world.at += 1
  readIn(register, name, connection, parts, world.at)
  const { stopped, blocked } = await laptop.exchange()
  if (stopped.length + blocked.length > 0) throw new Error('A reading was not placed.')
})

/** Decides about a key at the first device, from one on, whose register has what the decision is about. */
const aboutKey = (arbitrary: fc.Arbitrary<DecideKey>): fc.Arbitrary<Step> =>
  fc.tuple(which, arbitrary).map(([at, make]): Step => async (world) => {
    const { connection, uids } = world.places.get(SLUGS[0])!
    const { devices } = world
    for (const { name, register } of devices.map((_, n) => pick(devices, at + n))) {
      const decided = make(register, connection, uids)
      if (decided === null) continue
      world.at += 1
      decideIn(register, name, { ...decided, client: SLUGS[0], body: decided.body as never }, world.at)
      return
    }
  })

const aboutPlan = (arbitrary: fc.Arbitrary<DecidePlan>): fc.Arbitrary<Step> =>
  fc.tuple(which, arbitrary).map(([at, make]): Step => async (world) => {
    const { name, register } = pick(world.devices, at)
    const { connection, uids, views: plans } = world.places.get(SLUGS[0])!
    const decided = make(register, { plans, connection, uid: uids })
    if (decided === null) return
    world.at += 1
    decideIn(register, name, { ...decided, client: SLUGS[0], body: decided.body as never }, world.at)
  })

/** Facts arrive in their order, and at any time before or after decisions. */
function readNext(device: Device, { places }: World): boolean {
  const { register } = device
  const reading = KEY_READINGS[device.read]
  const { connection } = places.get(SLUGS[0])!
  if (reading === undefined) return false
  if (register.reader.value('SELECT 1 FROM connection WHERE uid = ?', [connection]) === undefined) return false
  register.transact((writer) => applyKeys(writer, connection, reading))
  device.read += 1
  return true
}

/** Whether the changes of a client, or of all, need a second member's approval from here on. */
const required = fc
  .tuple(fc.constantFrom(...SLUGS, null), fc.boolean())
  .map(([slug, isRequired]): Step => async ({ team, places }) => {
    const clientUid = slug === null ? null : places.get(slug)!.client!
    team.founder.decideTeam('approvals.required', { clientUid, required: isRequired })
  })

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: decision },
  { weight: 1, arbitrary: required },
  { weight: 1, arbitrary: reading },
  { weight: 4, arbitrary: fc.oneof(...eachOfKeys.map(aboutKey)) },
  { weight: 4, arbitrary: fc.oneof(...eachOfPlans.map(aboutPlan)) },
  {
    weight: 1,
    arbitrary: which.map(
      (at): Step =>
        async (world) =>
          readNext(pick(world.devices, at), world),
    ),
  },
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
      await exchange(
        replica,
        { ...log, pull: (stream, from) => log.pull(stream, from, 1), push: async () => 'overtaken' },
        async () => undefined,
      )
    }),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(which, fc.constantFrom(...SLUGS), fc.constantFrom('viewer', 'reviewer', 'operator', 'lead'))
      .map(([at, slug, role]): Step => async ({ team, devices, places }) => {
        const { laptop } = pick(devices.slice(1), at)
        await team.grant(places.get(slug)!.client!, laptop, role)
      }),
  },
  {
    // Readings of the other client are not placed again: the next one has them.
    weight: 1,
    arbitrary: which.map(
      (at): Step =>
        async ({ team, places }) =>
          loseKey(team, places.get(SLUGS[0])!.client!, at),
    ),
  },
)

/** Of each change that was sent while its client asked for it, an approval of another member than the first who added it. */
function expectApproved({ team, places }: World): void {
  const { replica } = team.founder
  for (const slug of SLUGS) {
    const { client } = places.get(slug)!
    const effective = readAll(replica, client!).flatMap(({ entry, verdict }) =>
      verdict.kind === 'effective' ? [{ ...verdict, teamSeq: entry.teamSeq }] : [],
    )
    for (const [at, { op, teamSeq }] of effective.entries()) {
      if (op.kind !== 'remediation.sending' || !isApprovalRequired(replica.membership()!, client, teamSeq)) continue
      const { action, calls } = op.body
      const ofChange = effective.slice(0, at).filter((one) => one.op.body['action'] === action)
      const approvals = ofChange.filter(
        (one) => one.op.kind === 'remediation.approved' && one.op.body['calls'] === calls,
      )
      const adders = new Set(ofChange.flatMap((one) => (one.op.kind === 'remediation.added' ? one.member : [])))
      expect(approvals.some(({ member }) => adders.size > 1 || !adders.has(member))).toBe(true)
    }
  }
}

/** Of acceptances whose authors had not seen each other the shorter holds, and the end of an acceptance before it. */
function expectShorter({ devices, places }: World): void {
  for (const slug of SLUGS) {
    for (const { laptop, register } of devices) {
      const days = findDays(laptop, register, places.get(slug)!.client!)
      expect(readDays(register, days.keys())).toEqual(days)
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
  const { team, registers } = await foundRegisterTeam()
  const joined = [await team.join('anna'), await team.join('ben')]
  const devices = [team.founder, ...joined].map((laptop, at): Device => {
    const name = ['Founder', 'anna', 'ben'][at]!
    return { name, laptop, register: registers.get(name)!, read: 0 }
  })
  let made = 0
  const uids = (): string => createUid((made += 1))
  const places = new Map<string | null, Omit<Named, 'device'>>()
  const views = (): readonly string[] => [uids(), uids(), uids()]
  places.set(null, { client: null, connection: uids(), views: views(), uids })
  const own = devices[0]!.register
  for (const slug of SLUGS) {
    const client = await team.openClient()
    const createOwn = (): string => createUidOf(client, (made += 1))
    const connection = createOwn()
    places.set(slug, { client, connection, views: [createOwn(), createOwn(), createOwn()], uids: createOwn })
    const described = { name: slug, kind: 'client' as const, colour: '#117733', domains: [], notes: '' }
    decideIn(own, 'Founder', { kind: 'client.added', client: slug, body: { clientUid: client, ...described } })
    const described2 = {
      provider: 'openai',
      platform: null,
      organizationId: null,
      label: slug,
      baseUrl: null,
      access: 'read-only' as const,
    }
    decideIn(own, 'Founder', {
      kind: 'connection.added',
      client: slug,
      body: { connectionUid: connection, ...described2 },
    })
    for (const title of ['Target', 'Other']) {
      const version = { versionUid: createOwn(), errors: 0, warnings: 0, says: 'Made', model: emptyPlan(title) }
      const body = { planUid: pick(places.get(slug)!.views, title.length), title, ...version }
      decideIn(own, 'Founder', { kind: 'plan.created', client: slug, body })
    }
    for (const laptop of joined) await team.grant(client, laptop, 'lead')
  }
  for (const { laptop } of devices) await laptop.exchange()
  const world = { team, registers, devices, places, at: 1 }
  readNext(devices[0]!, world)
  readNext(devices[1]!, world)
  return world
}

async function settle(world: World): Promise<void> {
  const { team, devices, places } = world
  for (const { laptop } of devices.slice(1)) {
    for (const slug of SLUGS) await team.grant(places.get(slug)!.client!, laptop, 'lead')
  }
  for (const body of await rotateKeys(team.founder.replica, team.founder.log))
    team.founder.decideTeam('key.rotated', body)
  for (let round = 0; round < 6; round += 1) {
    let changed = 0
    for (const { laptop } of devices) {
      const { pulled, placed, stopped } = await laptop.exchange()
      expect(stopped).toEqual([])
      await laptop.administer()
      changed += pulled + placed
    }
    for (const device of devices) while (readNext(device, world)) changed += 1
    if (changed === 0) return
  }
  throw new Error('The devices go on exchanging.')
}

/** What a register has of the connection that devices read through the team. */
function facts({ places }: World, register: Register): unknown {
  const { connection } = places.get(READ)!
  return namedRows(register, register.reader.value<number>('SELECT id FROM connection WHERE uid = ?', [connection])!)
}

/** A register that reads the whole history from its beginning, with the keys of the founder. */
function readFromZero(world: World): Register {
  const { team } = world
  const register = newBriefRegister(() => 0)
  const { author, keys } = team.founder.replica
  const replica = createReplica({
    crypto,
    author,
    keys,
    team: team.team,
    root: team.root,
    store: openStore(register),
  })
  const { replica: own } = team.founder
  const clients = [...own.membership()!.clients].map(([decisions, { facts }]) => [facts, decisions])
  for (const streams of [[team.team], [own.membership()!.agency], ...clients]) {
    const entries = new Map(streams.map((stream) => [stream, readAll(own, stream).map(({ entry }) => entry)]))
    // Each of two streams goes on where the other one has what it rests on.
    for (let left = -1; left !== 0;) {
      const before = left
      left = 0
      for (const [stream, all] of entries) {
        replica.take(stream, all.slice(replica.stream(stream).place.next))
        left += all.length - replica.stream(stream).place.next
      }
      expect(left).not.toBe(before)
    }
  }
  const device = { name: 'zero', laptop: team.founder, register, read: 0 }
  while (readNext(device, world)) expect(findProblems(register)).toEqual([])
  return register
}

const seen = new Set<string>()
const KINDS_TAKEN =
  "SELECT action FROM journal UNION SELECT operation ->> 'kind' FROM team_entry WHERE member IS NOT NULL"

it(
  'registers whose members decide offline have the same tables once all is exchanged, and each verifies',
  async () => {
    await fc.assert(
      fc.asyncProperty(course, async (steps) => {
        const world = await setUp()
        const zero = { register: null as Register | null }
        try {
          for (const run of steps) await run(world)
          // What waits counts too.
          for (const { register } of world.devices) expect(findProblems(register)).toEqual([])
          await settle(world)
          const [first, ...others] = world.devices.map(({ register }) => register)
          for (const { register } of world.devices) expect(findProblems(register)).toEqual([])
          for (const other of others) {
            expect(contents(other)).toEqual(contents(first!))
            expect(facts(world, other)).toEqual(facts(world, first!))
          }
          zero.register = readFromZero(world)
          expect(findProblems(zero.register)).toEqual([])
          expect(contents(zero.register)).toEqual(contents(first!))
          expect(facts(world, zero.register)).toEqual(facts(world, first!))
          expectApproved(world)
          expectShorter(world)
          for (const kind of first!.reader.column<string>(KINDS_TAKEN)) seen.add(kind)
        } finally {
          for (const { register } of world.devices) register.close()
          zero.register?.close()
        }
      }),
      drillRuns('team-registers'),
    )
    expect(EXCHANGED_KINDS.filter((kind) => !seen.has(kind) && !kind.startsWith('review.'))).toEqual([])
  },
  DRILL_LIMIT_MS,
)
