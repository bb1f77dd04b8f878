import { describe, expect, it } from 'vitest'

import { countOf, DRILL_LIMIT_MS, isDrill, noteTried } from '../drills/drill.ts'
import { findMissingSamples, runSuites } from './run-suites.ts'
import { SAMPLES } from './suites.ts'

describe('under the rules of Windows', () => {
  // The project of the test runner that is named after the system runs the sample.
  it('a sample of the tests of files, registers and the service runs each time', () => {
    expect(findMissingSamples('windows')).toEqual([])
  })

  it.skipIf(isDrill())('the number of its files is the one that the drills name', () => {
    expect(countOf('rules-windows')).toBe(SAMPLES.windows.length)
  })

  it.runIf(isDrill())(
    'all tests of files, registers, secrets and the service pass',
    { timeout: DRILL_LIMIT_MS },
    () => {
      const { files, failed } = runSuites('windows')
      noteTried('rules-windows', files)
      expect(failed).toEqual([])
      expect(files).toBeGreaterThan(200)
    },
  )
})
