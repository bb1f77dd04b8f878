import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { gathered } from '../fakes.ts'
import { newService, recordingHost, silentHost } from '../services.ts'

const NOW = Date.parse('2026-11-16T12:00:00Z')

function toRecords(...rows: readonly (readonly [day: string, cost: number])[]): string {
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-usage-')), 'usage.csv')
  writeFileSync(path, ['timestamp,cost', ...rows.map(([day, cost]) => `${day},${cost}`)].join('\n'))
  return path
}

async function agency(profile?: string, shell: 'electron' | 'terminal' = 'electron') {
  const host = recordingHost(shell)
  let now = NOW
  const service = await newService({
    host: shell === 'terminal' ? silentHost() : host,
    now: () => now,
    ...(profile === undefined ? {} : { profile }),
  })
  const spend = async (...rows: readonly (readonly [string, number])[]): Promise<void> => {
    await gathered(await service.api.usage.import({ client: 'acme', path: toRecords(...rows) }))
  }
  return { ...service, host, spend, at: (text: string) => void (now = Date.parse(text)) }
}

describe('a budget', () => {
  it('send an alert for each threshold once a month, only the highest for all that were reached together', async () => {
    const { api, host, spend, at } = await agency()
    await api.client.add({ name: 'Acme' })
    const set = await api.budgets.set({ client: 'acme', amount: 100_000_000 })
    expect(set).toMatchObject({ readThrough: null, spent: null, percent: null, forecast: null })
    await spend(['2026-11-02', 40])
    expect(host.notifications).toEqual([])
    await spend(['2026-11-03', 41])
    expect(host.notifications).toMatchObject([
      { title: 'Acme: 80 % of the month is spent', body: 'Acme: 81.00 of 100.00 USD in 2026-11.' },
    ])
    await api.budgets.check()
    await spend(['2026-11-04', 1])
    expect(host.notifications).toHaveLength(1)
    const [row] = await api.budgets.list({})
    expect(row).toMatchObject({
      readThrough: '2026-11-04',
      behind: true,
      spent: 82_000_000,
      percent: 82,
      reported: [{ threshold: 50 }, { threshold: 80 }],
    })
    at('2026-12-02T12:00:00Z')
    await spend(['2026-12-01', 60])
    expect(host.notifications.map(({ title }) => title)).toEqual([
      'Acme: 80 % of the month is spent',
      'Acme: 50 % of the month is spent',
    ])
  })

  it('remember through a restart which alerts were sent, and catch up what was missed', async () => {
    const first = await agency()
    await first.api.client.add({ name: 'Acme' })
    await first.api.budgets.set({ client: 'acme', amount: 10_000_000, thresholds: [80, 50] })
    await first.spend(['2026-11-02', 6])
    expect(first.host.notifications).toHaveLength(1)
    const { profile } = first.context.session()
    await first.close()
    const second = await agency(profile)
    expect(await second.api.budgets.check()).toEqual({ reported: 0 })
    await second.spend(['2026-11-03', 3])
    expect(second.host.notifications).toMatchObject([{ title: 'Acme: 80 % of the month is spent' }])
  })

  it('leave what a terminal reaches, which shows no one anything, to the window that is opened next', async () => {
    const terminal = await agency(undefined, 'terminal')
    await terminal.api.client.add({ name: 'Acme' })
    await terminal.api.budgets.set({ client: 'acme', amount: 10_000_000 })
    await terminal.spend(['2026-11-02', 9])
    expect(terminal.host.notifications).toEqual([])
    const { profile } = terminal.context.session()
    await terminal.close()
    const window = await agency(profile)
    expect(await window.api.budgets.check()).toEqual({ reported: 1 })
    expect(window.host.notifications).toMatchObject([
      { title: 'Acme: 80 % of the month is spent', to: '/usage/budgets?client=acme' },
    ])
  })

  it('send alerts again for a new amount, and nothing twice for one that is removed and set again', async () => {
    const { api, host, spend } = await agency()
    await api.client.add({ name: 'Acme' })
    const { budgetId } = await api.budgets.set({ client: 'acme', amount: 100_000_000 })
    await spend(['2026-11-02', 85])
    expect(host.notifications).toHaveLength(1)
    await api.budgets.clear({ budgetId: budgetId ?? 0 })
    await api.budgets.set({ client: 'acme', amount: 100_000_000 })
    expect(host.notifications).toHaveLength(1)
    await api.budgets.set({ client: 'acme', amount: 90_000_000 })
    expect(host.notifications).toHaveLength(2)
    await spend(['2026-11-03', 0.1])
    expect(host.notifications).toHaveLength(2)
  })

  it('are in Today when they are nearly spent, then as reached, then as exceeded', async () => {
    const { api, spend } = await agency()
    await api.client.add({ name: 'Acme' })
    await api.budgets.set({ client: 'acme', amount: 100_000_000 })
    const marks = async () =>
      (await api.today.list({})).entries
        .filter(({ kind }) => kind === 'budget')
        .map(({ says, detail, risk }) => [says, detail, risk])
    await spend(['2026-11-02', 49])
    expect(await marks()).toEqual([])
    // Half a month's budget is normally spent after half a month.
    await spend(['2026-11-03', 2])
    expect(await marks()).toEqual([])
    await spend(['2026-11-04', 30])
    expect(await marks()).toEqual([
      ['Acme has spent 81 % of 100.00 USD in November 2026', '81.00 of 100.00 USD', 'medium'],
    ])
    await spend(['2026-11-05', 19])
    expect(await marks()).toEqual([
      ['Acme has reached its budget of 100.00 USD in November 2026', '100.00 of 100.00 USD', 'high'],
    ])
    await spend(['2026-11-06', 1])
    expect(await marks()).toEqual([
      ['Acme has exceeded its budget of 100.00 USD in November 2026', '101.00 of 100.00 USD', 'high'],
    ])
  })

  it('belong to a client, a connection or a project of that client, one each; they can be removed', async () => {
    const { api } = await agency()
    await api.client.add({ name: 'Acme' })
    await api.client.add({ name: 'Other' })
    const { id } = await api.connection.add({ client: 'other', provider: 'openai' })
    await expect(api.budgets.set({ client: 'acme', connection: id, amount: 10_000 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(api.budgets.set({ client: 'acme', project: 7, amount: 10_000 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    const set = await api.budgets.set({ client: 'other', connection: id, amount: 5_000_000, enforcement: 'hard' })
    expect(set.before).toBe(null)
    const again = await api.budgets.set({ client: 'other', connection: id, amount: 6_000_000 })
    expect(again).toMatchObject({
      budgetId: set.budgetId,
      amount: 6_000_000,
      enforcement: 'hard',
      before: { amount: 5_000_000, enforcement: 'hard', thresholds: [50, 80, 95, 100] },
      thresholds: [50, 80, 95, 100],
    })
    const finer = api.budgets.set({ client: 'other', connection: id, amount: 99_999_000 })
    await expect(finer).rejects.toMatchObject({ code: 'INVALID', message: 'The amount is finer than a cent.' })
    expect(await api.budgets.list({ client: 'acme' })).toEqual([])
    await api.budgets.clear({ budgetId: set.budgetId ?? 0 })
    expect(await api.budgets.list({})).toEqual([])
    await expect(api.budgets.clear({ budgetId: set.budgetId ?? 0 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
