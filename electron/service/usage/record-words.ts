/** Finds the numbers of words in bytes, without making a text of each. */
export interface ByteWords {
  /** The number of a word of ASCII. */
  computeNumber(bytes: Buffer, from: number, to: number): number
}

/** The words that are remembered: the most recent one for each hash. Few for the first words, as most files have few. */
const FIRST_SLOTS = 2 ** 9
const SLOTS = 2 ** 15

/** Bytes of the longest word that is remembered; providers' ids and most addresses are shorter. */
const LONGEST = 64

/**
 * Remembers the most recent words by their bytes; looks up the number of any other by its text. Memory use does not
 * depend on the number of words in a file.
 */
export function newByteWords(numberOfText: (word: string) => number): ByteWords {
  let slots = FIRST_SLOTS
  let words = new Uint8Array(slots * LONGEST)
  // Length plus one; 0 where nothing is remembered.
  let lengths = new Uint8Array(slots)
  let numbers = new Int32Array(slots)
  let looked = 0
  const grow = (): void => {
    slots = SLOTS
    words = new Uint8Array(slots * LONGEST)
    lengths = new Uint8Array(slots)
    numbers = new Int32Array(slots)
  }
  return {
    computeNumber(bytes, from, to) {
      const length = to - from
      if (length > LONGEST) return numberOfText(bytes.toString('latin1', from, to))
      let hash = length
      for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x85eb_ca6b)
      if (looked === FIRST_SLOTS && slots < SLOTS) grow()
      const slot = (hash ^ (hash >>> 15)) & (slots - 1)
      const place = slot * LONGEST
      if (lengths[slot] === length + 1) {
        let at = 0
        while (at < length && words[place + at] === bytes[from + at]) at += 1
        if (at === length) return numbers[slot] ?? 0
      }
      looked += 1
      const number = numberOfText(bytes.toString('latin1', from, to))
      for (let at = 0; at < length; at += 1) words[place + at] = bytes[from + at] ?? 0
      lengths[slot] = length + 1
      numbers[slot] = number
      return number
    },
  }
}
