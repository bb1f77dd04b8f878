import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'

import { REPORT_KINDS } from '../../../../shared/domain/usage/report-period.ts'
import { unzip } from '../files-out/unzip.ts'
import { billing, fact } from './spending.ts'

/** Two dollars a day from 24 October on, the first day that was read; a second organization was never read. */
async function firstRead() {
  const service = await billing()
  await service.api.client.add({ name: 'Kelp' })
  const main = service.connect('kelp', 'Main')
  service.connect('kelp', 'Never')
  const facts = Array.from({ length: 30 }, (_, n) => {
    const day = new Date(Date.UTC(2026, 9, 24 + n)).toISOString().slice(0, 10)
    const of = { project: 'chat', model: 'gpt-5.4' }
    const use = { requests: 3, input: 100, cached: 10, output: 20, estimate: 1_000_000 }
    return [fact(day, { ...of, cost: 2_000_000 }), fact(day, { ...of, ...use })]
  }).flat()
  service.bill('kelp', main, ['2026-10-24', '2026-11-23'], facts)
  return { ...service, main }
}

const PERIODS = {
  weekly: { part: '2026-W43', whole: '2026-W45', unread: '2026-W40' },
  monthly: { part: '2026-10', whole: '2026-11', unread: '2026-09' },
  invoice: { part: '2026-10', whole: '2026-11', unread: '2026-09' },
} as const

it.each(REPORT_KINDS)(
  'a %s report of a period that was read from its middle on shows from when, and compares with nothing',
  async (kind) => {
    const { api } = await firstRead()
    const asked = { client: 'kelp', kind, period: PERIODS[kind].part, source: 'billed' } as const
    for (const format of ['md', 'html'] as const) {
      const { text } = await api.reports.render({ ...asked, format })
      expect(text).toContain('Main: read from 24 Oct 2026 on; Never: not read')
      expect(text).not.toMatch(/[^\d.]0\.00[^\d]/u)
      expect(text).not.toMatch(/[+−]\d/u)
      expect(text).toContain('Total of what was read')
      expect(/Invoice of usage \(provisional\), October 2026[\s\S]*so far/u.test(text)).toBe(kind === 'invoice')
    }
    const { text } = await api.reports.render({ ...asked, format: 'csv' })
    const records = parse<Record<string, string>>(text, { columns: true })
    const [amount, before] =
      kind === 'invoice' ? ['Spent USD', 'Amount'] : ['USD', `USD ${kind === 'weekly' ? 'week' : 'month'} before`]
    const days = kind === 'weekly' ? 2 : 8
    expect(records.map((record) => [record['Organization'], record['Read from'], record[amount]])).toEqual([
      ['Main', '2026-10-24', `${days * 2}.00`],
      ['Never', '', ''],
    ])
    expect(records.map((record) => record[before])).toEqual(kind === 'invoice' ? ['16.00', ''] : ['', ''])
  },
)

it.each(REPORT_KINDS)(
  'no table of a %s report has a total of the period where one of two organizations was not read',
  async (kind) => {
    const { api } = await firstRead()
    const asked = { client: 'kelp', kind, period: PERIODS[kind].whole, source: 'billed' } as const
    const { text } = await api.reports.render({ ...asked, format: 'md' })
    expect(text).toContain('Spend by day')
    expect(text).toMatch(/^\| \*{0,2}Total of what was read/mu)
    expect(text).not.toMatch(/^\| \*{0,2}Total\b(?! of)/mu)
  },
)

it('a monthly report of a month that was read in part has a least share of the budget, in a workbook too', async () => {
  const { api, at } = await firstRead()
  at('2026-10-01T12:00:00Z')
  await api.budgets.set({ client: 'kelp', amount: 20_000_000 })
  at('2026-11-23T12:00:00Z')
  const asked = { client: 'kelp', kind: 'monthly', period: '2026-10', source: 'billed' } as const
  const { text } = await api.reports.render({ ...asked, format: 'md' })
  expect(text).toContain('≥ 80 %')
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-read-days-')), 'report.xlsx')
  await api.reports.export({ ...asked, format: 'xlsx', path })
  const styles = unzip(readFileSync(path)).get('xl/styles.xml')
  expect(styles).toContain('formatCode="&quot;≥ &quot;0%"')
  expect(styles).not.toContain('formatCode="0%"')
})

it.each(REPORT_KINDS)('a %s report of a period of which no day was read has no amount at all', async (kind) => {
  const { api } = await firstRead()
  const asked = { client: 'kelp', kind, period: PERIODS[kind].unread, source: 'billed' } as const
  const { text } = await api.reports.render({ ...asked, format: 'md' })
  expect(text).toContain('Main: not read; Never: not read')
  expect(text).not.toMatch(/\d\.\d\d/u)
  expect((await api.reports.render({ ...asked, format: 'focus' })).rows).toBe(0)
})

it('a monthly report compares organizations of which both months were read, and not their sum with others', async () => {
  const { api, at, bill, main } = await firstRead()
  at('2027-01-05T12:00:00Z')
  bill('kelp', main, ['2026-11-23', '2027-01-01'], [fact('2026-12-01', { project: 'chat', cost: 90_000_000 })])
  const { text } = await api.reports.render({
    client: 'kelp',
    kind: 'monthly',
    period: '2026-12',
    source: 'billed',
    format: 'md',
  })
  expect(text).toContain('Main: complete; Never: not read')
  expect(text).toContain('90.00 USD in December 2026, as far as it was read; each client below has the days.')
  expect(text).toMatch(/\| chat[^|]*\| 90\.00 \| 100\.0 % \| 44\.00 \| \+46\.00 \| \+105 % \|/u)
})

it('FOCUS has the days that were read in every row, and rows of these days only', async () => {
  const { api, register, main } = await firstRead()
  // A day that was read before it was over.
  register.transact((writer) =>
    writer.run('UPDATE usage_report SET read_days = ? WHERE connection_id = ?', [
      JSON.stringify([[20_750, 20_754]]),
      main,
    ]),
  )
  const { text } = await api.reports.render({
    client: 'kelp',
    kind: 'monthly',
    period: '2026-10',
    source: 'billed',
    format: 'focus',
  })
  const rows = parse<Record<string, string>>(text, { columns: true })
  expect(rows.map((row) => [row['ChargePeriodStart'], row['x_ReadDays']])).toEqual(
    ['24', '25', '26', '27'].map((day) => [`2026-10-${day}T00:00:00Z`, '2026-10-24/2026-10-27']),
  )
})
