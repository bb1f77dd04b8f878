/** A version as packages have it (semver.org 2.0.0, without build metadata): `0.2.0`, `1.0.0-beta.2`. */
export const VERSION_FORM =
  /^(?:0|[1-9]\d{0,5})(?:\.(?:0|[1-9]\d{0,5})){2}(?:-[0-9A-Za-z]{1,20}(?:\.[0-9A-Za-z]{1,20}){0,4})?$/u

/**
 * The order of two versions by semver.org §11: negative where `a` is older, 0 for the same, positive where it is newer.
 * Both have the form above.
 */
export function compareVersions(a: string, b: string): number {
  const [numbersOfA, preOfA] = split(a)
  const [numbersOfB, preOfB] = split(b)
  const byNumbers = compareLists(numbersOfA, numbersOfB)
  if (byNumbers !== 0) return byNumbers
  // A version with a pre-release is older than the same without.
  if (preOfA.length === 0 || preOfB.length === 0) return preOfB.length - preOfA.length
  return compareLists(preOfA, preOfB)
}

function split(version: string): readonly [numbers: readonly string[], pre: readonly string[]] {
  const [numbers = '', ...pre] = version.split('-')
  return [numbers.split('.'), pre.length === 0 ? [] : pre.join('-').split('.')]
}

function compareLists(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index]
    if (other === undefined) return 1
    const order = compareParts(part, other)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** Numbers are compared as numbers and are lower than words. */
function compareParts(a: string, b: string): number {
  const [isNumberA, isNumberB] = [/^\d+$/u.test(a), /^\d+$/u.test(b)]
  if (isNumberA && isNumberB) return Number(a) - Number(b)
  if (isNumberA !== isNumberB) return isNumberA ? -1 : 1
  return a < b ? -1 : Number(a > b)
}
