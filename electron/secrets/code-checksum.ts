/**
 * The checksum of Bech32m over symbols of five bits (BIP-173 and BIP-350): a BCH code that finds every error of up to
 * four symbols in 89, so any mistyped character and any two that changed places, and that tells errors of up to two
 * symbols apart, so such an error can be located.
 */
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const
const BECH32M = 0x2bc830a3

/** Symbols that `withChecksum` appends. */
export const CHECKSUM_LENGTH = 6

/** The symbols (0 to 31) followed by their six symbols of checksum. */
export function withChecksum(symbols: readonly number[]): readonly number[] {
  const rest = remainder([...symbols, 0, 0, 0, 0, 0, 0]) ^ BECH32M
  return [...symbols, ...Array.from({ length: CHECKSUM_LENGTH }, (_, index) => (rest >>> (5 * (5 - index))) & 31)]
}

export function isChecksumRight(symbols: readonly number[]): boolean {
  return remainder(symbols) === BECH32M
}

/**
 * Where symbols with a wrong checksum went wrong: the index of the one wrong symbol, or of the first of two neighbours that
 * changed places. Null when the damage is larger. It says where to look; a repair would be a guess at a key.
 */
export function locateError(symbols: readonly number[]): { readonly index: number; readonly swapped: boolean } | null {
  for (const [index, symbol] of symbols.entries()) {
    for (let other = 0; other < 32; other += 1) {
      if (other !== symbol && isChecksumRight(symbols.with(index, other))) return { index, swapped: false }
    }
  }
  for (let index = 0; index + 1 < symbols.length; index += 1) {
    const [left, right] = [symbols[index] ?? 0, symbols[index + 1] ?? 0]
    if (isChecksumRight(symbols.with(index, right).with(index + 1, left))) return { index, swapped: true }
  }
  return null
}

function remainder(symbols: readonly number[]): number {
  let rest = 1
  for (const symbol of symbols) {
    const top = rest >>> 25
    rest = ((rest & 0x1ffffff) << 5) ^ symbol
    for (const [bit, term] of GENERATOR.entries()) if ((top >>> bit) & 1) rest ^= term
  }
  return rest >>> 0
}
