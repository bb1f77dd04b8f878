/**
 * Spreads a text over 96 bits, by three multiplications of its own each character (after cyrb53), and writes them to a
 * place. Two of a milliard requests agree in all of them once in many milliards of registers. The seed is multiplied before
 * the first character comes: else the first characters of two texts could make up for two seeds.
 */
export function requestNumber(text: string, seed: number, into: Uint32Array, place: number): void {
  let a = Math.imul(0xdead_beef ^ seed, 2_246_822_507)
  let b = Math.imul(0x41c6_ce57 ^ seed, 3_266_489_909)
  let c = Math.imul(0x9e37_79b9 ^ seed, 2_654_435_761)
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 2_654_435_761)
    b = Math.imul(b ^ code, 1_597_334_677)
    c = Math.imul(c ^ code, 2_246_822_507)
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(c ^ (c >>> 13), 3_266_489_909)
  c = Math.imul(c ^ (c >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  into[place] = a
  into[place + 1] = b
  into[place + 2] = c
}
