/** JSON forbids the control characters below the space in a text, and no others. */
const TOKEN =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\0-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/uy

/** What may come next: a value, a value or the end of a list, the name of a field, and so on. */
type Next = 'value' | 'first-value' | 'name' | 'first-name' | 'colon' | 'after'

/**
 * Where a text stops being JSON: the offset of the first token that cannot stand there, or the length of a text that ends
 * too early. Null when it is JSON. The engine's own message does not always tell, and quotes the text where it does.
 */
export function jsonBreak(text: string): number | null {
  const open: ('{' | '[')[] = []
  let next: Next = 'value'
  TOKEN.lastIndex = 0
  for (;;) {
    const from = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    const start = from + (/^[ \t\r\n]*/u.exec(text.slice(from, from + 4096))?.[0].length ?? 0)
    if (match === null) return start >= text.length && next === 'after' && open.length === 0 ? null : start
    const [, mark, name] = match
    const step = stepOf(next, open, mark, name !== undefined)
    if (step === null) return start
    next = step
  }
}

function stepOf(next: Next, open: ('{' | '[')[], mark: string | undefined, isText: boolean): Next | null {
  const takesValue = next === 'value' || next === 'first-value'
  if (mark === undefined) {
    if (takesValue) return 'after'
    return isText && (next === 'name' || next === 'first-name') ? 'colon' : null
  }
  if (mark === '{' || mark === '[') {
    if (!takesValue) return null
    open.push(mark)
    return mark === '{' ? 'first-name' : 'first-value'
  }
  if (mark === ':') return next === 'colon' ? 'value' : null
  const inside = open.at(-1)
  if (mark === ',') {
    if (next !== 'after' || inside === undefined) return null
    return inside === '{' ? 'name' : 'value'
  }
  const fits = mark === '}' ? inside === '{' && next !== 'name' && next !== 'colon' : inside === '[' && next !== 'value'
  if (!fits || (next !== 'after' && next !== 'first-name' && next !== 'first-value')) return null
  open.pop()
  return 'after'
}
