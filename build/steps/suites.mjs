import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

import { playwrightCounts, playwrightFailures, vitestCounts, vitestFailures } from './counts.mjs'
import { running } from './running.mjs'

/**
 * The two suites. Each runs to its end, or to `limit` milliseconds, and returns its counts and the names of its failed
 * tests. `show` prints its output as it comes; `workers` is the number of windows at one time.
 */
export const SUITES = {
  unit: async (root, { env, limit, show }) => {
    const report = emptyReport(root, 'unit.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const { code, output } = await running('vitest', ['run', ...reporters], { cwd: root, env, show, limit })
    return { counts: vitestCounts(report, code), failures: vitestFailures(report, root), output }
  },
  windows: async (root, { env, limit, show, workers }) => {
    const report = emptyReport(root, 'e2e.json')
    const args = workers === undefined ? [] : [`--workers=${workers}`]
    const { code, output } = await running('playwright', ['test', ...args], {
      cwd: root,
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
      show,
      limit,
    })
    return { counts: playwrightCounts(report, code), failures: playwrightFailures(report), output }
  },
}

/** The path of a suite's report; the report of the previous run is removed. */
function emptyReport(root, name) {
  const folder = join(root, '.cache/test')
  mkdirSync(folder, { recursive: true })
  rmSync(join(folder, name), { force: true })
  return join(folder, name)
}
