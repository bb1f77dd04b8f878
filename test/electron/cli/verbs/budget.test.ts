import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { newCastellan } from '../castellan.ts'

const castellan = newCastellan()

const today = new Date()
const day = (ago: number): string => new Date(today.getTime() - ago * 86_400_000).toISOString().slice(0, 10)

beforeAll(async () => {
  await castellan.run('client', 'add', 'Acme')
  // Ten dollars a day in each of the last 100 days, and ninety on one of them.
  const rows = Array.from({ length: 100 }, (_, n) => `${day(n + 1)},key-a,${n === 2 ? 90 : 10}`)
  const path = join(castellan.profile, '..', 'usage.csv')
  writeFileSync(path, ['timestamp,api_key_id,cost', ...rows].join('\n'))
  await castellan.run('usage', 'import', path, '--client', 'acme')
})

/** The keys that the help of a verb promises. */
async function promised(...verb: readonly string[]): Promise<readonly string[]> {
  const { out } = await castellan.run(...verb, '--help')
  const [, keys = ''] = /JSON keys: ([^\n]+)/u.exec(out) ?? []
  return keys.split(', ')
}

describe('limit and budget', () => {
  it('set, list and clear what was agreed, with the forecasts of both ways and what the provider holds', async () => {
    const set = await castellan.run('limit', 'set', '50000', '--client', 'acme', '--kind', 'hard', '--json')
    expect(set.json()).toMatchObject([
      {
        budgetId: 1,
        client: 'acme',
        amountMicros: 50_000_000_000,
        enforcement: 'hard',
        source: 'agreed',
        agrees: 'apart',
      },
    ])
    const ran = await castellan.run('budget', '--json')
    const [row] = ran.json()
    expect(Object.keys(row ?? {})).toEqual(await promised('budget'))
    expect(Object.keys(row ?? {})).toEqual(await promised('limit', 'list'))
    expect(row).toMatchObject({
      weekdayMicros: expect.any(Number) as number,
      runRateMicros: expect.any(Number) as number,
    })
    expect((await castellan.run('limit', 'list')).out).toContain('no one place')
    expect(await castellan.run('limit', 'clear', '1')).toMatchObject({
      code: 0,
      out: 'Cleared budget 1 of Acme: 50,000.00 USD a month.\n',
    })
    expect((await castellan.run('limit', 'list', '--json')).json()).toEqual([])
    expect(await castellan.run('limit', 'set', 'much', '--client', 'acme')).toMatchObject({ code: 2 })
    expect(await castellan.run('limit', 'set', '5')).toMatchObject({ code: 2 })
  })

  it('fail on so much of a month, and not below', async () => {
    await castellan.run('limit', 'set', '0.01', '--client', 'acme')
    const [row] = (await castellan.run('budget', '--json')).json()
    // On the first of a month nothing of it is recorded yet.
    const percent = Number(row?.['percent'])
    expect((await castellan.run('budget', '--fail-on', '1')).code).toBe(percent >= 1 ? 4 : 0)
    expect((await castellan.run('budget', '--fail-on', '999999999')).code).toBe(0)
  })

  it('tell sudden changes with the days before, and fail on any', async () => {
    const ran = await castellan.run('budget', 'sudden', '--json', '--fail-on-any')
    expect(ran.code).toBe(4)
    const [row, ...others] = ran.json()
    expect(others).toEqual([])
    expect(row).toMatchObject({
      of: 'key',
      name: 'key-a',
      client: 'acme',
      source: 'claimed',
      measure: 'cost',
      direction: 'up',
      firstDay: day(3),
      amount: 90_000_000,
      usual: 10_000_000,
    })
    expect(Object.keys(row ?? {})).toEqual(await promised('budget', 'sudden'))
    expect((await castellan.run('budget', 'sudden')).out).toContain('10.00 10.00 10.00')
    expect(await castellan.run('budget', 'sudden', '--minimum', '81')).toMatchObject({
      code: 0,
      out: 'Nothing changed suddenly.\n',
    })
    expect(await castellan.run('budget', 'sudden', '--minimum', 'none')).toMatchObject({ code: 2 })
    expect(await castellan.run('budget', 'sudden', '--days', '400')).toMatchObject({ code: 2 })
  })

  it('list rate limits', async () => {
    expect(await castellan.run('limit', 'rates')).toMatchObject({ code: 0, out: 'No rate limits.\n' })
    expect((await castellan.run('limit', 'rates', '--changed', '--json')).json()).toEqual([])
  })
})
