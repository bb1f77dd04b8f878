import { expect, it } from 'vitest'

import { addedText } from '../../../renderer/entities/added.ts'

it('the text has the number of added and already listed changes, and that nothing was sent', () => {
  expect(addedText({ added: 1, already: 0, open: 0 })).toBe('Added 1 change to remediation; nothing is sent yet')
  expect(addedText({ added: 12, already: 1, open: 0 })).toBe(
    'Added 12 changes to remediation; nothing is sent yet. 1 was already in the list',
  )
  expect(addedText({ added: 2, already: 3, open: 1 })).toBe(
    'Added 2 changes to remediation; nothing is sent yet. 3 were already in the list. 1 other without a known change',
  )
})

it('a single added change is named', () => {
  expect(addedText({ added: 1, says: 'Delete the key prod-web.', already: 0, open: 0 })).toBe(
    'Added to remediation, nothing is sent yet: Delete the key prod-web',
  )
})

it('the text reports that there was nothing to add', () => {
  expect(addedText({ added: 0, already: 0, open: 0 })).toBe('Nothing was added to remediation')
  expect(addedText({ added: 0, already: 4, open: 0 })).toBe(
    'Nothing was added to remediation. 4 were already in the list',
  )
})
