import { basename } from 'node:path'

import { SENT_CHANGES, SENT_FOR_PEOPLE } from '../../../shared/report/evidence-changes.ts'
import { CONTROLS } from '../../../shared/report/evidence-controls.ts'
import { COVERAGE } from '../../../shared/report/evidence-coverage.ts'
import { PROVIDER_LOG } from '../../../shared/report/evidence-events.ts'
import { HEADER, POPULATION } from '../../../shared/report/evidence-header.ts'
import { CLOSURES, DECISIONS, ITEMS } from '../../../shared/report/evidence-items.ts'
import { evidenceCell, type EvidenceRecord, type EvidenceTable } from '../../../shared/report/evidence-records.ts'
import { ACCOUNTS, ROSTER_TABLE } from '../../../shared/report/evidence-rosters.ts'
import { SIGN_OFF } from '../../../shared/report/evidence-sign-off.ts'
import { SIGNERS } from '../../../shared/report/evidence-signers.ts'
import {
  CERTIFICATE_HEADER,
  CONFIRM_ACCOUNTS,
  DEPOSITED_KEYS,
  ENDED,
  READINGS,
  TO_ROTATE,
  WORKLOADS,
} from '../../../shared/report/offboarding-tables.ts'
import { csvCell, type CsvValue } from '../files-out/csv-text.ts'
import type { FolderTarget } from '../files-out/target.ts'
import { Refusal } from '../kit/refusal.ts'
import { freeTarget, newPackFolder, type PackTarget } from './pack-folder.ts'
import type { PackSource } from './pack-source.ts'
import { eachRecord, listTables } from './table-records.ts'
import { openPackSource, readOpened } from './verify-pack.ts'

/** The tables of packs by their names, with their headings for people. */
export const PACK_TABLES: Readonly<Record<EvidenceTable['name'], readonly EvidenceTable[]>> = {
  'changes-sent': [SENT_CHANGES, SENT_FOR_PEOPLE],
  closures: [CLOSURES],
  controls: [CONTROLS],
  coverage: [COVERAGE],
  decisions: [DECISIONS],
  'deposited-keys': [DEPOSITED_KEYS],
  ended: [ENDED],
  header: [HEADER, CERTIFICATE_HEADER],
  items: [ITEMS],
  population: [POPULATION],
  'provider-log': [PROVIDER_LOG],
  readings: [READINGS],
  rosters: [ROSTER_TABLE],
  'service-accounts': [ACCOUNTS, CONFIRM_ACCOUNTS],
  'sign-off': [SIGN_OFF],
  signers: [SIGNERS],
  'to-rotate': [TO_ROTATE],
  workloads: [WORKLOADS],
}

interface PackCsv {
  readonly path: string
  readonly files: number
  /** SHA-256 of the key that signed the pack: whose it is, the reader compares. */
  readonly fingerprint: string | null
}

/**
 * Makes a CSV file of each table of a pack, for people who use a spreadsheet, in a new folder `NAME-csv`. Throws `Refusal`
 * INVALID for a path without a pack, and CONFLICT for one that was changed since it was signed.
 */
export async function writePackCsv(pack: string, folder: FolderTarget): Promise<PackCsv> {
  const source = await openPackSource(pack)
  try {
    const { ok, problems, fingerprint } = (await readOpened(source, pack, {})).verdict
    const [first] = problems
    if (!ok) {
      const where = first === undefined ? '' : `: ${first.file}${first.row === null ? '' : `:${first.row}`}`
      throw new Refusal('CONFLICT', `The pack was changed${where}.`, `castellan verify ${pack} names every change.`)
    }
    const tables = listTables(source)
    const path = await writeTables(source, tables, freeTarget(folder, makeNames(pack)))
    return { path, files: tables.length, fingerprint }
  } finally {
    await source.close()
  }
}

function makeNames(pack: string): (n: number) => string {
  const name = `${basename(pack).replace(/\.zip$/u, '')}-csv`
  return (n) => (n === 1 ? name : `${name}-${n}`)
}

async function writeTables(source: PackSource, tables: readonly string[], target: PackTarget): Promise<string> {
  const written = newPackFolder(target)
  try {
    for (const table of tables) {
      const file = written.begin(`${table}.csv`, false)
      await writeRows(source, table, file.line)
      file.end()
    }
    written.place(target)
    return target.path
  } catch (error) {
    written.discard()
    throw error
  }
}

/** The heading, then a line for each record. A table without records has its headings alone. */
async function writeRows(source: PackSource, table: string, line: (text: string) => void): Promise<void> {
  let fields: readonly string[] | null = null
  await eachRecord(source, table, (record) => {
    if (record === null) return
    if (fields === null) {
      fields = Object.keys(record)
      line(csvLine(findHeadings(table, fields)))
    }
    line(csvLine(fields.map((field) => csvValue(record[field]))))
  })
  if (fields === null) line(csvLine(Object.values(findTables(table)[0]?.fields ?? {})))
}

/** The headings of a known table, or else the names of its fields. */
function findHeadings(table: string, fields: readonly string[]): readonly string[] {
  const known = findTables(table).find((one) => Object.keys(one.fields).join('\n') === fields.join('\n'))
  return known === undefined ? fields : Object.values(known.fields)
}

function findTables(table: string): readonly EvidenceTable[] {
  return Object.entries(PACK_TABLES).find(([name]) => name === table)?.[1] ?? []
}

function csvLine(cells: readonly CsvValue[]): string {
  return cells.map(csvCell).join(',')
}

/** A record is a line, so a line break in a text becomes a space. */
export function csvValue(value: EvidenceRecord[string] | undefined): CsvValue {
  return typeof value === 'number' ? value : evidenceCell(value).replaceAll(/\s*[\r\n]+\s*/gu, ' ')
}
