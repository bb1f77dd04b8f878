import type { Element, ElementContent } from 'hast'
import type { ListItem, PhrasingContent, RootContent, TableRow } from 'mdast'
import { toHast } from 'mdast-util-to-hast'

import { htmlPage } from './markdown-html.ts'
import { REPORT_STYLE } from './usage-style.ts'

export type SummaryNode = RootContent

/** A text, bold or not; whatever it contains is shown as text. */
interface Words {
  readonly text: string
  readonly strong?: boolean
}

function phrasing({ text, strong = false }: Words): PhrasingContent {
  const value: PhrasingContent = { type: 'text', value: text.replaceAll(/\s+/gu, ' ') }
  return strong ? { type: 'strong', children: [value] } : value
}

export function heading(depth: 1 | 2, text: string): SummaryNode {
  return { type: 'heading', depth, children: [phrasing({ text })] }
}

export function paragraph(text: string): SummaryNode {
  return { type: 'paragraph', children: [phrasing({ text })] }
}

/** A label and a value, for a list. */
export function labelled(label: string, value: string): readonly Words[] {
  return [{ text: `${label}: `, strong: true }, { text: value }]
}

export function bulletList(items: readonly (readonly Words[])[]): SummaryNode {
  const children = items.map((words): ListItem => ({
    type: 'listItem',
    children: [{ type: 'paragraph', children: words.map(phrasing) }],
  }))
  return { type: 'list', spread: false, children }
}

export function codeBlock(text: string): SummaryNode {
  return { type: 'code', value: text }
}

/** A table; `numeric` are the columns of numbers. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly number[] = [],
): SummaryNode {
  const row = (cells: readonly string[]): TableRow => ({
    type: 'tableRow',
    children: cells.map((text) => ({ type: 'tableCell', children: [phrasing({ text })] })),
  })
  return {
    type: 'table',
    align: head.map((_, column) => (numeric.includes(column) ? 'right' : null)),
    children: [row(head), ...rows.map(row)],
  }
}

/** A part of a summary, which begins on a page of its own. */
export function part(className: 'attestation' | 'items', nodes: readonly SummaryNode[]): Element {
  const tree = toHast({ type: 'root', children: [...nodes] })
  const children = 'children' in tree ? (tree.children as ElementContent[]) : []
  return { type: 'element', tagName: 'section', properties: { className: [className] }, children }
}

/** The first page is upright; the list of items is wide. */
const STYLE = [
  REPORT_STYLE,
  '.attestation{max-width:820px}.attestation li p{margin:0}.attestation p{color:var(--text)}',
  '.attestation pre{background:var(--head);padding:8px 12px;font-size:12px;white-space:pre-wrap;overflow-wrap:anywhere}',
  '.items{overflow-x:auto}.items td:first-child{min-width:0}',
  'section th,section td:last-child{overflow-wrap:normal;white-space:nowrap}.attestation td:last-child{white-space:normal}',
  '@page attestation{size:A4 portrait;margin:13mm 15mm}',
  '@media print{.attestation{page:attestation;break-after:page;font-size:10.5px;line-height:1.35;max-width:none}',
  '.attestation h1{font-size:18px;margin:0 0 4px}.attestation h2{font-size:12.5px;margin:9px 0 3px}',
  '.attestation p,.attestation ul{margin:3px 0;max-width:none}.attestation table{font-size:9.5px}',
  '.attestation th,.attestation td{padding:1.5px 5px}.attestation pre{font-size:8.5px;padding:4px 6px;margin:3px 0}',
  '.items{overflow:visible}.items h2{margin-top:0}}',
].join('\n')

/** One HTML file of some parts, which loads and runs nothing. */
export function summaryPage(title: string, parts: readonly Element[]): string {
  return htmlPage(title, [...parts], STYLE)
}
