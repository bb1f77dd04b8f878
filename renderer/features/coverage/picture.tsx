import { useMemo, useRef, type ReactElement } from 'react'

import type { CoverageRow } from '../../../shared/contract/coverage.ts'
import { TimeBars } from '../../charts/time-bars.tsx'
import type { Measure } from './search.ts'
import { amountText, MEASURE_WORDS } from './words.ts'

const MICRO = 1_000_000

interface PictureProps {
  /** Days, in order. */
  readonly rows: readonly CoverageRow[]
  readonly measure: Measure
  readonly summary: string
  readonly open: () => void
}

/** Covered, uncovered and over-claimed of each day, one upon the other. */
export function CoveragePicture({ rows, measure, summary, open }: PictureProps): ReactElement {
  const image = useRef<(() => Promise<Blob>) | null>(null)
  const unit = measure === 'cost' ? MICRO : 1
  const periods = useMemo(() => rows.map(({ name }) => name ?? ''), [rows])
  const series = useMemo(
    () =>
      (
        [
          ['Covered', 'covered'],
          ['Uncovered', 'uncovered'],
          ['Over-claimed', 'overClaimed'],
        ] as const
      ).map(([label, side]) => ({ label, values: rows.map((row) => row[measure][side] / unit) })),
    [rows, measure, unit],
  )
  const say = useMemo(
    () =>
      (value: number): string =>
        `${amountText(measure, Math.round(value * unit))} ${MEASURE_WORDS[measure]}`,
    [measure, unit],
  )
  return <TimeBars periods={periods} series={series} summary={summary} say={say} open={open} image={image} />
}
