import { availableParallelism } from 'node:os'

import { defineConfig } from '@playwright/test'

import { findElectron } from './build/steps/electron-binary.mjs'
import { setup, teardown } from './test/temporary/run.ts'

// The runner reads this file once, and each of its workers again.
if (process.env['TEST_WORKER_INDEX'] === undefined) {
  setup()
  process.on('exit', teardown)
}

/** The whole matrix (`npm run e2e -- --all`), or the project that is named. */
const isWhole =
  process.env['CASTELLAN_E2E_ALL'] === '1' || process.argv.some((argument) => argument.startsWith('--project'))
const hasElectron = findElectron(import.meta.dirname) !== null

/** The same suite on both shells. Without Electron's binary its project has one test, which reports that. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // Bounds for what hangs: a busy machine may need minutes.
  timeout: 600_000,
  expect: { timeout: 60_000 },
  // Each test opens the product on a profile of its own, so none waits for another.
  fullyParallel: true,
  // One more than there are processors, since some wait.
  workers: availableParallelism() + 1,
  forbidOnly: true,
  ...(isWhole ? {} : { grepInvert: /@whole/u }),
  reporter: [['list'], ['json', { outputFile: '.cache/test/e2e.json' }]],
  use: { actionTimeout: 60_000 },
  projects: [
    {
      name: 'chromium',
      testMatch: isWhole ? /.*\.spec\.ts/u : /(?:shell|start)\.spec\.ts/u,
      testIgnore: /electron\.spec\.ts/u,
    },
    {
      name: hasElectron ? 'electron' : 'electron-stand-in',
      testMatch: /.*\.spec\.ts/u,
      testIgnore: /start\.spec\.ts/u,
    },
  ],
})
