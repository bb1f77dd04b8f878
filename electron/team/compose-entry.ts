import type { Entry } from '../../shared/team/entry.ts'
import { toOpText } from '../../shared/team/op-text.ts'
import type { Pending } from '../../shared/team/store.ts'
import type { DeviceKeys, TeamCrypto } from './crypto.ts'
import { toHex } from './hex.ts'
import type { StreamState } from './stream.ts'

/** The device that composes entries. */
export interface Author {
  readonly device: string
  readonly keys: DeviceKeys
}

/** Which key seals an entry, the position of `team` that it rests on, and the set of kinds that the team agreed on there. */
export interface Sealing {
  readonly key: Uint8Array
  readonly generation: number
  /** The highest that the team agreed on and this version knows. */
  readonly opset: number
  readonly teamSeq: number
}

/** The operations of this process's own entries, which it need not check like those of others. */
const composed = new WeakMap<Entry, { readonly head: Uint8Array; readonly signKey: Uint8Array }>()

/** Whether this process has just signed the entry for this head with the device's key: then its signature fits. */
export function isSignedHere(crypto: TeamCrypto, head: Uint8Array, entry: Entry, signKey: Uint8Array): boolean {
  const own = composed.get(entry)
  return own !== undefined && crypto.isSame(own.head, head) && crypto.isSame(own.signKey, signKey)
}

/** The entry of an operation at the next position of a stream. Throws `RangeError` as `toOpText` does. */
export function composeEntry(
  crypto: TeamCrypto,
  author: Author,
  state: StreamState,
  sealing: Sealing,
  pending: Pending,
): Entry {
  const text = toOpText(pending.op)
  const place = { stream: state.stream, op: pending.uid, opHash: crypto.hashText(text) }
  const entry = crypto.signEntry(
    state.head,
    {
      ...place,
      seq: state.next,
      device: author.device,
      deviceSeq: state.used.lastCount(author.device) + 1,
      generation: sealing.generation,
      opset: sealing.opset,
      teamSeq: sealing.teamSeq,
      sealed: crypto.sealText(sealing.key, place, text),
    },
    author.keys.sign.privateKey,
  )
  composed.set(entry, { head: state.head, signKey: author.keys.sign.publicKey })
  return entry
}

/** Random bits for an operation, so that its hash confirms no guess. */
export function createSalt(crypto: TeamCrypto): string {
  return toHex(crypto.random(16))
}
