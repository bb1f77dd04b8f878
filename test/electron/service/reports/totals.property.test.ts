import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { REPORT_KINDS } from '../../../../shared/domain/usage/report-period.ts'
import { toSheets } from '../files-out/workbook.ts'
import { billing, fact } from './spending.ts'

/** Micro-USD: credits, amounts below a cent, none, and more than the largest budget. */
const amount = fc.oneof(
  fc.integer({ min: -20_000_000, max: 50_000_000 }),
  fc.integer({ min: -4_999, max: 4_999 }),
  fc.constant(0),
  fc.integer({ min: -(10 ** 11), max: 10 ** 12 }),
)

const charge = fc.record({
  connection: fc.nat(1),
  on: fc.constantFrom('2026-10-05', '2026-10-06', '2026-10-11', '2026-10-31', '2026-09-30'),
  project: fc.constantFrom('p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', null),
  model: fc.constantFrom('m1', 'm2', null),
  cost: amount,
})

const PERIODS = {
  weekly: ['2026-W41', '2026-10-05', '2026-10-11'],
  monthly: ['2026-10'],
  invoice: ['2026-10'],
} as const

/** A month whose only charge is of nothing, so that no model has a row. */
const NO_USE = { connection: 0, on: '2026-10-05', project: 'p5', model: 'm1', cost: 0 } as const

/** Hundredths of an amount as people read it; less than a cent is none. */
function toCents(text: string): number {
  const plain = text.replaceAll(/[,*]/gu, '').replace('−', '-')
  return /^[<>]/u.test(plain) ? 0 : 0 + Math.round(Number(plain) * 100)
}

/** Half away from zero, as all amounts are rounded. */
const roundToCents = (micro: number): number => 0 + Math.sign(micro) * Math.floor((Math.abs(micro) + 5_000) / 10_000)

/** Headings of numbers in a CSV file. */
const NUMERIC = /USD|tokens|Requests|Amount|Rate|%/u

const MONEY = /^(?:[<>]?[+−]?[\d,]+\.\d\d)$/u

it('every table of a report ends in the total of the report and adds up to it, in every kind and format, for credits, tiny and huge amounts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(charge, { minLength: 1, maxLength: 14 }), async (charges) => {
      const service = await billing()
      const { api, connect, bill } = service
      await api.client.add({ name: 'Acme' })
      const connections = [connect('acme', 'Main'), connect('acme', 'Lab')]
      for (const [at, connection] of connections.entries()) {
        // Charges of one place are one fact, as a provider reports them.
        const own = Map.groupBy(
          charges.filter((one) => one.connection === at),
          ({ on, project, model }) => JSON.stringify([on, project, model]),
        )
        const facts = [...own.values()].map(([one, ...others]) =>
          fact(one?.on ?? '', {
            project: one?.project ?? null,
            model: one?.model ?? null,
            cost: (one?.cost ?? 0) + others.reduce((sum, { cost }) => sum + cost, 0),
          }),
        )
        bill('acme', connection, ['2026-08-01', '2026-11-23'], facts)
      }
      for (const kind of REPORT_KINDS) {
        const [period, from = `${PERIODS[kind][0]}-01`, to = `${PERIODS[kind][0]}-31`] = PERIODS[kind]
        const total = charges.filter(({ on }) => on >= from && on <= to).reduce((sum, { cost }) => sum + cost, 0)
        const asked = { client: 'acme', kind, period, source: 'billed' } as const

        const { text: markdown } = await api.reports.render({ ...asked, format: 'md' })
        for (const table of markdown.matchAll(/(?:^\|.*\n)+/gmu)) {
          const rows = table[0]
            .trim()
            .split('\n')
            .map((row) =>
              row
                .split('|')
                .slice(1, -1)
                .map((cell) => cell.replaceAll('\\', '').trim()),
            )
          const [head = [], , ...body] = rows
          const last = (body.pop() ?? []).map((cell) => cell.replaceAll('*', ''))
          // The most expensive models and keys of each project are a selection.
          if (head[1] === 'What') continue
          expect(last[0]).toMatch(/^Total/u)
          const main = Math.max(head.indexOf('USD'), head.indexOf('Spent USD'), head.lastIndexOf('Total'))
          expect(toCents(last[main] ?? '')).toBe(roundToCents(total))
          for (const [column, name] of head.entries()) {
            // A budget is agreed for all of a client, and an estimate is of tokens.
            if (!MONEY.test(last[column] ?? '') || /Budget|limit/u.test(name)) continue
            expect(
              body.reduce((sum, row) => sum + (MONEY.test(row[column] ?? '') ? toCents(row[column] ?? '') : 0), 0),
            ).toBe(toCents(last[column] ?? ''))
          }
        }

        const { text: csv } = await api.reports.render({ ...asked, format: 'csv' })
        const records = parse<Record<string, string>>(csv, { columns: true })
        const name = kind === 'invoice' ? 'Spent USD' : 'USD'
        const numbers = records.flatMap((record) =>
          Object.entries(record).flatMap(([heading, cell]) => (NUMERIC.test(heading) && cell !== '' ? [cell] : [])),
        )
        expect(numbers.filter((cell) => !/^-?\d+(?:\.\d+)?$/u.test(cell))).toEqual([])
        expect(records.reduce((sum, record) => sum + Math.round(Number(record[name]) * 1e6), 0)).toBe(total)

        const { text: html } = await api.reports.render({ ...asked, format: 'html' })
        const text = (roundToCents(total) / 100)
          .toFixed(2)
          .replaceAll(/\B(?=(?:\d{3})+\.)/gu, ',')
          .replace('-', '−')
        expect(roundToCents(total) === 0 || html.includes(`<strong>${text}</strong>`)).toBe(true)

        const path = join(mkdtempSync(join(tmpdir(), 'castellan-totals-')), 'report.xlsx')
        await api.reports.export({ ...asked, format: 'xlsx', path })
        for (const [sheet, rows] of toSheets(readFileSync(path))) {
          const [head = []] = rows
          const last = rows.at(-1) ?? []
          if (sheet === 'About' || !String(last[0]).startsWith('Total')) continue
          const main = Math.max(head.indexOf('USD'), head.indexOf('Spent USD'), head.lastIndexOf('Total'))
          expect(roundToCents(Math.round(Number(last[main]) * 1e6))).toBe(roundToCents(total))
          const sum = rows.slice(1, -1).reduce((all, row) => all + Math.round(Number(row[main]) * 1e6), 0)
          expect(roundToCents(sum)).toBe(roundToCents(total))
        }
      }
      await service.close()
    }),
    {
      numRuns: 6,
      endOnFailure: true,
      examples: [[[NO_USE, { ...NO_USE, on: '2026-09-30', project: 'p0', cost: -2846 }]]],
    },
  )
})
