import { computeStart, DAY_MS, isDay } from '../../../shared/domain/day.ts'
import type { OrganizationReading } from '../../../shared/report/register-reading.ts'
import {
  GRANT_FIELDS,
  grantRecords,
  KEY_FIELDS,
  keyRecords,
  POPULATION_FIELDS,
  populationRecords,
  RECORD_FIELDS,
  type PopulationRecord,
} from '../../../shared/report/register-records.ts'
import { type Cell, printWorkbook, type Sheet } from './workbook.ts'

/** The material of a workbook of the register: each list of all organizations, in the order of the register. */
export interface WorkbookEdition {
  readonly principals: () => Iterable<OrganizationReading>
  readonly keys: () => Iterable<OrganizationReading>
  readonly sources: () => Iterable<OrganizationReading>
  /** Reported of the grants and keys that were written. */
  readonly count: (rows: number) => void
}

/**
 * The register as an Excel workbook with the sheets People (effective grants), Keys and Population, piece by piece. Days and
 * instants are dates, every other text is text. Throws `Refusal` INVALID when it is too large for Excel (or for `maxRows`).
 */
export function printXlsx(edition: WorkbookEdition, maxRows?: number): AsyncGenerator<Uint8Array> {
  const grantFields = GRANT_FIELDS.filter((field) => field !== 'record')
  const keyFields = KEY_FIELDS.filter((field) => field !== 'record')
  const populationFields = Object.keys(POPULATION_FIELDS) as (keyof PopulationRecord)[]
  function* counted<T>(records: Iterable<T>): Generator<T> {
    for (const record of records) {
      edition.count(1)
      yield record
    }
  }
  return printWorkbook(
    [
      toSheet(
        'People',
        grantFields.map((field) => RECORD_FIELDS[field]),
        toRows(edition.principals, (reading) => counted(grantRecords(reading)), grantFields),
      ),
      toSheet(
        'Keys',
        keyFields.map((field) => RECORD_FIELDS[field]),
        toRows(edition.keys, (reading) => counted(keyRecords(reading)), keyFields),
      ),
      toSheet(
        'Population',
        Object.values(POPULATION_FIELDS),
        toRows(edition.sources, populationRecords, populationFields),
      ),
    ],
    { what: 'register', ...(maxRows === undefined ? {} : { maxRows }) },
  )
}

function* toRows<K extends string>(
  readings: () => Iterable<OrganizationReading>,
  toRecords: (reading: OrganizationReading) => Iterable<Readonly<Record<K, string | number | null>>>,
  fields: readonly K[],
): Generator<readonly Cell[]> {
  for (const reading of readings()) {
    for (const record of toRecords(reading)) yield fields.map((field) => toCell(record[field]))
  }
}

/** A sheet with its headings. `first` is the width of the first column, where it has one of its own. */
export function toSheet(
  name: string,
  headings: readonly string[],
  rows: Iterable<readonly Cell[]>,
  first?: number,
): Sheet {
  return {
    name,
    headings,
    widths: headings.map((heading, column) =>
      column === 0 && first !== undefined ? first : Math.max(12, Math.min(28, heading.length + 6)),
    ),
    rows,
  }
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/u
/** Day 0 in Excel's count. */
const DAY_ZERO = Date.UTC(1899, 11, 30)

/** A date where a text is one: Excel counts days from 1900 and ends with 9999. */
function toCell(value: string | number | null): Cell {
  if (typeof value !== 'string') return value
  const isInstant = value.length === 20 && INSTANT.test(value)
  if (!isInstant && (value.length !== 10 || !isDay(value))) return value
  if (value < '1901') return value
  const at = isInstant ? Date.parse(value) : computeStart(value)
  return { value: (at - DAY_ZERO) / DAY_MS, format: isInstant ? 'yyyy-mm-dd hh:mm' : 'yyyy-mm-dd' }
}
