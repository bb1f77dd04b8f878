import {
  grantRecords,
  keyRecords,
  RECORD_FIELDS,
  type RegisterRecord,
} from '../../../shared/report/register-records.ts'
import { csvCell, csvText } from './csv-text.ts'
import type { Edition } from './edition.ts'

/**
 * The register as one CSV file (RFC 4180 with line feeds, UTF-8 without BOM): a record for each effective grant and
 * each key, distinguished by the column `Record`; cells without a value are empty.
 */
export function* printCsv(edition: Edition): Generator<string> {
  yield csvText([Object.values(RECORD_FIELDS)])
  const print = newRecordPrinter()
  for (const reading of edition.organizations) {
    for (const records of [grantRecords(reading), keyRecords(reading)]) {
      let text = ''
      for (const record of records) {
        edition.count(1)
        text += print(record)
        if (text.length < PIECE) continue
        yield text
        text = ''
      }
      yield text
    }
  }
}

const PIECE = 1 << 16

/** Most cells of a column are those of the record before. The fields of every record are in the order of the headings. */
function newRecordPrinter(): (record: RegisterRecord) => string {
  const before: (string | number | null)[] = []
  const cells: string[] = []
  return (record) => {
    const values = Object.values(record)
    for (let at = 0; at < values.length; at += 1) {
      const value = values[at] ?? null
      if (value === before[at]) continue
      before[at] = value
      cells[at] = csvCell(value)
    }
    return `${cells.join(',')}\n`
  }
}
