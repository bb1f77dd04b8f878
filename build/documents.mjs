import { readFileSync } from 'node:fs'
import { basename } from 'node:path'

import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

import { DOCUMENT_PAGES } from './document-pages.mjs'

const QUERY = '?document'

/**
 * Lets the window import a page as `import('docs/guide.md?document')`: a tree of known kinds of nodes, which the window
 * draws as elements. HTML, pictures from elsewhere and links to other places are not among them, so a page cannot
 * contain them.
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
 * A page as a tree. Throws an error that names the page where it has a node that the window does not show.
 * @param {string} name
 * @param {string} markdown
 * @returns {{ name: string, title: string, blocks: any }} `GuidePage` of the window
 */
export function toPage(name, markdown) {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const place = { name, heading: '', anchors: new Set() }
  const [first, ...rest] = tree.children
  if (first?.type !== 'heading' || first.depth !== 1) throw refusal(name, 'does not begin with its title')
  return { name, title: toText(first), blocks: rest.map((node) => toBlock(node, place)) }
}

function toBlock(node, place) {
  switch (node.type) {
    case 'heading': {
      const text = toText(node)
      place.heading = toSlug(text)
      return { is: 'heading', level: node.depth, id: claim(place.heading, place), text }
    }
    case 'paragraph': {
      const [only] = node.children
      if (only?.type === 'image' && node.children.length === 1) return toPicture(only, place)
      return { is: 'text', inline: toInlines(node, place) }
    }
    case 'list':
      return { is: 'list', ordered: node.ordered === true, items: node.children.map((item) => toItem(item, place)) }
    case 'code':
      return { is: 'code', lang: node.lang ?? '', text: node.value }
    case 'table': {
      const [head, ...rows] = node.children.map((row) => row.children.map((cell) => toInlines(cell, place)))
      return { is: 'table', head: head ?? [], rows }
    }
    case 'blockquote':
      return { is: 'quote', blocks: node.children.map((each) => toBlock(each, place)) }
    default:
      throw refusal(place.name, `has a node of the kind ${node.type}`)
  }
}

/** An entry of a list. One that begins with a bold term has an anchor: its code in parentheses, or heading and term. */
function toItem(item, place) {
  const [first] = item.children
  const [term, text, code] = first?.type === 'paragraph' ? first.children : []
  const id =
    term?.type !== 'strong'
      ? null
      : text?.type === 'text' && text.value === ' (' && code?.type === 'inlineCode'
        ? code.value
        : `${place.heading}-${toSlug(toText(term))}`
  const own = id === null ? null : claim(id, place)
  return { id: own, blocks: item.children.map((each) => toBlock(each, place)) }
}

/** Pictures are files of `docs/pictures`, one for each colour scheme. */
function toPicture({ url, alt }, { name }) {
  const [, file] = /^pictures\/([a-z-]+)-light\.png$/u.exec(url) ?? []
  if (file === undefined || !alt) throw refusal(name, `has the picture ${url}, or no text for it`)
  return { is: 'picture', file, alt }
}

function toInlines(node, place) {
  return node.children.map((each) => toInline(each, place))
}

function toInline(node, place) {
  switch (node.type) {
    case 'text':
      return node.value.replaceAll(/\s+/gu, ' ')
    case 'inlineCode':
      return { is: 'code', text: node.value }
    case 'strong':
      return { is: 'strong', inline: toInlines(node, place) }
    case 'emphasis':
      return { is: 'em', inline: toInlines(node, place) }
    case 'break':
      return ' '
    case 'link':
      return { is: 'link', ...toTarget(node.url, place.name), inline: toInlines(node, place) }
    default:
      throw refusal(place.name, `has a node of the kind ${node.type}`)
  }
}

/** Where a link leads: a topic of the window, or an address that is shown as text, since the window opens no other place. */
function toTarget(url, name) {
  const [whole, file, anchor] = /^(?:([a-z-]+)\.md)?(?:#(.+))?$/u.exec(url) ?? []
  const page = file ?? name
  if (whole && DOCUMENT_PAGES.includes(page)) return { topic: anchor ? `${page}#${anchor}` : page, address: null }
  return { topic: null, address: url.startsWith('https://') ? url : null }
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
