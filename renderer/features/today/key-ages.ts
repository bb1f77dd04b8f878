import { AGE_BANDS, type ClientOverview } from '../../../shared/contract/overview.ts'
import type { BarSeries } from '../../charts/stacked-bars.tsx'
import { plural } from '../../ui/relative.ts'

type Band = (typeof AGE_BANDS)[number]

const BAND_LABELS: Readonly<Record<Band, string>> = {
  '0-30': 'up to 30 days',
  '31-90': '31–90 days',
  '91-180': '91–180 days',
  '181-365': '181–365 days',
  '366+': 'over a year',
  unknown: 'age not known',
}

export interface KeyAges {
  readonly rows: readonly {
    readonly name: string
    readonly slug: string
    readonly colour: string
    readonly total: number
  }[]
  /** One for each band, with one number for each row. */
  readonly series: readonly BarSeries[]
  /** The chart in a sentence. */
  readonly summary: string
  readonly total: number
}

/** Key ages by client, for the chart and its table. Clients without keys are left out. */
export function computeKeyAges(clients: readonly ClientOverview[]): KeyAges {
  const shown = clients.filter((each) => each.keyAge.some(({ count }) => count > 0))
  const counts = shown.map((each) => new Map(each.keyAge.map(({ band, count }) => [band, count])))
  const series = AGE_BANDS.map((band) => ({
    label: BAND_LABELS[band],
    values: counts.map((ofClient) => ofClient.get(band) ?? 0),
  }))
  const rows = shown.map((each) => ({
    name: each.client.name,
    slug: each.client.slug,
    colour: each.client.colour,
    total: each.keyAge.reduce((sum, { count }) => sum + count, 0),
  }))
  const total = rows.reduce((sum, row) => sum + row.total, 0)
  const sums = series.map((each) => ({ label: each.label, count: each.values.reduce((sum, value) => sum + value, 0) }))
  const said = sums.filter(({ count }) => count > 0).map(({ label, count }) => `${count} ${label}`)
  return {
    rows,
    series,
    total,
    summary: `Age of ${plural(total, 'key')} of ${plural(rows.length, 'client')}: ${said.join(', ')}. The table has the numbers by client.`,
  }
}
