/** Prints one line about the progress of the set-up. */
export function say(text) {
  process.stderr.write(`castellan: ${text}\n`)
}

/** Seconds since a moment of `performance.now()`, such as `3.2 s`. */
export function since(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`
}
