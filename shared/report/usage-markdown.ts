import type { Root, RootContent, TableRow } from 'mdast'

import { markdownTree } from './markdown-text.ts'
import {
  cellText,
  isNumeric,
  type DocumentBlock,
  type DocumentCell,
  type DocumentTable,
  type UsageDocument,
} from './usage-document.ts'

/** A report as GitHub-flavoured Markdown. Charts are left out: the table after each has the same numbers. */
export function usageMarkdown(document: UsageDocument): string {
  const children = document.blocks.flatMap((block) => (block.type === 'chart' ? [] : [blockTree(block)]))
  const root: Root = { type: 'root', children: [titleTree(document), ...children] }
  return markdownTree(root)
}

/** The title as a tree of Markdown. */
export function titleTree({ title }: UsageDocument): RootContent {
  return { type: 'heading', depth: 1, children: [{ type: 'text', value: title }] }
}

/** A block as a tree of Markdown: names are plain text in it, whatever they contain. */
export function blockTree(block: Exclude<DocumentBlock, { readonly type: 'chart' }>): RootContent {
  if (block.type === 'table') return tableTree(block)
  const children = [{ type: 'text' as const, value: block.text }]
  return block.type === 'heading' ? { type: 'heading', depth: block.depth, children } : { type: 'paragraph', children }
}

function tableTree(table: DocumentTable): RootContent {
  const row = (cells: readonly DocumentCell[], strong: boolean): TableRow => ({
    type: 'tableRow',
    children: cells.map((cell) => {
      const text = { type: 'text' as const, value: cellText(cell) }
      const children = strong && text.value !== '' ? [{ type: 'strong' as const, children: [text] }] : [text]
      return { type: 'tableCell', children }
    }),
  })
  return {
    type: 'table',
    align: table.head.map((_, column) => (isNumeric(table, column) ? 'right' : null)),
    children: [
      row(table.head, false),
      ...table.rows.map((cells) => row(cells, false)),
      ...(table.total === null ? [] : [row(table.total, true)]),
    ],
  }
}
