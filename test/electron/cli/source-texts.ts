/** A text that a source writes in quotes, with `placeholder` for each value of a template. */
export interface SourceText {
  readonly text: string
  readonly line: number
}

/** The place in a text of a value that only the running program knows. */
export const VALUE = '\u{FFFC}'

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0' }

/** The texts of a TypeScript source: strings and templates, those within a template too; none of comments. */
export function textsIn(source: string): readonly SourceText[] {
  const found: SourceText[] = []
  const lineAt = (at: number): number => source.slice(0, at).split('\n').length

  /** Reads code up to the brace that closes it, and returns the place behind. */
  function readCode(from: number): number {
    let depth = 0
    for (let at = from; at < source.length; at += 1) {
      const char = source[at] ?? ''
      const two = source.slice(at, at + 2)
      if (two === '//' && source[at - 1] !== ':') at = source.indexOf('\n', at) - 1
      else if (two === '/*') at = source.indexOf('*/', at) + 1
      else if (char === '"' || char === "'" || char === '`') at = readText(at, char)
      else if (char === '{') depth += 1
      else if (char === '}' && depth === 0) return at
      else if (char === '}') depth -= 1
      if (at < from) break
    }
    return source.length
  }

  /** Reads a text from its opening quote, and returns the place of its closing one. */
  function readText(from: number, quote: string): number {
    let text = ''
    for (let at = from + 1; at < source.length; at += 1) {
      const char = source[at] ?? ''
      if (char === quote) {
        found.push({ text, line: lineAt(from) })
        return at
      }
      // A quote within a regular expression opens no text.
      if (char === '\n' && quote !== '`') return from
      if (char === '\\') {
        at += 1
        text += ESCAPES[source[at] ?? ''] ?? source[at] ?? ''
      } else if (quote === '`' && source.startsWith('${', at)) {
        at = readCode(at + 2)
        text += VALUE
      } else text += char
    }
    return from
  }

  readCode(0)
  return found
}
