import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'

import { BATCH_CLASSES, type BatchClass } from '../../../shared/team/batch.ts'

/**
 * The hashes of docs/team-protocol.md with Node's SHA-256 and Ed25519: a second computation beside `electron/team/crypto.ts`, and without libsodium,
 * which neither a register of one person nor an auditor's machine loads.
 */

/** What the signature of a batch covers. Hashes are in hex; `boxHead`: the first 40 bytes of the box. */
export interface HashedBatch {
  readonly log: string
  readonly at: number
  readonly before: string
  readonly card: string | null
  readonly device: string
  readonly class: BatchClass
  readonly change: string | null
  readonly boxHead: string
  readonly boxHash: string
}

const toContext = (words: string): string => `castellan ${words}\0`
const NONE_32 = '0'.repeat(64)
const NONE_16 = '0'.repeat(32)

/** The head of a log before its first batch, in hex. `root`: the head of the team's first batch, in hex; null for the team's log itself. */
export function startHead(log: string, root: string | null): string {
  return sha256(toContext('log 2'), hex(log), hex(root ?? NONE_32))
}

/** The head after a batch, in hex. */
export function headAfter({ before, boxHash }: Pick<HashedBatch, 'before' | 'boxHash'>, signature: string): string {
  return sha256(hex(before), hex(boxHash), hex(signature))
}

/** The bytes that a device signed. `root`: as of `startHead`; null for the first batch of the team's log. */
export function toSigned(root: string | null, batch: HashedBatch): Buffer {
  const at = Buffer.alloc(8)
  at.writeBigUInt64BE(BigInt(batch.at))
  return Buffer.concat([
    Buffer.from(toContext('batch 2')),
    hex(root ?? NONE_32),
    hex(batch.log),
    at,
    hex(batch.before),
    hex(batch.card ?? NONE_32),
    hex(batch.device),
    Buffer.of(BATCH_CLASSES.indexOf(batch.class)),
    hex(batch.change ?? NONE_16),
    hex(batch.boxHead),
    hex(batch.boxHash),
  ])
}

/** True if a device signed a batch for its place. `signKey`: Ed25519, 32 bytes in hex. */
export function isSigned(root: string | null, batch: HashedBatch, signature: string, signKey: string): boolean {
  return verify(null, toSigned(root, batch), readKey(signKey), hex(signature))
}

/** Few devices sign many batches; a hostile pack may have any number of keys. */
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
  return sha256(toDer(signKey))
}

function toDer(signKey: string): Buffer {
  return Buffer.from(`${DER_PREFIX}${signKey}`, 'hex')
}

export function sha256(...parts: readonly (string | Uint8Array)[]): string {
  const sum = createHash('sha256')
  for (const part of parts) sum.update(part)
  return sum.digest('hex')
}

/** The bytes of hexadecimal digits, or of a UUID. */
function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll('-', ''), 'hex')
}
