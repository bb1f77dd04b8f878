/** Bits that are sorted in one pass. */
const BITS = 11
const VALUES = 2 ** BITS

/**
 * Positions of rows, ordered by the first column, then the second, and so on. Columns hold whole numbers. A radix sort,
 * least significant digit first: for a hundred thousand rows it takes a tenth of the time of comparing.
 */
export function orderBy(columns: readonly Float64Array[], count: number): Uint32Array {
  let order = new Uint32Array(count)
  for (let row = 0; row < count; row += 1) order[row] = row
  let next = new Uint32Array(count)
  const digits = new Uint16Array(count)
  for (const column of columns.toReversed()) {
    const [least, most] = computeBounds(column, count)
    for (let unit = 1; unit <= most - least; unit *= VALUES) {
      const starts = countDigits(column, { least, most, unit }, digits.subarray(0, count))
      for (let n = 0; n < count; n += 1) {
        const row = order[n] ?? 0
        const digit = digits[row] ?? 0
        const place = starts[digit] ?? 0
        next[place] = row
        starts[digit] = place + 1
      }
      ;[order, next] = [next, order]
    }
  }
  return order
}

/** A digit: values are counted from `least`, and one digit is `unit` of them. */
interface Digit {
  readonly least: number
  readonly most: number
  readonly unit: number
}

/** Writes the digit of each row, and returns where the rows of each digit begin. */
function countDigits(column: Float64Array, { least, most, unit }: Digit, digits: Uint16Array): Uint32Array {
  const starts = new Uint32Array(VALUES + 1)
  // Whole numbers of 32 bits need no division, which takes most of the time.
  const isSmall = most - least < 2 ** 32
  const shift = Math.log2(unit)
  for (let row = 0; row < digits.length; row += 1) {
    const value = (column[row] ?? 0) - least
    const digit = isSmall ? (value >>> shift) & (VALUES - 1) : Math.floor(value / unit) % VALUES
    digits[row] = digit
    starts[digit + 1] = (starts[digit + 1] ?? 0) + 1
  }
  for (let value = 0; value < VALUES; value += 1) {
    starts[value + 1] = (starts[value + 1] ?? 0) + (starts[value] ?? 0)
  }
  return starts
}

function computeBounds(column: Float64Array, count: number): readonly [least: number, most: number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let row = 0; row < count; row += 1) {
    const value = column[row] ?? 0
    if (value < least) least = value
    if (value > most) most = value
  }
  return [least, most]
}
