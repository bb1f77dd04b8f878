import { useMemo } from 'react'

import type { AnomalyRow, BudgetRow } from '../../../shared/contract/budgets.ts'
import type { UsageSeries, UsageShown, UsageStretch } from '../../../shared/contract/usage.ts'
import { moneyText, shortCount } from '../../../shared/domain/text/amounts.ts'
import { monthNumber, toFirstDay } from '../../../shared/domain/usage/rollups.ts'
import type { ChartLine, ChartNote } from '../../charts/time-bars.tsx'
import { query } from '../../data/api.ts'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'

interface AnnotationPlace {
  readonly client: string | undefined
  readonly series: UsageSeries
  readonly stretch: UsageStretch
  readonly shown: UsageShown
  /** The one project that is shown, by its name and its number in the register; null when all are. */
  readonly project: { readonly name: string | null; readonly ref: number | null } | null
}

const NO_NOTES: readonly ChartNote[] = []

/** The budget as a line across the chart, and anomalies of projects as notes about days; for money only. */
export function useAnnotations(of: AnnotationPlace): {
  readonly line: ChartLine | undefined
  readonly notes: readonly ChartNote[]
} {
  const { client, shown } = of
  const isMoney = shown === 'cost'
  const budgets = useQuery({ ...query.budgets.list.queryOptions({ input: { client } }), enabled: isMoney })
  const found = useQuery({
    ...query.budgets.anomalies.queryOptions({ input: { client, of: 'project', days: 90 } }),
    enabled: isMoney,
  })
  const { series, stretch, project } = of
  const line = useMemo(
    () => (isMoney ? findLine(budgets.data ?? [], { client, series, stretch, project }) : undefined),
    [isMoney, budgets.data, client, series, stretch, project],
  )
  const notes = useMemo(
    () => (isMoney ? toNotes(found.data?.rows ?? [], { series, project }) : NO_NOTES),
    [isMoney, found.data, series, project],
  )
  return { line, notes }
}

/** Finds what the budget allows for each period; only one place has one budget. */
export function findLine(
  budgets: readonly BudgetRow[],
  { client, series, stretch, project }: Omit<AnnotationPlace, 'shown'>,
): ChartLine | undefined {
  const agreed = budgets.filter(({ budgetId }) => budgetId !== null)
  const budget =
    project !== null
      ? agreed.find((row) => project.ref !== null && row.project?.id === project.ref)
      : client === undefined
        ? undefined
        : agreed.find((row) => row.project === null && row.connection === null)
  if (budget === undefined) return undefined
  if (stretch === '12-months') return { label: 'Budget a month:', value: budget.amount }
  const month = monthNumber(series.periods.at(-1)?.slice(0, 7) ?? '')
  if (month === null) return undefined
  const days = toFirstDay(month + 1) - toFirstDay(month)
  return { label: 'Budget for each day:', value: Math.round(budget.amount / days) }
}

/** Anomalies on the day that deviates most. */
export function toNotes(
  anomalies: readonly AnomalyRow[],
  { series, project }: Pick<AnnotationPlace, 'series' | 'project'>,
): readonly ChartNote[] {
  const periods = new Set(series.periods)
  return anomalies.flatMap(({ name, ref, measure, peak }): ChartNote[] => {
    if (!periods.has(peak.day)) return []
    if (project !== null && (ref === null || ref !== project.ref)) return []
    const say = (amount: number): string =>
      measure === 'tokens' ? `${shortCount(amount)} tokens` : moneyText(Math.round(amount))
    return [
      { period: peak.day, text: `Anomaly: ${visibleText(name)}, ${say(peak.amount)} (expected ${say(peak.usual)})` },
    ]
  })
}
