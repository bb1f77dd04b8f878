/**
 * `node build/run.mjs test/bench/flame.ts FILE [PERCENT]`: a profile of `node --cpu-prof` as a tree of text, each line with its share
 * and its time, its own part in brackets; what has less than PERCENT (2) of the whole is left out. A chain of single calls is one
 * line.
 */
import { readFileSync } from 'node:fs'

import { type Profile, toFlame } from './harness/flame.ts'

const [file, percent = '2'] = process.argv.slice(2)
if (file === undefined) {
  process.stderr.write('flame: name the file that node --cpu-prof wrote\n')
  process.exitCode = 2
} else {
  const profile = JSON.parse(readFileSync(file, 'utf8')) as Profile
  process.stdout.write(`${toFlame(profile, Number(percent)).join('\n')}\n`)
}
