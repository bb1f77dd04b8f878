import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Service } from '../../electron/service/process/open.ts'
import { synced } from '../electron/service/fakes.ts'
import { newService } from '../electron/service/services.ts'
import { closeAfterTest } from '../temporary/closing.ts'
import { DRILL_LIMIT_MS, drill, isDrill } from './drill.ts'
import { markLeaving } from './world-asks.ts'
import { QUESTIONS } from './world-questions.ts'
import { beginWorld } from './world/begin.ts'
import { makeDifferences } from './world/differences.ts'
import { type Draw, makeDraw } from './world/draw.ts'
import { passDay } from './world/events.ts'
import { serve } from './world/serve.ts'
import { DAY, day, look, type Seen, type World } from './world/state.ts'

const { count: WORLDS, seed: SEED } = drill('worlds')

/** With both changes of the clock, the end of a year and a leap day. */
const START = Date.parse('2027-10-04T00:00:00Z')
/** The sample of `npm test` ends after the first change of the clock. */
const DAYS = isDrill() ? 200 : 35
const SYNCS = DAYS / 5 + 1

/** The first reading of usage goes this far back. */
const READ_BACK_DAYS = 180

const localDay = (at: number): string => new Date(at).toLocaleDateString('sv-SE')

interface Leaving {
  readonly world: World
  readonly departures: Map<string, string>
  readonly now: number
}

/** Someone's last day is entered: one that is over, or one to come. */
async function sendOff(service: Service, draw: Draw, { world, departures, now }: Leaving): Promise<void> {
  const { id: organization, users } = draw.one(world.organizations)
  const { id } = draw.one(users)
  const on = localDay(now + (draw.chance(0.5) ? -DAY : (1 + draw.below(20)) * DAY))
  departures.delete(`${organization}:${id}`)
  departures.set(`${organization}:${id}`, on)
  await markLeaving(service, organization, id, on)
}

/** Lives through a world, and returns where the answers of the product differ from the truth. */
async function live(seed: number): Promise<string[]> {
  const draw = makeDraw(seed)
  const world = beginWorld(draw, START)
  const served = closeAfterTest(await serve(world))
  let now = START
  const service = await newService({ now: () => now })
  for (const { slug, name, kind, domains } of world.clients) await service.api.client.add({ slug, name, kind, domains })
  for (const organization of world.organizations) {
    served.publish(organization)
    const { client, vendor: provider } = organization
    await service.api.connection.add({ client, provider, ...served.find(organization) })
  }
  const seen = new Map<string, Seen>()
  const readings: { at: number; seen: readonly Seen[] }[] = []
  let asked = START
  const usedFrom = day(START - READ_BACK_DAYS * DAY)
  const differences = makeDifferences()
  const departures = new Map<string, string>()
  for (let passed = 0; passed <= DAYS; passed++) {
    const isSync = passed % 5 === 0
    const morning = START + passed * DAY
    passDay(world, draw, morning + 3_600_000)
    // Also in the hours in which the days of UTC and of the operator differ.
    now = morning + 7_200_000 + draw.below(22 * 3600) * 1000
    // Findings follow the day where the operator is.
    if (!isSync && (!draw.chance(0.1) || localDay(now) === localDay(asked))) continue
    asked = now
    const where = `seed ${seed}, day ${passed} (${new Date(now).toISOString()})`
    const readsUsage = passed === 0 || passed === DAYS || draw.chance(0.3)
    if (isSync) {
      for (const organization of world.organizations) {
        served.publish(organization)
        seen.set(organization.id, look(organization, seen.get(organization.id), { readAt: now, readsUsage }))
      }
      readings.push({ at: now, seen: [...seen.values()] })
      const results = await synced(service.api)
      const states = results.map(({ result }) => ({ state: result?.state }))
      const complete = world.organizations.map(() => ({ state: 'complete' }))
      for await (const { skipped } of readsUsage ? await service.api.usage.sync({}) : []) {
        if (skipped !== null) differences.compare({ question: 'usage', where }, [{ skipped }], [])
      }
      if (draw.chance(0.25)) await sendOff(service, draw, { world, departures, now })
      differences.compare({ question: 'syncs', where }, states, complete)
    }
    const known = {
      world,
      seen: [...seen.values()],
      now,
      today: localDay(now),
      readAt: readings.at(-1)?.at ?? now,
      earlier: draw.one(readings),
      departures,
      usedFrom,
    }
    const isSlowTurn = passed === DAYS || draw.chance(0.12)
    for (const { name, ask, compute, apart, isSlow } of QUESTIONS) {
      if (isSlow === true && !isSlowTurn) continue
      differences.compare({ question: name, where, apart }, await ask(service, known), compute(known))
    }
  }
  return differences.list()
}

describe(`a small agency over ${DAYS} days and ${SYNCS} syncs`, () => {
  const before = process.env['TZ']
  // Where the clock changes.
  beforeAll(() => void (process.env['TZ'] = 'Europe/Berlin'))
  afterAll(() => {
    if (before === undefined) delete process.env['TZ']
    else process.env['TZ'] = before
  })

  it('gives every answer that a naive reading of the same facts gives', { timeout: DRILL_LIMIT_MS }, async () => {
    const differences: string[] = []
    for (let n = 0; n < WORLDS; n++) differences.push(...(await live(SEED * 1000 + n)))
    expect(differences.join('\n')).toBe('')
  })
})

const ROOT = join(import.meta.dirname, '../..')

/** The files of ours that some files import, and those that these import; what only types are taken from is left out. */
function findImported(files: readonly string[], known = new Set<string>()): ReadonlySet<string> {
  for (const file of files.filter((one) => !known.has(one))) {
    known.add(file)
    const imported = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b(?! type)[^']*'(\.[^']+)'/gmu)
    findImported(
      [...imported].map(([, from = '']) => join(dirname(file), from)),
      known,
    )
  }
  return known
}

describe('the truth that the product is compared with', () => {
  it('shares no code with the product, nor do the fake providers that serve it', () => {
    const model = globSync('test/drills/world/**/*.ts', { cwd: ROOT }).map((file) => join(ROOT, file))
    const rooms = [...findImported(model)].map((file) => relative(ROOT, file).split('/').slice(0, 2).join('/'))
    expect([...new Set(rooms)].toSorted()).toEqual(['test/drills', 'test/providers'])
    expect(model.length).toBeGreaterThan(5)
  })
})
