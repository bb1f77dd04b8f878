import { performance } from 'node:perf_hooks'

import { since } from '../say.mjs'
import { running } from './running.mjs'

/** A bound for what hangs; a busy machine needs some minutes. */
const LIMIT_MS = 600_000

/** What is checked without running the product. */
export const STILL = [
  ['format', 'oxfmt', ['--check', '.']],
  // One reading of the sources for rules and types: `tsc -b` finds the same and reads them once more.
  ['lint', 'oxlint', ['--type-aware', '--type-check']],
  ['unused', 'knip', ['--no-progress']],
]

/** Without the tests that take minutes, which `npm test` has. */
export const UNIT = ['unit', 'vitest', ['run', '--reporter=dot', '--project=!long']]

/** Runs checks side by side, says how each ended, and what the failed ones wrote. Returns the names of the failed. */
export async function runChecks(root, checks) {
  const failed = []
  await Promise.all(
    checks.map(async ([name, command, args]) => {
      const start = performance.now()
      const { code, output } = await running(command, args, { cwd: root, limit: LIMIT_MS })
      if (code !== 0) failed.push(name)
      const end = `${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(8)} ${since(start)}\n`
      process.stdout.write(code === 0 ? end : `${output.trimEnd()}\n${end}`)
    }),
  )
  return failed
}
