import { grantRecords, keyRecords, RECORD_FIELDS, type RecordField } from '../../../shared/report/register-records.ts'
import { csvText } from './csv-text.ts'
import type { Edition } from './edition.ts'

/**
 * The register as one CSV file (RFC 4180 with line feeds, UTF-8 without BOM): a record for each effective grant and
 * each key, distinguished by the column `Record`; cells without a value are empty.
 */
export function* printCsv(edition: Edition): Generator<string> {
  yield csvText([Object.values(RECORD_FIELDS)])
  const fields = Object.keys(RECORD_FIELDS) as RecordField[]
  for (const reading of edition.organizations) {
    const records = [...grantRecords(reading), ...keyRecords(reading)]
    edition.count(records.length)
    for (let at = 0; at < records.length; at += PIECE) {
      yield csvText(records.slice(at, at + PIECE).map((record) => fields.map((field) => record[field])))
    }
  }
}

const PIECE = 500
