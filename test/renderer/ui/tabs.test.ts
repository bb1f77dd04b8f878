import { expect, it } from 'vitest'

import { nextTab } from '../../../renderer/ui/tabs.tsx'

it('the arrow keys move along tabs and around their ends, Home and End to the ends, and other keys nowhere', () => {
  expect(nextTab('ArrowRight', 0, 3)).toBe(1)
  expect(nextTab('ArrowRight', 2, 3)).toBe(0)
  expect(nextTab('ArrowLeft', 0, 3)).toBe(2)
  expect(nextTab('Home', 2, 3)).toBe(0)
  expect(nextTab('End', 0, 3)).toBe(2)
  expect(nextTab('Enter', 0, 3)).toBeNull()
})
