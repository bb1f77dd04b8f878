import type { UsageSource } from '../../../shared/domain/usage/source.ts'
import {
  isPeriodFor,
  periodBefore,
  parsePeriod,
  type ReportKind,
  type ReportPeriod,
} from '../../../shared/domain/usage/report-period.ts'
import type { UsageReading } from '../../../shared/report/usage-reading.ts'
import type { Reader } from '../../register/db/handles.ts'
import { inOneState } from '../../register/read/report.ts'
import { findOwnName, reportClients } from '../../register/usage/report-owners.ts'
import { checkScope, type Context, getReader } from '../core/context.ts'
import { invalid } from '../kit/refusal.ts'
import { readClient } from './read-client.ts'

export interface AskedReport {
  readonly client?: string | undefined
  readonly kind: ReportKind
  readonly period: string
  readonly source: UsageSource
}

/** All that a report is made of. Throws `Refusal` NOT_FOUND for the client, INVALID for a period of another kind. */
export function readReport(context: Context, asked: AskedReport): UsageReading {
  checkScope(context, asked)
  const period = checkedPeriod(asked)
  const reader = getReader(context)
  return inOneState(reader, () => readReading(reader, asked, period))
}

/** Throws `Refusal` INVALID. */
export function checkedPeriod({ kind, period: word, client }: AskedReport): ReportPeriod {
  const period = parsePeriod(word)
  if (period === null || !isPeriodFor(kind, period)) {
    throw invalid(
      'period',
      `${JSON.stringify(word)} is not a valid period of a ${kind} report.`,
      kind === 'weekly' ? 'Write a week as YYYY-Www, such as 2026-W47.' : 'Write a month as YYYY-MM, such as 2026-10.',
    )
  }
  if (kind === 'invoice' && client === undefined) {
    throw invalid('client', 'An invoice is for one client.', 'Choose the client.')
  }
  return period
}

function readReading(reader: Reader, { client, kind, source }: AskedReport, period: ReportPeriod): UsageReading {
  const before = periodBefore(period)
  const clients = reportClients(reader, { client })
  const readings = clients.map((of) => readClient(reader, of, { kind, period, before, source }))
  return {
    kind,
    period,
    before,
    source,
    agency: findOwnName(reader),
    client: client === undefined ? null : (clients[0]?.name ?? null),
    clients: readings.filter((one) => one !== null),
  }
}
