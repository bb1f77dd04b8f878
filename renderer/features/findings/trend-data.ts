import type { Outputs } from '../../../shared/contract/contract.ts'
import { SEVERITIES } from '../../../shared/domain/findings/severity.ts'
import type { BarSeries } from '../../charts/stacked-bars.tsx'
import { plural } from '../../ui/relative.ts'
import { severityWord } from '../../entities/finding-labels.ts'

type Points = Outputs['findings']['trend']

/** The chart shows at most this many days; the table shows all. */
const BARS = 24

export interface Trend {
  readonly rows: readonly string[]
  /** One series for each severity, lowest first, with one number for each row. */
  readonly series: readonly BarSeries[]
  readonly summary: string
}

/** Findings over time for the chart. */
export function computeTrend(points: Points): Trend {
  const shown = points.slice(-BARS)
  const series = SEVERITIES.toReversed().map((severity) => ({
    label: severityWord(severity).word,
    values: shown.map((point) => point.counts[severity]),
  }))
  const sum = (point: Points[number] | undefined): number =>
    point === undefined ? 0 : SEVERITIES.reduce((total, severity) => total + point.counts[severity], 0)
  const [first, last] = [shown[0], shown.at(-1)]
  return {
    rows: shown.map((point) => point.day),
    series,
    summary: `${plural(sum(last), 'open finding')} on ${last?.day ?? ''}, ${sum(first)} on ${first?.day ?? ''}. The table has the numbers by severity.`,
  }
}
