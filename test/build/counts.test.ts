import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { countLine, playwrightCounts, sum, vitestCounts } from '../../build/steps/counts.mjs'

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
