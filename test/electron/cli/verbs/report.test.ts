import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { newCastellan } from '../castellan.ts'

function recordsIn(folder: string): string {
  const path = join(folder, 'usage.csv')
  // February and March are months of which all days are between the first and the last record.
  const rows = ['2020-03-02,chat,12.5', '2020-03-31,ide,2.25', '2020-02-01,chat,1']
  writeFileSync(path, ['timestamp,feature,cost', ...rows].join('\n'))
  return path
}

describe('report', () => {
  it('prints a month, writes it to a file, and lists what was made', async () => {
    const { run } = newCastellan()
    const folder = mkdtempSync(join(tmpdir(), 'castellan-report-'))
    await run('client', 'add', 'Acme Corp')
    await run('usage', 'import', recordsIn(folder), '--client', 'acme-corp')
    const asked = ['report', 'monthly', '--client', 'acme-corp', '--source', 'internal'] as const
    const printed = await run(...asked)
    expect(printed.code).toBe(0)
    expect(printed.out).toContain('# Spend by project, March 2020: Acme Corp')
    expect(printed.out).toContain('**14.75** | **1.00** | **+1,375 %**')
    const out = join(folder, 'report.md')
    const written = await run(...asked, '--month', '2020-03', '--out', out)
    expect([written.code, written.out]).toEqual([0, expect.stringContaining(`to ${out} (SHA-256`)])
    expect(readFileSync(out, 'utf8')).toBe(printed.out)
    expect((await run('report', 'list', '--json')).json()).toMatchObject([
      { kind: 'monthly', period: '2020-03', client: 'acme-corp', format: 'md', path: out },
    ])
    const week = await run('report', 'weekly', '--week', '2020-W10', '--source', 'internal', '--format', 'csv')
    expect(week.out.split('\n')[1]).toContain('"2020-W10","Acme Corp"')
    expect((await run('report', 'monthly', '--month', '2020-03')).out).toContain('No billed usage is known')
    const focus = await run(...asked, '--format', 'focus')
    expect([focus.code, focus.err]).toEqual([1, expect.stringContaining('FOCUS describes what providers billed')])
  })

  it('writes the format that the ending of --out names, and refuses an ending that no format has', async () => {
    const { run } = newCastellan()
    const folder = mkdtempSync(join(tmpdir(), 'castellan-report-'))
    await run('client', 'add', 'Acme Corp')
    await run('usage', 'import', recordsIn(folder), '--client', 'acme-corp')
    const write = async (name: string, ...more: string[]) => {
      const asked = ['report', 'monthly', '--month', '2020-03', '--source', 'internal', ...more]
      const ran = await run(...asked, '--out', join(folder, name))
      return { ...ran, text: ran.code === 0 ? readFileSync(join(folder, name), 'utf8') : '' }
    }
    expect((await write('a.csv')).text).toMatch(/^"Period","Client"/u)
    expect((await write('a.MD')).text).toMatch(/^# Spend by project/u)
    expect((await write('a.html')).text).toMatch(/^<!doctype html>/iu)
    expect((await write('a.xlsx')).text).toMatch(/^PK/u)
    expect((await write('b.csv', '--format', 'md')).text).toMatch(/^# Spend by project/u)
    for (const name of ['a.txt', 'report']) {
      const { code, err } = await write(name)
      expect([code, err]).toEqual([
        2,
        expect.stringContaining('is not one of .csv, .focus.csv, .htm, .html, .markdown'),
      ])
    }
    const register = join(folder, 'register.csv')
    expect((await run('register', '--out', register)).code).toBe(0)
    expect(readFileSync(register, 'utf8')).not.toMatch(/^#/u)
    expect((await run('register', '--out', join(folder, 'register.pdf'))).code).toBe(2)
  })

  it.each([
    [['report', 'invoice'], 'An invoice is for one client.'],
    [['report', 'weekly', '--week', '2020-W54'], '--week 2020-W54 is not a week.'],
    [['report', 'monthly', '--month', '2020-W10'], '--month 2020-W10 is not a month.'],
    [['report', 'monthly'], 'No usage is recorded for a completed period.'],
    [['report', 'monthly', '--month', '2020-03', '--format', 'pdf'], 'PDF needs a file.'],
  ])('%j is a misuse', async (argv, says) => {
    const { run } = newCastellan()
    await run('client', 'add', 'Acme Corp')
    const { code, err } = await run(...argv)
    expect([code, err]).toEqual([2, expect.stringContaining(says)])
  })
})
