/** A part of a page, as `build/documents.mjs` makes it from Markdown: a text as it is, or an element with what is inside of it. */
export type Part = string | Branch

/** An element of a page. */
export type Branch = readonly [tag: string, properties: Properties, inside: readonly Part[]]

interface Properties {
  /** The anchor of a heading, or of an entry that explains a term. */
  readonly id?: string
  /** Where a link leads to, in the guide. */
  readonly topic?: string
  /** The language of a code block. */
  readonly lang?: string
  /** A picture of `docs/pictures`, in the colour scheme of the window, and the text for it. */
  readonly file?: string
  readonly alt?: string
}

/** A page of `docs/`. */
export interface GuidePage {
  readonly name: string
  readonly title: string
  readonly tree: readonly Part[]
}

const INLINE = ['strong', 'em', 'code', 'a', 'span']

/** The text of parts in one line, with a space between blocks. */
export function toText(parts: readonly Part[]): string {
  return parts.map(toRun).join('').replaceAll(/\s+/gu, ' ').trim()
}

function toRun(part: Part): string {
  if (typeof part === 'string') return part
  const [tag, { alt = '' }, inside] = part
  const text = alt + inside.map(toRun).join('')
  return INLINE.includes(tag) ? text : ` ${text} `
}

/** A topic as its page and its anchor; the anchor is empty for a whole page. */
export function splitTopic(topic: string): { readonly page: string; readonly anchor: string } {
  const [page = '', anchor = ''] = topic.split('#')
  return { page, anchor }
}
