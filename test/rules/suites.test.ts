import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { countOf, DRILL_LIMIT_MS, isDrill, noteTried } from '../drills/drill.ts'
import { SAMPLES, SUITES } from './suites.ts'
import { RULES } from './system.ts'

const root = resolve(import.meta.dirname, '../..')

interface Report {
  readonly numTotalTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** Runs tests in processes under the rules of a system, each with its sample of cases. */
function runSuites(system: string): Report {
  const report = join(mkdtempSync(join(tmpdir(), 'suites-')), 'report.json')
  const drills = Object.keys(process.env).filter((name) => /^(?:CASTELLAN_DRILL|VITEST|TMPDIR$)/u.test(name))
  spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', `--outputFile=${report}`, ...SUITES],
    {
      cwd: root,
      env: { ...process.env, ...Object.fromEntries(drills.map((name) => [name, undefined])), [RULES]: system },
      stdio: 'ignore',
    },
  )
  return JSON.parse(readFileSync(report, 'utf8')) as Report
}

describe.each([
  ['windows', 'rules-windows'],
  ['macos', 'rules-macos'],
] as const)('under the rules of %s', (system, name) => {
  // The projects of the test runner that are named after the systems run the sample.
  it('a sample of the tests of files, registers and the service runs each time', () => {
    expect(SAMPLES[system].filter((file) => !existsSync(join(root, file)))).toEqual([])
  })

  it.skipIf(isDrill())('the number of its files is the one that the drills name', () => {
    expect(countOf(name)).toBe(SAMPLES[system].length)
  })

  it.runIf(isDrill())(
    'all tests of files, registers, secrets and the service pass',
    { timeout: DRILL_LIMIT_MS },
    () => {
      const { testResults } = runSuites(system)
      noteTried(name, testResults.length)
      const failed = testResults.flatMap((file) => [
        ...(file.message === '' ? [] : [`${file.name}: ${file.message}`]),
        ...file.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
      ])
      expect(failed).toEqual([])
      expect(testResults.length).toBeGreaterThan(200)
    },
  )
})
