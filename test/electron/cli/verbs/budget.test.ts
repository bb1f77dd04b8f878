import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { newCastellan } from '../castellan.ts'
import { keysIn } from '../keys-in.ts'

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
  const keys = keysIn(out).join(', ')
  return keys.split(', ')
}

describe('limit and budget', () => {
  it('set, list and clear what was agreed, with the forecasts of both ways and what the provider holds', async () => {
    const set = await castellan.run('budget', 'set', '50000', '--client', 'acme', '--kind', 'hard', '--json')
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
    const ran = await castellan.run('budget', 'list', '--json')
    const [row] = ran.json()
    expect(Object.keys(row ?? {})).toEqual(await promised('budget', 'list'))
    expect(row).toMatchObject({
      weekdayMicros: expect.any(Number) as number,
      runRateMicros: expect.any(Number) as number,
    })
    expect((await castellan.run('budget', 'list')).out).toContain('no one place')
    expect(await castellan.run('budget', 'clear', '1', '--yes')).toMatchObject({
      code: 0,
      out: 'Cleared budget 1 of Acme: 50,000.00 USD a month.\n',
    })
    expect((await castellan.run('budget', 'list', '--json')).json()).toEqual([])
    expect(await castellan.run('budget', 'set', 'much', '--client', 'acme')).toMatchObject({ code: 2 })
    expect(await castellan.run('budget', 'set', '5')).toMatchObject({ code: 2 })
  })

  it('fail at a share of a month, and not below', async () => {
    await castellan.run('budget', 'set', '0.01', '--client', 'acme')
    const [row] = (await castellan.run('budget', 'list', '--json')).json()
    // On the first of a month nothing of it is recorded yet.
    const percent = Number(row?.['percent'])
    expect((await castellan.run('budget', 'list', '--fail-on', '1')).code).toBe(percent >= 1 ? 4 : 0)
    expect((await castellan.run('budget', 'list', '--fail-on', '999999999')).code).toBe(0)
  })

  it('list anomalies with the days before, and fail on any', async () => {
    const ran = await castellan.run('anomaly', 'list', '--json', '--fail-on-any')
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
    expect(Object.keys(row ?? {})).toEqual(await promised('anomaly', 'list'))
    expect((await castellan.run('anomaly', 'list')).out).toContain('10.00 10.00 10.00')
    expect(await castellan.run('anomaly', 'list', '--minimum', '81')).toMatchObject({
      code: 0,
      out: 'No anomalies.\n',
    })
    expect(await castellan.run('anomaly', 'list', '--minimum', 'none')).toMatchObject({ code: 2 })
    expect(await castellan.run('anomaly', 'list', '--days', '400')).toMatchObject({ code: 2 })
  })

  it('keep the kind and the thresholds of a budget unless they are given, and print what changes', async () => {
    const own = newCastellan()
    await own.run('client', 'add', 'Acme')
    const set = (...argv: string[]) => own.run('budget', 'set', ...argv, '--client', 'acme')
    const first = await set('572', '--kind', 'hard', '--thresholds', '50,80')
    expect(first.out).toContain('New: 572.00 USD; hard; thresholds 50, 80.\n')
    expect((await set('2000', '--thresholds', '80')).out).toContain(
      'Changed: 572.00 USD → 2,000.00 USD; hard (unchanged); thresholds 50, 80 → thresholds 80.\n',
    )
    const [row] = (await set('2000.5', '--json')).json()
    expect(row).toMatchObject({ amountMicros: 2_000_500_000, enforcement: 'hard', thresholds: '80' })
    expect(await set('2000', '--kind', 'alert')).toMatchObject({ code: 0 })
    expect((await own.run('budget', 'list', '--json')).json()).toMatchObject([
      { enforcement: 'alert', thresholds: '80' },
    ])
  })

  it('refuse an amount that is finer than a cent, instead of showing another', async () => {
    const own = newCastellan()
    await own.run('client', 'add', 'Acme')
    for (const amount of ['99.999', '0.001', '99.9999999']) {
      const ran = await own.run('budget', 'set', amount, '--client', 'acme')
      expect(ran).toMatchObject({ code: 2, out: '' })
      expect(ran.err).toContain('is finer than a cent')
    }
    expect((await own.run('budget', 'set', '1e3', '--client', 'acme')).err).toContain(
      '1e3 is not an amount in dollars.',
    )
    expect((await own.run('budget', 'set', '99.990', '--client', 'acme', '--json')).json()).toMatchObject([
      { amountMicros: 99_990_000 },
    ])
  })

  it('cannot be judged by --fail-on where usage was not read up to yesterday, and ends with 3 and a sentence', async () => {
    const stale = newCastellan()
    await stale.run('client', 'add', 'Acme')
    const path = join(stale.profile, '..', 'usage.csv')
    writeFileSync(path, `timestamp,cost\n${day(6)},1\n${day(5)},1\n`)
    await stale.run('usage', 'import', path, '--client', 'acme')
    await stale.run('budget', 'set', '500', '--client', 'acme')
    const [row] = (await stale.run('budget', 'list', '--json')).json()
    expect(row).toMatchObject({ readThrough: day(5), behind: true })
    expect((await stale.run('budget', 'list')).out).toContain(day(5))
    const judged = await stale.run('budget', 'list', '--fail-on', '99')
    expect(judged.code).toBe(3)
    expect(judged.err).toBe(
      `--fail-on cannot be judged: usage of Acme was read through ${day(5)} only, not up to yesterday. Read it: castellan usage sync --client acme\n`,
    )
    const anomalies = await stale.run('anomaly', 'list', '--fail-on-any')
    expect(anomalies.code).toBe(3)
    expect(anomalies.err).toContain('--fail-on-any cannot be judged')
    // The month of yesterday is never read to its end, whichever day of it is today.
    const month = day(1).slice(0, 7)
    expect(await stale.run('usage', 'reconciliation', '--month', month, '--fail-under', '10')).toMatchObject({
      code: 3,
    })
    // Without the option there is nothing to judge.
    expect(await stale.run('budget', 'list')).toMatchObject({ code: 0 })
    expect(await stale.run('anomaly', 'list')).toMatchObject({ code: 0 })
    // Usage that was read is a lower bound of the spend: beyond the threshold it is found, however far usage was read.
    await stale.run('budget', 'set', '0.01', '--client', 'acme')
    const [now] = (await stale.run('budget', 'list', '--json')).json()
    expect((await stale.run('budget', 'list', '--fail-on', '99')).code).toBe(now?.['percent'] === null ? 3 : 4)
    expect((await stale.run('budget', 'list', '--help')).out).toContain('Exit code 3')
  })

  it('list rate limits', async () => {
    expect(await castellan.run('rate-limit', 'list')).toMatchObject({ code: 0, out: 'No rate limits.\n' })
    expect((await castellan.run('rate-limit', 'list', '--changed', '--json')).json()).toEqual([])
  })
})
