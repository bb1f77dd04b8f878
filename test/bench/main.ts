/**
 * `npm run bench [-- --only NAME,…] [-- --quick] [-- --guard | --accept]`: measures what is promised, beside what people
 * would otherwise use. `--guard` compares with the accepted run and fails where a figure is a fifth worse in two runs;
 * `--accept` makes this run, which has to be whole, the accepted one and writes `docs/bench.md`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { ensureBuilt } from '../../build/steps/built.mjs'
import { changes } from './changes.ts'
import { dashboard } from './dashboard.ts'
import { due } from './due.ts'
import { evidence } from './evidence.ts'
import { findings } from './findings.ts'
import { accept, readAccepted } from './harness/accepted.ts'
import { findMoved, movedText } from './harness/guard.ts'
import { machineLines } from './harness/machine.ts'
import { printResult, printRun } from './harness/print.ts'
import type { Bench, Report, Result, Run, Setting } from './harness/report.ts'
import { measureYardstick } from './harness/yardstick.ts'
import { imports } from './imports.ts'
import { lists } from './lists.ts'
import { register } from './register.ts'
import { start } from './start.ts'
import { sync } from './sync.ts'
import { team } from './team.ts'
import { usage } from './usage.ts'
import { windowBench } from './window.ts'

const BENCHES: readonly Bench[] = [
  start,
  due,
  register,
  lists,
  windowBench,
  findings,
  changes,
  evidence,
  usage,
  imports,
  dashboard,
  sync,
  team,
]

/** Of which the median is taken. */
const RUNS = 7

const NOTHING: Report = { rows: [], missing: [], notes: [] }

const root = resolve(import.meta.dirname, '../..')

process.exitCode = await main()

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      guard: { type: 'boolean', default: false },
      accept: { type: 'boolean', default: false },
    },
  })
  const names = values.only?.split(',') ?? BENCHES.map(({ name }) => name)
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name))
  if (unknown.length > 0) {
    return refuse(`there is no ${unknown.join(', ')}. There are: ${BENCHES.map(({ name }) => name).join(', ')}`)
  }
  if (values.accept && (values.quick || values.only !== undefined || values.guard)) {
    return refuse('--accept is for a whole run: it goes with no other option')
  }
  if (values.guard && values.quick) return refuse('--guard compares whole sizes: it does not go with --quick')
  if (!ensureBuilt(root)) return 1
  const run: Run = { machine: await machineLines(), results: [] }
  const whole = { ...run, results: await measureAll(names, values.quick) }
  // A run takes most of an hour: what it measured is kept, whatever becomes of it.
  mkdirSync(join(root, '.cache/bench'), { recursive: true })
  writeFileSync(join(root, '.cache/bench/last.json'), JSON.stringify(whole))
  process.stdout.write(
    values.only === undefined ? printRun(whole) : `${whole.results.flatMap(printResult).join('\n')}\n`,
  )
  if (values.guard) return guard(whole)
  const hindrance = values.accept ? accept(root, whole) : null
  if (hindrance !== null) return refuse(hindrance)
  return whole.results.some(({ failed }) => failed !== undefined) ? 1 : 0
}

/** Compares with the accepted run; what is worse is measured once more, since a machine has slow minutes. */
async function guard(run: Run): Promise<number> {
  const accepted = readAccepted(root)
  const first = findMoved(accepted, run)
  const suspects = new Set(first.filter(({ isWorse }) => isWorse).map(({ bench }) => bench))
  const again = findMoved(accepted, { ...run, results: await measureAll([...suspects], false) })
  const worse = again.filter(
    (moved) =>
      moved.isWorse &&
      first.some(({ isWorse, bench, what }) => isWorse && bench === moved.bench && what === moved.what),
  )
  for (const moved of first.filter(({ isWorse }) => !isWorse)) process.stderr.write(`${movedText(moved)}\n`)
  for (const moved of worse) process.stderr.write(`${movedText(moved)}\n`)
  const failed = run.results.filter((result) => result.failed !== undefined)
  process.stderr.write(
    `bench: ${worse.length} figures are worse than accepted, ${failed.length} parts were not measured\n`,
  )
  return worse.length + failed.length === 0 ? 0 : 1
}

async function measureAll(names: readonly string[], quick: boolean): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const bench of BENCHES.filter(({ name }) => names.includes(name))) results.push(await measure(bench, quick))
  return results
}

async function measure({ name, about, run }: Bench, quick: boolean): Promise<Result> {
  const scratch = await mkdtemp(join(tmpdir(), 'castellan-bench-'))
  const say = (line: string): void => void process.stderr.write(`bench: ${line}\n`)
  const setting: Setting = { root, cache: join(root, '.cache/bench'), scratch, quick, runs: RUNS, say }
  const at = new Date().toISOString().slice(0, 16)
  const [load = 0] = loadavg()
  const yardstick = await measureYardstick()
  const before = performance.now()
  const result = (report: Report): Result => {
    const seconds = (performance.now() - before) / 1000
    say(`${name} took ${seconds.toFixed(0)} s`)
    return { name, about, at, load, seconds, yardstick, report }
  }
  try {
    return result(await run(setting))
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error)
    say(`${name} failed: ${failed}`)
    return { ...result(NOTHING), failed }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function refuse(why: string): number {
  process.stderr.write(`bench: ${why}\n`)
  return 2
}
