import type { KeyName, TeamCrypto } from './crypto.ts'
import { toHex } from './hex.ts'

/**
 * The keys that a device has, by what they belong to. They come in wraps, which anyone can make: a key counts only where
 * the signed history commits to it.
 */
export interface KeyRing {
  /** What was in a wrap: generation 1 first. The same again changes nothing. */
  add(scope: string, keys: readonly Uint8Array[]): void
  /** The key that fits a commitment (32 bytes in hex); null when the device has none. */
  find(crypto: TeamCrypto, name: KeyName, commitment: string): Uint8Array | null
  /** Every key that the first generation of a team's own key may be, before its history has been opened. */
  listFirst(scope: string): readonly Uint8Array[]
}

export function createKeyRing(): KeyRing {
  const rings = new Map<string, readonly (readonly Uint8Array[])[]>()
  const commitments = new Map<Uint8Array, string>()
  return {
    add: (scope, keys) => {
      const known = rings.get(scope) ?? []
      if (!known.some((ring) => isSameRing(ring, keys))) rings.set(scope, [...known, keys])
    },
    find: (crypto, name, commitment) => {
      for (const ring of rings.get(name.scope) ?? []) {
        const key = ring[name.generation - 1]
        if (key === undefined) continue
        const known = commitments.get(key) ?? toHex(crypto.commitKey(name, key))
        commitments.set(key, known)
        if (known === commitment) return key
      }
      return null
    },
    listFirst: (scope) => (rings.get(scope) ?? []).flatMap(([key]) => key ?? []),
  }
}

function isSameRing(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((key, at) => key.every((byte, index) => byte === b[at]?.[index]))
}
