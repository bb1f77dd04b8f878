import { periodTitle, type ReportKind } from '../domain/usage/report-period.ts'
import type { UsageSource } from '../domain/usage/source.ts'
import { minorDigits } from '../domain/usage/invoice.ts'
import { getName, makeRows, usd, count, type DocumentBlock, type UsageDocument } from './usage-document.ts'
import { invoiceBlocks, readInvoiceLines } from './usage-invoice.ts'
import { monthlyBlocks } from './usage-monthly.ts'
import type { UsageReading } from './usage-reading.ts'
import { NO_PROJECT } from './usage-tables.ts'
import { withTablesAddingUp } from './usage-rounding.ts'
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
  const empty: DocumentBlock = { type: 'paragraph', text: NOTHING[reading.source] }
  return {
    title: `${TITLES[kind]}, ${periodTitle(period)}: ${whose}`,
    blocks: clients.length === 0 ? [empty] : withTablesAddingUp(BLOCKS[kind](reading)),
    records: kind === 'invoice' ? invoiceRecords(reading) : spendRecords(reading),
  }
}

function spendRecords({ kind, period, clients }: UsageReading): UsageDocument['records'] {
  const projects = clients.flatMap((client) =>
    client.organizations.flatMap((of) => of.projects.map((row) => ({ client, of, row }))),
  )
  return {
    head: [
      'Period',
      'Client',
      'Organization',
      'Organization ID',
      'Project',
      'Source',
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
      getName(row.name, NO_PROJECT),
      client.source,
      usd(row.cost),
      usd(row.before),
      count(row.requests),
      count(row.input),
      count(row.cached),
      count(row.cacheWrite),
      count(row.output),
      usd(row.estimate),
    ]),
    count: projects.length,
  }
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
      usd(line.spent),
      { unit: 'minor', value: client.terms.markupBasisPoints, digits: 2 },
      { unit: 'minor', value: client.terms.rateMillionths, digits: 6 },
      client.terms.currency,
      { unit: 'minor', value: line.amount, digits: minorDigits(client.terms.currency) },
    ]),
    count: lines.length,
  }
}
