import { formatDay } from '../domain/text/dates.ts'
import {
  invoiceLines,
  millionthsText,
  minorDigits,
  minorText,
  percentText,
  PLAIN_TERMS,
  type InvoiceTerms,
} from '../domain/usage/invoice.ts'
import type { UsageSource } from '../domain/usage/source.ts'
import { periodDays } from '../domain/usage/report-period.ts'
import { getName, makeRows, type DocumentBlock, type DocumentCell } from './usage-document.ts'
import type { ClientReading, UsageReading } from './usage-reading.ts'
import { dayBlocks, NO_PROJECT, sourceWords } from './usage-tables.ts'

export interface InvoiceLine {
  readonly organization: string
  readonly project: string
  /** Micro-USD, exact; and as the invoice shows it, in whole cents. */
  readonly spent: number
  readonly spentCents: number
  /** In the smallest unit of the currency. */
  readonly amount: number
}

/** The lines of a client's invoice: one for each project with any spend. They add up to their rounded sum. */
export function readInvoiceLines({ organizations, terms }: ClientReading): InvoiceLine[] {
  const spent = organizations.flatMap((of) =>
    of.projects.flatMap((project) => (project.cost === 0 ? [] : [{ of, project }])),
  )
  const micros = spent.map(({ project }) => project.cost)
  const [cents, amounts] = [invoiceLines(micros, PLAIN_TERMS), invoiceLines(micros, terms)]
  return spent.map(({ of, project }, at) => ({
    organization: getName(of.name, 'no name'),
    project: getName(project.name, NO_PROJECT),
    spent: project.cost,
    spentCents: cents[at] ?? 0,
    amount: amounts[at] ?? 0,
  }))
}

/** For a client of the agency: the spend of its projects, with the mark-up, in its currency. */
export function invoiceBlocks({ period, clients }: UsageReading): DocumentBlock[] {
  return clients.flatMap((client): DocumentBlock[] => {
    const { terms } = client
    const lines = readInvoiceLines(client)
    const money = (value: number): DocumentCell => ({ unit: 'minor', value, digits: minorDigits(terms.currency) })
    const cents = (value: number): DocumentCell => ({ unit: 'minor', value, digits: 2 })
    const sum = (of: 'spentCents' | 'amount'): number => lines.reduce((total, line) => total + line[of], 0)
    return [
      { type: 'paragraph', text: `For use of ${periodDays(period)} (UTC). ${sourceWords(client, period)}` },
      {
        type: 'table',
        name: 'Lines',
        head: ['Organization', 'Project', 'Spent USD', `Amount ${terms.currency}`],
        rows: makeRows(lines, (line) => [line.organization, line.project, cents(line.spentCents), money(line.amount)]),
        total: ['Total', null, cents(sum('spentCents')), money(sum('amount'))],
      },
      { type: 'paragraph', text: termsWords(terms) },
      { type: 'paragraph', text: reconciliationWords(client.source, sum('spentCents')) },
      ...dayBlocks(client, period, 2),
    ]
  })
}

/** The lines beside what was billed. */
function reconciliationWords(source: UsageSource, cents: number): string {
  const whose = source === 'billed' ? 'billed by the providers' : 'in internal records'
  return `The lines add up to the ${minorText(cents, 2)} USD ${whose}.`
}

function termsWords({ markupBasisPoints, currency, rateMillionths, rateOn }: InvoiceTerms): string {
  const markup = markupBasisPoints === 0 ? 'without a mark-up' : `with a mark-up of ${percentText(markupBasisPoints)} %`
  const on = rateOn === null ? '' : `, the rate of ${formatDay(rateOn)}`
  const rate =
    currency === 'USD' && rateMillionths === 1_000_000
      ? ''
      : `, converted at 1 USD = ${millionthsText(rateMillionths)} ${currency}${on}`
  return `Each amount is the exact spend ${markup}${rate}. The total is rounded half up to the smallest unit of ${currency}, and the lines are rounded so that they add up to it.`
}
