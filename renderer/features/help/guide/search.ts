import { toText, type Branch, type GuidePage, type Part } from './document.ts'

/** A place in the guide that can be found: a heading or a term with the text below it. */
export interface GuidePlace {
  readonly topic: string
  readonly title: string
  /** The title of its page. */
  readonly page: string
  readonly text: string
}

/** The longest piece of a text that a result shows, in characters. */
const EXCERPT = 110

/** All places of a page, in their order. The text of a term is also part of the place of its heading. */
export function listPlaces({ name, title, tree }: GuidePage): readonly GuidePlace[] {
  const places: { topic: string; title: string; page: string; text: string }[] = []
  const add = (anchor: string | undefined, heading: string, text: string): void => {
    places.push({ topic: anchor === undefined ? name : `${name}#${anchor}`, title: heading, page: title, text })
  }
  add(undefined, title, '')
  let current = places[0]
  for (const part of tree) {
    const [tag, properties, inside] = part as Branch
    if (/^h\d$/u.test(tag)) {
      add(properties.id, toText(inside), '')
      current = places.at(-1)
      continue
    }
    if (current !== undefined) current.text = `${current.text} ${toText([part])}`.trim()
    if (!tag.endsWith('l')) continue
    for (const [, { id }, own] of inside as readonly Branch[]) {
      if (id !== undefined) add(id, toTerm(own) ?? id, toText(own))
    }
  }
  return places
}

/** The bold term that an entry begins with. */
function toTerm([first]: readonly Part[]): string | null {
  if (first === undefined || typeof first === 'string') return null
  const [tag, , inside] = first
  return tag === 'strong' ? toText(inside) : tag === 'p' ? toTerm(inside) : null
}

/** The places that have every word of a query, those with all of them in their title first, then as in the guide. */
export function findPlaces(places: readonly GuidePlace[], query: string, most: number): readonly GuidePlace[] {
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
