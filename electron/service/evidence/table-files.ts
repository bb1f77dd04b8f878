import { evidenceCell, type EvidenceRecord, type EvidenceTable } from '../../../shared/report/evidence-records.ts'
import { plainJson } from '../../../shared/domain/text/visible-text.ts'
import { csvText, type CsvValue } from '../files-out/csv-text.ts'
import type { PackFolder, WrittenFile } from './pack-folder.ts'

/** The CSV and the JSON file of a table, written record by record. Each record is a line of each. */
export interface TableFiles {
  readonly add: (record: EvidenceRecord) => void
  readonly end: () => readonly WrittenFile[]
}

/** Converted to CSV together: the library costs more for each call than for each record. */
const PIECE = 500

type Cells = readonly (EvidenceRecord[string] | undefined)[]

/** Records as lines of a CSV file, without their line feeds. */
export function csvLines(records: readonly Cells[], spelled?: (text: string) => string): readonly string[] {
  const rows = records.map((cells) => cells.map(csvValue))
  return csvText(rows, spelled).split('\n').slice(0, -1)
}

export function newTableFiles(folder: PackFolder, table: EvidenceTable): TableFiles {
  const fields = Object.keys(table.fields)
  const csv = folder.begin(`${table.name}.csv`)
  const json = folder.begin(`${table.name}.json`)
  const waiting: Cells[] = []
  const flush = (): void => {
    for (const line of csvLines(waiting.splice(0))) csv.line(line)
  }
  for (const line of csvLines([Object.values(table.fields)])) csv.line(line)
  let last: string | null = null
  return {
    add: (record) => {
      waiting.push(fields.map((field) => record[field]))
      if (waiting.length === PIECE) flush()
      // The comma belongs to a record that is followed by another.
      json.line(last === null ? '[' : `${last},`)
      last = plainJson(JSON.stringify(Object.fromEntries(fields.map((field) => [field, record[field] ?? null]))))
    },
    end: () => {
      if (waiting.length > 0) flush()
      if (last === null) json.line('[]')
      else {
        json.line(last)
        json.line(']')
      }
      return [csv.end(), json.end()]
    },
  }
}

/** A table that is known completely. */
export function writeTable(
  folder: PackFolder,
  table: EvidenceTable,
  records: readonly EvidenceRecord[],
): readonly WrittenFile[] {
  const files = newTableFiles(folder, table)
  for (const record of records) files.add(record)
  return files.end()
}

/** A record is a line, so a line break inside a cell becomes a space; the JSON file keeps it. */
function csvValue(value: EvidenceRecord[string] | undefined): CsvValue {
  if (typeof value === 'number') return value
  return evidenceCell(value).replaceAll(/\s*[\r\n]+\s*/gu, ' ')
}
