import { expect, it } from 'vitest'

import { isKind, parseOperation } from '../../../shared/decisions/operations.ts'
import { KINDS } from './kinds.ts'

const row = { at: 0, operator: 'Mara', client: 'acme', subject: 'Acme' }

it.each(['constructor', 'toString', '__proto__', 'client.removed', ''])('%j is not a kind of operation', (action) => {
  expect(isKind(action)).toBe(false)
  expect(parseOperation({ ...row, action, body: '{"v":1}' })).toBe(null)
})

it.each(KINDS)('a row of %s without a version is not an operation', (action) => {
  expect(() => parseOperation({ ...row, action, body: '{}' })).toThrow('"v"')
})
