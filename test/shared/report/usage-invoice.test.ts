import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { getMonth } from '../../../shared/domain/usage/report-period.ts'
import { WHOLE } from '../../../shared/domain/usage/read-days.ts'
import { cellText } from '../../../shared/report/usage-document.ts'
import { invoiceBlocks } from '../../../shared/report/usage-invoice.ts'
import type { ClientReading, UsageReading } from '../../../shared/report/usage-reading.ts'

const PERIOD = getMonth(20_760)
const NOTHING = {
  requests: 0,
  input: 0,
  cached: 0,
  cacheWrite: 0,
  output: 0,
  estimate: 0,
  before: 0,
  reading: WHOLE,
  readingBefore: WHOLE,
  budget: null,
  limit: null,
}

function makeInvoice(costs: readonly number[], terms: ClientReading['terms']) {
  const projects = costs.map((cost, n) => ({ ...NOTHING, name: `p${n}`, cost, models: [], keys: [] }))
  const cost = costs.reduce((sum, one) => sum + one, 0)
  const client: ClientReading = {
    slug: 'acme',
    name: 'Acme',
    source: 'billed',
    organizations: [{ ...NOTHING, cost, name: 'Main', organizationId: null, projects }],
    features: [],
    keys: [],
    series: { by: 'project', names: [], keys: [], days: [] },
    budget: null,
    terms,
  }
  const reading: UsageReading = {
    kind: 'invoice',
    period: PERIOD,
    before: PERIOD,
    source: 'billed',
    agency: 'Agency',
    client: 'Acme',
    clients: [client],
  }
  const blocks = invoiceBlocks(reading)
  const table = blocks.find((block) => block.type === 'table')
  if (table?.type !== 'table') throw new Error('The table of lines is missing.')
  return { table, text: blocks.flatMap((block) => (block.type === 'paragraph' ? [block.text] : [])).join('\n') }
}

const cents = (text: string): number => Math.round(Number(text.replaceAll(',', '').replace('−', '-')) * 100)

describe('an invoice', () => {
  it('shows lines that add up to the totals below them, in both columns, for any spend and terms', () => {
    const terms = fc.record({
      markupBasisPoints: fc.nat(5000),
      currency: fc.constantFrom('USD', 'EUR'),
      rateMillionths: fc.integer({ min: 1, max: 3_000_000 }),
      rateOn: fc.constant(null),
    })
    const costs = fc.array(fc.integer({ min: -50_000_000, max: 900_000_000 }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(costs, terms, (all, of) => {
        const { table } = makeInvoice(all, of)
        for (const column of [2, 3]) {
          const shown = [...table.rows].map((row) => cents(cellText(row[column] ?? null)))
          const total = cents(cellText(table.total?.[column] ?? null))
          expect(shown.reduce((sum, one) => sum + one, 0)).toBe(total)
        }
      }),
    )
  })

  it('rounds each line by itself, has what rounding leaves over in a line of its own, and reports the sum in a sentence', () => {
    const terms = { markupBasisPoints: 0, currency: 'USD', rateMillionths: 1_000_000, rateOn: null }
    const { table, text } = makeInvoice([1_005_000, 2_005_000, 3_005_000], terms)
    expect([...table.rows].map((row) => cellText(row[2] ?? null))).toEqual(['1.01', '2.01', '3.01', '−0.01'])
    expect(table.total?.slice(2).map(cellText)).toEqual(['6.02', '6.02'])
    expect(text).toContain('The lines add up to the 6.02 USD billed by the providers.')
    expect(text).toContain(
      'Each amount is the spend without a mark-up, rounded half away from zero to the smallest unit of USD.',
    )
    expect(text).toContain('Invoice acme-2026-11. From: Agency. To: Acme. Invoice date: 3 Dec 2026.')
    const abroad = { markupBasisPoints: 1500, currency: 'EUR', rateMillionths: 920_000, rateOn: '2026-11-01' }
    expect(makeInvoice([1_000_000], abroad).text).toContain(
      'Each amount is the spend with a mark-up of 15 %, converted at 1 USD = 0.92 EUR, the rate of 1 Nov 2026, rounded half away from zero',
    )
  })
})
