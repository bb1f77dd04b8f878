/** A token of JSON: a sign, a quoted text, or a number, `true`, `false` or `null`. */
export interface JsonToken {
  readonly kind: '{' | '}' | '[' | ']' | ',' | ':' | 'text' | 'word'
  /** Offsets in the text: of its first character, and after its last. */
  readonly at: number
  readonly end: number
}

const SIGNS = '{}[],:'
const WORD = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/uy

/** The tokens of a text, up to the first that is not JSON. Returns its offset; the length of a text without one. */
export function* jsonTokens(text: string): Generator<JsonToken, number> {
  let at = afterSpace(text, 0)
  while (at < text.length) {
    const sign = text.charAt(at)
    if (SIGNS.includes(sign)) {
      yield { kind: sign as JsonToken['kind'], at, end: at + 1 }
      at = afterSpace(text, at + 1)
      continue
    }
    const end = sign === '"' ? endOfText(text, at + 1) : endOfWord(text, at)
    if (end === null) return at
    yield { kind: sign === '"' ? 'text' : 'word', at, end }
    at = afterSpace(text, end)
  }
  return text.length
}

function afterSpace(text: string, from: number): number {
  let at = from
  for (
    let code = text.charCodeAt(at);
    code === 32 || code === 10 || code === 13 || code === 9;
    code = text.charCodeAt(at)
  )
    at += 1
  return at
}

function endOfWord(text: string, from: number): number | null {
  WORD.lastIndex = from
  return WORD.test(text) ? WORD.lastIndex : null
}

/**
 * The offset after the closing quote; character by character, since a pattern runs out of memory on megabytes of text.
 */
function endOfText(text: string, from: number): number | null {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 34) return at + 1
    // JSON forbids the control characters below the space in a text, and no others.
    if (code < 32) return null
    if (code !== 92) continue
    const escaped = text.charAt(at + 1)
    if (escaped === 'u' && /^[\da-f]{4}$/iu.test(text.slice(at + 2, at + 6))) at += 5
    else if (escaped !== '' && '"\\/bfnrt'.includes(escaped)) at += 1
    else return null
  }
  return null
}
