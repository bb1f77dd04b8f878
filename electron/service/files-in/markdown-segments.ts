/** Lines of a Markdown text that can be read separately: text, or what is inside a fence. */
export interface Segment {
  /** The language of a fence; null for text. */
  readonly fence: string | null
  readonly lines: readonly string[]
  /** Position of the first line. */
  readonly from: number
}

const FENCE = /^( {0,3})(`{3,}(?!.*`)|~{3,})[ \t]*([^ \t]*)/u
const HEADING = /^ {0,3}#{1,6}(?:[ \t]|$)/u

/** The end of a block of HTML, by how it begins (CommonMark 4.6); null where a blank line ends it. */
const HTML: readonly (readonly [begins: RegExp, ends: RegExp | null])[] = [
  [/^ {0,3}<(?:script|pre|style|textarea)(?:[ \t>]|$)/iu, /<\/(?:script|pre|style|textarea)>/iu],
  [/^ {0,3}<!--/u, /-->/u],
  [/^ {0,3}<\?/u, /\?>/u],
  [/^ {0,3}<!\[CDATA\[/u, /\]\]>/u],
  [/^ {0,3}<![A-Za-z]/u, />/u],
  [/^ {0,3}</u, null],
]

/**
 * Cuts a text at places where a block certainly ends: before a heading or a fence, and after a blank line unless what
 * follows is indented. The library takes far longer for a long text than for its pieces; for some texts the time grows
 * with the square of the length.
 */
export function splitSegments(lines: readonly string[]): Segment[] {
  const segments: Segment[] = []
  let start = 0
  const cut = (end: number): void => {
    if (lines.slice(start, end).some((line) => line.trim() !== '')) {
      segments.push({ fence: null, lines: lines.slice(start, end), from: start })
    }
    start = end
  }
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    const [, indent, mark = '', language = ''] = FENCE.exec(line) ?? []
    if (indent !== undefined) {
      cut(at)
      const end = endOfFence(lines, at, mark)
      const indented = new RegExp(`^ {0,${indent.length}}`, 'u')
      const inner = lines.slice(at + 1, end).map((each) => each.replace(indented, ''))
      segments.push({ fence: language, lines: inner, from: at + 1 })
      at = end
      start = end + 1
      continue
    }
    const html = HTML.find(([begins]) => begins.test(line))
    if (html !== undefined) {
      const end = endOfHtml(lines, at, html[1])
      // Only the library can decide whether this is HTML, in which a fence has no meaning: it reads the rest in one
      // piece.
      if (html[1] === null && lines.slice(at, end).some((each) => FENCE.test(each))) break
      at = end
    } else if (HEADING.test(line)) cut(at)
    else if (line.trim() === '' && !/^[ \t]/u.test(lines[at + 1] ?? '')) cut(at + 1)
  }
  cut(lines.length)
  return segments
}

/** The line that closes a fence, or the end of the text. */
function endOfFence(lines: readonly string[], from: number, mark: string): number {
  const sign = mark.charAt(0)
  for (let at = from + 1; at < lines.length; at += 1) {
    const closing = (lines[at] ?? '').replace(/^ {0,3}/u, '').trimEnd()
    if (closing.length >= mark.length && closing === sign.repeat(closing.length)) return at
  }
  return lines.length
}

/** The last line of a block of HTML. */
function endOfHtml(lines: readonly string[], from: number, ends: RegExp | null): number {
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (ends === null ? line.trim() === '' : ends.test(line)) return at
  }
  return lines.length
}
