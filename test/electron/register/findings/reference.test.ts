import { describe, expect, it } from 'vitest'

import { RULES } from '../../../../electron/register/findings/rules.ts'
import { LOOKED_FOR, rulesReference } from './reference.ts'

describe('the reference of rules', () => {
  it('is what the rules say; this file run with `--update` writes it anew', async () => {
    await expect(rulesReference(RULES)).toMatchFileSnapshot('../../../../docs/findings.md')
  })

  it('names every rule under what is looked for, and no other', () => {
    const named = LOOKED_FOR.flatMap(([, ...rules]) => rules)
    expect(named.toSorted()).toEqual(RULES.map((rule) => rule.id).toSorted())
  })
})
