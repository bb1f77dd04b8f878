import { expect, it } from 'vitest'

import { isKind, KINDS, parseOperation } from '../../../shared/operations/operations.ts'

const row = { at: 0, operator: 'Mara', client: 'acme', subject: 'Acme' }

it.each(['constructor', 'toString', '__proto__', 'client.removed', ''])('%j is not a kind of operation', (action) => {
  expect(isKind(action)).toBe(false)
  expect(parseOperation({ ...row, action, body: '{"v":1}' })).toBe(null)
})

it.each(KINDS)('a row of %s from before it was an operation has no version and is not one', (action) => {
  expect(parseOperation({ ...row, action, body: '{}' })).toBe(null)
})
