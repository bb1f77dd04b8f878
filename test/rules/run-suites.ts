import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { SAMPLES, SUITES } from './suites.ts'
import { RULES, type SystemName } from './system.ts'

const root = resolve(import.meta.dirname, '../..')

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

interface SuitesRun {
  /** How many test files ran. */
  readonly files: number
  /** The tests that failed, and the files that could not be run, with the reason. */
  readonly failed: readonly string[]
}

/** Runs the tests of files, registers, secrets and the service in processes under the rules of a system, each with its sample of cases. */
export function runSuites(system: SystemName): SuitesRun {
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
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report
  return {
    files: testResults.length,
    failed: testResults.flatMap((file) => [
      ...(file.message === '' ? [] : [`${file.name}: ${file.message}`]),
      ...file.assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    ]),
  }
}

/** The files of the sample of a system that are not there. */
export function findMissingSamples(system: SystemName): readonly string[] {
  return SAMPLES[system].filter((file) => !existsSync(join(root, file)))
}
