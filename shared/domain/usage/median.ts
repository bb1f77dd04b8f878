/** The middle value, or the mean of the two in the middle; 0 for none. */
export function computeMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const [below = 0, above = below] = sorted.slice(Math.floor((sorted.length - 1) / 2), middle + 1)
  return (below + above) / 2
}
