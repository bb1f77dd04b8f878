import { totalmem } from 'node:os'
import { performance } from 'node:perf_hooks'

import { since } from '../say.mjs'
import { running } from './running.mjs'

/** The limit for checks that hang; a busy machine needs some minutes. */
const LIMIT_MS = 600_000

/**
 * The type checker is a Go program, which by default collects garbage whenever its heap has doubled: a fifth of its work.
 * It takes 7 GB instead of 5 where it does so less often.
 */
const ROOM = totalmem() >= 15 * 2 ** 30 ? { GOGC: '400' } : {}

/** The checks that do not run the product. */
export const STILL = [
  ['format', 'oxfmt', ['--check', '.']],
  // Checks rules and types in one pass; `tsc -b` finds the same, but reads the sources again.
  ['lint', 'oxlint', ['--type-aware', '--type-check']],
  ['unused', 'knip', ['--no-progress']],
  // Without the tests, so that what only tests use is found too.
  ['product', 'knip', ['--no-progress', '--config', 'knip.product.config.ts']],
]

/** Without the tests that take minutes, which `npm test` has. */
export const UNIT = ['unit', 'vitest', ['run', '--reporter=dot', '--project=!long']]

/** Runs checks side by side, prints each result and the output of failed ones. Returns the names of the failed. */
export async function runChecks(root, checks) {
  const failed = []
  await Promise.all(
    checks.map(async ([name, command, args]) => {
      const start = performance.now()
      const { code, output } = await running(command, args, {
        cwd: root,
        env: { ...ROOM, ...process.env },
        limit: LIMIT_MS,
      })
      if (code !== 0) failed.push(name)
      const end = `${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(8)} ${since(start)}\n`
      process.stdout.write(code === 0 ? end : `${output.trimEnd()}\n${end}`)
    }),
  )
  return failed
}
