import { invoiceLine, millionthsText, minorDigits, percentText, type InvoiceTerms } from '../domain/usage/invoice.ts'
import { periodDays } from '../domain/usage/report-period.ts'
import { nameOf, usd, type DocumentBlock, type DocumentCell } from './usage-document.ts'
import type { ClientReading, UsageReading } from './usage-reading.ts'
import { dayBlocks, NO_PROJECT, sourceWords } from './usage-tables.ts'

export interface InvoiceLine {
  readonly organization: string
  readonly project: string
  /** Micro-USD. */
  readonly spent: number
  /** In the smallest unit of the currency. */
  readonly amount: number
}

/** The lines of a client's invoice: one for each project that anything was spent on. */
export function invoiceLines({ organizations, terms }: ClientReading): InvoiceLine[] {
  return organizations.flatMap((of) =>
    of.projects.flatMap((project) =>
      project.cost === 0
        ? []
        : [
            {
              organization: nameOf(of.name, 'no name'),
              project: nameOf(project.name, NO_PROJECT),
              spent: project.cost,
              amount: invoiceLine(project.cost, terms),
            },
          ],
    ),
  )
}

/** For a client of the agency: what its projects spent, with the mark-up, in its currency. */
export function invoiceBlocks({ period, clients }: UsageReading): DocumentBlock[] {
  return clients.flatMap((client): DocumentBlock[] => {
    const { terms } = client
    const lines = invoiceLines(client)
    const money = (value: number): DocumentCell => ({ unit: 'minor', value, digits: minorDigits(terms.currency) })
    const sum = (of: 'spent' | 'amount'): number => lines.reduce((total, line) => total + line[of], 0)
    return [
      { type: 'paragraph', text: `For use of ${periodDays(period)} (UTC). ${sourceWords(client, period)}` },
      {
        type: 'table',
        name: 'Lines',
        head: ['Organization', 'Project', 'Spent USD', `Amount ${terms.currency}`],
        rows: lines.map((line) => [line.organization, line.project, usd(line.spent), money(line.amount)]),
        total: ['Total', null, usd(sum('spent')), money(sum('amount'))],
      },
      { type: 'paragraph', text: termsWords(terms) },
      ...dayBlocks(client, period, 2),
    ]
  })
}

function termsWords({ markupBasisPoints, currency, rateMillionths, rateOn }: InvoiceTerms): string {
  const markup =
    markupBasisPoints === 0 ? 'No mark-up is added.' : `A mark-up of ${percentText(markupBasisPoints)} % is added.`
  const rate =
    currency === 'USD' && rateMillionths === 1_000_000
      ? ''
      : ` 1 USD is ${millionthsText(rateMillionths)} ${currency}${rateOn === null ? '' : `, the rate of ${rateOn}`}.`
  return `${markup}${rate} Each line is the exact spend with both, rounded half up to the smallest unit of ${currency}; the total is the sum of the lines.`
}
