import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { DataColumn } from '../../../../renderer/ui/table/column.ts'
import { toTable } from '../../../../renderer/ui/table/export.ts'
import { anyString } from '../../../any-string.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const sources = globSync('renderer/**/*.tsx', { cwd: ROOT }).map((path) => ({ path, source: read(path) }))

/** The columns of every list: the arrays of columns that the features export. */
async function readColumns(): Promise<(readonly [path: string, columns: readonly DataColumn<never>[]])[]> {
  const paths = globSync('renderer/features/**/*columns.tsx', { cwd: ROOT })
  const modules = await Promise.all(
    paths.map(async (path) => [path, (await import(join(ROOT, path))) as Readonly<Record<string, unknown>>] as const),
  )
  return modules.flatMap(([path, exported]) =>
    Object.entries(exported).flatMap(([name, value]) =>
      Array.isArray(value) ? [[`${path} ${name}`, value as readonly DataColumn<never>[]] as const] : [],
    ),
  )
}

describe('an export of selected rows', () => {
  it('is offered by every list: its bar belongs to the one table, and no list has a bar of its own', () => {
    const lists = sources.filter(({ source }) => /<(?:DataTable|TableAndPanel)\b/u.test(source))
    expect(lists.length).toBeGreaterThan(12)
    const withMenu = sources.filter(({ source }) => source.includes('<ExportMenu'))
    expect(withMenu.map(({ path }) => path)).toEqual(['renderer/ui/table/table-foot.tsx'])
    const withFoot = sources.filter(({ source }) => source.includes('<TableFoot'))
    expect(withFoot.map(({ path }) => path)).toEqual(['renderer/ui/table/data-table.tsx'])
    expect(read('renderer/ui/table/table-foot.tsx')).toMatch(
      /selected === 0 \? null : <SelectionBar \{\.\.\.props\} \/>/u,
    )
  })

  it('has in every list a heading for each column, none of them twice, and the text of each cell', async () => {
    const all = await readColumns()
    expect(all.length).toBeGreaterThan(8)
    for (const [name, columns] of all) {
      const { header } = toTable(columns, [])
      expect([name, header.filter((title) => title.trim() === '')]).toEqual([name, []])
      expect([name, new Set(header).size]).toEqual([name, columns.length])
      expect([name, columns.every(({ text }) => typeof text === 'function')]).toEqual([name, true])
    }
  })

  it('has the columns in their order and a line for each row', () => {
    const columns = ['A', 'B'].map((header, at) => ({ header, text: (row: readonly string[]) => row[at] ?? '' }))
    fc.assert(
      fc.property(fc.array(fc.tuple(anyString(), anyString()), { maxLength: 6 }), (rows) => {
        expect(toTable(columns, rows)).toEqual({ header: ['A', 'B'], rows })
      }),
    )
  })
})
