import { expect, it } from 'vitest'

import { needsWhy } from '../../../../shared/domain/reviews/needs-why.ts'

it('a decision needs a justification to keep a flagged item, to remove an owner or admin, and for every exception', () => {
  const PLAIN = { flagged: false, privileged: false }
  expect(needsWhy({ flagged: false, privileged: true }, 'remove', null)).toBe(true)
  expect(needsWhy({ flagged: false, privileged: true }, 'keep', null)).toBe(false)
  expect(needsWhy({ flagged: true, privileged: false }, 'keep', null)).toBe(true)
  expect(needsWhy({ flagged: true, privileged: false }, 'remove', null)).toBe(false)
  expect(needsWhy(PLAIN, 'unknown', null)).toBe(true)
  expect(needsWhy(PLAIN, 'keep', null)).toBe(false)
  expect(needsWhy(PLAIN, 'keep', '2026-03-10')).toBe(true)
  expect(needsWhy(PLAIN, 'change', '2026-03-10')).toBe(true)
})
