/** `npm run bench [-- --only NAME] [-- --quick]`: measures what is promised, beside what people would otherwise use. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { ensureBuilt } from '../../build/steps/built.mjs'
import { changes } from './changes.ts'
import { dashboard } from './dashboard.ts'
import { due } from './due.ts'
import { evidence } from './evidence.ts'
import { findings } from './findings.ts'
import { machineLines } from './harness/machine.ts'
import { printReport } from './harness/print.ts'
import type { Bench, Setting } from './harness/report.ts'
import { lists } from './lists.ts'
import { register } from './register.ts'
import { start } from './start.ts'
import { sync } from './sync.ts'
import { team } from './team.ts'
import { usage } from './usage.ts'
import { windowBench } from './window.ts'

const BENCHES: readonly Bench[] = [
  lists,
  windowBench,
  due,
  register,
  changes,
  findings,
  evidence,
  usage,
  dashboard,
  sync,
  team,
  start,
]

/** Of which the median is taken. */
const RUNS = 7

const root = resolve(import.meta.dirname, '../..')

process.exitCode = await main()

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } },
  })
  const chosen = values.only === undefined ? BENCHES : BENCHES.filter(({ name }) => name === values.only)
  if (chosen.length === 0) {
    process.stderr.write(
      `bench: there is no ${values.only}. There are: ${BENCHES.map(({ name }) => name).join(', ')}\n`,
    )
    return 2
  }
  if (!ensureBuilt(root)) return 1
  for (const line of await machineLines()) print(line)
  for (const bench of chosen) await run(bench, values.quick)
  return 0
}

async function run(bench: Bench, quick: boolean): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'castellan-bench-'))
  const setting: Setting = {
    root,
    cache: join(root, '.cache/bench'),
    scratch,
    quick,
    runs: RUNS,
    say: (line) => process.stderr.write(`bench: ${line}\n`),
  }
  try {
    for (const line of printReport(bench, await bench.run(setting))) print(line)
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
