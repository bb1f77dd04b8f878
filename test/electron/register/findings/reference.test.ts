import { describe, expect, it } from 'vitest'

import { RULES } from '../../../../electron/register/findings/rules.ts'
import { LOOKED_FOR, rulesReference } from './reference.ts'

describe('the reference of rules', () => {
  it('matches the rules; run this file with `--update` to write it', async () => {
    await expect(rulesReference(RULES)).toMatchFileSnapshot('../../../../docs/findings.md')
  })

  it('has a rule for each item that is looked for', () => {
    expect(new Set(RULES.map(({ looksFor }) => looksFor))).toEqual(new Set(LOOKED_FOR))
  })
})
