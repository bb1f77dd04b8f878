import { defineConfig } from 'vitest/config'
export default defineConfig({
  test: {
    pool: 'forks', maxWorkers: 2, globalSetup: ['test/temporary/run.ts'], setupFiles: 'test/temporary/file.ts',
    testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: 20_000 } },
    include: ['test/**/*.test.ts'],
  },
})
