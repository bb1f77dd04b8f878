import { canonicalJson, hasCanonicalForm, type Json } from '../domain/canonical-json.ts'
import { counted } from '../domain/counted.ts'
import { MOST_LEVELS, type Op, parseOp } from './op.ts'

/** What an entry of 1 MiB has for its operation: the sealed bytes without nonce, tag and padding, which is 256 bytes at most. */
export const MOST_TEXT_BYTES = 1_048_576 - 24 - 16 - 256

/**
 * The text of an operation as an entry seals it. Throws `RangeError` for what no entry can have: call it before an operation
 * is decided, since one that can never be placed would hold up those after it.
 */
export function toOpText(op: Op): string {
  const text = hasCanonicalForm(op, MOST_LEVELS) ? canonicalJson(op as Json) : null
  if (text === null || parseOp(text) === null) {
    throw new RangeError(
      `The operation ${op.kind} cannot be shared: a number or a text of it has no form that other devices read.`,
    )
  }
  const bytes = countBytes(text)
  if (bytes > MOST_TEXT_BYTES) {
    const [has, most] = [counted(bytes, 'byte'), counted(MOST_TEXT_BYTES, 'byte')]
    throw new RangeError(`The operation ${op.kind} cannot be shared: it has ${has}, and an entry at most ${most}.`)
  }
  return text
}

/** The bytes of a text in UTF-8, where it has no half of a character. */
function countBytes(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    const isHalf = unit >= 0xd800 && unit <= 0xdfff
    bytes += unit < 0x80 ? 1 : unit < 0x800 || isHalf ? 2 : 3
  }
  return bytes
}
