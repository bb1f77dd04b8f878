/** Tells most new requests without looking them up. */
export interface RequestFilter {
  /** Takes a request, three numbers that are spread evenly. False when it was never taken before; else it may have been. */
  add(a: number, b: number, c: number): boolean
}

/** Four mebibits a word each: 32 MiB, whatever is taken. Ten million requests are then mistaken once in four thousand times. */
const WORD_BITS = 23
const WORDS = 2 ** WORD_BITS

/**
 * A Bloom filter whose bits for one request lie in one word, so that a look costs one miss of the cache: a word, and four
 * of its bits.
 */
export function newRequestFilter(): RequestFilter {
  const words = new Int32Array(WORDS)
  return {
    add(a, b, c) {
      const word = (a ^ (c << 12)) >>> (32 - WORD_BITS)
      const bits = (1 << (b & 31)) | (1 << ((b >>> 5) & 31)) | (1 << ((b >>> 10) & 31)) | (1 << ((b >>> 15) & 31))
      const held = words[word] ?? 0
      words[word] = held | bits
      return (held & bits) === bits
    },
  }
}
