import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'

import type { Entry } from '../../../shared/team/entry.ts'

/**
 * The hashes of docs/team-protocol.md with Node's SHA-256 and Ed25519: a second computation beside `electron/team/crypto.ts`, and
 * without libsodium, which neither a register of one person nor an auditor's machine loads.
 */

/** What the digest of an entry covers beside the head before it: of what is sealed, its hash. */
export type HashedEntry = Omit<Entry, 'sealed' | 'signature'> & { readonly sealedHash: Uint8Array }

const ENTRY = 'castellan entry 1\0'

/** What the first entry of a stream follows. `root`: the head of the first entry of `team`, and 32 zero bytes for `team` itself. */
export function startHead(stream: string, root: Uint8Array): Buffer {
  return sha256('castellan stream 1\0', uuid(stream), root)
}

export function digestEntry(previous: Uint8Array, entry: HashedEntry): Buffer {
  return sha256(
    ENTRY,
    previous,
    uuid(entry.stream),
    u64(entry.seq),
    uuid(entry.op),
    uuid(entry.device),
    u64(entry.deviceSeq),
    u32(entry.generation),
    u32(entry.opset),
    u64(entry.teamSeq),
    entry.opHash,
    entry.sealedHash,
  )
}

/** The head after an entry. `digest`: as `digestEntry` gives it. */
export function headAfter(digest: Uint8Array, signature: Uint8Array): Buffer {
  return sha256('castellan head 1\0', digest, signature)
}

/** Whether a device signed a digest. `signKey`: Ed25519, 32 bytes in hex. */
export function isDigestSigned(digest: Uint8Array, signature: Uint8Array, signKey: string): boolean {
  return verify(null, Buffer.concat([Buffer.from(ENTRY), digest]), readKey(signKey), signature)
}

/** Few devices sign many entries; a hostile pack may have any number of keys. */
const MOST_KEYS = 1000
const keys = new Map<string, KeyObject>()

function readKey(signKey: string): KeyObject {
  const known = keys.get(signKey)
  if (known !== undefined) return known
  if (keys.size === MOST_KEYS) keys.clear()
  const key = createPublicKey({ key: toDer(signKey), format: 'der', type: 'spki' })
  keys.set(signKey, key)
  return key
}

/** What DER has before the 32 bytes of an Ed25519 key (RFC 8410, section 4). */
export const DER_PREFIX = '302a300506032b6570032100'

/** SHA-256 of a device's key in DER, in hex: its fingerprint, as that of any key that signs evidence. */
export function fingerprintKey(signKey: string): string {
  return sha256(toDer(signKey)).toString('hex')
}

function toDer(signKey: string): Buffer {
  return Buffer.from(`${DER_PREFIX}${signKey}`, 'hex')
}

export function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const sum = createHash('sha256')
  for (const part of parts) sum.update(part)
  return sum.digest()
}

const uuid = (text: string): Buffer => Buffer.from(text.replaceAll('-', ''), 'hex')

function u32(count: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(count)
  return bytes
}

function u64(count: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(count))
  return bytes
}
