import type { Code, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

import type { Block } from '../../../shared/domain/import/register-document.ts'
import { looksSecret } from '../../../shared/domain/import/secret-look.ts'
import { uniqueColumns } from '../../../shared/domain/import/table.ts'
import { plainText } from './plain-text.ts'
import { refuseFile, type FileRefusal } from './refusal.ts'
import { readTableRows, splitRow, type RawRow } from './table-rows.ts'

export interface MarkdownRead {
  readonly ok: true
  readonly blocks: readonly Block[]
}

/** What headings and fences of a register come to, and how long one of them may be: reading markup takes its time. */
const MAX_TEXT = 1_000_000
const MAX_LINE = 1_000

const DELIMITER_ROW = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/u
/** What ends a table besides a blank line. */
const OTHER_BLOCK = /^ {0,3}(?:#{1,6}(?:[ \t]|$)|```|~~~|>|<|(?:[-*+]|\d{1,9}[.)])[ \t])/u

/** Lines that decide what a heading, a table or a fence is; sentences between them say nothing to a register. */
const STRUCTURE = /^[ \t]*(?:#|```|~~~|<|>|$)|-->/u
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/u

/**
 * A text without its sentences, and without the rows of its tables, which are most of a register and are read apart.
 */
interface Skeleton {
  readonly lines: readonly string[]
  /** The line in the file of each line, from 1. */
  readonly numbers: readonly number[]
  /** Rows by the file's line of their table's header. */
  readonly rows: ReadonlyMap<number, readonly RawRow[]>
}

/**
 * The headings and tables of a Markdown text. A register in a fenced `markdown` block, as in a lesson, is read instead
 * of what stands around it.
 */
export function readMarkdown(text: string): MarkdownRead | FileRefusal {
  const skeleton = skeletonOf(text.split(/\r\n|\n|\r/u))
  if (skeleton.lines.reduce((sum, line) => sum + line.length, 0) > MAX_TEXT) {
    return refuseFile(
      'The file holds too much text beside its tables.',
      'Leave in the file what belongs to the register.',
    )
  }
  const document = blocksOf(skeleton.lines, skeleton.numbers, skeleton)
  const fenced = document.fences.filter((blocks) =>
    blocks.some((b) => b.kind === 'heading' && /^AI Platform Access Register/iu.test(b.text.trim())),
  )
  const blocks = fenced.length > 0 ? fenced.flat() : document.blocks
  const tooLong = fenced.length > 0 ? document.fencedTooLong : document.tooLong
  const [first] = tooLong
  if (first !== undefined) {
    return refuseFile(`Line ${first} is very long and full of markup.`, 'Shorten its cells.')
  }
  return { ok: true, blocks }
}

function skeletonOf(all: readonly string[]): Skeleton {
  const lines: string[] = []
  const numbers: number[] = []
  const rows = new Map<number, RawRow[]>()
  for (let at = 0; at < all.length; at += 1) {
    const line = all[at] ?? ''
    const next = all[at + 1] ?? ''
    const isTable = isHeader(line, next)
    const isKept = isTable || STRUCTURE.test(line) || UNDERLINE.test(line) || UNDERLINE.test(next)
    lines.push(isKept && line.length <= MAX_LINE ? line : '')
    numbers.push(at + 1)
    if (!isTable) continue
    at += 1
    lines.push(next)
    numbers.push(at + 1)
    const body: RawRow[] = []
    for (at += 1; isRow(all[at]); at += 1) body.push({ line: at + 1, text: all[at] ?? '' })
    rows.set(at - body.length - 1, body)
    at -= 1
  }
  return { lines, numbers, rows }
}

function isHeader(header: string, delimiters: string): boolean {
  return (
    delimiters.includes('|') &&
    DELIMITER_ROW.test(delimiters) &&
    header.trim() !== '' &&
    header.length <= MAX_LINE &&
    splitRow(header).length === splitRow(delimiters).length
  )
}

function isRow(line: string | undefined): boolean {
  return line !== undefined && line.trim() !== '' && !OTHER_BLOCK.test(line)
}

interface Document {
  readonly blocks: Block[]
  readonly fences: Block[][]
  readonly tooLong: number[]
  readonly fencedTooLong: number[]
}

function blocksOf(lines: readonly string[], numbers: readonly number[], skeleton: Skeleton): Document {
  const source = lines.join('\n')
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const document: Document = { blocks: [], fences: [], tooLong: [], fencedTooLong: [] }
  for (const node of tree.children) {
    const at = (node.position?.start.line ?? 1) - 1
    if (node.type === 'code') addFence(document, node, numbers.slice(at + 1), skeleton)
    else addBlock(document, node, numbers[at] ?? 1, source, skeleton)
  }
  return document
}

function addBlock(document: Document, node: RootContent, line: number, source: string, skeleton: Skeleton): void {
  if (node.type === 'heading') {
    document.blocks.push({ kind: 'heading', line, depth: node.depth, text: plainText(node, source).trim() })
  } else if (node.type === 'table') {
    const headings = node.children[0]?.children.map((cell) => plainText(cell, source).trim()) ?? []
    const { rows, tooLong } = readTableRows(skeleton.rows.get(line) ?? [])
    document.tooLong.push(...tooLong)
    // A heading is shown in messages; one that is a secret must not be.
    const columns = uniqueColumns(headings.map((heading) => (looksSecret(heading) ? '' : heading)))
    document.blocks.push({ kind: 'table', line, table: { line, columns, rows } })
  }
}

function addFence(document: Document, node: Code, numbers: readonly number[], skeleton: Skeleton): void {
  if (!/^(?:|markdown|md|gfm)$/iu.test(node.lang ?? '')) return
  const inner = blocksOf(node.value.split('\n'), numbers, skeleton)
  document.fences.push(inner.blocks)
  document.fencedTooLong.push(...inner.tooLong)
}
