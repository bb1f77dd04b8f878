import { reportsContract } from '../../../shared/contract/reports.ts'
import type { Inputs } from '../../../shared/contract/contract.ts'
import type { ReportSettings } from '../../../shared/contract/reports.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import { periodDays, periodsBetween } from '../../../shared/domain/usage/report-period.ts'
import { reportClients } from '../../register/usage/report-owners.ts'
import { madeReports } from '../../register/usage/report-history.ts'
import { reportSettings } from '../../register/usage/report-settings.ts'
import { reportDays } from '../../register/usage/report-sums.ts'
import { checkScope, findClientId, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { commitOperation } from '../core/operations.ts'
import { dueReports } from './schedule.ts'

const os = implementArea({ reports: reportsContract })

// Documents are larger than the rest of the area; they are loaded when they are needed.
const rendering = () => import('./render.ts')

/** Fields that are left out stay unchanged. */
function given(values: Inputs['reports']['set']['values']): Partial<ReportSettings> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

const RATE = ['currency', 'rateMillionths', 'rateOn'] as const satisfies readonly (keyof ReportSettings)[]

/** The settings that change, so that another person's change of another one stays. A currency and its rate are one. */
function findChange(before: ReportSettings, after: ReportSettings): Partial<ReportSettings> {
  const differs = (name: keyof ReportSettings): boolean => JSON.stringify(before[name]) !== JSON.stringify(after[name])
  const names = Object.keys(after) as (keyof ReportSettings)[]
  const isRateOther = RATE.some(differs)
  const changed = names.filter((name) => differs(name) || (isRateOther && (RATE as readonly string[]).includes(name)))
  return Object.fromEntries(changed.map((name) => [name, after[name]]))
}

export const reportsRouter = {
  periods: os.reports.periods.handler(({ context, input }) => {
    checkScope(context, input)
    const reader = getReader(context)
    const spans = reportClients(reader, input).flatMap(({ id }) => reportDays(reader, id) ?? [])
    if (spans.length === 0) return []
    const today = dayNumber(context.now())
    const first = Math.min(...spans.map((span) => span.first))
    const last = Math.max(...spans.map((span) => span.last))
    return periodsBetween(input.kind, first, last).map((period) => ({
      period: period.word,
      days: periodDays(period),
      over: period.to <= today,
    }))
  }),
  preview: os.reports.preview.handler(async ({ context, input }) => (await rendering()).previewReport(context, input)),
  render: os.reports.render.handler(async ({ context, input }) => (await rendering()).renderReport(context, input)),
  export: os.reports.export.handler(async ({ context, input }) => {
    const written = await (await rendering()).exportReport(context, input)
    // A report that was made is no longer due.
    context.events.changed('usage')
    return written
  }),
  history: os.reports.history.handler(({ context, input }) => {
    checkScope(context, input)
    return madeReports(getReader(context), input, input.limit)
  }),
  due: os.reports.due.handler(({ context, input }) => {
    checkScope(context, input)
    return dueReports(context, input)
  }),
  settings: os.reports.settings.handler(({ context, input }) =>
    reportSettings(getReader(context), findClientId(context, input.client)),
  ),
  set: os.reports.set.handler(({ context, input }) => {
    const clientId = findClientId(context, input.client)
    const before = reportSettings(getReader(context), clientId)
    const settings: ReportSettings = { ...before, ...given(input.values) }
    const body = { v: 1, ...findChange(before, settings) } as const
    commitOperation(context, { kind: 'report.set', client: input.client, subject: 'Usage reports', body })
    return settings
  }),
}
