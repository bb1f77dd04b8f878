import { formatDay } from '../domain/text/dates.ts'
import {
  invoiceLine,
  millionthsText,
  minorDigits,
  minorText,
  percentText,
  PLAIN_TERMS,
  type InvoiceTerms,
} from '../domain/usage/invoice.ts'
import type { PeriodReading } from '../domain/usage/read-days.ts'
import { dayText } from '../domain/usage/rollups.ts'
import type { UsageSource } from '../domain/usage/source.ts'
import { periodDays, reportDueOn } from '../domain/usage/report-period.ts'
import { getName, type DocumentBlock, type DocumentCell, type DocumentTable } from './usage-document.ts'
import type { ClientReading, UsageReading } from './usage-reading.ts'
import { ROUNDING } from './usage-rounding.ts'
import { dayBlocks, NO_PROJECT, readAll, sourceWords, totalLabel } from './usage-tables.ts'

export interface InvoiceLine {
  readonly organization: string
  /** Null: no day of the organization was read. */
  readonly project: string | null
  readonly reading: PeriodReading
  /** Micro-USD, exact. */
  readonly spent: number
  /** Rounded to the smallest unit of the currency; null where no day was read. */
  readonly amount: number | null
}

/** The lines of a client's invoice: one for each project with any spend, and one for each organization that was not read. */
export function readInvoiceLines({ organizations, terms }: ClientReading): InvoiceLine[] {
  return organizations.flatMap((of): InvoiceLine[] => {
    const organization = getName(of.name, 'no name')
    const { reading } = of
    if (reading.state === 'none') return [{ organization, project: null, reading, spent: 0, amount: null }]
    return of.projects
      .filter(({ cost }) => cost !== 0)
      .map(({ name, cost }) => ({
        organization,
        project: getName(name, NO_PROJECT),
        reading,
        spent: cost,
        amount: invoiceLine(cost, terms),
      }))
  })
}

/** True if amounts may still come: not all days of all organizations were read. */
export function isProvisional({ period, clients }: UsageReading): boolean {
  return clients.some((client) => readAll(client, period).state !== 'whole')
}

/** For a client of the agency: the spend of its projects, with the mark-up, in its currency. */
export function invoiceBlocks(reading: UsageReading): DocumentBlock[] {
  const { period, clients } = reading
  return clients.flatMap((client): DocumentBlock[] => {
    const provisional = isProvisional({ ...reading, clients: [client] })
    const state = provisional
      ? 'Provisional: not all days of the month were read, so that amounts may still come. The amounts are of the days so far.'
      : `Invoice date: ${formatDay(dayText(reportDueOn(period)))}.`
    const from = reading.agency === null ? '' : `From: ${getName(reading.agency, 'no name')}. `
    return [
      {
        type: 'paragraph',
        text: `Invoice ${client.slug}-${period.word}. ${from}To: ${getName(client.name, client.slug)}. ${state}`,
      },
      { type: 'paragraph', text: `For use from ${periodDays(period)} (UTC). ${sourceWords(client, reading)}` },
      lineTable(client, period),
      { type: 'paragraph', text: termsWords(client.terms) },
      { type: 'paragraph', text: reconciliationWords(client, provisional) },
      ...dayBlocks(client, period, 2),
    ]
  })
}

/** Each amount is rounded by itself, and the total once; a line of its own has the difference. */
function lineTable(client: ClientReading, period: UsageReading['period']): DocumentTable {
  const { terms } = client
  const lines = readInvoiceLines(client)
  const money = (value: number): DocumentCell => ({ unit: 'minor', value, digits: minorDigits(terms.currency) })
  const cents = (value: number): DocumentCell => ({ unit: 'minor', value, digits: 2 })
  const absent: DocumentCell = { absent: 'not read' }
  const reading = readAll(client, period)
  const total = sumUp(client)
  const [spent, amount] = [invoiceLine(total, PLAIN_TERMS), invoiceLine(total, terms)]
  const left = {
    spent: lines.reduce((rest, line) => rest - invoiceLine(line.spent, PLAIN_TERMS), spent),
    amount: lines.reduce((rest, line) => rest - (line.amount ?? 0), amount),
  }
  return {
    type: 'table',
    name: 'Lines',
    head: ['Organization', 'Project', 'Spent USD', `Amount ${terms.currency}`],
    rows: [
      ...lines.map((line) => [
        line.organization,
        line.project,
        line.amount === null ? absent : cents(invoiceLine(line.spent, PLAIN_TERMS)),
        line.amount === null ? absent : money(line.amount),
      ]),
      ...(left.spent === 0 && left.amount === 0 ? [] : [[ROUNDING, null, cents(left.spent), money(left.amount)]]),
    ],
    total: [
      totalLabel({ reading }),
      null,
      ...(reading.state === 'none' ? [absent, absent] : [cents(spent), money(amount)]),
    ],
  }
}

function sumUp({ organizations }: ClientReading): number {
  return organizations.reduce((sum, { cost }) => sum + cost, 0)
}

/** The lines beside what was billed. */
function reconciliationWords(client: ClientReading, provisional: boolean): string {
  if (client.organizations.every(({ reading }) => reading.state === 'none')) return 'Nothing was read of this month.'
  const whose: Readonly<Record<UsageSource, string>> = {
    billed: 'billed by the providers',
    claimed: 'in internal records',
  }
  const text = minorText(invoiceLine(sumUp(client), PLAIN_TERMS), 2)
  return `The lines add up to the ${text} USD ${whose[client.source]}${provisional ? ' so far' : ''}.`
}

function termsWords({ markupBasisPoints, currency, rateMillionths, rateOn }: InvoiceTerms): string {
  const markup = markupBasisPoints === 0 ? 'without a mark-up' : `with a mark-up of ${percentText(markupBasisPoints)} %`
  const on = rateOn === null ? '' : `, the rate of ${formatDay(rateOn)}`
  const rate =
    currency === 'USD' && rateMillionths === 1_000_000
      ? ''
      : `, converted at 1 USD = ${millionthsText(rateMillionths)} ${currency}${on}`
  return `Each amount is the spend ${markup}${rate}, rounded half away from zero to the smallest unit of ${currency}. The total is rounded once; what rounding leaves over is a line of its own.`
}
