import writeExcelFile, { type Row, type SheetData } from 'write-excel-file/node'

import { isDay, computeStart } from '../../../shared/domain/day.ts'
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
  type RecordField,
  type RegisterRecord,
} from '../../../shared/report/register-records.ts'
import { plainText } from '../../../shared/domain/text/visible-text.ts'
import { invalid } from '../kit/refusal.ts'
import type { Edition } from './edition.ts'

/** Excel's own limits for a sheet and for the text of a cell. */
const MAX_ROWS = 1_048_576
const MAX_TEXT = 32_767

/** The sheets of a workbook, as records. */
export interface Workbook {
  readonly people: readonly RegisterRecord[]
  readonly keys: readonly RegisterRecord[]
  readonly population: readonly PopulationRecord[]
}

/** Reads an edition completely: a workbook is written only when all of it is known. */
export function toWorkbook(edition: Edition): Workbook {
  const people: RegisterRecord[] = []
  const keys: RegisterRecord[] = []
  const population: PopulationRecord[] = []
  const add = <T>(list: T[], more: readonly T[]): void => {
    for (const item of more) list.push(item)
  }
  const read = (reading: OrganizationReading): void => {
    add(people, grantRecords(reading))
    add(keys, keyRecords(reading))
    add(population, populationRecords(reading))
  }
  for (const reading of edition.organizations) read(reading)
  edition.count(people.length + keys.length)
  return { people, keys, population }
}

/**
 * The register as an Excel workbook with the sheets People (effective grants), Keys and Population. Days and instants
 * are dates, every other text is text: nothing in it is a formula. Throws `Refusal` INVALID when it is too large for
 * Excel.
 */
export async function printXlsx(workbook: Workbook): Promise<Uint8Array> {
  assertFits('register', Math.max(workbook.people.length, workbook.keys.length) + 1)
  const grantFields = GRANT_FIELDS.filter((field) => field !== 'record')
  const keyFields = KEY_FIELDS.filter((field) => field !== 'record')
  const populationFields = Object.keys(POPULATION_FIELDS) as (keyof PopulationRecord)[]
  const sheets = [
    toSheet('People', grantFields.map(getHeading), toRows(workbook.people, grantFields)),
    toSheet('Keys', keyFields.map(getHeading), toRows(workbook.keys, keyFields)),
    toSheet('Population', Object.values(POPULATION_FIELDS), toRows(workbook.population, populationFields)),
  ]
  return writeExcelFile(sheets, { fontSize: 11 }).toBuffer()
}

/** Throws `Refusal` INVALID for a sheet of more rows than Excel holds, its heading included. */
export function assertFits(what: string, rows: number): void {
  if (rows <= MAX_ROWS) return
  throw invalid(
    'format',
    `A sheet of Excel holds ${MAX_ROWS} rows, and this ${what} needs ${rows}.`,
    'Export CSV, or one client at a time.',
  )
}

function getHeading(field: RecordField): string {
  return RECORD_FIELDS[field]
}

function toRows<K extends string>(
  records: readonly Readonly<Record<K, string | number | null>>[],
  fields: readonly K[],
): SheetData {
  // Most texts of a register are in many rows.
  const known = new Map<string, Row[number]>()
  const parseCell = (value: string | number | null): Row[number] => {
    if (typeof value !== 'string') return value
    if (value === '') return null
    const cell = known.get(value) ?? dateCell(value) ?? excelText(value)
    known.set(value, cell)
    return cell
  }
  return records.map((record): Row => fields.map((field) => parseCell(record[field])))
}

/** A sheet with its headings, which stay in view. `first` is the width of the first column, where it has one of its own. */
export function toSheet(name: string, headings: readonly string[], rows: SheetData, first?: number) {
  return {
    sheet: name,
    data: [headings.map(bold), ...rows] as SheetData,
    columns: headings.map((heading, column) => ({
      width: column === 0 && first !== undefined ? first : Math.max(12, Math.min(28, heading.length + 6)),
    })),
    stickyRowsCount: 1,
  }
}

export function bold(text: string) {
  return { value: excelText(text), type: String, fontWeight: 'bold' as const }
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/u

/** Excel counts days from 1900 and ends with 9999. */
function dateCell(text: string): Row[number] {
  const isInstant = INSTANT.test(text)
  if (!isInstant && !isDay(text)) return null
  if (text < '1901' || text.length > 20) return null
  const value = new Date(isInstant ? Date.parse(text) : computeStart(text))
  return { value, type: Date, format: isInstant ? 'yyyy-mm-dd hh:mm' : 'yyyy-mm-dd' }
}

/**
 * Excel does not show invisible characters, so they are written as their names. It knows line feeds only, and reads
 * `_x0041_` as a character's code. Two things the library (4.1) loses are written by their codes: U+FFFD, which
 * replaces a broken character, and texts that name a member of every object, such as `toString`, which it looks up in a
 * plain object.
 */
export function excelText(text: string): string {
  const lines = plainText(text)
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/gu, '_x005F_')
    .replaceAll('\uFFFD', '_xFFFD_')
  if (lines in {}) return `_x${lines.charCodeAt(0).toString(16).padStart(4, '0')}_${lines.slice(1)}`
  return lines.length > MAX_TEXT ? `${lines.slice(0, MAX_TEXT - 1).toWellFormed()}…` : lines
}
