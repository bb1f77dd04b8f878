/** The text in a binary that begins at a place and ends with a zero byte. */
export function readText(bytes, at) {
  return bytes.toString('latin1', at, bytes.indexOf(0, at))
}

/** The order of two versions of numbers with dots. */
export function compareNumbers(a, b) {
  const [one, two] = [a, b].map((version) => version.split('.').map(Number))
  for (let index = 0; index < Math.max(one.length, two.length); index += 1) {
    const difference = (one[index] ?? 0) - (two[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
