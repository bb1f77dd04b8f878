import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { putSample } from '../../../sample-profile.ts'
import { newCastellan } from '../castellan.ts'
import { keysIn } from '../keys-in.ts'

const castellan = newCastellan()
const folder = mkdtempSync(join(tmpdir(), 'castellan-cli-usage-'))

beforeAll(async () => {
  await castellan.run('client', 'add', 'Acme')
  const file = join(folder, 'own.csv')
  const rows = ['2026-10-05,1,web,gpt-5.4,1000,3', '2026-11-03,2,web,gpt-5.4,400000,0', '2026-11-04,3,,gpt-5.4,10,1.5']
  writeFileSync(file, ['timestamp,request_id,project,model,input_tokens,cost', ...rows].join('\n'))
  await castellan.run('usage', 'import', file, '--client', 'acme')
})

describe('castellan usage reconciliation', () => {
  it('is a flat list with the keys that its help names, of the month and the grouping of its options', async () => {
    const ran = await castellan.run('usage', 'reconciliation', '--month', '2026-10', '--by', 'model', '--json')
    expect(ran).toMatchObject({ code: 0, err: '' })
    const [row] = ran.json()
    expect(row).toMatchObject({
      name: 'gpt-5.4',
      billedMicros: 0,
      claimedMicros: 3_000_000,
      overClaimedMicros: 3_000_000,
    })
    const { out: help } = await castellan.run('usage', 'reconciliation', '--help')
    expect(Object.keys(row ?? {})).toEqual(keysIn(help))
  })

  it('describes in words what is covered, what is an estimate, and what names no project', async () => {
    const { out, code } = await castellan.run('usage', 'reconciliation')
    expect(code).toBe(0)
    expect(out).toMatch(/\(no such project\)/u)
    expect(out).toContain('Of 0.00 USD billed, 0.00 are covered and 0.00 are not; 2.50 are in internal records only.')
    expect(out).toContain('1.00 of the internal records is an estimate from tokens.')
    expect(out).toContain('acme: web is not a project; internal records have 1.00 USD for it.')
  })

  it('ends with 4 where too little is covered, with 3 where the month was not read to its end, and with 2 for an invalid month', async () => {
    const whole = ['--month', '2026-10', '--fail-under', '50']
    expect(await castellan.run('usage', 'reconciliation', ...whole)).toMatchObject({ code: 4 })
    // The records end within November.
    const begun = await castellan.run('usage', 'reconciliation', '--month', '2026-11', '--fail-under', '50')
    expect(begun).toMatchObject({ code: 3 })
    expect(begun.err).toContain('usage of Acme was read through 2026-11-04 only, not to the end of 2026-11')
    expect(await castellan.run('usage', 'reconciliation', '--month', 'May')).toMatchObject({ code: 2 })
    expect(await castellan.run('usage', 'reconciliation', '--month', '2020-01')).toMatchObject({ code: 0 })
  })
})

describe('castellan usage list --over', () => {
  it('lists the days of a month, and the year that ends with one', async () => {
    const of = ['usage', 'list', '--source', 'internal', '--month', '2026-11'] as const
    const days = (await castellan.run(...of, '--over', 'day', '--by', 'model', '--json')).json()
    const isRead = ({ reading }: Readonly<Record<string, unknown>>): boolean => reading !== 'not read'
    expect(days.filter(isRead)).toEqual([
      {
        source: 'claimed',
        period: '2026-11-04',
        name: 'gpt-5.4',
        client: null,
        costMicros: 1_500_000,
        cost: 1.5,
        reading: 'complete',
      },
    ])
    // The records end on 4 November; later days have no sum, and not zero.
    const unread = days.filter((row) => !isRead(row))
    expect(unread[0]).toEqual({
      source: 'claimed',
      period: '2026-11-05',
      name: null,
      client: null,
      costMicros: null,
      cost: null,
      reading: 'not read',
    })
    expect((await castellan.run(...of, '--over', 'day', '--by', 'model')).out).toMatch(/2026-11-05\s.*not read/u)
    const months = await castellan.run(...of, '--over', 'month', '--by', 'client', '--json')
    expect(months.json().filter(isRead)).toMatchObject([
      { period: '2026-10', name: 'Acme', costMicros: 3_000_000, reading: 'read in part' },
      { period: '2026-11', name: 'Acme', costMicros: 1_500_000, reading: 'read in part' },
    ])
    const { out: help } = await castellan.run('usage', 'list', '--help')
    expect(help).toContain('With --over, JSON keys: source, period, name, client, costMicros, cost')
    expect(await castellan.run('usage', 'list', '--over', 'week')).toMatchObject({ code: 2 })
  })
})

describe('castellan usage matrix', () => {
  it('is of the month of its option', async () => {
    const rows = (
      await castellan.run('usage', 'matrix', 'key-model', '--source', 'internal', '--month', '2026-10', '--json')
    ).json()
    expect(rows).toMatchObject([
      {
        source: 'claimed',
        costMicros: 3_000_000,
        reading: 'read in part',
        readDays: '2026-10-05/2026-10-31',
      },
    ])
  })

  it('has which days were read over its table and in each format, and no empty answer for a month that was not read', async () => {
    const of = ['usage', 'matrix', 'key-model', '--source', 'internal', '--month'] as const
    expect((await castellan.run(...of, '2026-10')).out).toMatch(
      /^Usage of internal records, 2026-10: read from 5 Oct 2026 on\n/u,
    )
    expect((await castellan.run(...of, '2026-10', '--format', 'csv')).out).toContain('read in part')
    const [head, , row] = (await castellan.run(...of, '2026-10', '--format', 'md')).out.split('\n')
    expect(head).toMatch(/\| Reading \| Read days \|$/u)
    expect(row).toContain('| read in part | 2026-10-05/2026-10-31 |')
    expect((await castellan.run(...of, '2020-01')).out).toContain('Usage of 2020-01 was not read: it is unknown.')
    expect((await castellan.run(...of, '2020-01', '--json')).err).toContain('Usage of 2020-01 was not read')
  })
})

describe('castellan usage list of the sample, which is both billed and recorded', () => {
  const sample = newCastellan()
  type Rows = readonly { readonly source: string; readonly costMicros: number }[]
  const toRows = async (...argv: string[]): Promise<Rows> =>
    (await sample.run('usage', 'list', ...argv, '--json')).json<Rows>()
  const sum = (rows: Rows): number => rows.reduce((total, { costMicros }) => total + costMicros, 0)
  const ONE = ['--client', 'acme-corp', '--month'] as const
  let month = ''

  beforeAll(async () => {
    await putSample(sample.profile)
    month =
      (await sample.run('usage', 'list', '--client', 'acme-corp')).out.slice(0, 200).match(/\d{4}-\d\d/u)?.[0] ?? ''
  })

  it.each(['project', 'key', 'model', 'person', 'client', 'environment'])(
    'by %s is what is billed unless internal records are asked for, and never both',
    async (by) => {
      const all = [...ONE, month, '--by', by]
      const [plain, billed, internal] = [
        await toRows(...all),
        await toRows(...all, '--source', 'billed'),
        await toRows(...all, '--source', 'internal'),
      ]
      expect(plain).toEqual(billed)
      expect((await sample.run('usage', 'list', ...all, '--source', 'claimed')).err).toContain(
        'Write billed or internal.',
      )
      expect(new Set(plain.map(({ source }) => source))).toEqual(new Set(['billed']))
      expect(new Set(internal.map(({ source }) => source))).toEqual(new Set(['claimed']))
      expect(sum(internal)).toBeGreaterThan(0)
      expect(sum(plain)).toBeGreaterThan(sum(internal))
      expect(sum(await toRows(...ONE, month, '--by', 'connection'))).toBe(sum(plain))
    },
  )

  it('names the source over a table, and reads features from internal records', async () => {
    // On the first of a month, no day of it could be read yet.
    const heading = String.raw`\d{4}-\d\d(?:: read through \d{1,2} [A-Z][a-z]{2} \d{4})?\n`
    expect((await sample.run('usage', 'list', ...ONE, month)).out).toMatch(new RegExp(`^Billed usage, ${heading}`, 'u'))
    const features = await sample.run('usage', 'list', ...ONE, month, '--by', 'feature')
    expect(features.out).toMatch(new RegExp(`^Usage of internal records, ${heading}`, 'u'))
    const refused = await sample.run('usage', 'list', ...ONE, month, '--by', 'feature', '--source', 'billed')
    expect(refused).toMatchObject({ code: 2 })
    expect(refused.err).toContain('No provider bills features.')
    expect(await sample.run('usage', 'list', '--source', 'both')).toMatchObject({ code: 2 })
  })

  it('syncs no connection without a credential, and reports for each that it was skipped and why', async () => {
    const ran = await sample.run('usage', 'sync', '--client', 'northfold', '--json')
    const read = ran.json<readonly { readonly connection: string; readonly state: string; readonly reason: string }[]>()
    expect(new Set(read.map(({ state }) => state))).toEqual(new Set(['skipped']))
    expect(ran).toMatchObject({ code: 3 })
    expect(ran.err.trimEnd().split('\n')).toEqual(
      read.map(({ connection, reason }) => `${connection}: skipped. ${reason}`),
    )
    expect(ran.err).not.toContain(': read')
  })

  it('keeps to one source over time and in a matrix', async () => {
    const billed = sum(await toRows(...ONE, month))
    expect(sum(await toRows(...ONE, month, '--over', 'day'))).toBe(billed)
    const pairs = (await sample.run('usage', 'matrix', 'key-model', ...ONE, month, '--json')).json<Rows>()
    expect(sum(pairs)).toBe(billed)
    expect(new Set(pairs.map(({ source }) => source))).toEqual(new Set(['billed']))
  })
})

describe('castellan usage price', () => {
  it('are set, listed and cleared; an invalid price is named', async () => {
    const price = ['--from', '2026-11-01', '--input', '2', '--output', '15', '--cached', '0.25']
    const set = await castellan.run('usage', 'price', 'set', 'gpt-5.4', ...price, '--client', 'acme', '--json')
    expect(set.json()).toMatchObject([
      {
        client: 'acme',
        model: 'gpt-5.4',
        from: '2026-11-01',
        inputMicros: 2_000_000,
        cachedMicros: 250_000,
        cacheWriteMicros: 2_000_000,
      },
    ])
    const list = await castellan.run('usage', 'price', 'list')
    expect(list.out).toMatch(/acme\s+gpt-5\.4\s+2026-11-01\s+2\.00\s+0\.25\s+2\.00\s+15\.00/u)
    // 400,000 tokens without a cost.
    expect((await castellan.run('usage', 'reconciliation')).out).toContain(
      '0.80 of the internal records is an estimate',
    )
    const wrong = await castellan.run(
      'usage',
      'price',
      'set',
      'm',
      '--from',
      '2026-11-01',
      '--input',
      'much',
      '--output',
      '1',
    )
    expect(wrong).toMatchObject({ code: 2 })
    expect(wrong.err).toContain('--input much is not an amount in dollars.')
    const id = String(set.json()[0]?.['priceId'])
    expect((await castellan.run('usage', 'price', 'clear', id, '--yes')).out).toBe(
      'Cleared. 0 reported rows are estimated again.\n',
    )
    expect((await castellan.run('usage', 'price', 'list')).out).toMatch(/^No prices are pinned/u)
  })
})

describe('castellan usage folder', () => {
  it('imports the files of a folder, once, and ends with 3 where something was refused', async () => {
    const watched = join(folder, 'watched')
    mkdirSync(watched)
    writeFileSync(join(watched, 'a.jsonl'), '{"ts":"2026-11-05","id":"f1","cost":1}\n')
    const added = await castellan.run('usage', 'folder', 'add', watched, '--client', 'acme', '--json')
    expect(added.json()).toMatchObject([{ client: 'acme', path: watched, readable: true, files: 0 }])
    const first = await castellan.run('usage', 'folder', 'check')
    expect(first).toMatchObject({ code: 0 })
    expect(first.out).toMatch(/a\.jsonl\s+taken\s+1\s+0\s+0/u)
    expect(await castellan.run('usage', 'folder', 'check')).toMatchObject({ code: 0, out: 'Nothing new.\n' })
    appendFileSync(join(watched, 'a.jsonl'), '{"ts":"never","id":"f2"}\n')
    const second = await castellan.run('usage', 'folder', 'check', '--json')
    expect(second.code).toBe(3)
    expect(second.json()).toMatchObject([{ name: 'a.jsonl', state: 'partial', repeated: 1, refused: 1 }])
    const [listed] = (await castellan.run('usage', 'folder', 'list', '--json')).json()
    expect(listed).toMatchObject({ files: 1, lastFile: 'a.jsonl', lastState: 'partial' })
    const id = String(listed?.['folderId'])
    expect((await castellan.run('usage', 'folder', 'remove', id, '--yes')).out).toBe('Removed.\n')
    expect((await castellan.run('usage', 'folder', 'list')).out).toMatch(/^No folder is watched/u)
  })
})
