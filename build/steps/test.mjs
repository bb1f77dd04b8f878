import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'

import { drillLine, DRILLS, SAMPLE_SEED } from '../../test/drills/drills.ts'
import { say, since } from '../say.mjs'
import { ensureBuilt } from './built.mjs'
import { runChecks, STILL } from './checks.mjs'
import { countLine, sum } from './counts.mjs'
import { ownDisplay } from './display.mjs'
import { electronBinary } from './electron-binary.mjs'
import { SUITES } from './suites.mjs'
import { installPackages, missingPackages } from './system-packages.mjs'

const root = resolve(import.meta.dirname, '../..')

/** A slow machine beside other work needs twenty minutes; what hangs ends after half an hour. */
const LIMIT_MS = 1_800_000

const start = performance.now()
const counts = await main()
say(`tests ended after ${since(start)}`)
process.stdout.write(`${countLine(counts)}\n`)
process.exitCode = counts.failed === 0 ? 0 : 1

async function main() {
  const { reason } = await electronBinary(root)
  if (reason !== undefined) say(`${reason}; the desktop application runs on the stand-in for Electron`)
  const wanted = { browser: true, tests: true }
  if (!(await installPackages(await missingPackages(wanted), wanted))) return { passed: 0, failed: 1, skipped: 0 }
  if (!ensureBuilt(root)) return { passed: 0, failed: 1, skipped: 0 }
  for (const [name, { sample }] of Object.entries(DRILLS)) say(drillLine(name, sample, SAMPLE_SEED))
  say('to run all drill cases: npm run drills')
  const display = await ownDisplay()
  try {
    const env = { ...process.env, ...display.env }
    // All wait for processes, servers and pages, each at other moments: side by side they take two thirds of the time.
    const windows = SUITES.windows(root, { env, limit: LIMIT_MS, workers: availableParallelism() })
    const [checked, { counts: units }] = await Promise.all([
      still(),
      SUITES.unit(root, { env, limit: LIMIT_MS, show: true }),
    ])
    const { counts, output } = await windows
    process.stdout.write(output)
    return sum([checked, units, counts])
  } finally {
    display.end()
  }
}

async function still() {
  const failed = await runChecks(root, STILL)
  return { passed: STILL.length - failed.length, failed: failed.length, skipped: 0 }
}
