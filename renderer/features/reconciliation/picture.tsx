import { useComputedColorScheme } from '@mantine/core'
import { useMemo, type ReactElement } from 'react'

import type { ReconciliationRow } from '../../../shared/contract/reconciliation.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { moneyText, shortCount } from '../../../shared/domain/text/amounts.ts'
import { formatMonth } from '../../../shared/domain/text/dates.ts'
import { pictureBars } from '../../charts/bars-picture.ts'
import type { Picture } from '../../charts/shapes.ts'
import { TimeBars } from '../../charts/time-bars.tsx'
import { useScope } from '../../data/scope.ts'
import { useScopeName } from '../../data/use-clients.ts'
import { ChartActions } from '../../entities/chart-actions.tsx'
import { axisMoney } from '../../entities/series-data.ts'
import type { Measure } from './search.ts'
import { MEASURE_WORDS } from './labels.ts'

interface PictureProps {
  /** Days, in order. */
  readonly rows: readonly ReconciliationRow[]
  readonly month: string
  readonly measure: Measure
  readonly summary: string
  readonly open: () => void
}

const SIDES = [
  { label: 'Covered', side: 'covered', own: '#136e80' },
  { label: 'Uncovered', side: 'uncovered', own: '#b7741f' },
  { label: 'Over-reported', side: 'overClaimed', own: '#7a2d8a' },
] as const

/** Covered, uncovered and over-reported usage of each day, stacked. */
export function ReconciliationPicture({ rows, month, measure, summary, open }: PictureProps): ReactElement {
  const { client } = useScope()
  const scope = useScopeName()
  const scheme = useComputedColorScheme('light')
  const periods = useMemo(() => rows.map(({ name }) => name ?? ''), [rows])
  const lines = useMemo(
    () =>
      SIDES.map(({ label, side, own }) => {
        const values = rows.map((row) => row[measure][side])
        const total = values.reduce((sum, value) => sum + value, 0)
        return { label, values, rowKey: null, total, identity: { key: side, own } }
      }),
    [rows, measure],
  )
  const say = (value: number): string =>
    measure === 'cost' ? moneyText(value) : `${shortCount(value)} ${MEASURE_WORDS[measure].toLowerCase()}`
  const axis = measure === 'cost' ? axisMoney : shortCount
  const title = 'Internal records beside the bill'
  const draw = (): Picture => {
    const about = `${formatMonth(month)}, ${MEASURE_WORDS[measure]} · ${scope}`
    const font = getComputedStyle(document.body).fontFamily
    return pictureBars(
      { title, about, madeOn: toLocalDay(Date.now()), periods, series: lines, say, axis },
      scheme,
      font,
    )
  }
  return (
    <>
      <TimeBars periods={periods} series={lines} summary={summary} say={say} axis={axis} open={open} />
      <ChartActions
        name={`reconciliation-${client ?? 'all-clients'}-${month}`}
        title={title}
        client={client}
        periods={periods}
        lines={lines}
        picture={draw}
        money={measure === 'cost'}
      />
    </>
  )
}
