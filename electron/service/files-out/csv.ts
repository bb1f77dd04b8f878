import { stringify, type Options } from 'csv-stringify/sync'

import { grantRecords, keyRecords, RECORD_FIELDS, type RecordField } from '../../../shared/report/register-records.ts'
import type { Edition } from './edition.ts'

export const CSV_OPTIONS: Options = {
  // A spreadsheet that splits at another character still sees one cell.
  quoted_string: true,
  escape_formulas: true,
}

/**
 * The register as one CSV file (RFC 4180 with line feeds, UTF-8 without BOM): a record for each effective grant and each
 * key, told apart by the column `Record`; cells that say nothing are empty. A text that a spreadsheet could take for a
 * formula gets an apostrophe before it.
 */
export function* printCsv(edition: Edition): Generator<string> {
  yield stringify([Object.values(RECORD_FIELDS)], CSV_OPTIONS)
  const fields = Object.keys(RECORD_FIELDS) as RecordField[]
  for (const reading of edition.organizations) {
    const records = [...grantRecords(reading), ...keyRecords(reading)]
    edition.count(records.length)
    for (let at = 0; at < records.length; at += PIECE) {
      const piece = records.slice(at, at + PIECE)
      yield stringify(
        piece.map((record) => fields.map((field) => csvCell(record[field]))),
        CSV_OPTIONS,
      )
    }
  }
}

const PIECE = 500

/**
 * The library guards a text that begins with = + - @, a tab or a carriage return. Spreadsheets that trim would find the
 * sign behind white space too.
 */
export function csvCell(value: string | number | null): string | number | null {
  return typeof value === 'string' && HIDDEN_FORMULA.test(value) ? `'${value}` : value
}

const HIDDEN_FORMULA = /^[\s\p{C}\p{Z}]+[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\n\v\f]/u
