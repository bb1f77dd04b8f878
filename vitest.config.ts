import { globSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

import { defineConfig } from 'vitest/config'

import { documents } from './build/documents.mjs'
import { RULES, type SystemName } from './test/rules/system.ts'
import { SAMPLES } from './test/rules/suites.ts'

/** Tests of the pure layers leave nothing behind, so they share their processes: a third of the time. */
const PURE = ['test/{shared,renderer}/**/*.test.{ts,tsx}']

/**
 * Tests of the service and of what is below and beside it close what they open, so they share their processes too: what is
 * loaded and compiled once takes a sixth less time. The one that replaces the environment keeps a process of its own, and those
 * that take long are below.
 */
const WARM = ['test/electron/{cli,files,providers,register,secrets,service,team}/**/!(environment).test.ts']

/**
 * Tests that take their time on purpose: they kill processes by the hundred, start a browser or many programs, sync an
 * agency, read what does not end, or pack the application. `npm test` runs them; the quick check does not.
 */
const LONG = [
  'test/acceptance/**/*.test.ts',
  'test/drills/{faults,kill-flows,kill-syncs,world}.test.ts',
  'test/build/pack.test.ts',
  'test/electron/cli/network.test.ts',
  'test/electron/cli/process.test.ts',
  'test/electron/providers/endless.test.ts',
  'test/electron/service/files/crash.test.ts',
  'test/electron/service/plan-apply/killed.test.ts',
  'test/electron/service/sync/agency.test.ts',
  'test/electron/{main,self-test,self-test-whole}.test.ts',
  'test/electron/shell/{about-sandbox,checklist,menu,running,service,system,update}.test.ts',
  'test/electron/shell/{chromium,electron}/shell.test.ts',
]

/** Tests of the shells that `npm run e2e -- --all` runs, and `npm test`, which has eight minutes, does not. */
const WHOLE = [
  'test/electron/self-test-whole.test.ts',
  'test/electron/shell/about-sandbox.test.ts',
  'test/electron/shell/chromium/shell.test.ts',
  'test/electron/shell/chromium/launch.test.ts',
  'test/electron/shell/electron/shell.test.ts',
  'test/electron/shell/menu.test.ts',
  'test/electron/shell/running.test.ts',
  'test/electron/shell/service.test.ts',
  'test/electron/shell/system.test.ts',
  'test/electron/shell/update.test.ts',
]
const isWhole = process.env['CASTELLAN_E2E_ALL'] === '1' || process.argv.some((argument) => WHOLE.includes(argument))

/** Tests that put a module of their own in place of another: in a process that has loaded the other, that has no effect. */
const REPLACING = globSync('test/**/*.test.{ts,tsx}', { cwd: import.meta.dirname }).filter((file) =>
  readFileSync(join(import.meta.dirname, file), 'utf8').includes('vi.mock('),
)

// Room for what lives briefly: with the default, a sixth of the processor's time went into collecting it.
const ROOM = '--max-semi-space-size=32'

/** The options of a process, and of what it starts, under the rules of another system. */
const ruled = (system: SystemName): string[] => [ROOM, '--import', join(import.meta.dirname, `test/rules/${system}.ts`)]

/** `CASTELLAN_RULES=windows` or `macos` puts all tests that are run under the rules of that system. */
const system = (['windows', 'macos'] as const).find((each) => each === process.env[RULES])

/** The sample of tests that run under the rules of each other system too. */
const RULED = system === undefined ? (['windows', 'macos'] as const) : []

const NOT_OURS = [...(isWhole ? [] : WHOLE), 'test/e2e/**', 'test/bench/**', 'node_modules/**']

export default defineConfig({
  plugins: [documents()],
  test: {
    pool: 'forks',
    execArgv: system === undefined ? [ROOM] : ruled(system),
    // Two more than there are processors: many of the tests wait for a process, a server or the disk.
    maxWorkers: availableParallelism() + 2,
    // What the service answers is held to the contract, which in the product would cost every list its speed.
    // Processes that tests start would otherwise compile the whole product each.
    env: { CASTELLAN_CHECK_OUTPUT: '1', NODE_COMPILE_CACHE: join(import.meta.dirname, '.cache/compile') },
    globalSetup: ['test/temporary/run.ts', 'test/temporary/built.ts'],
    setupFiles: 'test/temporary/file.ts',
    // Bounds for what hangs: a test that starts fifty processes needs minutes beside much other work.
    testTimeout: 300_000,
    expect: { poll: { timeout: 60_000 } },
    hookTimeout: 300_000,
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, exclude: [...NOT_OURS, ...REPLACING], isolate: false } },
      {
        extends: true,
        test: { name: 'warm', include: WARM, exclude: [...NOT_OURS, ...LONG, ...REPLACING], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...NOT_OURS, ...PURE, ...WARM, ...LONG, ...REPLACING],
        },
      },
      ...RULED.map((name) => ({
        extends: true as const,
        test: { name, include: [...SAMPLES[name]], isolate: false, execArgv: ruled(name) },
      })),
      { extends: true, test: { name: 'replacing', include: REPLACING, exclude: NOT_OURS } },
      { extends: true, test: { name: 'long', include: LONG, exclude: NOT_OURS } },
    ],
  },
})
