import { findMatches, MOST_MATCHES } from './find-matches.ts'

/** Returns the places in an element whose shown text contains the search text, in document order. */
export function findRanges(root: Element, wanted: string): readonly Range[] {
  if (wanted.trim() === '') return []
  const ranges: Range[] = []
  for (const nodes of shownTexts(root)) {
    for (const { start, end } of findMatches(nodes.map(({ data }) => data).join(''), wanted)) {
      const range = document.createRange()
      range.setStart(...placeAt(nodes, start, false))
      range.setEnd(...placeAt(nodes, end, true))
      ranges.push(range)
      if (ranges.length === MOST_MATCHES) return ranges
    }
  }
  return ranges
}

/** Yields the texts of each line or paragraph together, since a link may be part of a word. */
function* shownTexts(root: Element): Generator<readonly Text[]> {
  const blocks = new Map<Element, Element | null>()
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  let together: Text[] = []
  let last: Element | null = null
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const parent = node.parentElement
    if (parent === null) continue
    if (!blocks.has(parent)) blocks.set(parent, isShown(parent) ? findBlock(parent) : null)
    const block = blocks.get(parent) ?? null
    if (block === null) continue
    if (block !== last && together.length > 0) {
      yield together
      together = []
    }
    last = block
    together.push(node as Text)
  }
  if (together.length > 0) yield together
}

const NOT_SHOWN = '.c-visually-hidden, script, style, option'

function isShown(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true }) && element.closest(NOT_SHOWN) === null
}

function findBlock(element: Element): Element {
  let block = element
  while (block.parentElement !== null && getComputedStyle(block).display === 'inline') block = block.parentElement
  return block
}

/** On the border of two texts, an end is placed in the first text and a start in the second. */
function placeAt(nodes: readonly Text[], position: number, isEnd: boolean): [Text, number] {
  let before = 0
  for (const node of nodes) {
    const offset = position - before
    if (offset < node.length || (isEnd && offset === node.length)) return [node, offset]
    before += node.length
  }
  throw new RangeError(`The texts are shorter than ${position} characters.`)
}
