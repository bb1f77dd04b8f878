import { describe, expect, it } from 'vitest'

import { replaceUsageDays } from '../../../../electron/register/usage/days.ts'
import { setReportState } from '../../../../electron/register/usage/reports.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { dayNumber } from '../../../../shared/domain/usage/rollups.ts'
import { newConnection } from '../../register/registers.ts'
import { connected, gathered, northfold } from '../fakes.ts'
import { newService, recordingHost } from '../services.ts'

const USD = 1_000_000
const on = (day: string): number => dayNumber(Date.parse(day))

/** A client whose bills were ten dollars a day, for 200 days up to the one before the first that was not read. */
async function billed(read: string) {
  let now = Date.parse(`${read}T10:00:00Z`)
  const host = recordingHost('electron')
  const service = await newService({ now: () => now, host })
  const register = makeRegister(service.context)
  const connectionId = newConnection(register, 'acme')
  const to = on(read)
  const bill = (connection: number): void =>
    register.transact((writer) => {
      const facts = Array.from({ length: 200 }, (_, n) => ({
        ...NOTHING,
        day: to - 200 + n,
        project: 'proj_a',
        cost: 10 * USD,
      }))
      replaceUsageDays(writer, { clientId: 1, connectionId: connection }, { report: 'cost', from: to - 200, to, facts })
      setReportState(writer, connection, {
        report: 'cost',
        state: 'complete',
        reason: null,
        readFrom: to - 200,
        readTo: to,
        way: 0,
        wayAt: 0,
        at: now,
      })
    })
  bill(connectionId)
  await service.api.budgets.set({ client: 'acme', amount: 1000 * USD })
  const row = async () => (await service.api.budgets.list({}))[0]
  return { ...service, host, register, connectionId, bill, row, at: (text: string) => void (now = Date.parse(text)) }
}

const NOTHING = {
  key: null,
  principal: null,
  model: null,
  item: '',
  requests: 0,
  input: 0,
  cached: 0,
  cacheWrite: 0,
  output: 0,
  estimate: 0,
} as const

describe('usage that was not read', () => {
  it('is forecast and does not count as 0: neither the spend of a month nor its forecast falls while nothing is read', async () => {
    const { row, at } = await billed('2026-11-25')
    expect(await row()).toMatchObject({
      readThrough: '2026-11-24',
      behind: false,
      spent: 240 * USD,
      forecast: 300 * USD,
    })
    at('2026-11-30T23:59:00Z')
    expect(await row()).toMatchObject({
      readThrough: '2026-11-24',
      behind: true,
      spent: 240 * USD,
      forecast: 300 * USD,
    })
    at('2026-12-05T00:00:00Z')
    expect(await row()).toMatchObject({ behind: true, spent: null, percent: null, forecast: 310 * USD })
    at('2027-01-01T00:00:00Z')
    expect(await row()).toMatchObject({ behind: true, spent: null, percent: null, forecast: 310 * USD })
  })

  it('is in Today where a client has budgets, and reaches no threshold of the new month', async () => {
    const { api, host, at } = await billed('2026-11-25')
    const marks = async () =>
      (await api.today.list({})).entries.filter(({ kind }) => kind === 'usage').map(({ says }) => says)
    expect(await marks()).toEqual([])
    at('2027-01-01T00:00:00Z')
    expect(await marks()).toEqual(['The usage of 1 budget was not read for each day of the month'])
    expect(await api.budgets.check()).toEqual({ reported: 0 })
    expect(host.notifications).toEqual([])
  })

  it('of one organization leaves its client unread, and the budgets of the other unchanged', async () => {
    const { api, register, connectionId, bill, row } = await billed('2026-11-25')
    const second = newConnection(register, 'acme', 'anthropic')
    expect(await row()).toMatchObject({
      readThrough: null,
      behind: true,
      spent: 240 * USD,
      forecast: null,
      daysLeft: null,
    })
    expect(await api.budgets.readings({})).toMatchObject([
      { readThrough: null, behind: true, unread: ['acme anthropic'] },
    ])
    const own = await api.budgets.set({ client: 'acme', connection: connectionId, amount: 1000 * USD })
    expect(own).toMatchObject({ readThrough: '2026-11-24', behind: false, forecast: 300 * USD })
    bill(second)
    expect(await api.budgets.readings({})).toMatchObject([{ readThrough: '2026-11-24', behind: false, unread: [] }])
  })

  it('because a later sync failed stays as it was read before', async () => {
    const { row, register, connectionId, at } = await billed('2026-11-25')
    at('2026-11-28T10:00:00Z')
    register.transact((writer) =>
      setReportState(writer, connectionId, {
        report: 'cost',
        state: 'failed',
        reason: 'cut',
        readFrom: null,
        readTo: null,
        way: 0,
        wayAt: 0,
        at: 1,
      }),
    )
    expect(await row()).toMatchObject({ readThrough: '2026-11-24', behind: true, forecast: 300 * USD })
  })

  it('because the reading began in the middle of the month is forecast as its other days, and its budget has from when', async () => {
    const { row, register, connectionId } = await billed('2026-11-25')
    register.transact((writer) => {
      writer.run('DELETE FROM usage_cell WHERE period < ? AND period > 10000', [on('2026-11-15')])
      const days = JSON.stringify([[on('2026-11-15'), on('2026-11-25')]])
      writer.run('UPDATE usage_report SET read_days = ? WHERE connection_id = ?', [days, connectionId])
    })
    expect(await row()).toMatchObject({
      reading: { state: 'part', days: [{ from: on('2026-11-15'), to: on('2026-11-25') }] },
      readThrough: '2026-11-24',
      spent: 100 * USD,
      forecast: 300 * USD,
    })
  })

  it('between read days is neither zero nor on track: its budget has the read days, and Today and the forecast count it as unread', async () => {
    const { api, row, register, connectionId } = await billed('2026-11-25')
    const gap = [on('2026-11-08'), on('2026-11-18')] as const
    register.transact((writer) => {
      writer.run('DELETE FROM usage_cell WHERE period >= ? AND period < ?', gap)
      const days = JSON.stringify([
        [on('2026-05-09'), gap[0]],
        [gap[1], on('2026-11-25')],
      ])
      writer.run('UPDATE usage_report SET read_days = ? WHERE connection_id = ?', [days, connectionId])
    })
    expect(await row()).toMatchObject({
      reading: {
        state: 'part',
        days: [
          { from: on('2026-11-01'), to: gap[0] },
          { from: gap[1], to: on('2026-11-25') },
        ],
      },
      readThrough: '2026-11-24',
      behind: false,
      spent: 140 * USD,
      forecast: 300 * USD,
    })
    const says = (await api.today.list({})).entries.flatMap(({ kind, says: words }) => (kind === 'usage' ? words : []))
    expect(says).toEqual(['The usage of 1 budget was not read for each day of the month'])
  })

  it('is everything of a connection that was never synced: its budget is unknown', async () => {
    const service = await newService()
    newConnection(makeRegister(service.context), 'acme')
    await service.api.budgets.set({ client: 'acme', amount: USD })
    expect(await service.api.budgets.list({})).toMatchObject([
      {
        readThrough: null,
        behind: true,
        spent: null,
        percent: null,
        forecast: null,
        forecastWay: null,
        daysLeft: null,
      },
    ])
  })

  it('does not include the day of the sync, which was not over', async () => {
    let now = Date.parse('2026-11-24T12:00:00Z')
    const { api } = await newService({ now: () => now })
    await connected(api, await northfold())
    await gathered(await api.usage.sync({}))
    expect(await api.budgets.readings({})).toMatchObject([{ readThrough: '2026-11-23', behind: false }])
    now += 86_400_000
    expect(await api.budgets.readings({})).toMatchObject([{ readThrough: '2026-11-23', behind: true }])
  })
})
