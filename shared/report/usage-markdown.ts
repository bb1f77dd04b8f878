import type { RootContent, Table, TableRow } from 'mdast'

import { shownRows } from './usage-rounding.ts'
import { markdownTree } from './markdown-text.ts'
import {
  cellText,
  isNumeric,
  type DocumentBlock,
  type DocumentCell,
  type DocumentChart,
  type DocumentTable,
  type UsageDocument,
} from './usage-document.ts'

/** A report as GitHub-flavoured Markdown, piece by piece. Charts are left out: the table after each has the same numbers. */
export function* usageMarkdown(document: UsageDocument): Generator<string> {
  yield printBlock(titleTree(document))
  for (const block of document.blocks) {
    if (block.type === 'chart') continue
    yield '\n'
    if (block.type === 'table') yield* tableText(block)
    else yield printBlock(wordsTree(block))
  }
}

function printBlock(tree: RootContent): string {
  return markdownTree({ type: 'root', children: [tree] })
}

/** Each part after the first one without its heading. */
function* tableText(table: DocumentTable): Generator<string> {
  let isFirst = true
  for (const part of tableParts(table)) {
    const text = printBlock(part)
    yield isFirst ? text : text.slice(text.indexOf('\n', text.indexOf('\n') + 1) + 1)
    isFirst = false
  }
}

export function titleTree({ title }: UsageDocument): RootContent {
  return { type: 'heading', depth: 1, children: [{ type: 'text', value: title }] }
}

/** A heading or a paragraph as a tree of Markdown: names are plain text in it, whatever they contain. */
export function wordsTree(block: Exclude<DocumentBlock, DocumentChart | DocumentTable>): RootContent {
  const children = [{ type: 'text' as const, value: block.text }]
  return block.type === 'heading' ? { type: 'heading', depth: block.depth, children } : { type: 'paragraph', children }
}

/** So many rows of a table are a tree together. */
const ROWS_OF_PART = 200

/** A table as trees of Markdown, each with some of its rows below the same heading; the last one ends with the total. */
export function* tableParts(table: DocumentTable): Generator<Table> {
  const align = table.head.map((_, column) => (isNumeric(table, column) ? ('right' as const) : null))
  const head = toRow(table.head, false)
  const makePart = (rows: readonly TableRow[]): Table => ({ type: 'table', align, children: [head, ...rows] })
  let rows: TableRow[] = []
  for (const cells of shownRows(table)) {
    if (rows.length === ROWS_OF_PART) {
      yield makePart(rows)
      rows = []
    }
    rows.push(toRow(cells, false))
  }
  yield makePart(table.total === null ? rows : [...rows, toRow(table.total, true)])
}

function toRow(cells: readonly DocumentCell[], strong: boolean): TableRow {
  return {
    type: 'tableRow',
    children: cells.map((cell) => {
      const text = { type: 'text' as const, value: cellText(cell) }
      const children = strong && text.value !== '' ? [{ type: 'strong' as const, children: [text] }] : [text]
      return { type: 'tableCell', children }
    }),
  }
}
