import type { Element, ElementContent } from 'hast'
import { toHast } from 'mdast-util-to-hast'

import {
  chartColours,
  type Fill,
  identityFills,
  STRIPE_DEGREES,
  STRIPE_OPACITY,
  STRIPE_PX,
  STRIPE_WIDTH,
} from './chart-fills.ts'
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
  const fills = identityFills(
    chart.series.map(({ identity }) => (identity === null ? null : { key: identity })),
    'light',
  )
  const ids = { title: `chart-${number}-title`, desc: `chart-${number}-desc` }
  const picture = element(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', ariaLabelledBy: [ids.title, ids.desc] },
    [
      element('title', { id: ids.title }, [text(chart.title)]),
      element('desc', { id: ids.desc }, [text(chart.summary)]),
      ...patterns(fills, number),
      ...marks.flatMap((mark) => [
        element('line', { className: ['grid'], x1: left, x2: right, y1: mark.y, y2: mark.y }, []),
        element('text', { x: mark.x, y: mark.y + 4, textAnchor: 'end' }, [text(mark.text)]),
      ]),
      ...bars.map(({ series, ...place }) => element('rect', { ...painted(fills, series, number), ...place }, [])),
      ...labels.map((label) => element('text', { x: label.x, y: label.y, textAnchor: 'middle' }, [text(label.text)])),
    ],
  )
  const legend = element(
    'ul',
    { className: ['legend'] },
    chart.series.map(({ name }, series) =>
      element('li', {}, [
        element('svg', { viewBox: '0 0 11 11', ariaHidden: 'true' }, [
          element('rect', { ...painted(fills, series, number), width: 11, height: 11, rx: 2 }, []),
        ]),
        text(name),
      ]),
    ),
  )
  return element('figure', {}, [picture, legend])
}

/** The class of a colour of the style sheet, which has it for both schemes. */
function colourClass(fill: Fill | undefined): string {
  const at = chartColours('light').identity.indexOf(fill?.colour ?? '')
  return at === -1 ? 'rest' : `c${at}`
}

/** How a part of a chart is filled: by a colour, or by a pattern where another part has the same colour. */
function painted(fills: readonly Fill[], series: number, chart: number): Properties {
  const fill = fills[series]
  return fill === undefined || fill.texture === 0
    ? { className: [colourClass(fill)] }
    : { fill: `url(#chart-${chart}-stripes-${series})` }
}

/** The stripes of the parts that share a colour with another part. */
function patterns(fills: readonly Fill[], chart: number): Element[] {
  const striped = fills.flatMap((fill, series) => (fill.texture === 0 ? [] : [{ fill, series }]))
  if (striped.length === 0) return []
  return [
    element(
      'defs',
      {},
      striped.map(({ fill, series }) =>
        element(
          'pattern',
          {
            id: `chart-${chart}-stripes-${series}`,
            width: STRIPE_PX,
            height: STRIPE_PX,
            patternUnits: 'userSpaceOnUse',
            patternTransform: `rotate(${STRIPE_DEGREES[fill.texture] ?? 0})`,
          },
          [
            element('rect', { className: [colourClass(fill)], width: STRIPE_PX, height: STRIPE_PX }, []),
            element(
              'rect',
              { className: ['stripe'], width: STRIPE_WIDTH, height: STRIPE_PX, fillOpacity: STRIPE_OPACITY },
              [],
            ),
          ],
        ),
      ),
    ),
  ]
}
