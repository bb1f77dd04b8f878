/** Finds the numbers of words in bytes, without making a text of each. */
interface ByteWords {
  /** The number of a word of ASCII. */
  computeNumber(bytes: Buffer, from: number, to: number): number
  /** Forgets all words, which are numbered again. */
  forget(): void
}

/** The words that are remembered: the most recent one for each hash. Few for the first words, as most files have few. */
const FIRST_SLOTS = 2 ** 9
const SLOTS = 2 ** 15
const GROWTH = 4

/** Slots for each word, so that few words share one and displace each other. */
const SLOTS_PER_WORD = 8

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
  const grow = (): void => {
    slots *= GROWTH
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
      const slot = (hash ^ (hash >>> 15)) & (slots - 1)
      const place = slot * LONGEST
      if (lengths[slot] === length + 1) {
        let at = 0
        while (at < length && words[place + at] === bytes[from + at]) at += 1
        if (at === length) return numbers[slot] ?? 0
      }
      const number = numberOfText(bytes.toString('latin1', from, to))
      if (number * SLOTS_PER_WORD >= slots && slots < SLOTS) {
        grow()
        return number
      }
      for (let at = 0; at < length; at += 1) words[place + at] = bytes[from + at] ?? 0
      lengths[slot] = length + 1
      numbers[slot] = number
      return number
    },
    forget: () => void lengths.fill(0),
  }
}

/**
 * Hashes a text to 96 bits, by three multiplications for each character (after cyrb53), and writes them to a position.
 * The collision probability for 10⁹ requests is below 10⁻⁹. The seed is multiplied before the first character:
 * otherwise the first characters of two texts could compensate for two seeds.
 */
export function requestNumber(text: string, seed: number, into: Uint32Array, place: number): void {
  let [a, b, c] = [first(seed), second(seed), third(seed)]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 2_654_435_761)
    b = Math.imul(b ^ code, 1_597_334_677)
    c = Math.imul(c ^ code, 2_246_822_507)
  }
  write(a, b, c, into, place)
}

/** Computes that number from ASCII text in bytes. */
export function requestNumberOfBytes(
  bytes: Uint8Array,
  from: number,
  to: number,
  seed: number,
  into: Uint32Array,
  place: number,
): void {
  let [a, b, c] = [first(seed), second(seed), third(seed)]
  for (let at = from; at < to; at += 1) {
    const code = bytes[at] ?? 0
    a = Math.imul(a ^ code, 2_654_435_761)
    b = Math.imul(b ^ code, 1_597_334_677)
    c = Math.imul(c ^ code, 2_246_822_507)
  }
  write(a, b, c, into, place)
}

function first(seed: number): number {
  return Math.imul(0xdead_beef ^ seed, 2_246_822_507)
}

function second(seed: number): number {
  return Math.imul(0x41c6_ce57 ^ seed, 3_266_489_909)
}

function third(seed: number): number {
  return Math.imul(0x9e37_79b9 ^ seed, 2_654_435_761)
}

function write(first: number, second: number, third: number, into: Uint32Array, place: number): void {
  const a = Math.imul(first ^ (first >>> 16), 2_246_822_507) ^ Math.imul(second ^ (second >>> 13), 3_266_489_909)
  const b = Math.imul(second ^ (second >>> 16), 2_246_822_507) ^ Math.imul(third ^ (third >>> 13), 3_266_489_909)
  into[place] = a
  into[place + 1] = b
  into[place + 2] = Math.imul(third ^ (third >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
}
