import { periodTitle, type ReportKind } from '../domain/usage/report-period.ts'
import type { UsageSource } from '../domain/usage/source.ts'
import { minorDigits } from '../domain/usage/invoice.ts'
import { daysOf, type DaySpan, type PeriodReading } from '../domain/usage/read-days.ts'
import { dayText } from '../domain/usage/rollups.ts'
import { getName, makeRows, usd, count, type DocumentBlock, type UsageDocument } from './usage-document.ts'
import { invoiceBlocks, isProvisional, readInvoiceLines } from './usage-invoice.ts'
import { monthlyBlocks } from './usage-monthly.ts'
import type { UsageReading } from './usage-reading.ts'
import { NO_PROJECT } from './usage-tables.ts'
import { weeklyBlocks } from './usage-weekly.ts'

const TITLES: Readonly<Record<ReportKind, string>> = {
  weekly: 'Usage by project',
  monthly: 'Spend by project',
  invoice: 'Invoice of usage',
}

const BLOCKS: Readonly<Record<ReportKind, (reading: UsageReading) => DocumentBlock[]>> = {
  weekly: weeklyBlocks,
  monthly: monthlyBlocks,
  invoice: invoiceBlocks,
}

const NOTHING: Readonly<Record<UsageSource, string>> = {
  billed:
    'No billed usage is known for this period. Internal records, if the client keeps any, are in a separate report.',
  claimed: 'Internal records contain nothing for this period.',
}

/** A usage report as a document: the same reading gives the same document, whenever it is made. */
export function usageReport(reading: UsageReading): UsageDocument {
  const { kind, period, client, clients } = reading
  const whose = client === null ? 'all clients' : getName(client, 'no name')
  const provisional = kind === 'invoice' && isProvisional(reading) ? ' (provisional)' : ''
  const empty: DocumentBlock = { type: 'paragraph', text: NOTHING[reading.source] }
  return {
    title: `${TITLES[kind]}${provisional}, ${periodTitle(period)}: ${whose}`,
    blocks: clients.length === 0 ? [empty] : BLOCKS[kind](reading),
    records: kind === 'invoice' ? invoiceRecords(reading) : spendRecords(reading),
  }
}

function spendRecords({ kind, period, clients }: UsageReading): UsageDocument['records'] {
  const projects = clients.flatMap((client) =>
    client.organizations.flatMap((of) =>
      // One that was not read has a record without amounts.
      (of.projects.length === 0 ? [{ ...of, name: null }] : of.projects).map((row) => ({ client, of, row })),
    ),
  )
  return {
    head: [
      'Period',
      'Client',
      'Organization',
      'Organization ID',
      'Project',
      'Source',
      'Read from',
      'Read through',
      'USD',
      kind === 'weekly' ? 'USD week before' : 'USD month before',
      'Requests',
      'Input tokens',
      'Cached tokens',
      'Cache write tokens',
      'Output tokens',
      'Estimated USD',
    ],
    rows: makeRows(projects, ({ client, of, row }) => [
      period.word,
      getName(client.name, client.slug),
      getName(of.name, 'no name'),
      of.organizationId === null ? null : getName(of.organizationId, ''),
      of.projects.length === 0 ? null : getName(row.name, NO_PROJECT),
      client.source,
      ...dayCells(row.reading, period),
      row.reading.state === 'none' ? null : usd(row.cost),
      row.readingBefore.state === 'whole' ? usd(row.before) : null,
      ...(row.reading.state === 'none'
        ? [null, null, null, null, null, null]
        : [
            count(row.requests),
            count(row.input),
            count(row.cached),
            count(row.cacheWrite),
            count(row.output),
            usd(row.estimate),
          ]),
    ]),
    count: projects.length,
  }
}

/** The first and the last read day; empty where none was read. */
function dayCells(reading: PeriodReading, period: DaySpan): readonly (string | null)[] {
  const days = daysOf(reading, period)
  const [first, last] = [days[0], days.at(-1)]
  return first === undefined || last === undefined ? [null, null] : [dayText(first.from), dayText(last.to - 1)]
}

function invoiceRecords({ period, clients }: UsageReading): UsageDocument['records'] {
  const lines = clients.flatMap((client) => readInvoiceLines(client).map((line) => ({ client, line })))
  return {
    head: [
      'Period',
      'Client',
      'Organization',
      'Project',
      'Source',
      'Read from',
      'Read through',
      'Spent USD',
      'Mark-up %',
      'Rate',
      'Currency',
      'Amount',
    ],
    rows: makeRows(lines, ({ client, line }) => [
      period.word,
      getName(client.name, client.slug),
      line.organization,
      line.project,
      client.source,
      ...dayCells(line.reading, period),
      line.amount === null ? null : usd(line.spent),
      { unit: 'minor', value: client.terms.markupBasisPoints, digits: 2 },
      { unit: 'minor', value: client.terms.rateMillionths, digits: 6 },
      client.terms.currency,
      line.amount === null ? null : { unit: 'minor', value: line.amount, digits: minorDigits(client.terms.currency) },
    ]),
    count: lines.length,
  }
}
