/**
 * Rounds parts to whole numbers that add up to their rounded sum, by the largest remainders; each is less than one off,
 * and a whole part stays as it is. Parts are numerators over one divisor; the sum is rounded half up.
 *
 * @example roundParts([15n, 15n, 10n], 10n) // [2n, 1n, 1n]: 1.5 + 1.5 + 1 = 4
 */
export function roundParts(parts: readonly bigint[], divisor: bigint): bigint[] {
  const floors = parts.map((part) => floorDivide(part, divisor))
  const wanted = roundHalfUp(
    parts.reduce((sum, part) => sum + part, 0n),
    divisor,
  )
  let missing = wanted - floors.reduce((sum, part) => sum + part, 0n)
  const byRemainder = parts
    .map((part, at) => ({ at, remainder: Number(part - (floors[at] ?? 0n) * divisor) }))
    .toSorted((x, y) => y.remainder - x.remainder || x.at - y.at)
  for (const { at } of byRemainder) {
    if (missing <= 0n) break
    floors[at] = (floors[at] ?? 0n) + 1n
    missing -= 1n
  }
  return floors
}

/** A quotient rounded half up, also below zero. */
export function roundHalfUp(numerator: bigint, divisor: bigint): bigint {
  return floorDivide(2n * numerator + divisor, 2n * divisor)
}

function floorDivide(numerator: bigint, divisor: bigint): bigint {
  const quotient = numerator / divisor
  return numerator < 0n && numerator % divisor !== 0n ? quotient - 1n : quotient
}

const WHOLE = 1000n

/** The shares of amounts in tenths of a per cent, which add up to 1,000. Null for all where the sum is not above zero. */
export function computeShares(amounts: readonly number[]): readonly (number | null)[] {
  const sum = amounts.reduce((total, amount) => total + BigInt(amount), 0n)
  if (sum <= 0n) return amounts.map(() => null)
  return roundParts(
    amounts.map((amount) => BigInt(amount) * WHOLE),
    sum,
  ).map(Number)
}
