import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { drillLine, DRILLS } from '../../test/drills/drills.ts'
import { say, since } from '../say.mjs'
import { countLine, vitestCounts } from './counts.mjs'
import { drillsAgain, drillsDocument } from './drills-document.mjs'
import { running } from './running.mjs'

const root = resolve(import.meta.dirname, '../..')
const report = join(root, '.cache/test/drills.json')
/** One line for each number of cases that a drill reports. */
const tried = join(root, '.cache/test/drills-tried.jsonl')
const document = join(root, 'docs/drills.md')

/** Some hours: all drills one after the other on a slow machine. */
const LIMIT_MS = 6 * 3_600_000

const given = asked()
process.exitCode = given === null ? 1 : await main(given)

async function main({ names, count, seed }) {
  const start = performance.now()
  const isWhole = count === undefined && names.length === Object.keys(DRILLS).length
  if (process.getuid?.() === 0) {
    say('drills write files from hostile input. Run them as an ordinary user, in a separate clone.')
    return 1
  }
  for (const name of names) say(drillLine(name, count ?? DRILLS[name].whole, seed))
  mkdirSync(join(root, '.cache/test'), { recursive: true })
  writeFileSync(tried, '')
  // A slow machine needs time; a drill that hangs ends with the whole run.
  const limit = `--testTimeout=${LIMIT_MS}`
  const reporters = ['--reporter=verbose', '--reporter=json', `--outputFile.json=${report}`]
  const { code } = await running('vitest', ['run', limit, ...reporters, ...names.map((name) => DRILLS[name].file)], {
    cwd: root,
    env: {
      ...process.env,
      CASTELLAN_DRILLS: 'whole',
      CASTELLAN_DRILL_COUNT: count ?? '',
      CASTELLAN_DRILL_SEED: seed,
      CASTELLAN_DRILLS_REPORT: tried,
    },
    show: true,
    limit: LIMIT_MS,
  })
  const counts = vitestCounts(report, code)
  if (isWhole) {
    writeFileSync(document, drillsDocument({ seed, took: since(start), ...ended() }))
    say('docs/drills.md describes this run')
  } else if (count === undefined) {
    writeFileSync(document, drillsAgain(readFileSync(document, 'utf8'), names, ended()))
    say('docs/drills.md has the results of these drills')
  }
  say(`drills ended after ${since(start)}; to run the same again: --seed ${seed}`)
  process.stdout.write(`${countLine(counts)}\n`)
  return counts.failed === 0 ? 0 : 1
}

/** The notes of the drills, and the result of each of their files. */
function ended() {
  const notes = readFileSync(tried, 'utf8').split('\n').slice(0, -1)
  return { notes: notes.map((line) => JSON.parse(line)), files: JSON.parse(readFileSync(report, 'utf8')).testResults }
}

/** The drills to run, their count and the seed: a new one each time, so that every whole run tries other cases. */
function asked() {
  const known = Object.keys(DRILLS)
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { count: { type: 'string' }, seed: { type: 'string' } },
    })
    const unknown = positionals.find((name) => !known.includes(name))
    if (unknown !== undefined) throw new Error(`${unknown} is not a drill`)
    for (const [name, least] of [
      ['count', 1],
      ['seed', 0],
    ]) {
      const text = values[name]
      if (text !== undefined && !(/^\d{1,9}$/u.test(text) && Number(text) >= least)) {
        throw new Error(`--${name} ${text} is not a whole number from ${least} to 999999999`)
      }
    }
    const { count, seed = String(randomInt(1_000_000_000)) } = values
    return { names: positionals.length === 0 ? known : positionals, count, seed }
  } catch (error) {
    say(`${error.message}. npm run drills [-- NAME… --count N --seed N], where NAME is one of: ${known.join(', ')}`)
    return null
  }
}
