import { expect, it } from 'vitest'

import { memoryStore } from '../../../electron/secrets/secret-store.ts'
import { seal, unseal } from '../../../electron/secrets/sealed.ts'

const key = new Uint8Array(32).fill(7)
const other = new Uint8Array(32).fill(8)

it('a sealed text is opened by its key alone, and does not contain the text', () => {
  const sealed = seal(key, 'sk-admin-secret-ü')
  expect(Buffer.from(sealed.text).toString('latin1')).not.toContain('secret')
  expect(unseal(key, sealed)).toBe('sk-admin-secret-ü')
  expect(unseal(other, sealed)).toBeNull()
  expect(unseal(key, { ...sealed, text: sealed.text.map((byte) => byte ^ 1) })).toBeNull()
})

it('a sealed store in memory returns nothing until its key opens it, and forgets what another key does not open', async () => {
  const store = memoryStore('No keychain in this test.')
  await store.set('connection-1', 'sk-1')
  store.seal?.(key)
  expect(await store.get('connection-1')).toBeNull()
  store.unseal?.(key)
  expect(await store.get('connection-1')).toBe('sk-1')
  store.seal?.(key)
  store.unseal?.(other)
  store.unseal?.(key)
  expect(await store.get('connection-1')).toBeNull()
})
