import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { say, since } from '../say.mjs'
import { ensureBuilt } from './built.mjs'
import { countLine } from './counts.mjs'
import { ownDisplay } from './display.mjs'
import { electronBinary } from './electron-binary.mjs'
import { SUITES } from './suites.mjs'
import { installPackages, missingPackages } from './system-packages.mjs'

const root = resolve(import.meta.dirname, '../..')

/** The limit for one suite that hangs; with busy loops it takes several times as long. */
const LIMIT_MS = 3_600_000

const given = asked()
process.exitCode = given === null ? 1 : await main(given)

async function main({ rounds, suites, always }) {
  await electronBinary(root)
  const wanted = { browser: true, tests: true }
  if (!(await installPackages(await missingPackages(wanted), wanted)) || !ensureBuilt(root)) return 1
  const display = await ownDisplay()
  const env = { ...process.env, ...display.env }
  const done = []
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const isLoaded = always || round % 2 === 0
      const endLoad = isLoaded ? busyLoops() : () => undefined
      try {
        for (const suite of suites) done.push(await once(suite, { round, isLoaded, env }))
      } finally {
        endLoad()
      }
    }
  } finally {
    display.end()
  }
  return summary(rounds, done)
}

async function once(suite, { round, isLoaded, env }) {
  const start = performance.now()
  const { counts, failures, output } = await SUITES[suite](root, { env, limit: LIMIT_MS, show: false })
  if (counts.failed > 0) process.stdout.write(`${output.trimEnd()}\n`)
  const row = [String(round), suite, isLoaded ? 'with busy loops' : 'alone', countLine(counts), since(start)]
  say(row.join(' · '))
  return { row, counts, failures: failures.map((name) => `round ${round}, ${suite}: ${name}`) }
}

/** Keeps every core busy until the function that it gives is called. */
function busyLoops() {
  const loops = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  )
  const end = () => {
    for (const loop of loops) loop.kill('SIGKILL')
    process.off('exit', end)
  }
  process.on('exit', end)
  return end
}

function summary(rounds, done) {
  const rows = [['round', 'suite', 'machine', 'tests', 'time'], ...done.map(({ row }) => row)]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, at) => cell.padEnd(widths[at]))
        .join('  ')
        .trimEnd()}\n`,
    )
  for (const { failures } of done) for (const failure of failures) process.stdout.write(`${failure}\n`)
  const failed = done.reduce((sum, { counts }) => sum + counts.failed, 0)
  process.stdout.write(`${rounds} rounds, ${failed} failures\n`)
  return failed === 0 ? 0 : 1
}

function asked() {
  const names = Object.keys(SUITES)
  try {
    const { values } = parseArgs({
      options: { rounds: { type: 'string', default: '10' }, load: { type: 'boolean' }, only: { type: 'string' } },
    })
    const { rounds, only, load = false } = values
    if (!/^[1-9]\d{0,3}$/u.test(rounds)) throw new Error(`--rounds ${rounds} is not a whole number from 1 to 9999`)
    if (only !== undefined && !names.includes(only))
      throw new Error(`--only ${only} is not one of: ${names.join(', ')}`)
    return { rounds: Number(rounds), suites: only === undefined ? names : [only], always: load }
  } catch (error) {
    say(`${error.message}. npm run stress [-- --rounds N --load --only ${names.join('|')}]`)
    return null
  }
}
