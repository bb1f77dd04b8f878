import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

import { DOCUMENT_PAGES } from './document-pages.mjs'

const QUERY = '?document'

/**
 * Lets the window import a page as `import('docs/guide.md?document')`: a tree of known elements, which the window
 * draws. HTML, pictures from elsewhere and links to other places are not among them, so a page cannot contain them.
 * @returns {import('vite').Plugin}
 */
export function documents() {
  return {
    name: 'castellan-documents',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith(`.md${QUERY}`)) return null
      const path = id.slice(0, -QUERY.length)
      this.addWatchFile?.(path)
      const page = toPage(basename(path, '.md'), readFileSync(path, 'utf8'))
      return { code: `export default ${JSON.stringify(page)}`, map: null }
    },
  }
}

/**
 * A page as a tree of texts and of elements `[tag, properties, inside]`. Throws an error that names the page where it
 * has a node that the window does not show.
 * @param {string} name
 * @param {string} markdown
 * @returns {{ name: string, title: string, tree: any[] }} `GuidePage` of the window
 */
export function toPage(name, markdown) {
  const { children } = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const place = { name, heading: '', anchors: new Set() }
  const [first, ...rest] = children
  if (first?.type !== 'heading' || first.depth !== 1) throw refusal(name, 'does not begin with its title')
  return { name, title: toText(first), tree: rest.map((node) => toElement(node, place)) }
}

/** The nodes that become an element with what is inside of them. */
const TAGS = { paragraph: 'p', blockquote: 'blockquote', strong: 'strong', emphasis: 'em' }

function toElement(node, place) {
  const inside = (children = node.children) => children.map((each) => toElement(each, place))
  switch (node.type) {
    case 'text':
      return node.value.replaceAll(/\s+/gu, ' ')
    case 'break':
      return ' '
    case 'inlineCode':
      return ['code', {}, [node.value]]
    case 'code':
      return ['pre', { lang: node.lang ?? '' }, [node.value]]
    case 'heading': {
      const text = toText(node)
      place.heading = toSlug(text)
      return [`h${node.depth}`, { id: claim(place.heading, place) }, [text]]
    }
    case 'list':
      return [node.ordered ? 'ol' : 'ul', {}, inside()]
    case 'listItem': {
      const [only, ...more] = node.children
      const isShort = only?.type === 'paragraph' && more.length === 0 && only.children[0]?.type !== 'image'
      return ['li', toAnchor(node, place), inside(isShort ? only.children : node.children)]
    }
    case 'table': {
      const [head, ...rows] = node.children
      const toRow = (row, tag) => ['tr', {}, row.children.map((cell) => [tag, {}, inside(cell.children)])]
      const body = rows.map((row) => toRow(row, 'td'))
      return [
        'table',
        {},
        [
          ['thead', {}, [toRow(head, 'th')]],
          ['tbody', {}, body],
        ],
      ]
    }
    case 'link': {
      const topic = findTopic(node.url, place.name)
      if (topic !== null) return ['a', { topic }, inside()]
      return ['span', {}, [...inside(), ...(node.url.startsWith('https://') ? [` (${node.url})`] : [])]]
    }
    case 'paragraph':
      if (node.children[0]?.type === 'image' && node.children.length === 1) return toPicture(node.children[0], place)
  }
  const tag = TAGS[node.type]
  if (tag === undefined) throw refusal(place.name, `has a node of the kind ${node.type}`)
  return [tag, {}, inside()]
}

/** An entry of a list that begins with a bold term has an anchor: its code in parentheses, or heading and term. */
function toAnchor({ children: [first] }, place) {
  const [term, text, code] = first?.type === 'paragraph' ? first.children : []
  if (term?.type !== 'strong') return {}
  const isCoded = text?.type === 'text' && text.value === ' (' && code?.type === 'inlineCode'
  return { id: claim(isCoded ? code.value : `${place.heading}-${toSlug(toText(term))}`, place) }
}

/** Pictures are files of `docs/pictures`, one for each colour scheme. */
function toPicture({ url, alt }, { name }) {
  const [, file] = /^pictures\/([a-z-]+)-light\.png$/u.exec(url) ?? []
  if (file === undefined || !alt) throw refusal(name, `has the picture ${url}, or no text for it`)
  return ['img', { file, alt }, []]
}

/** The topic of the window that a link leads to; null for other addresses, which are text: the window opens no other place. */
function findTopic(url, name) {
  const [whole, file, anchor] = /^(?:([a-z-]+)\.md)?(?:#(.+))?$/u.exec(url) ?? []
  const page = file ?? name
  return whole && DOCUMENT_PAGES.includes(page) ? (anchor ? `${page}#${anchor}` : page) : null
}

function claim(id, { name, anchors }) {
  if (anchors.has(id)) throw refusal(name, `has the anchor ${id} twice`)
  anchors.add(id)
  return id
}

/** The anchor of a heading, as GitHub makes it. */
export function toSlug(text) {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/gu, '-')
}

function toText(node) {
  return 'value' in node ? node.value : (node.children ?? []).map(toText).join('')
}

function refusal(name, what) {
  return new Error(`docs/${name}.md ${what}`)
}
