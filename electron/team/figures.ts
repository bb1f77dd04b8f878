import type { TeamCrypto } from './crypto.ts'
import { toText } from './form.ts'
import { pack, unpack } from './pack.ts'

/** Seals the figures of a client for those who do not hold it. `at`: milliseconds by the clock of their author. */
export function sealFigures(crypto: TeamCrypto, key: Uint8Array, log: string, at: number, text: string): Uint8Array {
  return crypto.sealFigures(key, log, at, pack(toText(text)))
}

/** The text of figures; null where no key of the client opens them. */
export function openFigures(
  crypto: TeamCrypto,
  keys: readonly Uint8Array[],
  log: string,
  at: number,
  sealed: Uint8Array,
): string | null {
  for (const key of keys.toReversed()) {
    const packed = crypto.openFigures(key, log, at, sealed)
    const bytes = packed === null ? null : unpack(packed)
    if (bytes !== null && typeof bytes !== 'string') return new TextDecoder().decode(bytes)
  }
  return null
}
