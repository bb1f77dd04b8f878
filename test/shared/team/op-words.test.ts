import { expect, it } from 'vitest'

import { describeOp } from '../../../shared/team/op-words.ts'

it('an operation is described by its kind and what it is about, in the stream that it belongs to', () => {
  expect(describeOp({ kind: 'key.rotated', subject: 'prod-web' }, false)).toBe('Rotation of a key recorded: prod-web')
  expect(describeOp({ kind: 'key.rotated', subject: '0189-…' }, true)).toBe('Key of the team or of a client replaced')
  expect(describeOp({ kind: 'member.added', subject: 'Tomas' }, true)).toBe('Member added: Tomas')
  expect(describeOp({ kind: 'report.set', subject: '' }, false)).toBe('Usage reports set up')
  expect(describeOp({ kind: 'reading.taken', subject: 'Production' }, false)).toBe('Connection read: Production')
  expect(describeOp({ kind: 'toString', subject: 'x' }, false)).toBeNull()
  expect(describeOp({ kind: 'later.kind', subject: 'x' }, false)).toBeNull()
  expect(describeOp({ kind: 'client.added', subject: 'x' }, true)).toBeNull()
})
