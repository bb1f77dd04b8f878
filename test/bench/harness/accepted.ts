import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { printRun } from './print.ts'
import type { Run } from './report.ts'

const RESULTS = 'test/bench/accepted.json'
const PAGE = 'docs/bench.md'

/** The last run that was accepted. */
export function readAccepted(root: string): Run {
  return JSON.parse(readFileSync(join(root, RESULTS), 'utf8')) as Run
}

/** Keeps a run as the accepted one and writes its page; returns why it did not, where a part or a peer is missing. */
export function accept(root: string, run: Run): string | null {
  const failed = run.results.filter((result) => result.failed !== undefined)
  if (failed.length > 0) return `not accepted, since ${failed.map(({ name }) => name).join(', ')} was not measured`
  const missing = run.results.flatMap(({ report }) => report.missing.map(({ install }) => install))
  if (missing.length > 0) return `not accepted, since peers are not installed: ${[...new Set(missing)].join('; ')}`
  writeFileSync(join(root, RESULTS), `${JSON.stringify(run, round, 2)}\n`)
  writeFileSync(join(root, PAGE), printRun(readAccepted(root)))
  spawnSync(join(root, 'node_modules/.bin/oxfmt'), [RESULTS, PAGE], { cwd: root })
  return null
}

/** Five digits are more than any figure is good for. */
function round(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value
}
