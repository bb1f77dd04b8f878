import { dayText } from '../../../shared/domain/usage/faces.ts'
import { periodTitle, reportDueOn } from '../../../shared/domain/usage/report-period.ts'
import type { ReportEvent } from '../../../shared/report/calendar.ts'
import type { Context } from '../core/context.ts'
import { coming, REPORT_WORDS } from '../reports/schedule.ts'

type UidOf = (report: { readonly client: string; readonly kind: string; readonly period: string }) => string

/** The scheduled reports in scope, of one recipient or all: each that waits to be made, and the next of its kind. */
export function reportEvents(
  context: Context,
  { client, contact }: { readonly client?: string | undefined; readonly contact?: string | undefined },
  uidOf: UidOf,
): ReportEvent[] {
  return coming(context, { client }).flatMap(({ row, next }): ReportEvent[] => {
    if (contact !== undefined && !row.recipients.includes(contact)) return []
    const event = (period: string, dueOn: string): ReportEvent => ({
      uid: uidOf({ client: row.client.slug, kind: row.kind, period }),
      dueOn,
      report: `${REPORT_WORDS[row.kind]} of ${periodTitle({ word: period })}`,
      client: row.client.name,
      details: [
        `Client: ${row.client.name}`,
        ...(row.recipients.length === 0 ? [] : [`For: ${row.recipients.join(', ')}`]),
      ],
    })
    const after = event(next.word, dayText(reportDueOn(next)))
    return row.madeAt === null ? [event(row.period, row.dueOn), after] : [after]
  })
}
