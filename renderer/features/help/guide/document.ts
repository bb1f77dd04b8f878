/** A part of a text; a plain string is text as it is. */
export type Inline =
  | string
  | { readonly is: 'code'; readonly text: string }
  | { readonly is: 'strong' | 'em'; readonly inline: readonly Inline[] }
  /** Leads to a topic of the guide, or names an address that the window does not open; to neither where it is a file of the sources. */
  | {
      readonly is: 'link'
      readonly topic: string | null
      readonly address: string | null
      readonly inline: readonly Inline[]
    }

/** A block of a page, as `build/documents.mjs` makes it from Markdown: no other kinds exist, HTML least of all. */
export type Block =
  | { readonly is: 'heading'; readonly level: number; readonly id: string; readonly text: string }
  | { readonly is: 'text'; readonly inline: readonly Inline[] }
  | { readonly is: 'list'; readonly ordered: boolean; readonly items: readonly Item[] }
  | { readonly is: 'code'; readonly lang: string; readonly text: string }
  | {
      readonly is: 'table'
      readonly head: readonly (readonly Inline[])[]
      readonly rows: readonly (readonly (readonly Inline[])[])[]
    }
  | { readonly is: 'quote'; readonly blocks: readonly Block[] }
  /** A picture of `docs/pictures`, in the colour scheme of the window where it is there. */
  | { readonly is: 'picture'; readonly file: string; readonly alt: string }

/** An entry of a list; one that explains a term has an anchor. */
interface Item {
  readonly id: string | null
  readonly blocks: readonly Block[]
}

/** A page of `docs/`. */
export interface GuidePage {
  readonly name: string
  readonly title: string
  readonly blocks: readonly Block[]
}

/** The text of an inline tree, without its form. */
export function toText(inline: readonly Inline[]): string {
  return inline
    .map((each) => (typeof each === 'string' ? each : each.is === 'code' ? each.text : toText(each.inline)))
    .join('')
}

/** A topic as its page and its anchor; the anchor is empty for a whole page. */
export function splitTopic(topic: string): { readonly page: string; readonly anchor: string } {
  const [page = '', anchor = ''] = topic.split('#')
  return { page, anchor }
}
