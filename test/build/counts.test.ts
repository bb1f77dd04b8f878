import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import {
  countLine,
  playwrightCounts,
  playwrightFailures,
  sum,
  vitestCounts,
  vitestFailures,
} from '../../build/steps/counts.mjs'

const folder = mkdtempSync(join(tmpdir(), 'castellan-counts-'))

function report(content: unknown): string {
  const path = join(folder, 'report.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

const unit = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] }
const e2e = { stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 1 }, errors: [] }

describe('the count of tests', () => {
  it('adds the runners up in one plain line', () => {
    const all = sum([vitestCounts(report(unit), 0), playwrightCounts(report(e2e), 0)])
    expect(countLine(all)).toBe('10 passed, 0 failed, 3 skipped')
  })

  it('counts a file that cannot be loaded as a failure', () => {
    const broken = { ...unit, testResults: [{ status: 'failed', assertionResults: [] }] }
    expect(vitestCounts(report(broken), 1).failed).toBe(1)
  })

  it('counts a run that failed without a failed test, or left no report, as a failure', () => {
    expect(vitestCounts(report(unit), 1).failed).toBe(1)
    expect(vitestCounts(join(folder, 'absent.json'), 0).failed).toBe(1)
    expect(playwrightCounts(report({ ...e2e, errors: [{ message: 'no tests found' }] }), 1).failed).toBe(1)
    expect(playwrightCounts(join(folder, 'absent.json'), 0).failed).toBe(1)
  })
})

describe('the names of failed tests', () => {
  it('are those of the unit tests, by file and title, and files that cannot be loaded', () => {
    const test = (fullName: string, status: string) => ({ fullName, status })
    const testResults = [
      {
        name: '/house/test/a.test.ts',
        status: 'failed',
        assertionResults: [test('a works', 'passed'), test('a ends', 'failed')],
      },
      { name: '/house/test/b.test.ts', status: 'failed', assertionResults: [] },
      { name: '/house/test/c.test.ts', status: 'passed', assertionResults: [test('c works', 'passed')] },
    ]
    expect(vitestFailures(report({ ...unit, testResults }), '/house')).toEqual([
      'test/a.test.ts > a ends',
      'test/b.test.ts',
    ])
  })

  it('are those of the window tests, however deep they are in their file', () => {
    const spec = (title: string, ok: boolean) => ({ file: 'shell.spec.ts', title, ok })
    const suites = [{ specs: [spec('opens', true)], suites: [{ specs: [spec('closes', false)] }] }]
    expect(playwrightFailures(report({ ...e2e, suites }))).toEqual(['shell.spec.ts > closes'])
  })

  it('are none where a run left no report', () => {
    expect(vitestFailures(join(folder, 'absent.json'), '/house')).toEqual([])
    expect(playwrightFailures(join(folder, 'absent.json'))).toEqual([])
  })
})
