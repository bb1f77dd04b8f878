import { useMemo, type ReactElement } from 'react'

import type { UsageBy, UsageRow } from '../../../shared/contract/usage.ts'
import { dollarText } from '../../../shared/domain/usage/money.ts'
import { StackedBars } from '../../charts/stacked-bars.tsx'
import { visibleText } from '../../ui/text.ts'
import { bucketWord, byWord } from './words.ts'

/** The picture holds so many bars; the table holds all. */
const BARS = 12

const MICRO = 1_000_000

/** The most expensive as bars, in dollars. */
export function UsagePicture({ rows, by }: { readonly rows: readonly UsageRow[]; readonly by: UsageBy }): ReactElement {
  const shown = useMemo(() => rows.slice(0, BARS), [rows])
  const names = useMemo(() => shown.map((row) => row.name ?? bucketWord(by)), [shown, by])
  const series = useMemo(
    () => [{ label: 'USD', values: shown.map((row) => Math.round(row.cost / 10_000) / (MICRO / 10_000)) }],
    [shown],
  )
  const [first] = shown
  const summary =
    first === undefined
      ? 'Nothing was spent.'
      : `By ${byWord(by).toLowerCase()}, ${visibleText(names[0] ?? '')} spent the most: ${dollarText(first.cost)} dollars. The table has the numbers.`
  return <StackedBars rows={names} series={series} summary={summary} unit="USD" />
}
