/**
 * Numbers and ids that look random but depend on their seed alone, so that the sample agency is the same on every
 * machine and a change in one place does not affect others.
 */

/** FNV-1a over the text, then mixed (murmur3 finalizer): 32 bits. */
function hash(text: string): number {
  let value = 0x81_1c_9d_c5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01_00_01_93)
  }
  value = Math.imul(value ^ (value >>> 16), 0x85_eb_ca_6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2_b2_ae_35)
  return (value ^ (value >>> 16)) >>> 0
}

/** From 0 up to, not including, 1. */
export function share(seed: string): number {
  return hash(seed) / 2 ** 32
}

/** A whole number from `least` to `most`, both included. */
export function between(seed: string, least: number, most: number): number {
  return least + Math.floor(share(seed) * (most - least + 1))
}

const LETTERS = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** `length` letters and digits. */
export function letters(seed: string, length: number): string {
  let text = ''
  for (let index = 0; index < length; index += 1) text += LETTERS[hash(`${seed}/${index}`) % LETTERS.length] ?? ''
  return text
}
