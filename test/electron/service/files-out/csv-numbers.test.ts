import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'

import { printCsv } from '../../../../electron/cli/kit/csv.ts'
import type { Terminal } from '../../../../electron/cli/kit/terminal.ts'
import { csvValue } from '../../../../electron/service/evidence/pack-csv.ts'
import { csvCell } from '../../../../electron/service/files-out/csv-text.ts'
import { billing, fact } from '../reports/spending.ts'
import { newService } from '../services.ts'

const ROOT = new URL('../../../..', import.meta.url).pathname

/** Credits, an amount below a cent and one that is huge. */
const NUMBERS = [-12.345678, -5, 0, 0.000001, 123_456_789_012.5]

async function listed(): Promise<readonly string[]> {
  const pieces: string[] = []
  const terminal = { out: async (text: string) => void pieces.push(text) } as unknown as Terminal
  const slices = (async function* () {
    yield NUMBERS
  })()
  await printCsv(terminal, { fields: [{ key: 'amount', json: (row: number) => row }], empty: '' }, slices)
  return parse(pieces.join('')).slice(1).flat()
}

async function exported(): Promise<readonly string[]> {
  const { api } = await newService()
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-numbers-')), 'list.csv')
  const rows = NUMBERS.map((number) => [number])
  await api.files.exportTable({ title: 'List', format: 'csv', header: ['Amount'], rows, path })
  return parse(readFileSync(path, 'utf8')).slice(1).flat()
}

/** The amounts of a report and of FOCUS, of a bill that has them as charges of its days. */
async function billed(): Promise<readonly string[]> {
  const { api, connect, bill } = await billing()
  await api.client.add({ name: 'Acme' })
  const facts = NUMBERS.slice(0, 4).map((cost, n) =>
    fact(`2026-10-0${n + 1}`, { project: `p${n}`, cost: Math.round(cost * 1e6) }),
  )
  bill('acme', connect('acme', 'Main'), ['2026-09-01', '2026-11-23'], facts)
  const amounts = async (format: 'csv' | 'focus', column: string): Promise<readonly string[]> => {
    const { text } = await api.reports.render({ kind: 'monthly', period: '2026-10', source: 'billed', format })
    return parse<Record<string, string>>(text, { columns: true }).map((row) => row[column] ?? '')
  }
  const [report, focus] = [await amounts('csv', 'USD'), await amounts('focus', 'BilledCost')]
  expect(sum(report)).toBeCloseTo(sum(NUMBERS.slice(0, 4).map(String)), 9)
  expect(sum(focus)).toBeCloseTo(sum(NUMBERS.slice(0, 4).map(String)), 9)
  return [...report, ...focus]
}

const sum = (cells: readonly string[]): number => cells.reduce((all, cell) => all + Number(cell), 0)

/** Each file that writes CSV, and the numbers that it wrote. */
const WRITERS: Readonly<Record<string, () => Promise<readonly string[]> | readonly string[]>> = {
  'electron/cli/kit/csv.ts': listed,
  'electron/service/evidence/pack-csv.ts': () => NUMBERS.map((number) => csvCell(csvValue(number))),
  'electron/service/files-out/csv.ts': () => NUMBERS.map((number) => csvCell(number)),
  'electron/service/files/export-table.ts': exported,
  'electron/service/reports/render.ts': billed,
}

function findWriters(): readonly string[] {
  return readdirSync(join(ROOT, 'electron'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => /from '[^']*\/csv-text\.ts'/u.test(readFileSync(path, 'utf8')))
    .map((path) => relative(ROOT, path))
}

it('every file that writes CSV is named here', () => {
  expect(findWriters().toSorted()).toEqual(Object.keys(WRITERS).toSorted())
})

it.each(Object.entries(WRITERS))('%s writes numbers as numbers, negative, tiny and huge ones too', async (_, write) => {
  const cells = await write()
  expect(cells.length).toBeGreaterThan(3)
  expect(cells.filter((cell) => !/^-?\d+(?:\.\d+)?(?:e-?\d+)?$/u.test(cell))).toEqual([])
  expect(cells.some((cell) => cell.startsWith('-'))).toBe(true)
})
