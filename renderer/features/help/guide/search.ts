import { toText, type Block, type GuidePage } from './document.ts'

/** A place in the guide that can be found: a heading or a term with the text below it. */
export interface Place {
  readonly topic: string
  readonly title: string
  /** The title of its page. */
  readonly page: string
  readonly text: string
}

/** The longest piece of a text that a result shows, in characters. */
const EXCERPT = 110

/** All places of a page, in their order. The text of a term is also part of the place of its heading. */
export function listPlaces(page: GuidePage): readonly Place[] {
  const places: { topic: string; title: string; page: string; text: string }[] = []
  const add = (anchor: string, title: string): { text: string } => {
    const place = { topic: anchor === '' ? page.name : `${page.name}#${anchor}`, title, page: page.title, text: '' }
    places.push(place)
    return place
  }
  let current = add('', page.title)
  for (const block of page.blocks) {
    if (block.is === 'heading') {
      current = add(block.id, block.text)
      continue
    }
    const text = toBlockText(block)
    current.text = `${current.text} ${text}`.trim()
    if (block.is !== 'list') continue
    for (const { id, blocks } of block.items) {
      if (id === null) continue
      const own = blocks.map(toBlockText).join(' ')
      const [first] = blocks
      const [term] = first?.is === 'text' ? first.inline : []
      const title = term !== undefined && typeof term !== 'string' && term.is === 'strong' ? toText(term.inline) : id
      add(id, title).text = own
    }
  }
  return places
}

function toBlockText(block: Block): string {
  switch (block.is) {
    case 'heading':
      return block.text
    case 'text':
      return toText(block.inline)
    case 'code':
      return block.text
    case 'list':
      return block.items.map(({ blocks }) => blocks.map(toBlockText).join(' ')).join(' ')
    case 'quote':
      return block.blocks.map(toBlockText).join(' ')
    case 'table':
      return [block.head, ...block.rows].map((row) => row.map(toText).join(' ')).join(' ')
    case 'picture':
    default:
      return block.alt
  }
}

/** The places that have every word of a query, those with all of them in their title first, then as in the guide. */
export function findPlaces(places: readonly Place[], query: string, most: number): readonly Place[] {
  const words = toWords(query)
  if (words.length === 0) return []
  const has = (text: string): boolean => words.every((word) => text.includes(word))
  const found = places.flatMap((place) => {
    const title = place.title.toLowerCase()
    if (has(title)) return [{ place, rank: 0 }]
    return has(`${title} ${place.page.toLowerCase()} ${place.text.toLowerCase()}`) ? [{ place, rank: 1 }] : []
  })
  return found
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ place }) => place)
}

/** The piece of a text around the first word of a query. */
export function makeExcerpt(text: string, query: string): string {
  const [word = ''] = toWords(query)
  const at = Math.max(0, text.toLowerCase().indexOf(word))
  if (text.length <= EXCERPT) return text
  const start = at < EXCERPT / 2 ? 0 : text.lastIndexOf(' ', at - EXCERPT / 4) + 1
  const piece = text.slice(start, start + EXCERPT).replace(/\s\S*$/u, '')
  return `${start > 0 ? '… ' : ''}${piece}${start + EXCERPT < text.length ? ' …' : ''}`
}

function toWords(query: string): readonly string[] {
  return query.toLowerCase().split(/\s+/u).filter(Boolean)
}
