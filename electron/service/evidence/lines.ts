/** A longer line is not a row of Castellan's; it is read in pieces, so that no file can fill the memory. */
const LONGEST = 1 << 24

/**
 * Cuts pieces of a file into lines. `visit` gets each with its line feed (the last one may have none), valid until it
 * returns.
 */
export async function eachLine(pieces: AsyncIterable<Uint8Array>, visit: (line: Uint8Array) => void): Promise<void> {
  const cutter = lineCutter(visit)
  for await (const piece of pieces) cutter.add(piece)
  cutter.end()
}

/** Counts the lines of pieces, the last one too if it has no line feed. */
export function lineCounter() {
  let feeds = 0
  let last = LINE_FEED
  return {
    add: (piece: Uint8Array): void => {
      for (let at = piece.indexOf(LINE_FEED); at !== -1; at = piece.indexOf(LINE_FEED, at + 1)) feeds += 1
      last = piece.at(-1) ?? last
    },
    count: (): number => feeds + (last === LINE_FEED ? 0 : 1),
  }
}

const LINE_FEED = 10

export function lineCutter(visit: (line: Uint8Array) => void) {
  let rest: Uint8Array[] = []
  let length = 0
  const flush = (): void => {
    if (length > 0) visit(rest.length === 1 ? (rest[0] ?? new Uint8Array()) : Buffer.concat(rest))
    rest = []
    length = 0
  }
  return {
    add: (piece: Uint8Array): void => {
      let from = 0
      for (let at = piece.indexOf(LINE_FEED); at !== -1; at = piece.indexOf(LINE_FEED, from)) {
        if (length === 0) visit(piece.subarray(from, at + 1))
        else {
          rest.push(piece.subarray(from, at + 1))
          length += 1
          flush()
        }
        from = at + 1
      }
      if (from === piece.length) return
      rest.push(Uint8Array.from(piece.subarray(from)))
      length += piece.length - from
      if (length > LONGEST) flush()
    },
    end: flush,
  }
}
