import { defineConfig } from '@playwright/test'

import { findElectron } from './build/steps/electron-binary.mjs'

const hasElectron = findElectron(import.meta.dirname) !== null

/** The same suite on both shells. Without Electron's binary its project has one test, which says so. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: '.cache/test/e2e.json' }]],
  use: { actionTimeout: 15_000 },
  projects: [
    { name: 'chromium', testMatch: /.*\.spec\.ts/u, testIgnore: /electron\.spec\.ts/u },
    { name: 'electron', testMatch: hasElectron ? /.*\.spec\.ts/u : /electron\.spec\.ts/u },
  ],
})
