import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import { PACK } from '../../../shared/report/evidence-pack.ts'
import type { EvidenceRecord, EvidenceTable } from '../../../shared/report/evidence-records.ts'
import type { RecordVisitor } from './csv-maker.ts'
import { decisionsByJournal } from './decisions-by-journal.ts'
import { type ConcludedHistory, HISTORY_HEADER } from './history/conclude.ts'
import { decisionsByHistory } from './decisions-by-history.ts'
import { listSignedActs } from './history/signed-acts.ts'
import { findHeaderValue, isRecord, readHeader } from './pack-head.ts'
import { eachLine } from './lines.ts'
import type { PackSource } from './pack-source.ts'
import { computeDigest, newDigests, rowDifferences } from './row-diff.ts'
import { readRows } from './row-index.ts'
import { readSmall, SMALL } from './seal.ts'
import { csvLines } from './table-files.ts'
import { CONTROLS } from '../../../shared/report/evidence-controls.ts'
import { PROVIDER_LOG } from '../../../shared/report/evidence-events.ts'
import { SENT_CHANGES } from '../../../shared/report/evidence-changes.ts'
import { COVERAGE } from '../../../shared/report/evidence-coverage.ts'
import { HEADER, POPULATION } from '../../../shared/report/evidence-header.ts'
import { CLOSURES, DECISIONS, ITEMS } from '../../../shared/report/evidence-items.ts'
import { ACCOUNTS, ROSTER_TABLE } from '../../../shared/report/evidence-rosters.ts'
import { HISTORY_FILES } from '../../../shared/report/evidence-history.ts'
import { SIGN_OFF } from '../../../shared/report/evidence-sign-off.ts'
import { signerRecords, SIGNERS } from '../../../shared/report/evidence-signers.ts'

/** What is known of the parts of a pack when they are compared. */
export interface PackParts {
  readonly history: ConcludedHistory | null
  /** Whether the JSON file of a table is known to make its whole CSV file. */
  readonly isRemade: (table: string) => boolean
  /** What `Comparison.finish` finds in a pack without a history. */
  readonly byJournal: () => Promise<readonly EvidenceProblem[]>
}

/**
 * Checks the parts of a pack against each other: each row of a CSV file against its record in the JSON file of the same
 * table, and the decisions and signatures in the tables against the rows of the journal, or the client's log in a team. A signature does
 * not show this: the holder of any key can sign parts that contradict each other.
 */
export async function disagreements(
  source: PackSource,
  { history, isRemade, byJournal }: PackParts,
): Promise<readonly EvidenceProblem[]> {
  const problems: EvidenceProblem[] = []
  const tables = [...source.files.keys()].flatMap((name) => /^(.+)\.csv$/u.exec(name)?.[1] ?? [])
  for (const table of tables.toSorted()) {
    if (!isRemade(table)) problems.push(...(await csvAgainstJson(source, table)))
  }
  if (!source.files.has('decisions.json')) return problems
  return [...problems, ...(await (history === null ? byJournal() : compareHistory(source, history)))]
}

/** Compares the decisions and the signatures in the tables of a pack with the rows of its journal. */
export interface Comparison {
  /** Gets the records of the decisions while their file is read for its hash. */
  readonly visit: RecordVisitor
  /** `hasAll`: whether it got all of them; otherwise their file is read again. */
  readonly finish: (hasAll: boolean) => Promise<readonly EvidenceProblem[]>
}

/** Begins a comparison with what the journal shows. What it finds counts only in a pack that is unchanged since it was signed. */
export async function beginComparison(source: PackSource): Promise<Comparison> {
  let ahead = await readJournal(source).catch(() => null)
  return {
    visit: (record, row) => {
      try {
        ahead?.decision(record, row)
      } catch {
        ahead = null
      }
    },
    finish: async (hasAll) => {
      const byJournal = (hasAll ? ahead : null) ?? (await readJournal(source))
      if (byJournal !== ahead) await eachRecord(source, 'decisions', byJournal.decision)
      await eachRecord(source, 'sign-off', byJournal.signOff)
      return byJournal.problems()
    },
  }
}

async function readJournal(source: PackSource) {
  const byJournal = decisionsByJournal(findHeaderValue(await readHeaderFile(source), 'review', 'Number'))
  await eachLine(source.read(PACK.journal), byJournal.visit)
  return byJournal
}

async function readHeaderFile(source: PackSource): Promise<readonly EvidenceRecord[]> {
  return readHeader(await readSmall(source, 'header.json', SMALL * 4)) ?? []
}

/** Compares the tables of a review with what the devices of the team signed. */
async function compareHistory(
  source: PackSource,
  { team, decisions, problems }: ConcludedHistory,
): Promise<readonly EvidenceProblem[]> {
  if (team === null || decisions === null) return problems
  const header = await readHeaderFile(source)
  const review = String(findHeaderValue(header, ...HISTORY_HEADER.review))
  const [first] = decisions.effective
  if (first?.op.kind !== 'review.opened' || first.op.body['reviewUid'] !== review || first.seq !== decisions.first) {
    const says = 'Row 1 is not the opening of the review of this pack.'
    return [...problems, { file: HISTORY_FILES.client.operations, row: 1, says }]
  }
  const byHistory = decisionsByHistory(team, decisions, review)
  await eachRecord(source, 'decisions', byHistory.decision)
  await eachRecord(source, 'sign-off', byHistory.signOff)
  const acts = signerRecords(listSignedActs(team, decisions, review)).map(toFields)
  const listed: string[] = []
  await eachRecord(source, SIGNERS.name, (record) => void listed.push(toFields(record)))
  const isListed = acts.length === listed.length && acts.every((act, index) => act === listed[index])
  const says = 'It does not list the signers that the logs show.'
  const signers = isListed ? [] : [{ file: `${SIGNERS.name}.json`, row: null, says }]
  return [...problems, ...byHistory.problems(), ...signers]
}

/** A record of the table of signers, its fields in one order. */
function toFields(record: EvidenceRecord | null): string {
  return JSON.stringify(Object.keys(SIGNERS.fields).map((field) => record?.[field] ?? null))
}

/** Generates the CSV file again from the JSON file, a record at a time, and names the rows in which it differs. */
async function csvAgainstJson(source: PackSource, table: string): Promise<readonly EvidenceProblem[]> {
  const [csv, json] = [`${table}.csv`, `${table}.json`]
  if (!source.files.has(json)) return [{ file: csv, row: null, says: `The pack has no ${json} beside it.` }]
  const should = newDigests()
  const fields = findTable(table)?.fields
  let keys: readonly string[] | null = null
  const problems: EvidenceProblem[] = []
  const is = await readRows(source, csv)
  const add = (values: Parameters<typeof csvLines>[0][number]): void =>
    should.add(computeDigest(`${csvLines([values]).join('\n')}\n`))
  await eachRecord(source, table, (record, row) => {
    if (record === null) problems.push({ file: json, row, says: `Row ${row} is not a record of a table.` })
    else {
      if (keys === null) {
        keys = Object.keys(record)
        // An older pack may have other columns; only the headings of known columns are checked.
        const isKnown = fields !== undefined && Object.keys(fields).join('\n') === keys.join('\n')
        if (isKnown) add(Object.values(fields))
        else should.add(is.at(0) ?? 0n)
      }
      add(keys.map((key) => record[key] ?? null))
    }
  })
  if (problems.length > 0) return problems
  if (keys === null) should.add(is.at(0) ?? 0n)
  return rowDifferences(should, is).map(({ row }) => ({
    file: csv,
    row,
    says: `Row ${row} contradicts ${json}, from which it was made.`,
  }))
}

/** Passes on every record of a table's JSON file, and the number of its line; null for a line that holds none. */
async function eachRecord(
  source: PackSource,
  table: string,
  visit: (record: EvidenceRecord | null, row: number) => void,
): Promise<void> {
  let row = 0
  await eachLine(source.read(`${table}.json`), (line) => {
    row += 1
    const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString('utf8').trimEnd()
    if (text === '[' || text === ']' || text === '[]') return
    visit(parseRecord(text.endsWith(',') ? text.slice(0, -1) : text), row)
  })
}

function parseRecord(text: string): EvidenceRecord | null {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

const TABLES: readonly EvidenceTable[] = [
  HEADER,
  POPULATION,
  COVERAGE,
  ROSTER_TABLE,
  ACCOUNTS,
  ITEMS,
  DECISIONS,
  CLOSURES,
  SENT_CHANGES,
  PROVIDER_LOG,
  SIGN_OFF,
  SIGNERS,
  CONTROLS,
]

/** The table of a review's pack with a name. */
export function findTable(name: string): EvidenceTable | undefined {
  return TABLES.find((table) => table.name === name)
}
