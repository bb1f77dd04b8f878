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
