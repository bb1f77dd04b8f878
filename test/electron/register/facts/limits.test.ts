import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../../../../electron')

/** Files that write limits, or treat all limits alike: syncs, changes and who made them, the proof, and the rule itself. */
const ALIKE = [
  'register/apply/digest.ts',
  'register/apply/versions.ts',
  'register/changes/details.ts',
  'register/changes/limits.ts',
  'register/changes/made-by.ts',
  'register/changes/timeline.ts',
  'register/facts/limits.ts',
  'register/findings/after-sync.ts',
  'register/findings/rules/limits.ts',
  'register/rows/coverage.ts',
]

describe('what a limit applies to', () => {
  it('is decided by one rule: no other statement reads the table of limits', () => {
    const reading = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('register/schema/'))
      .filter((file) => /\blimit_version\b/u.test(readFileSync(join(ROOT, file), 'utf8')))
    expect(reading.toSorted()).toEqual(ALIKE)
  })
})
