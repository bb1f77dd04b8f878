import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'

import { PACK_TABLES, writePackCsv } from '../../../../electron/service/evidence/pack-csv.ts'
import { getNamedFolder } from '../../../../electron/service/files-out/write-named.ts'
import type { EvidenceTable } from '../../../../shared/report/evidence-records.ts'
import { newFolder, packed, toRecords } from './packs.ts'
import { onLine, resigned } from './resigned.ts'

type Cells = Readonly<Record<string, string | number | boolean | null>>

const REPORTS = resolve(import.meta.dirname, '../../../../shared/report')

function isTable(value: unknown): value is EvidenceTable {
  return typeof value === 'object' && value !== null && 'fields' in value && 'about' in value && 'title' in value
}

const out = () => getNamedFolder(newFolder(), newFolder())

/** A value of a record as a spreadsheet shows it. */
function toCell(value: Cells[string] | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = String(value).replaceAll(/\s*[\r\n]+\s*/gu, ' ')
  return typeof value === 'string' && /^[=+\-@\t]/u.test(text) ? `'${text}` : text
}

describe('the CSV files of a pack', () => {
  it('have every record of every table, from the folder as from the zip', async () => {
    const { folder, zip } = await packed()
    const [fromFolder, fromZip] = [await writePackCsv(folder, out()), await writePackCsv(zip, out())]
    expect(basename(fromFolder.path)).toBe(`${basename(folder)}-csv`)
    const names = readdirSync(fromFolder.path)
    expect(names.toSorted()).toEqual(
      readdirSync(folder)
        .filter((name) => name.endsWith('.jsonl') && name !== 'journal.jsonl')
        .map((name) => name.replace('.jsonl', '.csv'))
        .toSorted(),
    )
    expect(fromFolder.files).toBe(names.length)
    for (const name of names) {
      const csv = readFileSync(join(fromFolder.path, name), 'utf8')
      expect(readFileSync(join(fromZip.path, name), 'utf8')).toBe(csv)
      const records = toRecords<Cells>(readFileSync(join(folder, name.replace('.csv', '.jsonl')), 'utf8'))
      const [headings = [], ...rows] = parse(csv, { columns: false })
      expect([name, headings.filter((heading) => !/^[A-Z0-9]/u.test(heading))]).toEqual([name, []])
      expect([name, rows]).toEqual([name, records.map((record) => Object.values(record).map(toCell))])
    }
  })

  it('have headings for every table that a pack can have', async () => {
    const files = readdirSync(REPORTS).filter((name) => name.endsWith('.ts'))
    const modules = await Promise.all(
      files.map(
        (name) => import(pathToFileURL(join(REPORTS, name)).href) as Promise<Readonly<Record<string, unknown>>>,
      ),
    )
    const tables = modules.flatMap((module) => Object.values(module)).filter(isTable)
    expect(tables.length).toBeGreaterThan(18)
    expect(new Set(tables)).toEqual(new Set(Object.values(PACK_TABLES).flat()))
  })

  it('are of a new folder beside one that has its name', async () => {
    const { folder } = await packed()
    const place = out()
    const paths = [await writePackCsv(folder, place), await writePackCsv(folder, place)].map(({ path }) => path)
    expect(paths.map((path) => basename(path))).toEqual([`${basename(folder)}-csv`, `${basename(folder)}-csv-2`])
  })

  it('are not made of a pack that was changed, nor of one whose line is not a record', async () => {
    const { folder } = await packed()
    const broken = resigned(folder, { 'items.jsonl': onLine(2, (line) => line.slice(1)) })
    const place = out()
    await expect(writePackCsv(broken, place)).rejects.toThrow('The pack was changed: items.jsonl:2.')
    writeFileSync(join(folder, 'items.jsonl'), 'x')
    await expect(writePackCsv(folder, place)).rejects.toThrow('The pack was changed: items.jsonl:1.')
    expect(readdirSync(place.path)).toEqual([])
  })
})
