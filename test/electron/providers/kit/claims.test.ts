import { expect, it } from 'vitest'

import { textClaims } from '../../../../electron/providers/kit/claims.ts'

it('claims of every type are kept as text, so that no rule seems to accept more than it does', () => {
  expect(textClaims({ ref: 'main', id: 7, fork: false, groups: ['a', 'b'], of: { team: 'x' }, none: null })).toEqual({
    ref: 'main',
    id: '7',
    fork: 'false',
    groups: '["a","b"]',
    of: '{"team":"x"}',
  })
})
