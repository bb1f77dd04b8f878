import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { billing, fact } from './spending.ts'

const CLIENTS = ['acme', 'borealis', 'corvid'] as const

/** Words of a client: each has the client's mark, so that it can be recognized anywhere. */
const word = (client: string) => fc.nat(3).map((n) => `zq${client}${n}`)

const charges = (client: string) =>
  fc.array(
    fc.record({
      on: fc.constantFrom('2026-10-01', '2026-10-15', '2026-10-31', '2026-09-30', '2026-11-01'),
      project: fc.option(word(client)),
      key: fc.option(word(client)),
      model: fc.option(word(client)),
      cost: fc.nat(10 ** 9),
      input: fc.nat(1000),
    }),
    { minLength: 1, maxLength: 6 },
  )

const agency = fc.record({ acme: charges('acme'), borealis: charges('borealis'), corvid: charges('corvid') })

const FORMATS = ['md', 'csv', 'html', 'focus'] as const

describe('a report of one client', () => {
  it('contains no row of another, in any kind and format; FOCUS adds up to what was billed', async () => {
    let shown = 0
    await fc.assert(
      fc.asyncProperty(agency, async (facts) => {
        const service = await billing()
        const { api, connect, bill } = service
        for (const client of CLIENTS) {
          await api.client.add({ name: client })
          const connection = connect(client, `zq${client}`)
          const reported = facts[client].flatMap(({ on, cost, input, ...reported }) => [
            fact(on, { ...reported, cost }),
            fact(on, { ...reported, input }),
          ])
          bill(client, connection, ['2026-09-01', '2026-12-01'], reported)
        }
        for (const client of CLIENTS) {
          for (const format of FORMATS) {
            for (const kind of ['monthly', 'invoice'] as const) {
              const { text } = await api.reports.render({ client, kind, period: '2026-10', source: 'billed', format })
              const marks = new Set([...text.matchAll(/zq([a-z]+)/gu)].map(([, whose]) => whose))
              expect([...marks].filter((whose) => whose !== client)).toEqual([])
              shown += marks.size
            }
          }
          const asked = { client, kind: 'monthly', period: '2026-10', source: 'billed' } as const
          const { text } = await api.reports.render({ ...asked, format: 'focus' })
          const billed = [...text.matchAll(/^(\d+)\.(\d+),/gmu)]
          const micros = billed.map(([, whole = '', part = '']) => Number(whole) * 1e6 + Number(part.padEnd(6, '0')))
          const october = facts[client].filter(({ on }) => on.startsWith('2026-10'))
          expect(micros.reduce((sum, micro) => sum + micro, 0)).toBe(october.reduce((sum, { cost }) => sum + cost, 0))
        }
        await service.close()
      }),
      { numRuns: 6 },
    )
    // Operations that never show their own client's mark would prove nothing.
    expect(shown).toBeGreaterThan(0)
  })
})
