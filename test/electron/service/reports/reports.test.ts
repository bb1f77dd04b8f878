import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'

import { checkReminders } from '../../../../electron/service/reminders/reminders.ts'
import { REPORT_FORMATS } from '../../../../shared/contract/reports.ts'
import { refused } from '../seeded.ts'
import { billing, fact } from './spending.ts'

const PDF = new TextEncoder().encode('%PDF-1.4 of a test')

/** Acme with two organizations, Borealis with one; October and November. */
async function agency() {
  const service = await billing()
  const { api, connect, bill } = service
  await api.client.add({ name: 'Acme' })
  await api.client.add({ name: 'Borealis' })
  const main = connect('acme', 'Main')
  const lab = connect('acme', 'Lab', 'anthropic')
  const other = connect('borealis', 'North')
  bill(
    'acme',
    main,
    ['2026-10-01', '2026-11-23'],
    [
      fact('2026-10-30', {
        project: 'proj_chat',
        key: 'key_1',
        model: 'gpt-5.4',
        item: 'gpt-5.4, input',
        cost: 10_005_000,
      }),
      fact('2026-10-30', {
        project: 'proj_chat',
        key: 'key_1',
        model: 'gpt-5.4',
        requests: 7,
        input: 900,
        output: 100,
        estimate: 9_000_000,
      }),
      fact('2026-11-17', { project: 'proj_chat', key: 'key_2', model: 'gpt-5.4', cost: 2_500_000 }),
      fact('2026-11-17', { project: 'proj_ide', key: 'key_3', model: 'gpt-5.4-mini', cost: 1_234_567 }),
      fact('2026-11-12', { project: 'proj_chat', key: 'key_1', model: 'gpt-5.4', cost: 5_000_000 }),
    ],
  )
  bill('acme', lab, ['2026-10-01', '2026-11-23'], [fact('2026-10-02', { model: 'claude-5', cost: 1_000_001 })])
  bill(
    'borealis',
    other,
    ['2026-10-01', '2026-11-23'],
    [fact('2026-10-05', { project: 'proj_secret', model: 'gpt-5.4', cost: 99_990_000 })],
  )
  return { ...service, main, lab, other }
}

const OCTOBER = { kind: 'monthly', period: '2026-10', source: 'billed' } as const

describe('a monthly report', () => {
  it('adds up each organization, and all of them, to the cent', async () => {
    const { api } = await agency()
    const { text } = await api.reports.render({ ...OCTOBER, client: 'acme', format: 'md' })
    expect(text).toContain('# Spend by project, October 2026: Acme')
    expect(text).toMatch(/\| Acme \| Main \| org-Main \| 10\.01 \| not read \| 7 \| 900 \| 0 \| 100 \| 9\.00 \|/u)
    expect(text).toMatch(/\| Acme \| Lab \| org-Lab \| 1\.00 \|/u)
    expect(text).toMatch(/\| \*\*Total\*\* \|[ |]+\| \*\*11\.01\*\* \|/u)
    expect(text).toContain('As billed by the providers. Main: complete; Lab: complete.')
  })

  it('is the same to the byte in every format, whatever came later and whenever it is made', async () => {
    const { api, at, bill, main, folder, host } = await agency()
    Object.assign(host, {
      printPdf: async (html: string) => ({ outcome: 'printed', pdf: new TextEncoder().encode(html) }),
    })
    const made = async (): Promise<readonly string[]> => {
      const hashes: string[] = []
      for (const format of REPORT_FORMATS) {
        const path = join(folder, `report.${format}`)
        const { sha256 } = await api.reports.export({ ...OCTOBER, client: 'acme', format, path, force: true })
        hashes.push(sha256)
      }
      return hashes
    }
    await api.budgets.set({ client: 'acme', amount: 50_000_000 })
    const before = await made()
    at('2027-02-03T09:00:00Z')
    bill(
      'acme',
      main,
      ['2026-12-01', '2027-02-01'],
      [fact('2026-12-24', { project: 'proj_chat', key: 'key_9', model: 'gpt-6', cost: 77_000_000 })],
    )
    await api.budgets.set({ client: 'acme', amount: 70_000_000 })
    await api.connection.remove({ id: main })
    expect(await made()).toEqual(before)
  })

  it('shows the budget that was agreed by then, and what was spent of it', async () => {
    const { api, at } = await agency()
    at('2026-10-01T12:00:00Z')
    await api.budgets.set({ client: 'acme', amount: 20_000_000 })
    at('2026-11-20T12:00:00Z')
    await api.budgets.set({ client: 'acme', amount: 500_000_000 })
    const { text } = await api.reports.render({ ...OCTOBER, client: 'acme', format: 'md' })
    expect(text).toMatch(/\*\*Total\*\* .*\*\*20\.00\*\* \| \*\*55 %\*\*/u)
  })

  it('uses the corrected costs of a past day', async () => {
    const { api, bill, lab } = await agency()
    bill('acme', lab, ['2026-10-01', '2026-11-23'], [fact('2026-10-02', { model: 'claude-5', cost: 2_000_001 })])
    const { text } = await api.reports.render({ ...OCTOBER, client: 'acme', format: 'md' })
    expect(text).toMatch(/\*\*Total\*\* \|[ |]+\| \*\*12\.01\*\* \|/u)
  })
})

describe('a weekly report', () => {
  it('shows each project beside the week before, with its models and keys', async () => {
    const { api } = await agency()
    const asked = { client: 'acme', kind: 'weekly', period: '2026-W47', source: 'billed' } as const
    const { text } = await api.reports.render({ ...asked, format: 'md' })
    expect(text).toMatch(/\| proj\\?_chat \| 2\.50 \| 5\.00 \| −50 % \|/u)
    expect(text).toMatch(/\| proj\\?_ide \| 1\.23 \| 0\.00 \| +\|/u)
    expect(text).toMatch(/\| proj\\?_chat \| Key \| key\\?_2 \| 2\.50 \|/u)
    expect(text).not.toContain('key_1')
    const { blocks } = await api.reports.preview(asked)
    const chart = blocks.find((block) => block.type === 'chart')
    expect(chart).toMatchObject({ labels: expect.arrayContaining(['2026-11-16', '2026-11-22']) as string[] })
  })

  it('shows how far usage was read', async () => {
    const { api, bill, connect } = await agency()
    bill(
      'acme',
      connect('acme', 'Late'),
      ['2026-11-16', '2026-11-19'],
      [fact('2026-11-17', { project: 'proj_chat', model: 'gpt-5.4', cost: 2_500_000 })],
    )
    const { text } = await api.reports.render({
      client: 'acme',
      kind: 'weekly',
      period: '2026-W47',
      source: 'billed',
      format: 'md',
    })
    expect(text).toContain('Late: read through 18 Nov 2026')
  })
})

describe('an invoice', () => {
  it('adds mark-up and rate to each line, and its lines with a rounding add up to its total, rounded half away from zero', async () => {
    const { api } = await agency()
    await api.reports.set({
      client: 'acme',
      values: { markupBasisPoints: 1500, currency: 'EUR', rateMillionths: 920_000, rateOn: '2026-10-31' },
    })
    const asked = { client: 'acme', kind: 'invoice', period: '2026-10', source: 'billed' } as const
    const { text } = await api.reports.render({ ...asked, format: 'md' })
    // 10.005 × 1.15 × 0.92 = 10.58529; 1.000001 × 1.15 × 0.92 = 1.058001; the sum is 11.643291.
    expect(text).toMatch(/\| Main \| proj\\?_chat \| 10\.01 \| 10\.59 \|/u)
    expect(text).toMatch(/\| Lab \| \(no project\) \| 1\.00 \| 1\.06 \|/u)
    expect(text).toMatch(/\| Rounding \| +\| 0\.00 \| −0\.01 \|/u)
    expect(text).toMatch(/\*\*11\.01\*\* \| \*\*11\.64\*\* \|/u)
    expect(text).toContain(
      'Each amount is the spend with a mark-up of 15 %, converted at 1 USD = 0.92 EUR, the rate of 31 Oct 2026, rounded half away from zero to',
    )
    const csv = await api.reports.render({ ...asked, format: 'csv' })
    expect(parse(csv.text, { columns: true })).toMatchObject([
      { 'Spent USD': '10.005', 'Mark-up %': '15.00', Rate: '0.920000', Currency: 'EUR', Amount: '10.59' },
      { 'Spent USD': '1.000001', Amount: '1.06' },
    ])
    expect(await refused(api.reports.preview({ kind: 'invoice', period: '2026-10', source: 'billed' }))).toMatchObject({
      code: 'INVALID',
      message: 'An invoice is for one client.',
    })
  })
})

describe('FOCUS', () => {
  it('adds up to what was billed, with the estimate in none of its costs', async () => {
    const { api } = await agency()
    const { text, rows } = await api.reports.render({ ...OCTOBER, format: 'focus' })
    const charges = parse<Record<string, string>>(text, { columns: true })
    expect(charges).toHaveLength(rows)
    const micros = charges.map(({ BilledCost = '' }) => Math.round(Number(BilledCost) * 1e6))
    expect(micros.reduce((sum, micro) => sum + micro, 0)).toBe(10_005_000 + 1_000_001 + 99_990_000)
    expect(charges[0]).toMatchObject({
      BilledCost: '10.005',
      EffectiveCost: '10.005',
      BillingAccountId: 'org-Main',
      ServiceProviderName: 'OpenAI',
      ChargePeriodStart: '2026-10-30T00:00:00Z',
      ChargePeriodEnd: '2026-10-31T00:00:00Z',
      BillingPeriodEnd: '2026-11-01T00:00:00Z',
      SubAccountId: 'proj_chat',
      ResourceId: 'key_1',
      SkuId: 'gpt-5.4, input',
      ConsumedQuantity: '1000',
      ConsumedUnit: 'Tokens',
      x_EstimatedCost: '9.00',
    })
  })
})

describe('a report of one client', () => {
  it('contains nothing of another, in any format', async () => {
    const { api } = await agency()
    for (const format of ['md', 'csv', 'html', 'focus'] as const) {
      for (const [client, other] of [
        ['acme', /Borealis|North|proj.?_secret|99\.99/u],
        ['borealis', /Acme|Main|Lab|proj.?_chat|10\.005/u],
      ] as const) {
        const { text } = await api.reports.render({ ...OCTOBER, client, format })
        expect(text.length).toBeGreaterThan(200)
        expect(text).not.toMatch(other)
      }
    }
  })

  it('refuses a client that does not exist, and a period of another kind', async () => {
    const { api } = await agency()
    expect(await refused(api.reports.preview({ ...OCTOBER, client: 'nobody' }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(api.reports.preview({ kind: 'weekly', period: '2026-10', source: 'billed' }))).toMatchObject({
      code: 'INVALID',
    })
  })
})

describe('a PDF', () => {
  it('is printed by the shell from the HTML; without a browser it shows what to do', async () => {
    const { api, host, folder } = await agency()
    const asked = { ...OCTOBER, client: 'acme', format: 'pdf', path: join(folder, 'report.pdf') } as const
    expect(await refused(api.reports.export(asked))).toMatchObject({
      code: 'CONFLICT',
      data: { hint: expect.stringContaining('CASTELLAN_BROWSER') as string },
    })
    const pages: string[] = []
    Object.assign(host, {
      printPdf: async (html: string) => {
        pages.push(html)
        return { outcome: 'printed', pdf: PDF }
      },
    })
    await api.reports.export(asked)
    expect(readFileSync(asked.path)).toEqual(Buffer.from(PDF))
    expect(pages).toEqual([(await api.reports.render({ ...OCTOBER, client: 'acme', format: 'html' })).text])
  })
})

describe('scheduled reports', () => {
  it('are notified once when they are due, and are no longer due once they were made', async () => {
    const { api, at, context, host, folder } = await agency()
    await api.reports.set({ client: 'acme', values: { weekly: true, monthly: true, weeklyTo: ['lead@acme.example'] } })
    at('2026-11-23T09:00:00Z')
    checkReminders(context)
    expect(host.notifications.map(({ title, to }) => [title, to])).toEqual([
      ['Acme: make the weekly usage report', '/usage/reports?client=acme&kind=weekly&period=2026-W47'],
      ['Acme: make the monthly usage report', '/usage/reports?client=acme&kind=monthly&period=2026-10'],
    ])
    expect(host.notifications[0]?.body).toBe('For week 2026-W47, to lead@acme.example.')
    checkReminders(context)
    expect(host.notifications).toHaveLength(2)
    const path = join(folder, 'week.md')
    await api.reports.export({
      client: 'acme',
      kind: 'weekly',
      period: '2026-W47',
      source: 'billed',
      format: 'md',
      path,
    })
    expect(await api.reports.due({})).toMatchObject([
      { kind: 'weekly', period: '2026-W47', dueOn: '2026-11-23', madeAt: Date.parse('2026-11-23T09:00:00Z') },
      { kind: 'monthly', period: '2026-10', dueOn: '2026-11-03', madeAt: null },
    ])
    expect(await api.reports.history({ client: 'acme' })).toMatchObject([{ kind: 'weekly', format: 'md', path }])
    const { text } = await api.files.renderCalendar({ client: 'acme' })
    const events = text.replaceAll('\r\n ', '').match(/SUMMARY:Create the .*|UID:report.*/gu)
    expect(events).toEqual([
      'UID:report-acme.weekly.2026-W48@castellan',
      'SUMMARY:Create the weekly usage report of week 2026-W48 (Acme)',
      'UID:report-acme.monthly.2026-10@castellan',
      'SUMMARY:Create the monthly usage report of October 2026 (Acme)\\, overdue since 3 Nov 2026',
      'UID:report-acme.monthly.2026-11@castellan',
      'SUMMARY:Create the monthly usage report of November 2026 (Acme)',
    ])
    // A month is due on the third: not before.
    at('2026-12-02T09:00:00Z')
    checkReminders(context)
    expect(host.notifications.slice(2).map(({ to }) => to)).toEqual([
      '/usage/reports?client=acme&kind=weekly&period=2026-W48',
    ])
    at('2026-12-03T09:00:00Z')
    checkReminders(context)
    expect(host.notifications.at(-1)?.to).toBe('/usage/reports?client=acme&kind=monthly&period=2026-11')
  })
})
