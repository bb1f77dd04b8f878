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
import { freeTarget, newPackFolder } from './pack-folder.ts'
import type { PackSource } from './pack-source.ts'
import { eachRecord, listTables } from './table-records.ts'
import { openPackSource, verifyPack } from './verify-pack.ts'

/** The tables of packs, with their headings for people. */
const TABLES: readonly EvidenceTable[] = [
  ACCOUNTS,
  CERTIFICATE_HEADER,
  CLOSURES,
  CONFIRM_ACCOUNTS,
  CONTROLS,
  COVERAGE,
  DECISIONS,
  DEPOSITED_KEYS,
  ENDED,
  HEADER,
  ITEMS,
  POPULATION,
  PROVIDER_LOG,
  READINGS,
  ROSTER_TABLE,
  SENT_CHANGES,
  SENT_FOR_PEOPLE,
  SIGNERS,
  SIGN_OFF,
  TO_ROTATE,
  WORKLOADS,
]

/** What was written: the path of the folder, and how many files are in it. */
interface WrittenCsv {
  readonly path: string
  readonly files: number
}

/**
 * Makes a CSV file of each table of a pack, for people who use a spreadsheet, in a new folder `NAME-csv`. Throws `Refusal`
 * INVALID for what is not a pack, and CONFLICT for one that was changed since it was signed.
 */
export async function writePackCsv(pack: string, folder: FolderTarget): Promise<WrittenCsv> {
  const { ok, problems } = await verifyPack(pack)
  if (!ok) {
    const [first] = problems
    const where = first === undefined ? '' : `: ${first.file}${first.row === null ? '' : `:${first.row}`}`
    throw new Refusal('CONFLICT', `The pack was changed${where}.`, `castellan verify ${pack} names every change.`)
  }
  const name = `${basename(pack).replace(/\.zip$/u, '')}-csv`
  const target = freeTarget(folder, (n) => (n === 1 ? name : `${name}-${n}`))
  const source = await openPackSource(pack)
  const written = newPackFolder(target)
  try {
    const tables = listTables(source)
    for (const table of tables) {
      const file = written.begin(`${table}.csv`)
      await writeRows(source, table, file.line)
      file.end()
    }
    written.place(target)
    return { path: target.path, files: tables.length }
  } catch (error) {
    written.discard()
    throw error
  } finally {
    await source.close()
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
  if (fields === null) line(csvLine(Object.values(TABLES.find(({ name }) => name === table)?.fields ?? {})))
}

/** The headings of a known table, or else the names of its fields. */
function findHeadings(table: string, fields: readonly string[]): readonly string[] {
  const known = TABLES.find((one) => one.name === table && Object.keys(one.fields).join('\n') === fields.join('\n'))
  return known === undefined ? fields : Object.values(known.fields)
}

function csvLine(cells: readonly CsvValue[]): string {
  return cells.map(csvCell).join(',')
}

/** A record is a line, so a line break in a text becomes a space. */
export function csvValue(value: EvidenceRecord[string] | undefined): CsvValue {
  return typeof value === 'number' ? value : evidenceCell(value).replaceAll(/\s*[\r\n]+\s*/gu, ' ')
}
