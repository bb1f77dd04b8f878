import { absenceWords, type List } from '../../../shared/domain/absence.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { evidenceCell, type EvidenceRecord, type EvidenceTable } from '../../../shared/report/evidence-records.ts'
import { plainJson } from '../../../shared/domain/text/visible-text.ts'
import { csvCell, csvText, type CsvValue } from '../files-out/csv-text.ts'
import type { PackFiles, WrittenFile } from './pack-folder.ts'

/** The CSV and the JSON file of a table, written record by record. Each record is a line of each. */
export interface TableFiles {
  readonly add: (record: EvidenceRecord) => void
  readonly end: () => readonly WrittenFile[]
}

type Cells = readonly (EvidenceRecord[string] | undefined)[]

/** Records as lines of a CSV file, without their line feeds. */
export function csvLines(records: readonly Cells[]): readonly string[] {
  const rows = records.map((cells) => cells.map(csvValue))
  return csvText(rows).split('\n').slice(0, -1)
}

export function newTableFiles(folder: PackFiles, table: EvidenceTable): TableFiles {
  const csv = folder.begin(`${table.name}.csv`)
  const json = folder.begin(`${table.name}.json`)
  const print = newRecordPrinter(Object.keys(table.fields))
  for (const line of csvLines([Object.values(table.fields)])) csv.line(line)
  let last: string | null = null
  return {
    add: (record) => {
      const printed = print(record)
      csv.line(printed.csv)
      // The comma belongs to a record that is followed by another.
      json.line(last === null ? '[' : `${last},`)
      last = printed.json
    },
    end: () => {
      if (last === null) json.line('[]')
      else {
        json.line(last)
        json.line(']')
      }
      return [csv.end(), json.end()]
    },
  }
}

/** A field, and what the record before has in it. */
interface Printed {
  readonly field: string
  /** `"field":` */
  readonly name: string
  value: Cells[number] | typeof NOTHING
  csv: string
  json: string
}

const NOTHING = Symbol('no record')

/** Neighbouring fields, and the text that the record before has of them. */
interface Block {
  readonly fields: readonly Printed[]
  csv: string
  json: string
}

const BLOCK = 8

/** Prints records as lines of both files. Most of them repeat most values of the record before, whose texts are used again. */
export function newRecordPrinter(
  fields: readonly string[],
): (record: EvidenceRecord) => { readonly csv: string; readonly json: string } {
  const blocks: Block[] = []
  for (let at = 0; at < fields.length; at += BLOCK) {
    const own = fields.slice(at, at + BLOCK)
    const printed = own.map((field): Printed => {
      return { field, name: `${JSON.stringify(field)}:`, value: NOTHING, csv: '', json: '' }
    })
    blocks.push({ fields: printed, csv: '', json: '' })
  }
  return (record) => {
    let csv = ''
    let json = ''
    for (const block of blocks) {
      fill(block, record)
      csv += csv === '' ? block.csv : `,${block.csv}`
      json += json === '' ? block.json : `,${block.json}`
    }
    return { csv, json: `{${json}}` }
  }
}

function fill(block: Block, record: EvidenceRecord): void {
  let isChanged = false
  for (const printed of block.fields) {
    const value = record[printed.field]
    if (value === printed.value) continue
    isChanged = true
    printed.value = value
    printed.csv = csvCell(csvValue(value))
    // A text is in quotes, so that what is escaped in it does not depend on its neighbours.
    printed.json = printed.name + plainJson(JSON.stringify(value ?? null))
  }
  if (!isChanged) return
  block.csv = block.fields.map(({ csv }) => csv).join(',')
  block.json = block.fields.map(({ json }) => json).join(',')
}

/** A whole table. One that could not be read has the reason in its last column. */
export function writeTable(
  folder: PackFiles,
  table: EvidenceTable,
  list: List<EvidenceRecord>,
): readonly WrittenFile[] {
  const files = newTableFiles(folder, table)
  if (list.state === 'read') for (const record of list.rows) files.add(record)
  else files.add({ [Object.keys(table.fields).at(-1) ?? '']: said(absenceWords(list)) })
  return files.end()
}

/** A record is a line, so a line break inside a cell becomes a space; the JSON file keeps it. */
function csvValue(value: EvidenceRecord[string] | undefined): CsvValue {
  if (typeof value === 'number') return value
  return evidenceCell(value).replaceAll(/\s*[\r\n]+\s*/gu, ' ')
}
