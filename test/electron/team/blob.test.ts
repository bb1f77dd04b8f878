import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createBlob, MOST_TEXT_BYTES, openBlob, padLength } from '../../../electron/team/blob.ts'
import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { KEPT, tryBlobs } from './kept-blobs.ts'
import { crypto, SERVER } from './world.ts'

interface Vectors {
  readonly clientKey: string
  readonly stream: { readonly stream: string }
  readonly blob: Record<'text' | 'address' | 'sealed', string>
}

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors.json'), 'utf8')) as Vectors
const key = Buffer.from(vectors.clientKey, 'hex')
const { stream } = vectors.stream
const text = (words: string): Uint8Array => new TextEncoder().encode(words)

/** A blob with other packed bytes than its address names, as a member of the client could seal it. */
function forge(packed: Uint8Array, contains = text('x')) {
  const address = crypto.addressBlob(key, contains)
  return openBlob(crypto, key, { stream, address }, crypto.sealBlob(key, { stream, address }, packed))
}

function pack(length: number, frame: Uint8Array, frameLength = frame.length): Uint8Array {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(length, 0)
  head.writeUInt32BE(frameLength, 4)
  return Buffer.concat([head, frame])
}

describe('a blob', () => {
  it('is what the second implementation makes of the same key and bytes', () => {
    const { text: contained, address, sealed } = vectors.blob
    expect(Buffer.from(crypto.addressBlob(key, text(contained))).toString('hex')).toBe(address)
    const place = { stream, address: Buffer.from(address, 'hex') }
    expect(openBlob(crypto, key, place, Buffer.from(sealed, 'hex'))).toEqual(text(contained))
  })

  it('of any bytes is opened in its place only, with its key, and when no byte was changed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.nat(), (bytes, at) => {
        const { address, sealed } = createBlob(crypto, key, stream, bytes)
        const changed = sealed.with(at % sealed.length, (sealed[at % sealed.length] ?? 0) ^ 1)
        expect(openBlob(crypto, key, { stream, address }, sealed)).toEqual(bytes)
        expect(openBlob(crypto, key, { stream, address }, changed)).toBe('unreadable')
        expect(openBlob(crypto, key, { stream, address: address.with(0, 1 ^ (address[0] ?? 0)) }, sealed)).toBe(
          'unreadable',
        )
        expect(openBlob(crypto, crypto.createKey(), { stream, address }, sealed)).toBe('unreadable')
      }),
      { numRuns: 50 },
    )
    const { address, sealed } = createBlob(crypto, key, stream, text('x'))
    const other = '01890000-0000-7000-8000-000000000009'
    expect(openBlob(crypto, key, { stream: other, address }, sealed)).toBe('unreadable')
    // The nonce is random, so the server sees no more of equal blobs than their address.
    expect(createBlob(crypto, key, stream, text('x'))).not.toEqual({ address, sealed })
    expect(createBlob(crypto, key, stream, text('x')).address).toEqual(address)
  })

  it('of 12 MiB of zeros is a few hundred bytes, and longer bytes than a blob may have are refused by the author', () => {
    expect(createBlob(crypto, key, stream, new Uint8Array(12 << 20)).sealed.length).toBeLessThan(2048)
    expect(() => createBlob(crypto, key, stream, new Uint8Array(MOST_TEXT_BYTES + 1))).toThrow('16777217 bytes')
    expect(() => createBlob(crypto, key, stream, randomBytes(1 << 20))).toThrow('at most 1048576 bytes')
  })

  it('of a member who made it endless, or with other bytes than its address names, is refused with the reason', () => {
    const bomb = zstdCompressSync(new Uint8Array(256 << 20))
    expect(bomb.length).toBeLessThan(32_768)
    const before = process.memoryUsage().arrayBuffers
    expect(forge(pack(256 << 20, bomb))).toBe('too-long')
    expect(forge(pack(1000, bomb))).toBe('not-packed')
    expect(forge(pack(0, bomb))).toBe('not-packed')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 << 20)
    const frame = zstdCompressSync(text('x'))
    expect(forge(pack(1, frame))).toEqual(text('x'))
    expect(forge(pack(2, frame))).toBe('not-packed')
    expect(forge(pack(1, frame, frame.length + 1))).toBe('not-packed')
    expect(forge(pack(1, frame, 3))).toBe('not-packed')
    expect(forge(new Uint8Array(7))).toBe('not-packed')
    expect(forge(pack(1, frame), text('y'))).toBe('other-address')
  })
})

it('a padded length is at most 12 % longer, and of few classes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 256, max: 1 << 20 }), (length) => {
      const padded = padLength(length)
      expect(padded).toBeGreaterThanOrEqual(length)
      expect(padded).toBeLessThanOrEqual(length * 1.12)
      expect(padLength(padded)).toBe(padded)
    }),
  )
  const classes = new Set(Array.from({ length: 1 << 16 }, (_, length) => padLength(length + 1)))
  // 16 for each power of two.
  expect(classes.size).toBe(129)
  expect([1, 256, 257, 1000, 1009].map(padLength)).toEqual([256, 256, 272, 1024, 1024])
})

it('a server in memory keeps blobs by the rules of the one in PostgreSQL', async () => {
  const server = createMemoryServer(SERVER, () => 0)
  expect(await tryBlobs(async (login, rights) => server.connect(login, rights))).toEqual(KEPT)
})
