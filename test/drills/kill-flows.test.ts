import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { build } from 'vite'
import { afterAll, expect, it } from 'vitest'

import { nodeBundle } from '../../build/bundles.mjs'
import { type Flow, FLOWS } from '../faults/flows.ts'
import { begin, type Expected, judged, placeIn, type Place, undisturbed } from '../faults/judge.ts'
import { faultLibrary, faultyEnvironment } from '../faults/library.ts'
import { type FaultWorld, startWorld } from '../faults/world.ts'
import { makeRandom } from '../providers/random.ts'
import { drill, DRILL_LIMIT_MS } from './drill.ts'

const folder = mkdtempSync(join(tmpdir(), 'castellan-kills-'))
const library = faultLibrary(folder)
const LANES = 2

const root = join(import.meta.dirname, '../..')
const built: string[] = []

afterAll(() => {
  for (const folder of built) rmSync(folder, { recursive: true })
})

/** From so many on, a program that starts in a third of the time is worth its making. */
const MANY = 100

/** More calls than any flow makes: where the k-th is not reached, nothing is killed. */
const MOST_CALLS = 900

interface Run {
  readonly killed: boolean
  readonly acknowledged: boolean
}

interface Progress {
  /** The digest of the program: another one begins at the first trial. */
  readonly program: string
  readonly seed: number
  readonly count: number
  /** The next trial of each lane. */
  readonly next: number[]
  readonly kills: Record<string, number>
  readonly wrong: unknown[]
}

/** Kept between runs: many kills take an hour, and a run that was stopped goes on where it was. */
const PROGRESS = join(root, '.cache/test/kill-flows.json')

function begun(path: string, seed: number, count: number): Progress {
  const program = createHash('sha256').update(readFileSync(path)).digest('hex')
  const fresh = { program, seed, count, next: [], kills: {}, wrong: [] }
  if (count < MANY || !existsSync(PROGRESS)) return fresh
  const kept = JSON.parse(readFileSync(PROGRESS, 'utf8')) as Progress
  return kept.program === program && kept.seed === seed && kept.count === count ? kept : fresh
}

/** The program that does one flow: as source, or bundled into one file. */
async function programFor(kills: number): Promise<string> {
  if (kills < MANY) return join(import.meta.dirname, '../faults/run-flow.ts')
  // Native modules are found from here.
  const out = mkdtempSync(join(root, '.cache/drill-'))
  built.push(out)
  for (const [name, entry] of [
    ['run-flow', 'test/faults/run-flow.ts'],
    ['thread', 'electron/service/process/thread.ts'],
  ] as const)
    await build(nodeBundle(root, out, name, entry))
  return join(out, 'run-flow.js')
}

/** Does a flow (`open`: nothing but opening the profile) in a process of its own that is killed at its k-th call. */
async function run(program: string, world: FaultWorld, name: string, place: Place, k: number): Promise<Run> {
  const { rules: _, ...rest } = world
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, JSON.stringify(rest), name, place.profile, place.out, String(k)],
    { env: { ...process.env, ...faultyEnvironment(library ?? '', place.folder) }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const [out, said, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null, string | null]>,
  ])
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(said)
  return { killed: signal === 'SIGKILL', acknowledged: out.includes('acknowledged') }
}

it.skipIf(library === null)(
  'a process that is killed at any call to the system, at the start after that and once more, loses nothing that it acknowledged',
  async () => {
    const { count, seed } = drill('kill-flows')
    const program = await programFor(count)
    const progress = begun(program, seed, count)
    const { wrong, kills } = progress
    const total = (): number => Object.values(kills).reduce((sum, n) => sum + n, 0)
    const inLane = async (lane: number): Promise<void> => {
      const world = await startWorld(join(folder, `world-${lane}`))
      const place = placeIn(join(folder, `trial-${lane}`))
      const kill = async (flow: Flow, name: string, k: number): Promise<boolean> => {
        const { killed, acknowledged } = await run(program, world, name, place, k)
        if (killed) kills[flow.name] = (kills[flow.name] ?? 0) + 1
        return acknowledged && name !== 'open'
      }
      const expected = new Map<Flow, Expected>()
      for (let n = progress.next[lane] ?? lane; total() < count; n += LANES) {
        const flow = FLOWS[n % FLOWS.length]
        if (flow === undefined) throw new Error('There is no flow.')
        const leads = expected.get(flow) ?? (await undisturbed(flow, world, place))
        expected.set(flow, leads)
        begin(world, place)
        const random = makeRandom(seed * 100_000 + n)
        const below = (most: number): number => 1 + Math.floor(random() * most)
        // Each call in turn, over all rounds; what comes after is drawn.
        const at = [1 + (Math.floor(n / FLOWS.length) % MOST_CALLS), below(150), below(MOST_CALLS)]
        let acknowledged = await kill(flow, flow.name, at[0] ?? 1)
        if (!acknowledged) {
          await kill(flow, 'open', at[1] ?? 1)
          if (flow.once !== true) acknowledged = await kill(flow, flow.name, at[2] ?? 1)
        }
        const ended = acknowledged ? ({ acknowledged } as const) : { acknowledged: false as const, error: null }
        const problems = await judged(flow, world, place, leads, ended)
        if (problems.length > 0) wrong.push({ flow: flow.name, at, problems })
        progress.next[lane] = n + LANES
        if (count >= MANY) writeFileSync(PROGRESS, JSON.stringify(progress))
      }
      await world.close()
    }
    await Promise.all(Array.from({ length: LANES }, (_, lane) => inLane(lane)))
    rmSync(PROGRESS, { force: true })
    console.log(
      Object.entries(kills)
        .map(([flow, n]) => `${flow}: ${n} kills`)
        .join('\n'),
    )
    expect(wrong).toEqual([])
  },
  DRILL_LIMIT_MS,
)
