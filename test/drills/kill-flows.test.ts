import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
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

/** The program that does one flow: as source, or bundled into one file. */
async function programFor(kills: number): Promise<string> {
  if (kills < MANY) return join(import.meta.dirname, '../faults/run-flow.ts')
  // Native modules are found from here.
  const out = mkdtempSync(join(root, '.cache/drill-'))
  built.push(out)
  for (const [name, entry] of [
    ['run-flow', 'test/faults/run-flow.ts'],
    ['usage-reader', 'electron/service/usage/reader-thread.ts'],
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
    const wrong: unknown[] = []
    const kills = new Map<string, number>()
    const inLane = async (lane: number): Promise<void> => {
      const world = await startWorld(join(folder, `world-${lane}`))
      const place = placeIn(join(folder, `trial-${lane}`))
      const random = makeRandom(seed * 1000 + lane)
      const below = (most: number): number => 1 + Math.floor(random() * most)
      const kill = async (flow: Flow, name: string, k: number): Promise<boolean> => {
        const { killed, acknowledged } = await run(program, world, name, place, k)
        if (killed) kills.set(flow.name, (kills.get(flow.name) ?? 0) + 1)
        return acknowledged && name !== 'open'
      }
      const expected = new Map<Flow, Expected>()
      const total = (): number => kills.values().reduce((sum, n) => sum + n, 0)
      for (let n = lane; total() < count; n += LANES) {
        const flow = FLOWS[n % FLOWS.length]
        if (flow === undefined) throw new Error('There is no flow.')
        const leads = expected.get(flow) ?? (await undisturbed(flow, world, place))
        expected.set(flow, leads)
        begin(world, place)
        // Each call in turn, over all rounds; what comes after is drawn.
        const at = [1 + (Math.floor(n / FLOWS.length) % MOST_CALLS), below(150), below(MOST_CALLS)]
        let acknowledged = await kill(flow, flow.name, at[0] ?? 1)
        if (!acknowledged) {
          await kill(flow, 'open', at[1] ?? 1)
          if (flow.once !== true) acknowledged = await kill(flow, flow.name, at[2] ?? 1)
        }
        const ended = acknowledged ? ({ acknowledged } as const) : { acknowledged: false as const, error: null }
        const said = await judged(flow, world, place, leads, ended)
        if (said.length > 0) wrong.push({ flow: flow.name, at, said })
      }
      await world.close()
    }
    await Promise.all(Array.from({ length: LANES }, (_, lane) => inLane(lane)))
    console.log([...kills].map(([flow, n]) => `${flow}: ${n} kills`).join('\n'))
    expect(wrong).toEqual([])
  },
  DRILL_LIMIT_MS,
)
