import type { Element, ElementContent } from 'hast'
import { toHast } from 'mdast-util-to-hast'

import { htmlPage } from './markdown-html.ts'
import { chartLayout } from './usage-chart.ts'
import type { DocumentBlock, DocumentChart, UsageDocument } from './usage-document.ts'
import { blockTree, titleTree } from './usage-markdown.ts'

/**
 * A report as one HTML file that loads and runs nothing: its policy forbids scripts and every request. Made from the
 * same tree as the Markdown, with the charts as SVG.
 */
export function usageHtml(document: UsageDocument): string {
  const blocks = document.blocks.map((block, number) =>
    block.type === 'chart' ? chartTree(block, number) : scrolled(block, number, hast(blockTree(block))),
  )
  return htmlPage(document.title, [hast(titleTree(document)), ...blocks])
}

type Properties = Readonly<Record<string, string | number | readonly string[]>>

/** The library's types know some properties by other names than its printer; the printer's names are used. */
function element(tagName: string, properties: Properties, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties: properties as Element['properties'], children }
}

function text(value: string): ElementContent {
  return { type: 'text', value }
}

function hast(tree: ReturnType<typeof blockTree>): ElementContent {
  return toHast(tree) as ElementContent
}

/** A wide table scrolls by itself, also by keyboard. */
function scrolled(block: DocumentBlock, number: number, tree: ElementContent): ElementContent {
  if (block.type !== 'table') return tree
  return element(
    'div',
    { className: ['wide'], tabIndex: 0, role: 'region', ariaLabel: `${block.name}, part ${number + 1}` },
    [tree],
  )
}

function chartTree(chart: DocumentChart, number: number): ElementContent {
  const { width, height, left, right, bars, marks, labels } = chartLayout(chart)
  const ids = { title: `chart-${number}-title`, desc: `chart-${number}-desc` }
  const picture = element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', ariaLabelledBy: [ids.title, ids.desc] },
    [
      element('title', { id: ids.title }, [text(chart.title)]),
      element('desc', { id: ids.desc }, [text(chart.summary)]),
      ...marks.flatMap((mark) => [
        element('line', { className: ['grid'], x1: left, x2: right, y1: mark.y, y2: mark.y }, []),
        element('text', { x: mark.x, y: mark.y + 4, textAnchor: 'end' }, [text(mark.text)]),
      ]),
      ...bars.map(({ series, ...place }) => element('rect', { className: [`s${series}`], ...place }, [])),
      ...labels.map((label) => element('text', { x: label.x, y: label.y, textAnchor: 'middle' }, [text(label.text)])),
    ],
  )
  const legend = element(
    'ul',
    { className: ['legend'] },
    chart.series.map(({ name }, series) =>
      element('li', {}, [element('span', { className: [`s${series}`], ariaHidden: 'true' }, []), text(name)]),
    ),
  )
  return element('figure', {}, [picture, legend])
}
