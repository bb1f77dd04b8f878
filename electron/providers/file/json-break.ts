import { type JsonToken, jsonTokens } from './json-tokens.ts'

/** The tokens that may come next: a value, a value or the end of a list, the name of a field, and so on. */
type Next = 'value' | 'first-value' | 'name' | 'first-name' | 'colon' | 'after'

/**
 * Where a text stops being JSON: the offset of the first misplaced token, or the length of a text that ends too early.
 * Null when it is JSON. The engine's own message does not always have the position, and quotes the text where it does.
 */
export function jsonBreak(text: string): number | null {
  const open: ('{' | '[')[] = []
  const tokens = jsonTokens(text)
  let next: Next = 'value'
  for (;;) {
    const read = tokens.next()
    if (read.done === true)
      return read.value >= text.length && next === 'after' && open.length === 0 ? null : read.value
    const step = findStep(next, open, read.value.kind)
    if (step === null) return read.value.at
    next = step
  }
}

function findStep(next: Next, open: ('{' | '[')[], kind: JsonToken['kind']): Next | null {
  const takesValue = next === 'value' || next === 'first-value'
  if (kind === 'text' || kind === 'word') {
    if (takesValue) return 'after'
    return kind === 'text' && (next === 'name' || next === 'first-name') ? 'colon' : null
  }
  if (kind === '{' || kind === '[') {
    if (!takesValue) return null
    open.push(kind)
    return kind === '{' ? 'first-name' : 'first-value'
  }
  if (kind === ':') return next === 'colon' ? 'value' : null
  const inside = open.at(-1)
  if (kind === ',') {
    if (next !== 'after' || inside === undefined) return null
    return inside === '{' ? 'name' : 'value'
  }
  const fits = kind === '}' ? inside === '{' && next !== 'name' && next !== 'colon' : inside === '[' && next !== 'value'
  if (!fits || (next !== 'after' && next !== 'first-name' && next !== 'first-value')) return null
  open.pop()
  return 'after'
}
