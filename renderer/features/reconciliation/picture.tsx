import { useCallback, useMemo, useRef, type ReactElement } from 'react'

import type { ReconciliationRow } from '../../../shared/contract/reconciliation.ts'
import { TimeBars } from '../../charts/time-bars.tsx'
import { CopySeries } from '../../entities/copy-series.tsx'
import type { Measure } from './search.ts'
import { amountText, MEASURE_WORDS } from './labels.ts'

interface PictureProps {
  /** Days, in order. */
  readonly rows: readonly ReconciliationRow[]
  readonly measure: Measure
  readonly summary: string
  readonly open: () => void
}

const SIDES = [
  { label: 'Covered', side: 'covered' },
  { label: 'Uncovered', side: 'uncovered' },
  { label: 'Over-reported', side: 'overClaimed' },
] as const

/** Covered, uncovered and over-reported usage of each day, stacked. */
export function ReconciliationPicture({ rows, measure, summary, open }: PictureProps): ReactElement {
  const image = useRef<(() => Promise<Blob>) | null>(null)
  const keep = useCallback((made: (() => Promise<Blob>) | null) => {
    image.current = made
  }, [])
  const periods = useMemo(() => rows.map(({ name }) => name ?? ''), [rows])
  const lines = useMemo(
    () =>
      SIDES.map(({ label, side }) => {
        const values = rows.map((row) => row[measure][side])
        return { label, values, rowKey: null, total: values.reduce((sum, value) => sum + value, 0) }
      }),
    [rows, measure],
  )
  const say = useCallback(
    (value: number): string => `${amountText(measure, Math.round(value))} ${MEASURE_WORDS[measure]}`,
    [measure],
  )
  return (
    <>
      <TimeBars periods={periods} series={lines} summary={summary} say={say} open={open} drawn={keep} />
      <CopySeries periods={periods} lines={lines} image={image} money={measure === 'cost'} />
    </>
  )
}
