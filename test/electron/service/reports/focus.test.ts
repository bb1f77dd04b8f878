import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'

import type { UsageFact } from '../../../../shared/domain/usage/fact.ts'
import { type FocusRow, REQUIREMENTS } from './focus-requirements.ts'
import { billing, fact } from './spending.ts'

const CHAT = { project: 'proj_chat', key: 'key_1' }

/** Rows as the providers send them: line items with and without a model, use apart from its cost, credits, corrections. */
const LIVE: readonly UsageFact[] = [
  fact('2026-10-30', { ...CHAT, model: 'gpt-5.4', item: 'gpt-5.4, input', cost: 3_000_000 }),
  fact('2026-10-30', { ...CHAT, model: 'gpt-5.4', item: 'gpt-5.4, cached input', cost: 250_000, costNano: 400 }),
  fact('2026-10-30', { ...CHAT, model: 'gpt-5.4', item: 'gpt-5.4, output', cost: 9_000_000 }),
  fact('2026-10-30', { ...CHAT, model: 'gpt-5.4', requests: 7, input: 1000, cached: 400, output: 90, estimate: 12 }),
  // Without a model, of which nothing else is reported.
  fact('2026-10-30', { ...CHAT, item: 'web search tool calls', cost: 30_000 }),
  fact('2026-10-30', { ...CHAT, item: 'image models', cost: 1_000_000 }),
  fact('2026-10-30', { ...CHAT, item: 'Promotional credits', cost: -5_000_000 }),
  fact('2026-10-30', { ...CHAT, item: 'Billing adjustment', cost: -17_000 }),
  // A cost without a line item, requests without tokens, and use without any cost.
  fact('2026-10-31', { project: 'proj_chat', cost: 123, costNano: 1 }),
  fact('2026-10-31', { ...CHAT, model: 'gpt-image-1', item: 'gpt-image-1, images', cost: 40_000 }),
  fact('2026-10-31', { ...CHAT, model: 'gpt-image-1', requests: 2 }),
  fact('2026-10-31', { model: 'gpt-5.4-mini', requests: 3, input: 5, output: 6 }),
]

async function live() {
  const service = await billing()
  await service.api.client.add({ name: 'Acme' })
  const main = service.connect('acme', 'Main')
  service.bill('acme', main, ['2026-10-01', '2026-11-23'], LIVE)
  return async (version: '1.0' | '1.1' | '1.2' | '1.3' | '1.4'): Promise<FocusRow[]> => {
    const asked = { kind: 'monthly', period: '2026-10', source: 'billed', format: 'focus' } as const
    const { text } = await service.api.reports.render({ ...asked, focusVersion: version })
    return parse<FocusRow>(text, { columns: true })
  }
}

const NANO = 1_000_000_000n

/** Nano-dollars of a decimal, read from its digits. */
function toNano(text: string): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.')
  const size = BigInt(whole) * NANO + BigInt(fraction.padEnd(9, '0'))
  return text.startsWith('-') ? -size : size
}

describe('FOCUS of bills as providers send them', () => {
  it.each(['1.2', '1.3', '1.4'] as const)(
    '%s meets every requirement of the specification in every row',
    async (version) => {
      const rows = await (await live())(version)
      const broken = rows.flatMap((row) =>
        REQUIREMENTS.flatMap(({ sentence, holds }) =>
          holds(row) ? [] : [`${row['ChargeDescription'] ?? ''}: ${sentence}`],
        ),
      )
      expect(broken).toEqual([])
    },
  )

  it.each(REQUIREMENTS)('is refused by the checker where it breaks: $sentence', async ({ holds, violate }) => {
    const [row] = await (await live())('1.4')
    expect(holds(violate(row ?? {}))).toBe(false)
  })

  it('has a row for each line item, whose costs are exactly those of the bill', async () => {
    const rows = await (await live())('1.4')
    const read = rows.map((row) =>
      [
        row['ChargeDescription'],
        row['BilledCost'],
        row['ChargeCategory'],
        row['ChargeClass'],
        `${row['ConsumedQuantity'] ?? ''} ${row['ConsumedUnit'] ?? ''}`.trim(),
        row['SkuId'],
      ].join('|'),
    )
    expect(read.toSorted()).toEqual(
      [
        ['Use of gpt-5.4: gpt-5.4, input', '3.00', 'Usage', '', '600 Tokens', 'gpt-5.4, input'],
        ['Use of gpt-5.4: gpt-5.4, cached input', '0.2500004', 'Usage', '', '400 Tokens', 'gpt-5.4, cached input'],
        ['Use of gpt-5.4: gpt-5.4, output', '9.00', 'Usage', '', '90 Tokens', 'gpt-5.4, output'],
        ['Use of OpenAI: web search tool calls', '0.03', 'Usage', '', '1 Charges', 'web search tool calls'],
        ['Use of OpenAI: image models', '1.00', 'Usage', '', '1 Charges', 'image models'],
        ['Credit for OpenAI: Promotional credits', '-5.00', 'Credit', '', '', ''],
        ['Credit for OpenAI: Billing adjustment', '-0.017', 'Credit', 'Correction', '', ''],
        ['Use of OpenAI', '0.000123001', 'Usage', '', '1 Charges', 'OpenAI API'],
        ['Use of gpt-image-1: gpt-image-1, images', '0.04', 'Usage', '', '2 Requests', 'gpt-image-1, images'],
        ['Use of gpt-5.4-mini', '0.00', 'Usage', '', '11 Tokens', 'gpt-5.4-mini'],
      ]
        .map((cells) => cells.join('|'))
        .toSorted(),
    )
    const sum = (column: string): bigint => rows.reduce((all, row) => all + toNano(row[column] ?? ''), 0n)
    const billed = LIVE.reduce((all, { cost, costNano = 0 }) => all + BigInt(cost) * 1000n + BigInt(costNano), 0n)
    expect(sum('BilledCost')).toBe(billed)
    expect(sum('x_Requests')).toBe(12n * NANO)
    expect(sum('x_EstimatedCost')).toBe(12_000n)
  })
})
