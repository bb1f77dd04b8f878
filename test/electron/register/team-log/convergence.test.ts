import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { dropAskedBack, keepAskedBack, listAskedBack } from '../../../../electron/register/team-log/asked.ts'
import { emptyPlan } from '../../../../shared/domain/plans/standard.ts'
import { EXCHANGED_KINDS } from '../../../../shared/team-log/rights.ts'
import { DRILL_LIMIT_MS, drillRuns } from '../../../drills/drill.ts'
import { someReading } from '../apply/draw-readings.ts'
import { newBriefRegister } from '../registers.ts'
import { eachOfRemediation } from './any-change.ts'
import { applyKeys, type DecideKey, eachOfKeys, KEY_READINGS } from './any-key-decision.ts'
import { eachOfClient, type Make, type Named, ofAgency, ofClient } from './any-operation.ts'
import { type DecidePlan, eachOfPlans } from './any-plan-decision.ts'
import { contents, findProblems } from './contents.ts'
import { decideIn, foundRegisterTeam, type Laptop, readIn, type RegisterTeam } from './registers.ts'

interface Member {
  readonly laptop: Laptop
  /** How many of the readings of the first client's connection it has. */
  read: number
}

interface World {
  readonly team: RegisterTeam
  readonly members: readonly Member[]
  /** By slug; the agency's under null. */
  readonly places: ReadonlyMap<string | null, Omit<Named, 'device'>>
}

type Step = (world: World) => Promise<unknown>

const SLUGS = ['acme', 'borealis'] as const
const which = fc.nat(99)
const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T
const tick = ({ team }: World): number => (team.world.now += 1000)

/** A decision of one device about a client, or about the agency. */
const decide =
  (slug: string | null, make: Make, at: number): Step =>
  async (world) => {
    const { laptop } = pick(world.members, at)
    const { register } = laptop
    // A register decides about clients that it has.
    if (slug !== null && register.reader.value('SELECT 1 FROM client WHERE slug = ?', [slug]) === undefined) return
    const { kind, body } = make({ ...world.places.get(slug)!, device: laptop.device.device })
    decideIn(laptop, { kind, client: slug, body: body as never }, tick(world))
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

/** What a device reads of a connection, as with a turn: it has read the log before, and places it before another reads. */
const reading: fc.Arbitrary<Step> = fc.tuple(someReading, which).map(([parts, at]): Step => async (world) => {
  const { laptop } = pick(world.members, at)
  const { connection } = world.places.get(READ)!
  await laptop.exchange()
  if (laptop.register.reader.value('SELECT 1 FROM connection WHERE uid = ?', [connection]) === undefined) return
  readIn(laptop, connection, parts, tick(world))
  await laptop.exchange()
})

/** Decides about a key at the first device, from one on, whose register has what the decision is about. */
const aboutKey = (arbitrary: fc.Arbitrary<DecideKey>): fc.Arbitrary<Step> =>
  fc.tuple(which, arbitrary).map(([at, make]): Step => async (world) => {
    const { connection, uids } = world.places.get(SLUGS[0])!
    const { members } = world
    for (const { laptop } of members.map((_, n) => pick(members, at + n))) {
      const decided = make(laptop.register, connection, uids)
      if (decided === null) continue
      decideIn(laptop, { ...decided, client: SLUGS[0], body: decided.body as never }, tick(world))
      return
    }
  })

const aboutPlan = (arbitrary: fc.Arbitrary<DecidePlan>): fc.Arbitrary<Step> =>
  fc.tuple(which, arbitrary).map(([at, make]): Step => async (world) => {
    const { laptop } = pick(world.members, at)
    const { connection, uids, views: plans } = world.places.get(SLUGS[0])!
    const decided = make(laptop.register, { plans, connection, uid: uids })
    if (decided === null) return
    decideIn(laptop, { ...decided, client: SLUGS[0], body: decided.body as never }, tick(world))
  })

/** Facts arrive in their order, and at any time before or after decisions. */
function readNext(member: Member, { places }: World): boolean {
  const { register } = member.laptop
  const next = KEY_READINGS[member.read]
  const { connection } = places.get(SLUGS[0])!
  if (next === undefined) return false
  if (register.reader.value('SELECT 1 FROM connection WHERE uid = ?', [connection]) === undefined) return false
  register.transact((writer) => applyKeys(writer, connection, next))
  member.read += 1
  return true
}

/** What was asked back is kept or dropped. */
const answer: fc.Arbitrary<Step> = fc.tuple(which, fc.boolean()).map(([at, isKept]): Step => async (world) => {
  const { register } = pick(world.members, at).laptop
  const [first] = listAskedBack(register.reader)
  if (first === undefined) return
  const now = tick(world)
  register.transact((writer) => (isKept ? keepAskedBack(writer, first.uid, now) : dropAskedBack(writer, first.uid)))
})

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: decision },
  { weight: 1, arbitrary: reading },
  { weight: 2, arbitrary: answer },
  { weight: 4, arbitrary: fc.oneof(...eachOfKeys.map(aboutKey)) },
  { weight: 4, arbitrary: fc.oneof(...eachOfPlans.map(aboutPlan)) },
  {
    weight: 1,
    arbitrary: which.map(
      (at): Step =>
        async (world) =>
          readNext(pick(world.members, at), world),
    ),
  },
  {
    weight: 5,
    arbitrary: which.map(
      (at): Step =>
        async ({ members }) =>
          pick(members, at).laptop.exchange(),
    ),
  },
)

/** Steps in any order, among them a decision of each kind and a reading. */
const course: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.array(step, { minLength: 10, maxLength: 40 }),
    fc.tuple(
      reading,
      ...[...eachOfClient, ...eachOfRemediation].map((make) => about(fc.constantFrom(...SLUGS), make)),
      ...eachOfPlans.map(aboutPlan),
      ...eachOfKeys.map(aboutKey),
    ),
  )
  .chain(([some, each]) => {
    const all = [...some, ...each]
    return fc.shuffledSubarray(all, { minLength: all.length })
  })

const opened: Register[] = []
const open = (): Register => {
  const register = newBriefRegister(() => 0)
  opened.push(register)
  return register
}

async function setUp(): Promise<World> {
  const team = await foundRegisterTeam(open)
  let made = 0
  const uids = (): string => createUid((made += 1))
  const views = (): readonly string[] => [uids(), uids(), uids()]
  const places = new Map<string | null, Omit<Named, 'device'>>()
  places.set(null, { client: null, connection: uids(), views: views(), uids })
  const { founder } = team
  for (const slug of SLUGS) {
    const [client, connection] = [uids(), uids()]
    places.set(slug, { client, connection, views: views(), uids })
    const described = { name: slug, kind: 'client' as const, colour: '#117733', domains: [], notes: '' }
    decideIn(founder, { kind: 'client.added', client: slug, body: { clientUid: client, ...described } }, team.world.now)
    await team.openClient(client)
    const added = {
      provider: 'openai',
      platform: null,
      organizationId: null,
      label: slug,
      baseUrl: null,
      access: 'read-only' as const,
    }
    decideIn(founder, { kind: 'connection.added', client: slug, body: { connectionUid: connection, ...added } }, team.world.now)
    for (const title of ['Target', 'Other']) {
      const version = { versionUid: uids(), errors: 0, warnings: 0, says: 'Made', model: emptyPlan(title) }
      const body = { planUid: pick(places.get(slug)!.views, title.length), title, ...version }
      decideIn(founder, { kind: 'plan.created', client: slug, body }, team.world.now)
    }
  }
  const clients = SLUGS.map((slug) => places.get(slug)!.client!)
  const roles = [[null, 'owner'] as const]
  const leads = clients.map((client) => [client, 'lead'] as const)
  const joined = [await team.join('Anna', leads), await team.join('Ben', roles)]
  const members = [founder, ...joined].map((laptop): Member => ({ laptop, read: 0 }))
  for (const { laptop } of members) await laptop.exchange()
  const world = { team, members, places }
  readNext(members[0]!, world)
  readNext(members[1]!, world)
  return world
}

async function settle(world: World): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    let changed = 0
    for (const member of world.members) {
      const { register, exchange, device } = member.laptop
      const { read, placed } = await exchange()
      expect(device.store.logs().flatMap(({ stop }) => stop ?? [])).toEqual([])
      changed += read + placed
      for (const { uid } of listAskedBack(register.reader)) {
        register.transact((writer) => dropAskedBack(writer, uid))
        changed += 1
      }
      while (readNext(member, world)) changed += 1
    }
    if (changed === 0) return
  }
  throw new Error('The devices go on exchanging.')
}

const seen = new Set<string>()
const KINDS_TAKEN =
  "SELECT action FROM journal UNION SELECT operation ->> 'kind' FROM team_operation WHERE no_effect IS NULL"

it(
  'registers whose members decide offline have the same tables once all is exchanged, and each verifies',
  async () => {
    await fc.assert(
      fc.asyncProperty(course, async (steps) => {
        try {
          const world = await setUp()
          for (const run of steps) await run(world)
          // What waits counts too.
          for (const { laptop } of world.members) expect(findProblems(laptop.register)).toEqual([])
          await settle(world)
          const [first, ...others] = world.members.map(({ laptop }) => laptop.register)
          for (const { laptop } of world.members) expect(findProblems(laptop.register)).toEqual([])
          for (const other of others) expect(contents(other)).toEqual(contents(first!))
          for (const kind of first!.reader.column<string>(KINDS_TAKEN)) seen.add(kind)
        } finally {
          for (const register of opened.splice(0)) register.close()
        }
      }),
      drillRuns('team-registers'),
    )
    expect(EXCHANGED_KINDS.filter((kind) => !seen.has(kind) && !kind.startsWith('review.'))).toEqual([])
  },
  DRILL_LIMIT_MS,
)
