import { expect, it } from 'vitest'

import { addedText } from '../../../../renderer/features/remedy/added.ts'

it('says how many were put on the list, how many were on it, and that nothing was sent', () => {
  expect(addedText(1, 0)).toBe('Put 1 remedy on the list; nothing is sent yet')
  expect(addedText(12, 0)).toBe('Put 12 remedies on the list; nothing is sent yet')
  expect(addedText(2, 1)).toBe('Put 2 remedies on the list; nothing is sent yet. 1 was on it already')
  expect(addedText(2, 3)).toBe('Put 2 remedies on the list; nothing is sent yet. 3 were on it already')
})

it('says so when there was nothing to add', () => {
  expect(addedText(0, 0)).toBe('Nothing is proposed that could be put on the list')
  expect(addedText(0, 1)).toBe('It is on the list already')
  expect(addedText(0, 4)).toBe('All 4 are on the list already')
})
