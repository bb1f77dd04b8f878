import type { Element, ElementContent } from 'hast'
import type { RootContent } from 'mdast'
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
import { htmlPieces, printHtml } from './markdown-html.ts'
import { chartLayout } from './usage-chart.ts'
import type { DocumentChart, DocumentTable, UsageDocument } from './usage-document.ts'
import { tableParts, titleTree, wordsTree } from './usage-markdown.ts'

/**
 * A report as one HTML file that loads and runs nothing, piece by piece: its policy forbids scripts and every request.
 * Made from the same trees as the Markdown, with the charts as SVG.
 */
export function usageHtml(document: UsageDocument): Iterable<string> {
  return htmlPieces(document.title, printBody(document))
}

function* printBody(document: UsageDocument): Generator<string> {
  yield printHtml(hast(titleTree(document)))
  for (const [number, block] of document.blocks.entries()) {
    if (block.type === 'chart') yield printHtml(chartTree(block, number))
    else if (block.type === 'table') yield* printTable(block, number)
    else yield printHtml(hast(wordsTree(block)))
  }
}

const ROWS_BEGIN = '<tbody>\n'
const ROWS_END = '</tbody>'

/** The rows of each part are put below the heading of the first one. A text in a cell contains no tag. */
function* printTable(block: DocumentTable, number: number): Generator<string> {
  let end = ''
  for (const part of tableParts(block)) {
    const html = printHtml(scrolled(block, number, hast(part)))
    const from = html.indexOf(ROWS_BEGIN)
    // Without rows there is no body.
    const to = from === -1 ? html.length : html.lastIndexOf(ROWS_END)
    yield end === '' ? html.slice(0, to) : html.slice(from + ROWS_BEGIN.length, to)
    end = html.slice(to)
  }
  yield end
}

type Properties = Readonly<Record<string, string | number | readonly string[]>>

/** The library's types know some properties by other names than its printer; the printer's names are used. */
function element(tagName: string, properties: Properties, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties: properties as Element['properties'], children }
}

function text(value: string): ElementContent {
  return { type: 'text', value }
}

function hast(tree: RootContent): ElementContent {
  return toHast(tree) as ElementContent
}

/** A wide table scrolls by itself, also by keyboard. */
function scrolled({ name }: DocumentTable, number: number, tree: ElementContent): ElementContent {
  return element(
    'div',
    { className: ['wide'], tabIndex: 0, role: 'region', ariaLabel: `${name}, part ${number + 1}` },
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
