/** Finds the numbers of words that lie in bytes, without making a text of each. */
export interface ByteWords {
  /** The number of a word of ASCII. */
  computeNumber(bytes: Buffer, from: number, to: number): number
}

/** Words that are remembered: one for each hash, the last that came. */
const SLOTS = 2 ** 15

/** Bytes of the longest word that is remembered; providers' ids and most addresses are shorter. */
const LONGEST = 64

/**
 * Remembers the words that came last, in place of their texts; asks for the number of any other by its text. However many
 * words a file has, it takes the same memory.
 */
export function newByteWords(numberOfText: (word: string) => number): ByteWords {
  const words = new Uint8Array(SLOTS * LONGEST)
  // Length plus one; 0 where nothing is remembered.
  const lengths = new Uint8Array(SLOTS)
  const numbers = new Int32Array(SLOTS)
  return {
    computeNumber(bytes, from, to) {
      const length = to - from
      if (length > LONGEST) return numberOfText(bytes.toString('latin1', from, to))
      let hash = length
      for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x85eb_ca6b)
      const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
      const place = slot * LONGEST
      if (lengths[slot] === length + 1) {
        let at = 0
        while (at < length && words[place + at] === bytes[from + at]) at += 1
        if (at === length) return numbers[slot] ?? 0
      }
      const number = numberOfText(bytes.toString('latin1', from, to))
      for (let at = 0; at < length; at += 1) words[place + at] = bytes[from + at] ?? 0
      lengths[slot] = length + 1
      numbers[slot] = number
      return number
    },
  }
}
