const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Characters of a checksum: 62 to the sixth is more than a CRC-32 has. */
const LENGTH = 6

/** True if the last characters of a token's body are the CRC-32 of those before, as GitHub and npm write it in base 62. */
export function hasChecksum(body: string): boolean {
  return body.length > LENGTH && toBase62(crc32(body.slice(0, -LENGTH))) === body.slice(-LENGTH)
}

function toBase62(number: number): string {
  let text = ''
  for (let rest = number, at = 0; at < LENGTH; at += 1) {
    text = DIGITS.charAt(rest % 62) + text
    rest = Math.floor(rest / 62)
  }
  return text
}

/** Of ASCII. */
function crc32(text: string): number {
  let crc = 0xffffffff
  for (let at = 0; at < text.length; at += 1) {
    crc ^= text.charCodeAt(at)
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}
