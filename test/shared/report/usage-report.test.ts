import * as fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'

import type { Root, TableCell, TableRow } from 'mdast'

import { PLAIN_TERMS } from '../../../shared/domain/usage/invoice.ts'
import { getMonth, periodBefore, REPORT_KINDS } from '../../../shared/domain/usage/report-period.ts'
import { WHOLE } from '../../../shared/domain/usage/read-days.ts'
import { chartLayout } from '../../../shared/report/usage-chart.ts'
import { markdownHtml } from '../../../shared/report/markdown-html.ts'
import { markdownTree } from '../../../shared/report/markdown-text.ts'
import { cellText, type DocumentCell, usd, type UsageDocument } from '../../../shared/report/usage-document.ts'
import { usageHtml } from '../../../shared/report/usage-html.ts'
import { usageMarkdown } from '../../../shared/report/usage-markdown.ts'
import type { UsageReading } from '../../../shared/report/usage-reading.ts'
import { usageReport } from '../../../shared/report/usage-report.ts'
import { hostileText } from './hostile-text.ts'

const PERIOD = getMonth(20_760)
const SPENT = { requests: 1, input: 2, cached: 0, cacheWrite: 0, output: 3, cost: 1_500_000, estimate: 0 }

function getReading(kind: UsageReading['kind'], name: string): UsageReading {
  const row = { ...SPENT, name }
  const days = { before: 1_000_000, reading: WHOLE, readingBefore: WHOLE }
  const project = { ...row, ...days, models: [row], keys: [row], budget: null, limit: null }
  return {
    kind,
    period: PERIOD,
    before: periodBefore(PERIOD),
    source: 'billed',
    agency: null,
    client: name,
    clients: [
      {
        slug: 'acme',
        name,
        source: 'billed',
        organizations: [
          {
            ...SPENT,
            name,
            organizationId: name,
            ...days,
            projects: [project],
            budget: null,
            limit: null,
          },
        ],
        features: [row],
        keys: [],
        series: {
          by: 'project',
          names: [name],
          keys: ['project 1'],
          days: Array.from({ length: PERIOD.to - PERIOD.from }, () => [1]),
        },
        budget: null,
        terms: PLAIN_TERMS,
      },
    ],
  }
}

const kinds = fc.constantFrom(...REPORT_KINDS)

const html = (reading: UsageReading): string => [...usageHtml(usageReport(reading))].join('')

describe('a long table of a report', () => {
  /** A table of text and numbers, and the whole of it as a tree of Markdown. */
  function makeLong(count: number, hasTotal: boolean): { readonly document: UsageDocument; readonly tree: Root } {
    const rows = Array.from({ length: count }, (_, n): DocumentCell[] => [
      `a|b <${n}> *x*\nwww.y.example`,
      null,
      usd(n),
    ])
    const total = hasTotal ? ['All', null, usd(7)] : null
    const head = ['Project', 'Empty', 'USD']
    const cell = (text: string, strong: boolean): TableCell => {
      const words = { type: 'text' as const, value: text }
      return { type: 'tableCell', children: strong && text !== '' ? [{ type: 'strong', children: [words] }] : [words] }
    }
    const toRow = (cells: readonly DocumentCell[], strong = false): TableRow => ({
      type: 'tableRow',
      children: cells.map((one) => cell(cellText(one), strong)),
    })
    const children = [toRow(head), ...rows.map((row) => toRow(row)), ...(total === null ? [] : [toRow(total, true)])]
    const isNumber = count > 0 || hasTotal
    const heading = { type: 'heading' as const, depth: 1 as const, children: [{ type: 'text' as const, value: 'T' }] }
    return {
      document: {
        title: 'T',
        blocks: [
          { type: 'paragraph', text: 'Before' },
          { type: 'table', name: 'Projects', head, rows, total },
          { type: 'heading', depth: 2, text: 'After' },
        ],
        records: { head, rows, count },
      },
      tree: {
        type: 'root',
        children: [
          heading,
          { type: 'paragraph', children: [{ type: 'text', value: 'Before' }] },
          { type: 'table', align: [null, null, isNumber ? 'right' : null], children },
          { type: 'heading', depth: 2, children: [{ type: 'text', value: 'After' }] },
        ],
      },
    }
  }

  it.each([0, 1, 199, 200, 201, 450])('of %i rows is the same in pieces as it is as a whole', (count) => {
    for (const hasTotal of [true, false]) {
      const { document, tree } = makeLong(count, hasTotal)
      expect([...usageMarkdown(document)].join('')).toBe(markdownTree(tree))
      const whole = markdownHtml('T', tree)
      const page = [...usageHtml(document)].join('')
      const wide = '<div class="wide" tabindex="0" role="region" aria-label="Projects, part 2">'
      expect(page).toBe(
        whole.replaceAll(/\n?(<table>.*<\/table>)\n?/gsu, `${wide}$1</div>`).replaceAll(BETWEEN, '$1$2'),
      )
    }
  })

  /** The library puts line feeds between the blocks of a page, and a report none. */
  const BETWEEN = /(<\/h1>|<\/p>|<\/div>)\n(<)/gu
})

describe('a usage report with hostile names', () => {
  it('is in Markdown exactly its headings, paragraphs and tables', () => {
    fc.assert(
      fc.property(kinds, hostileText, (kind, name) => {
        const document = usageReport(getReading(kind, name))
        const tree = fromMarkdown([...usageMarkdown(document)].join(''), {
          extensions: [gfm()],
          mdastExtensions: [gfmFromMarkdown()],
        })
        const blocks = document.blocks.filter(({ type }) => type !== 'chart').map(({ type }) => type)
        expect(tree.children.map(({ type }) => type)).toEqual(['heading', ...blocks])
        const tables = document.blocks.filter((block) => block.type === 'table')
        const read = tree.children.filter((block) => block.type === 'table')
        for (const [at, { head, rows, total }] of tables.entries()) {
          const cells = read[at]?.children.map((row) => row.children.length) ?? []
          expect(cells).toEqual(Array(1 + [...rows].length + (total === null ? 0 : 1)).fill(head.length))
        }
        // This reader turns bare addresses into links even if they are escaped; names create no other link.
        expect(JSON.stringify(tree)).not.toMatch(/"type":"(?:image|html|linkReference|imageReference|footnote)/u)
      }),
      { numRuns: 60 },
    )
  })

  it('is only text in HTML: names create no element, attribute or style', () => {
    const tags = (html: string): string[] => html.match(/<[a-z!/][^>]*>/giu) ?? []
    const shape = (html: string): string[] =>
      tags(html).map((tag) => tag.replaceAll(/ (?:aria-label|content|id|aria-labelledby)="[^"]*"/gu, ''))
    fc.assert(
      fc.property(kinds, hostileText, (kind, name) => {
        const plain = shape(html(getReading(kind, 'Acme')))
        expect(shape(html(getReading(kind, name)))).toEqual(plain)
      }),
      { numRuns: 60 },
    )
  })

  it('loads nothing and runs nothing', () => {
    const page = html(getReading('monthly', 'Acme'))
    expect(page).toContain('<meta http-equiv="Content-Security-Policy" content="default-src &#x27;none&#x27;;')
    expect(page).not.toMatch(/<script|<link|<img|<iframe|url\(|@import|https?:/iu)
    expect(page).toMatch(
      /<svg viewBox="0 0 920 260" role="img" aria-labelledby="chart-\d+-title chart-\d+-desc"><title/u,
    )
  })
})

describe('the chart of a report', () => {
  it('stacks each day to its total by one scale, within its frame', () => {
    const values = fc.array(fc.integer({ min: 0, max: 10 ** 10 }), { minLength: 5, maxLength: 5 })
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 7 }), (series) => {
        const layout = chartLayout({
          type: 'chart',
          title: '',
          summary: '',
          labels: ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05'],
          series: series.map((each, at) => ({ name: '', identity: `project ${at}`, values: each })),
        })
        for (const { x, y, width, height } of layout.bars) {
          expect(x >= layout.left && x + width <= layout.right && y >= 0 && y + height <= layout.height).toBe(true)
        }
        const [zero, next] = layout.marks
        expect(zero?.text).toBe('0')
        expect(Number(next?.y)).toBeLessThan(Number(zero?.y))
      }),
    )
  })
})
