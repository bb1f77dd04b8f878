import { expect, it } from 'vitest'

import { moveTo, readQueueKey } from '../../../../renderer/features/today/queue-keys.ts'

const press = (key: string, more: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

it.each([
  ['j', { does: 'move', by: 1 }],
  ['ArrowUp', { does: 'move', by: -1 }],
  ['Enter', { does: 'act' }],
  ['Escape', { does: 'close' }],
  ['o', { does: 'open' }],
  ['ArrowRight', { does: 'open' }],
  ['s', { does: 'form', form: 'snooze' }],
  ['n', { does: 'form', form: 'note' }],
  ['d', { does: 'form', form: 'dismiss' }],
])('the key %s works the queue', (key, meaning) => {
  expect(readQueueKey(press(key), Infinity, 1200)).toEqual(meaning)
})

it('a letter after g, a key with a modifier, and any other key are not for the queue', () => {
  expect(readQueueKey(press('d'), 300, 1200)).toBeNull()
  expect(readQueueKey(press('ArrowDown'), 300, 1200)).toEqual({ does: 'move', by: 1 })
  expect(readQueueKey(press('s', { ctrlKey: true }), Infinity, 1200)).toBeNull()
  expect(readQueueKey(press('constructor'), Infinity, 1200)).toBeNull()
})

it('the focus moves within the rows, from outside to the first or the last', () => {
  expect([moveTo(-1, 1, 4), moveTo(-1, -1, 4), moveTo(0, -1, 4), moveTo(3, 1, 4), moveTo(1, 1, 4)]).toEqual([
    0, 3, 0, 3, 2,
  ])
})
