import { canonicalJson, type Json } from '../../shared/domain/canonical-json.ts'
import { counted } from '../../shared/domain/counted.ts'
import type { Entry } from '../../shared/team/entry.ts'
import { OPSET } from '../../shared/team/operations.ts'
import type { Pending } from '../../shared/team/store.ts'
import type { DeviceKeys, TeamCrypto } from './crypto.ts'
import { MOST_SEALED_BYTES } from './entry.ts'
import { toHex } from './hex.ts'
import type { StreamState } from './stream.ts'

/** The device that composes entries. */
export interface Author {
  readonly device: string
  readonly keys: DeviceKeys
}

/** Which key seals an entry, and the position of `team` that it rests on. */
export interface Sealing {
  readonly key: Uint8Array
  readonly generation: number
  readonly teamSeq: number
}

/**
 * The entry of an operation at the next position of a stream. Throws `RangeError` for an operation that is longer than an
 * entry may be.
 */
export function composeEntry(
  crypto: TeamCrypto,
  author: Author,
  state: StreamState,
  sealing: Sealing,
  pending: Pending,
): Entry {
  const text = canonicalJson(pending.op as Json)
  const place = { stream: state.stream, op: pending.uid, opHash: crypto.hashText(text) }
  const sealed = crypto.sealText(sealing.key, place, text)
  if (sealed.length > MOST_SEALED_BYTES) {
    const [has, most] = [counted(sealed.length, 'byte'), counted(MOST_SEALED_BYTES, 'byte')]
    throw new RangeError(`The operation ${pending.op.kind} has ${has}; an entry has at most ${most}.`)
  }
  return crypto.signEntry(
    state.head,
    {
      ...place,
      seq: state.next,
      device: author.device,
      deviceSeq: state.used.lastCount(author.device) + 1,
      generation: sealing.generation,
      opset: OPSET,
      teamSeq: sealing.teamSeq,
      sealed,
    },
    author.keys.sign.privateKey,
  )
}

/** Random bits for an operation, so that its hash confirms no guess. */
export function createSalt(crypto: TeamCrypto): string {
  return toHex(crypto.random(16))
}
