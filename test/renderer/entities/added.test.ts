import { expect, it } from 'vitest'

import { addedText } from '../../../renderer/entities/added.ts'

it('says how many were put on the list, how many were on it, and that nothing was sent', () => {
  expect(addedText({ added: 1, already: 0, open: 0 })).toBe('Put 1 remedy on the list; nothing is sent yet')
  expect(addedText({ added: 12, already: 1, open: 0 })).toBe(
    'Put 12 remedies on the list; nothing is sent yet. 1 was on it already',
  )
  expect(addedText({ added: 2, already: 3, open: 1 })).toBe(
    'Put 2 remedies on the list; nothing is sent yet. 3 were on it already. For 1 other Castellan knows nothing to send',
  )
})

it('says what the one is that was added', () => {
  expect(addedText({ added: 1, says: 'Delete the key prod-web.', already: 0, open: 0 })).toBe(
    'On the list, nothing is sent yet: Delete the key prod-web',
  )
})

it('says so when there was nothing to add', () => {
  expect(addedText({ added: 0, already: 0, open: 0 })).toBe('Nothing was added to the list')
  expect(addedText({ added: 0, already: 4, open: 0 })).toBe('Nothing was added to the list. 4 were on it already')
})
