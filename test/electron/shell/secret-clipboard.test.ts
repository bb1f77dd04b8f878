import { createHash } from 'node:crypto'

import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { newSecretClipboard } from '../../../electron/shell/secret-clipboard.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const CLEAR_AFTER_MS = 30_000

const computeDigest = (text: string): string => createHash('sha256').update(text).digest('hex')

function desktop() {
  const state: { text: string | null } = { text: null }
  const secrets = newSecretClipboard({
    read: async () => state.text,
    clear: async () => {
      state.text = ''
    },
  })
  const copy = (text: string): void => {
    state.text = text
    secrets.copied(computeDigest(text))
  }
  return { state, secrets, copy }
}

it('a secret is cleared 30 seconds after it was copied, counted from the last copy', async () => {
  const { state, copy } = desktop()
  copy('first')
  await vi.advanceTimersByTimeAsync(CLEAR_AFTER_MS - 1000)
  copy('second')
  await vi.advanceTimersByTimeAsync(CLEAR_AFTER_MS - 1)
  expect(state.text).toBe('second')
  await vi.advanceTimersByTimeAsync(1)
  expect(state.text).toBe('')
})

it('what was copied after the secret stays', async () => {
  const { state, copy } = desktop()
  copy('secret')
  state.text = 'a shopping list'
  await vi.advanceTimersByTimeAsync(CLEAR_AFTER_MS)
  expect(state.text).toBe('a shopping list')
})

it('a clipboard that cannot be read is left alone', async () => {
  const { state, secrets, copy } = desktop()
  copy('secret')
  state.text = null
  await secrets.clearNow()
  expect(state.text).toBeNull()
})

it('on lock the secret is cleared without waiting, and only once', async () => {
  const { state, secrets, copy } = desktop()
  copy('secret')
  await secrets.clearNow()
  expect(state.text).toBe('')
  state.text = 'secret'
  await vi.advanceTimersByTimeAsync(CLEAR_AFTER_MS)
  await secrets.clearNow()
  expect(state.text).toBe('secret')
})
