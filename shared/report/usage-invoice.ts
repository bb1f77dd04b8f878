import {
  invoiceLine,
  millionthsText,
  minorDigits,
  minorText,
  percentText,
  PLAIN_TERMS,
  type InvoiceTerms,
} from '../domain/usage/invoice.ts'
import type { UsageSource } from '../domain/usage/source.ts'
import { periodDays } from '../domain/usage/report-period.ts'
import { getName, type DocumentBlock, type DocumentCell } from './usage-document.ts'
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

/** The lines of a client's invoice: one for each project with any spend. */
export function invoiceLines({ organizations, terms }: ClientReading): InvoiceLine[] {
  return organizations.flatMap((of) =>
    of.projects.flatMap((project) =>
      project.cost === 0
        ? []
        : [
            {
              organization: getName(of.name, 'no name'),
              project: getName(project.name, NO_PROJECT),
              spent: project.cost,
              spentCents: invoiceLine(project.cost, PLAIN_TERMS),
              amount: invoiceLine(project.cost, terms),
            },
          ],
    ),
  )
}

/** For a client of the agency: the spend of its projects, with the mark-up, in its currency. */
export function invoiceBlocks({ period, clients }: UsageReading): DocumentBlock[] {
  return clients.flatMap((client): DocumentBlock[] => {
    const { terms } = client
    const lines = invoiceLines(client)
    const money = (value: number): DocumentCell => ({ unit: 'minor', value, digits: minorDigits(terms.currency) })
    const cents = (value: number): DocumentCell => ({ unit: 'minor', value, digits: 2 })
    const sum = (of: 'spent' | 'spentCents' | 'amount'): number => lines.reduce((total, line) => total + line[of], 0)
    return [
      { type: 'paragraph', text: `For use of ${periodDays(period)} (UTC). ${sourceWords(client, period)}` },
      {
        type: 'table',
        name: 'Lines',
        head: ['Organization', 'Project', 'Spent USD', `Amount ${terms.currency}`],
        rows: lines.map((line) => [line.organization, line.project, cents(line.spentCents), money(line.amount)]),
        total: ['Total', null, cents(sum('spentCents')), money(sum('amount'))],
      },
      { type: 'paragraph', text: termsWords(terms) },
      { type: 'paragraph', text: reconciliationWords(client.source, sum('spent'), sum('spentCents')) },
      ...dayBlocks(client, period, 2),
    ]
  })
}

/** How the lines, each rounded to a cent, compare with their exact sum. */
function reconciliationWords(source: UsageSource, spent: number, lineCents: number): string {
  const exact = invoiceLine(spent, PLAIN_TERMS)
  const what = `${minorText(exact, 2)} USD ${source === 'billed' ? 'billed by the providers' : 'in internal records'}`
  const more = lineCents - exact
  if (more === 0) return `The lines add up to the ${what}.`
  return `The lines add up to ${minorText(lineCents, 2)} USD, ${minorText(Math.abs(more), 2)} ${more > 0 ? 'more' : 'less'} than the ${what}, since each line is rounded to a cent.`
}

function termsWords({ markupBasisPoints, currency, rateMillionths, rateOn }: InvoiceTerms): string {
  const markup =
    markupBasisPoints === 0 ? 'No mark-up is added.' : `A mark-up of ${percentText(markupBasisPoints)} % is added.`
  const rate =
    currency === 'USD' && rateMillionths === 1_000_000
      ? ''
      : ` 1 USD is ${millionthsText(rateMillionths)} ${currency}${rateOn === null ? '' : `, the rate of ${rateOn}`}.`
  return `${markup}${rate} Each line is the exact spend with both, rounded half up to the smallest unit of ${currency}; the total is the sum of the lines as they are shown.`
}
