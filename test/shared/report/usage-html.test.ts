import { describe, expect, it } from 'vitest'

import { chartColours, identityFills } from '../../../shared/report/chart-fills.ts'
import type { DocumentChart } from '../../../shared/report/usage-document.ts'
import { usageHtml } from '../../../shared/report/usage-html.ts'

type Series = DocumentChart['series'][number]

/** The classes of the swatches in the legend of a report, by name; null for a striped one. */
function readLegend(series: readonly Series[]): Readonly<Record<string, string | null>> {
  const chart: DocumentChart = { type: 'chart', title: 'Spend', summary: 'Much', labels: ['2026-11-01'], series }
  const records = { head: [], rows: [], count: 0 }
  const html = [...usageHtml({ title: 'Report', blocks: [chart], records })].join('')
  const lines = html.matchAll(/<li>(?<mark><svg.*?<\/svg>)(?<name>[^<]*)<\/li>/gu)
  return Object.fromEntries(
    [...lines].map(({ groups }) => [groups!['name'], /class="(\w+)"/u.exec(groups!['mark'] ?? '')?.[1] ?? null]),
  )
}

const series = (name: string, identity: string | null): Series => ({ name, identity, values: [1_000_000] })

describe('the chart of an HTML report', () => {
  const api = series('API', 'project 12')
  const bot = series('Bot', 'project 31')

  it('gives a project the same colour whatever its rank, which is that of the charts in the window', () => {
    const [colour] = identityFills([{ key: 'project 12' }], 'light').map((fill) => fill.colour)
    const own = `c${chartColours('light').identity.indexOf(colour ?? '')}`
    expect(readLegend([api, bot])['API']).toBe(own)
    expect(readLegend([bot, api])['API']).toBe(own)
    expect(readLegend([api])['API']).toBe(own)
  })

  it('stripes the second of two with one colour, and paints the rest in grey', () => {
    const keys = Array.from({ length: 9 }, (_, at) => series(`P${at}`, `project ${at}`))
    const legend = readLegend([...keys, series('Other', null)])
    const plain = Object.values(legend).filter((name) => name !== null)
    expect(new Set(plain).size).toBe(plain.length)
    expect(Object.values(legend)).toContain(null)
    expect(legend['Other']).toBe('rest')
  })
})
