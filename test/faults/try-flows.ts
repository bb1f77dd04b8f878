/**
 * Tries flows with each fault at each call to the system that they make: `node try-flows.ts FOLDER FLOWS CHOICE`, with the
 * library of faults loaded. FLOWS are names with commas between; CHOICE is `all`, or how many trials of each flow are
 * drawn and by which seed, as `40:1`. Prints a line of JSON for each trial that was not as it has to be, and one for each
 * flow with what was tried.
 */
import { join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { makeRandom } from '../providers/random.ts'
import { type Flow, FLOWS } from './flows.ts'
import { begin, done, judged, placeIn, undisturbed, toWords } from './judge.ts'
import { arm, type Call, disarm, FAULT_KINDS, type FaultKind } from './library.ts'
import { startWorld } from './world.ts'

interface Fault {
  readonly kind: FaultKind
  /** Which call, from 1; 0 for none. */
  readonly k: number
}

/** Which calls a fault can meet: only what takes space finds no space, and only what carries bytes carries half of them. */
const MEETS: Readonly<Record<FaultKind, RegExp>> = {
  ENOSPC: /^(?:create|write|fsync|rename|link|mkdir)$/u,
  FULL: /^(?:create|write|rename|link|mkdir)$/u,
  EIO: /./u,
  EACCES: /^(?:create|open|rename|link|mkdir|unlink|chmod)$/u,
  EINTR: /^(?:create|open|read|write|fsync)$/u,
  SHORT: /^write$/u,
}

/** No flow takes this long, on any machine. */
const ENDLESS_MS = 120_000

const unforeseen: unknown[] = []
process.on('uncaughtException', (error) => unforeseen.push(error))
process.on('unhandledRejection', (error) => unforeseen.push(error))

const [base = '', names = '', choice = 'all'] = process.argv.slice(2)
const place = placeIn(join(base, 'trial'))
const world = await startWorld(join(base, 'world'))
for (const flow of FLOWS.filter(({ name }) => names.split(',').includes(name))) await everyFault(flow)
await world.close()

async function everyFault(flow: Flow): Promise<void> {
  const expected = await undisturbed(flow, world, place)
  const { calls } = await tried(flow, { kind: 'EIO', k: 0 })
  const faults = FAULT_KINDS.flatMap((kind) =>
    calls.flatMap((call, at) => (MEETS[kind].test(call.name) ? [{ kind, k: at + 1 }] : [])),
  )
  const chosen = drawFaults(faults)
  let wrong = 0
  let refused = 0
  for (const fault of chosen) {
    const { error, calls: met } = await tried(flow, fault)
    if (error !== null) refused += 1
    const ended = error === null ? ({ acknowledged: true } as const) : { acknowledged: false as const, error }
    const said = await judged(flow, world, place, expected, ended)
    said.push(...unforeseen.splice(0).map((one) => `unforeseen: ${toWords(one)}`))
    if (said.length === 0) continue
    wrong += 1
    tell({ flow: flow.name, ...fault, at: findName(met[fault.k - 1]), error: toWords(error), said })
  }
  tell({ flow: flow.name, calls: calls.length, tried: chosen.length, refused, wrong })
}

/** Runs the flow from the start, with a fault or none. */
async function tried(flow: Flow, fault: Fault): Promise<{ readonly error: unknown; readonly calls: readonly Call[] }> {
  begin(world, place)
  arm(fault.kind, fault.k)
  const work = done(flow, world, place).then(
    () => null,
    (error: unknown) => error,
  )
  const error = await Promise.race([work, sleep(ENDLESS_MS, 'endless', { ref: false })])
  const calls = disarm()
  if (error === 'endless') {
    tell({ flow: flow.name, ...fault, at: findName(calls[fault.k - 1]), said: ['does not end'] })
    process.exit(1)
  }
  return { error, calls }
}

function findName(call: Call | undefined): string | null {
  return call === undefined ? null : `${call.name} ${relative(place.folder, call.path)}`
}

function tell(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** All, or as many as were asked for, drawn by a seed. */
function drawFaults(faults: readonly Fault[]): readonly Fault[] {
  if (choice === 'all') return faults
  const [count = 0, seed = 0] = choice.split(':').map(Number)
  const random = makeRandom(seed)
  return faults
    .map((fault) => ({ fault, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, count)
    .map(({ fault }) => fault)
}
