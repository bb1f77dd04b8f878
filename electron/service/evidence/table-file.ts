import { absenceWords, type List } from '../../../shared/domain/absence.ts'
import { said } from '../../../shared/domain/text/said.ts'
import { plainJson } from '../../../shared/domain/text/visible-text.ts'
import { tableFile } from '../../../shared/report/evidence-pack.ts'
import type { EvidenceRecord, EvidenceTable } from '../../../shared/report/evidence-records.ts'
import type { PackFiles, WrittenFile } from './pack-folder.ts'

/** The file of a table in a pack, written record by record: a line of JSON for each. */
export interface TableFile {
  readonly add: (record: EvidenceRecord) => void
  readonly end: () => WrittenFile
}

export function newTableFile(folder: PackFiles, table: EvidenceTable): TableFile {
  const file = folder.begin(tableFile(table.name))
  const fields = Object.keys(table.fields)
  return { add: (record) => file.line(printRecord(fields, record)), end: () => file.end() }
}

/** A record as a line without its line feed. It has every field, in the order of the table. */
export function printRecord(fields: readonly string[], record: EvidenceRecord): string {
  return plainJson(JSON.stringify(Object.fromEntries(fields.map((field) => [field, record[field] ?? null]))))
}

/** A whole table. One that could not be read has the reason in its last column. */
export function writeTable(folder: PackFiles, table: EvidenceTable, list: List<EvidenceRecord>): WrittenFile {
  const file = newTableFile(folder, table)
  if (list.state === 'read') for (const record of list.rows) file.add(record)
  else file.add({ [Object.keys(table.fields).at(-1) ?? '']: said(absenceWords(list)) })
  return file.end()
}
