import { expect, it } from 'vitest'

import { worksWithoutClient } from '../../../renderer/app/first-steps.ts'

it.each([
  ['/settings', true],
  ['/settings?section=about', true],
  ['/help?section=licences', true],
  ['/', false],
  ['/keys?key=12', false],
  ['/settings-of-others', false],
])('the place %s works without a client: %s', (to, works) => {
  expect(worksWithoutClient(to)).toBe(works)
})
