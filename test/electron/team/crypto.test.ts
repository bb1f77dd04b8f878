import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { loadTeamCrypto } from '../../../electron/team/crypto.ts'
import type { Entry } from '../../../shared/team/entry.ts'

interface Vectors {
  readonly device: { readonly seed: string; readonly signKey: string; readonly boxKey: string }
  readonly stream: { readonly stream: string; readonly root: string; readonly start: string }
  readonly clientKey: string
  readonly text: string
  readonly entries: readonly (Record<'opHash' | 'signature' | 'sealed' | 'head', string> &
    Omit<Entry, 'opHash' | 'signature' | 'sealed'>)[]
  readonly key: Record<'scope' | 'commitment', string> & { readonly generation: number }
  readonly knock: Record<'root' | 'invite' | 'device' | 'signKey' | 'boxKey' | 'login' | 'secret' | 'mac', string>
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'))
const hex = (value: Uint8Array | null): string | null => value && Buffer.from(value).toString('hex')

const crypto = await loadTeamCrypto()
const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors.json'), 'utf8')) as Vectors
const key = bytes(vectors.clientKey)

describe('the vectors of the second implementation, vectors.py', () => {
  it('have the same keys of a device from the same seed', () => {
    const keys = crypto.createDeviceKeys(bytes(vectors.device.seed))
    expect(hex(keys.sign.publicKey)).toBe(vectors.device.signKey)
    expect(hex(keys.box.publicKey)).toBe(vectors.device.boxKey)
  })

  it('have the same heads, signatures and operations', () => {
    const { sign } = crypto.createDeviceKeys(bytes(vectors.device.seed))
    let head = crypto.startStream(vectors.stream.stream, bytes(vectors.stream.root))
    expect(hex(head)).toBe(vectors.stream.start)
    for (const vector of vectors.entries) {
      const entry = {
        ...vector,
        opHash: bytes(vector.opHash),
        sealed: bytes(vector.sealed),
        signature: bytes(vector.signature),
      }
      expect(hex(crypto.hashText(vectors.text))).toBe(vector.opHash)
      expect(new TextDecoder().decode(crypto.openText(key, entry) ?? new Uint8Array())).toBe(vectors.text)
      expect(crypto.isSigned(head, entry, sign.publicKey)).toBe(true)
      expect(hex(crypto.signEntry(head, entry, sign.privateKey).signature)).toBe(vector.signature)
      head = crypto.computeHead(head, entry)
      expect(hex(head)).toBe(vector.head)
    }
  })

  it('have the same commitments and knocks', () => {
    const { scope, generation, commitment } = vectors.key
    const name = { scope, generation }
    expect(hex(crypto.commitKey(name, key))).toBe(commitment)
    const { root, invite, device, signKey, boxKey, login, secret, mac } = vectors.knock
    const knock = { root: bytes(root), invite, device, signKey: bytes(signKey), boxKey: bytes(boxKey), login }
    expect(hex(crypto.signKnock(bytes(secret), knock))).toBe(mac)
    expect(crypto.isKnockRight(bytes(secret), knock, bytes(mac))).toBe(true)
    expect(crypto.isKnockRight(bytes(secret), { ...knock, login: 'c_4f2b' }, bytes(mac))).toBe(false)
  })
})

describe('the keys of a client', () => {
  const name = { scope: vectors.key.scope, generation: 2 }
  const [own, other] = [crypto.createDeviceKeys(), crypto.createDeviceKeys()]
  const device = vectors.knock.device
  const keys = [crypto.createKey(), key]
  const wrap = crypto.wrapKeys(name, device, own.box.publicKey, keys)

  it('are opened by the device that they were wrapped for', () => {
    expect(crypto.unwrapKeys(name, device, own.box, wrap)).toEqual(keys)
  })

  it.each([
    ['by another device', name, device, other.box, wrap],
    ['under the name of another generation', { ...name, generation: 1 }, device, own.box, wrap],
    ['under the name of another client', { ...name, scope: device }, device, own.box, wrap],
    ['under the name of another device', name, vectors.knock.invite, own.box, wrap],
    ['when a byte was changed', name, device, own.box, wrap.with(60, (wrap[60] ?? 0) ^ 1)],
    ['when they were cut', name, device, own.box, wrap.subarray(0, 20)],
    ['when one is missing', name, device, own.box, crypto.wrapKeys(name, device, own.box.publicKey, [key])],
  ])('are not opened %s', (_, ...call) => {
    expect(crypto.unwrapKeys(...call)).toBeNull()
  })
})

describe('what the server stores of an operation', () => {
  const place = { stream: vectors.stream.stream, op: vectors.knock.invite, opHash: crypto.hashText('x') }

  it('has one length for operations of similar length, and is new each time', () => {
    const lengths = [0, 1, 200, 255].map((length) => crypto.sealText(key, place, 'x'.repeat(length)).length)
    expect(new Set(lengths).size).toBe(1)
    expect(crypto.sealText(key, place, 'x'.repeat(256)).length).toBe((lengths[0] ?? 0) + 256)
    expect(hex(crypto.sealText(key, place, 'x'))).not.toBe(hex(crypto.sealText(key, place, 'x')))
  })

  it('is opened in its place only', () => {
    const sealed = crypto.sealText(key, place, 'x')
    expect(crypto.openText(key, { ...place, sealed })).toEqual(new TextEncoder().encode('x'))
    expect(crypto.openText(key, { ...place, stream: vectors.knock.device, sealed })).toBeNull()
    expect(crypto.openText(key, { ...place, op: vectors.knock.device, sealed })).toBeNull()
    expect(crypto.openText(key, { ...place, opHash: crypto.hashText('y'), sealed })).toBeNull()
    expect(crypto.openText(crypto.createKey(), { ...place, sealed })).toBeNull()
    expect(crypto.openText(key, { ...place, sealed: new Uint8Array() })).toBeNull()
  })
})
