import type { RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

import type { Block } from '../../../shared/domain/import/register-document.ts'
import { FILE_LIMITS, limitText } from '../../../shared/domain/file-limits.ts'
import { looksSecret } from '../../../shared/domain/secrets/find-secrets.ts'
import { uniqueColumns } from '../../../shared/domain/import/table.ts'
import { splitSegments } from './markdown-segments.ts'
import { plainText } from './plain-text.ts'
import { refuseFile, type FileRefusal } from './refusal.ts'
import { type MarkupWork, newMarkupWork, readTableRows, splitRow, spendWork, type RawRow } from './table-rows.ts'

export interface MarkdownRead {
  readonly ok: true
  readonly blocks: readonly Block[]
}

const { markupLines, markupCharacters } = FILE_LIMITS
const SHORTEN = 'Keep only what belongs to the register in the file.'
const LINE_END = /\r\n|\n|\r/u
const LINE_ENDS = new RegExp(LINE_END, 'gu')

const DELIMITER_ROW = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/u
/** The lines that end a table, in addition to a blank one. */
const OTHER_BLOCK = /^ {0,3}(?:#{1,6}(?:[ \t]|$)|```|~~~|>|<|(?:[-*+]|\d{1,9}[.)])[ \t])/u

/** Lines that decide what a heading, a table or a fence is; the sentences between them mean nothing to a register. */
const STRUCTURE = /^[ \t]*(?:#|```|~~~|<|>|$)|-->/u
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/u

/**
 * A text without its sentences, and without the rows of its tables, which are most of a register and are read
 * separately.
 */
interface Skeleton {
  readonly lines: readonly string[]
  /** The line in the file of each line, from 1. */
  readonly numbers: readonly number[]
  /** Rows by the file's line of their table's header. */
  readonly rows: ReadonlyMap<number, readonly RawRow[]>
  readonly work: MarkupWork
}

/**
 * The headings and tables of a Markdown text. If a register is in a fenced `markdown` block, as in a lesson, only that
 * block is read.
 */
export function readMarkdown(text: string): MarkdownRead | FileRefusal {
  const excess = linesBeyond(text)
  if (excess !== null) return excess
  const skeleton = readSkeleton(text.split(LINE_END))
  const markup = skeleton.lines.filter((line) => line !== '')
  if (markup.length > markupLines || markup.reduce((sum, line) => sum + line.length, 0) > markupCharacters) {
    return refuseFile(
      `The file has too many lines of headings and markup beside its tables; at most ${limitText(markupLines)} lines and ${limitText(markupCharacters)} characters are read.`,
      SHORTEN,
    )
  }
  const document = splitBlocks(skeleton.lines, skeleton.numbers, skeleton)
  const fenced = document.fences.filter((blocks) =>
    blocks.some((b) => b.kind === 'heading' && /^AI Platform Access Register/iu.test(b.text.trim())),
  )
  const blocks = fenced.length > 0 ? fenced.flat() : document.blocks
  const tooLong = fenced.length > 0 ? document.fencedTooLong : document.tooLong
  const [first] = tooLong
  if (first !== undefined) {
    return refuseFile(
      `Line ${first} begins a block that is very long and full of markup.`,
      'Shorten its cells, or put blank lines between its parts.',
    )
  }
  return { ok: true, blocks }
}

/** Refuses a text of more lines than are read, before it is cut into them. */
function linesBeyond(text: string): FileRefusal | null {
  let lines = 1
  for (const _ of text.matchAll(LINE_ENDS)) {
    lines += 1
    if (lines > FILE_LIMITS.lines) {
      return refuseFile(`The file has more than ${limitText(FILE_LIMITS.lines)} lines; no more are read.`, SHORTEN)
    }
  }
  return null
}

function readSkeleton(all: readonly string[]): Skeleton {
  const lines: string[] = []
  const numbers: number[] = []
  const rows = new Map<number, RawRow[]>()
  for (let at = 0; at < all.length; at += 1) {
    const line = all[at] ?? ''
    const next = all[at + 1] ?? ''
    const isTable = isHeader(line, next)
    const isKept = isTable || STRUCTURE.test(line) || UNDERLINE.test(line) || UNDERLINE.test(next)
    lines.push(isKept && line.length <= FILE_LIMITS.markupLine ? line : '')
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
  return { lines, numbers, rows, work: newMarkupWork() }
}

function isHeader(header: string, delimiters: string): boolean {
  return (
    delimiters.includes('|') &&
    header.trim() !== '' &&
    header.length <= FILE_LIMITS.markupLine &&
    splitRow(header).length === splitRow(delimiters).length &&
    // Last, since a pattern that repeats for each cell fails on a row of a million cells.
    DELIMITER_ROW.test(delimiters)
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

function splitBlocks(lines: readonly string[], numbers: readonly number[], skeleton: Skeleton): Document {
  const document: Document = { blocks: [], fences: [], tooLong: [], fencedTooLong: [] }
  for (const { fence, lines: own, from } of splitSegments(lines)) {
    if (fence !== null)
      addFence(document, fence, () => splitBlocks(own, numbers.slice(from, from + own.length), skeleton))
    else if (own.length > FILE_LIMITS.markupBlock) document.tooLong.push(numbers[from] ?? 1)
    else addBlocks(document, own, numbers.slice(from, from + own.length), skeleton)
  }
  return document
}
function addBlocks(document: Document, lines: readonly string[], numbers: readonly number[], skeleton: Skeleton): void {
  const costly = lines.findIndex((line) => !spendWork(skeleton.work, line))
  if (costly !== -1) {
    document.tooLong.push(numbers[costly] ?? 1)
    return
  }
  const source = lines.join('\n')
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  for (const node of tree.children) {
    const at = (node.position?.start.line ?? 1) - 1
    if (node.type !== 'code') addBlock(document, node, numbers[at] ?? 1, source, skeleton)
    else addFence(document, node.lang ?? '', () => splitBlocks(node.value.split('\n'), numbers.slice(at + 1), skeleton))
  }
}

function addBlock(document: Document, node: RootContent, line: number, source: string, skeleton: Skeleton): void {
  if (node.type === 'heading') {
    document.blocks.push({ kind: 'heading', line, depth: node.depth, text: plainText(node, source).trim() })
  } else if (node.type === 'table') {
    const headings = node.children[0]?.children.map((cell) => plainText(cell, source).trim()) ?? []
    const { rows, tooLong } = readTableRows(skeleton.rows.get(line) ?? [], skeleton.work)
    document.tooLong.push(...tooLong)
    // A heading is shown in messages; one that is a secret must not be.
    const columns = uniqueColumns(headings.map((heading) => (looksSecret(heading) ? '' : heading)))
    document.blocks.push({ kind: 'table', line, table: { line, columns, rows } })
  }
}

function addFence(document: Document, language: string, inner: () => Document): void {
  if (!/^(?:|markdown|md|gfm)$/iu.test(language)) return
  const { blocks, tooLong } = inner()
  document.fences.push(blocks)
  document.fencedTooLong.push(...tooLong)
}
