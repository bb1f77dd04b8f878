import { performance } from 'node:perf_hooks'

import { since } from '../say.mjs'
import { running } from './running.mjs'

const LIMIT_MS = 300_000

/** What is checked without running the product. */
export const STILL = [
  ['format', 'oxfmt', ['--check', '.']],
  ['lint', 'oxlint', ['--type-aware']],
  ['types', 'tsc', ['-b']],
  ['unused', 'knip', ['--no-progress']],
]

/** Tests that take their time on purpose: they kill processes by the hundred or pack the application. `npm test` has them. */
const LONG = ['test/crash/**', 'test/acceptance/**', 'test/build/pack.test.ts']

export const UNIT = ['unit', 'vitest', ['run', '--reporter=dot', ...LONG.flatMap((path) => ['--exclude', path])]]

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
