import type { Root } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { toMarkdown, type Options } from 'mdast-util-to-markdown'

import { looksSecret } from '../domain/secrets/find-secrets.ts'
import { INVISIBLE, mayChange, visibleText } from '../domain/text/visible-text.ts'

/**
 * Text as the content of a cell of a Markdown table: read back by any GFM reader, it is exactly `visibleText(text)`.
 * Invisible characters and white space at the edges become character references (`&#x202E;`), which readers resolve.
 */
export function markdownCell(text: string): string {
  return simpleCell(text) ?? escapedCell(text)
}

const LABEL = '[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?'
/** An address that CommonMark reads as one in angle brackets, without any sign that has another meaning elsewhere. */
const PERSON = new RegExp(`^(?:(.+) <)?([0-9A-Za-z.+_-]+@${LABEL}(?:\\.${LABEL})+)(>)?$`, 'su')

/**
 * The cell of a person, in the form of `personCell`: an ordinary address is written as people write it, `Jane Smith
 * <jane@acme.example>`, which every CommonMark reader takes for that address; all else is escaped.
 */
export function markdownPerson(text: string): string {
  const [, name, address = '', closed] = PERSON.exec(text) ?? []
  if (address === '' || (name === undefined) !== (closed === undefined)) return markdownCell(text)
  return name === undefined ? address : `${markdownCell(name)} <${address}>`
}

/** A heading of a depth, on one line whatever the text contains. */
export function markdownHeading(depth: 2 | 3, text: string): string {
  const line = visibleText(text).replaceAll(/\s+/gu, ' ').trim()
  return toMarkdown({ type: 'heading', depth, children: [{ type: 'text', value: line }] }, INVISIBLE_WRITTEN).trimEnd()
}

/** Text that is copied, as code on one line: without the escapes that it would have in a paragraph. */
export function markdownCode(text: string): string {
  const line = visibleText(text).replaceAll(/\s+/gu, ' ').trim()
  return toMarkdown({ type: 'paragraph', children: [{ type: 'inlineCode', value: line }] }, INVISIBLE_WRITTEN).trimEnd()
}

/** A paragraph on one line. */
export function markdownLine(text: string): string {
  const line = visibleText(text).replaceAll(/\s+/gu, ' ').trim()
  return toMarkdown({ type: 'paragraph', children: [{ type: 'text', value: line }] }, INVISIBLE_WRITTEN).trimEnd()
}

const GFM = gfmToMarkdown()

/**
 * Text that the library (2.2) does not escape and readers take for a link: `www.` before punctuation, whose escape
 * would become the link's path, and `<` before an address that does not begin with a letter.
 */
const LINKS: NonNullable<Options['unsafe']> = [
  { character: '.', before: '[Ww]{3}', inConstruct: 'phrasing' },
  { character: '<', inConstruct: 'phrasing' },
]

const INVISIBLE_WRITTEN: Options = {
  extensions: [
    GFM,
    { unsafe: [...LINKS, ...INVISIBLE.map((character) => ({ character, inConstruct: 'phrasing' as const }))] },
  ],
}

/**
 * Text that the library does not escape by itself: white space that a reader would trim, tabs, and invisible
 * characters.
 */
const CELL: Options = {
  extensions: [
    GFM,
    {
      unsafe: [
        ...LINKS,
        { character: ' ', before: String.raw`\|`, inConstruct: 'tableCell' },
        { character: ' ', after: String.raw`\|`, inConstruct: 'tableCell' },
        ...['\t', ...INVISIBLE].map((character) => ({ character, inConstruct: 'tableCell' as const })),
      ],
    },
  ],
}

const TREE: Options = {
  bullet: '-',
  extensions: [
    gfmToMarkdown({ tablePipeAlign: false }),
    {
      unsafe: [
        ...LINKS,
        { character: ' ', before: String.raw`\|`, inConstruct: 'tableCell' },
        { character: ' ', after: String.raw`\|`, inConstruct: 'tableCell' },
        { character: '\t', inConstruct: 'tableCell' },
        ...INVISIBLE.map((character) => ({ character, inConstruct: 'phrasing' as const })),
      ],
      handlers: {
        // Tables are most of a document, and most of their cells are plain.
        text: (node: { readonly value: string }, parent, state, info) =>
          (parent?.type === 'tableCell' ? simpleCell(node.value) : null) ?? state.safe(visibleText(node.value), info),
      },
    },
  ],
}

/** A whole document. Cells are not padded, so that one changed number is one line of a diff. Ends with a line feed. */
export function markdownTree(root: Root): string {
  return toMarkdown(root, TREE)
}

/** The library's answer, which is the authority. */
export function escapedCell(text: string): string {
  const cell = { type: 'tableCell' as const, children: [{ type: 'text' as const, value: visibleText(text) }] }
  // The library ends a document with a line feed.
  return toMarkdown(cell, CELL).slice(0, -1)
}

const PLAIN = 0
const IN_WORD = 1
const AT = 2
const DOT = 3
const COLON = 4
const LESS = 5
const AMPERSAND = 6
const UNKNOWN = 9

const KIND = new Uint8Array(128).fill(UNKNOWN)
for (const character of ` "#$%'()+,-/;=>?^{}`) KIND[character.charCodeAt(0)] = PLAIN
for (let code = 0x30; code < 0x7b; code += 1) if (isWordAt(String.fromCharCode(code), 0)) KIND[code] = PLAIN
KIND['_'.charCodeAt(0)] = IN_WORD
KIND['@'.charCodeAt(0)] = AT
KIND['.'.charCodeAt(0)] = DOT
KIND[':'.charCodeAt(0)] = COLON
KIND['<'.charCodeAt(0)] = LESS
KIND['&'.charCodeAt(0)] = AMPERSAND

const HIDDEN = new Set(INVISIBLE.map((character) => character.charCodeAt(0)))

/**
 * The library's answer for the texts that registers consist of (names, ids, addresses), at a hundredth of its cost;
 * null for any other text. A property test compares the two.
 */
export function simpleCell(text: string): string | null {
  if (text === '' || text.startsWith(' ') || text.endsWith(' ')) return text === '' ? '' : null
  if (looksSecret(text)) return null
  let result = ''
  let from = 0
  let links = 0
  let isHonest = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 0x80) {
      if (code < 0xa0 || (code >= 0xd800 && (code <= 0xdfff || code >= 0xfdd0)) || HIDDEN.has(code)) return null
      isHonest ||= !mayChange(text)
      if (!isHonest) return null
      continue
    }
    const kind = KIND[code]
    if (kind === PLAIN) continue
    if (kind === UNKNOWN) return null
    if (kind === IN_WORD) {
      if (!isWordAt(text, at - 1) || !isWordAt(text, at + 1)) return null
    } else if (needsBackslash(kind, text, at)) {
      // The library overlooks some of several link marks that are close together.
      if ((kind === AT || kind === DOT || kind === COLON) && ++links > 1) return null
      result += `${text.slice(from, at)}\\`
      from = at
    }
  }
  return result === '' ? text : result + text.slice(from)
}

/** The library's rules for GFM autolinks, HTML and character references. */
function needsBackslash(kind: number | undefined, text: string, at: number): boolean {
  const before = text.charAt(at - 1)
  const after = text.charAt(at + 1)
  if (kind === AT) return /[+\-.\w]/u.test(before) && /[-.\w]/u.test(after)
  if (kind === DOT) {
    return /[Ww]/u.test(before) && (/[-.\w]/u.test(after) || /www$/iu.test(text.slice(Math.max(0, at - 3), at)))
  }
  if (kind === COLON) return /[ps]/u.test(before) && after === '/'
  return kind === LESS || /[#A-Za-z]/u.test(after)
}

function isWordAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
}
