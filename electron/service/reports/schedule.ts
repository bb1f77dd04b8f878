import { z } from 'zod'

import { clientRef, id } from '../../../shared/contract/common.ts'
import type { DueReport } from '../../../shared/contract/reports.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { dayText, dayNumber } from '../../../shared/domain/usage/rollups.ts'
import {
  duePeriod,
  periodAfter,
  periodTitle,
  REPORT_KINDS,
  reportDueOn,
  type ReportKind,
  type ReportPeriod,
} from '../../../shared/domain/usage/report-period.ts'
import { computeStart } from '../../../shared/domain/day.ts'
import type { Reader } from '../../register/db/handles.ts'
import type { Scope } from '../../register/db/scope.ts'
import { readRows } from '../../register/db/rows.ts'
import { CLIENT_REF } from '../../register/clients/client.ts'
import { reportMadeAt } from '../../register/usage/report-history.ts'
import { insertReportReminder, isReportReminded, reportSettings } from '../../register/usage/report-settings.ts'
import { type Context, getReader, getToday } from '../core/context.ts'
import { oneLine, remind } from '../core/notification.ts'

interface ReportSchedule {
  readonly clientId: number
  readonly row: DueReport
}

const scheduledClient = z.object({ id, client: clientRef })

/** The reports that are scheduled, each for the latest period that is due on a day (since 1970-01-01). */
function scheduled(reader: Reader, scope: Scope, today: number): ReportSchedule[] {
  const clients = readRows(
    reader,
    scheduledClient,
    `SELECT c.id, ${CLIENT_REF} FROM client c JOIN report_setting s ON s.client_id = c.id
     WHERE ${scope.client === undefined ? 'c.archived_at IS NULL' : 'c.slug = :client'} ORDER BY c.name, c.slug`,
    scope.client === undefined ? {} : { client: scope.client },
  )
  return clients.flatMap((client) => {
    const settings = reportSettings(reader, client.id)
    return REPORT_KINDS.filter((kind) => settings[kind]).map((kind) => {
      const period = duePeriod(kind, today)
      return {
        clientId: client.id,
        row: {
          client: client.client,
          kind,
          period: period.word,
          dueOn: dayText(reportDueOn(period)),
          madeAt: reportMadeAt(reader, { client: client.client.slug, kind, period: period.word }),
          recipients: kind === 'weekly' ? settings.weeklyTo : settings.monthlyTo,
        },
      }
    })
  })
}

/** The reports that are due by the operator's calendar, and for each the next one. */
export function coming(
  context: Context,
  scope: Scope,
): readonly { readonly row: DueReport; readonly next: ReportPeriod }[] {
  const today = dayNumber(computeStart(getToday(context)))
  return scheduled(getReader(context), scope, today).map(({ row }) => ({
    row,
    next: periodAfter(duePeriod(row.kind, today)),
  }))
}

/** The reports that are due by the operator's calendar. */
export function dueReports(context: Context, scope: Scope): DueReport[] {
  return scheduled(getReader(context), scope, dayNumber(computeStart(getToday(context)))).map(({ row }) => row)
}

/**
 * Notifies of the reports that came up since the last check and were not made, each once. The latest of a kind covers
 * those that were missed while the application was closed. Returns how many were notified.
 */
export function checkReportReminders(context: Context): number {
  const reader = getReader(context)
  const today = dayNumber(computeStart(getToday(context)))
  const pending = scheduled(reader, {}, today).filter(
    ({ clientId, row }) =>
      row.madeAt === null && !isReportReminded(reader, { clientId, kind: row.kind, period: row.period }),
  )
  return remind(context, pending, {
    record: (writer, { clientId, row }, at) =>
      insertReportReminder(writer, { clientId, kind: row.kind, period: row.period }, at),
    one: ({ row: { client, kind, period, recipients } }) => ({
      title: `${oneLine(client.name)}: make the ${REPORT_WORDS[kind]}`,
      body: `For ${periodTitle({ word: period })}${recipients.length === 0 ? '' : `, to ${recipients.join(', ')}`}.`,
      to: `/usage/reports?client=${encodeURIComponent(client.slug)}&kind=${kind}&period=${period}`,
    }),
    many: (all) => ({
      title: `${all.length} usage reports are due`,
      body: `For ${counted(new Set(all.map(({ clientId }) => clientId)).size, 'client')}.`,
      to: '/usage/reports?view=made',
    }),
    areas: ['usage'],
  })
}

export const REPORT_WORDS: Readonly<Record<ReportKind, string>> = {
  weekly: 'weekly usage report',
  monthly: 'monthly usage report',
  invoice: 'invoice of usage',
}
