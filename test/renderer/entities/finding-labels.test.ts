import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { evidenceLabel } from '../../../renderer/entities/finding-labels.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** Files of others have their own headings. */
const OF_OTHERS = /personnel-fields\.ts$|personnel\.ts$|self-test/u

describe('an e-mail address', () => {
  it('has one spelling among the labels of evidence', () => {
    expect(['email', 'ownerEmail', 'lastUsedAt'].map(evidenceLabel)).toEqual(['E-mail', 'Owner e-mail', 'Last used'])
  })

  it('has one spelling in all words that people read', () => {
    const paths = globSync('{renderer,shared,electron}/**/*.{ts,tsx}', { cwd: ROOT })
    expect(paths.length).toBeGreaterThan(500)
    const spelled = paths
      .filter((path) => !OF_OTHERS.test(path))
      .filter((path) => /(?<![\w.-])(?:Emails?|E-Mail)(?!\w)/u.test(readFileSync(join(ROOT, path), 'utf8')))
    expect(spelled).toEqual([])
  })
})
