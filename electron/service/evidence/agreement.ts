import type { EvidenceProblem } from '../../../shared/contract/evidence.ts'
import { MOST_PROBLEMS } from '../../../shared/domain/file-limits.ts'
import { CERTIFICATE_FILE, PACK, tableFile } from '../../../shared/report/evidence-pack.ts'
import type { EvidenceRecord } from '../../../shared/report/evidence-records.ts'
import { decisionsByJournal } from './decisions-by-journal.ts'
import { type ConcludedHistory, HISTORY_HEADER } from './history/conclude.ts'
import { decisionsByHistory } from './decisions-by-history.ts'
import { listSignedActs } from './history/signed-acts.ts'
import { readHeader } from './parse-record.ts'
import { findHeaderValue } from './seal-pack.ts'
import { eachLine } from './lines.ts'
import type { PackSource } from './pack-source.ts'
import { readSmall, SMALL } from './seal.ts'
import { eachRecord, listTables } from './table-records.ts'
import { HEADER } from '../../../shared/report/evidence-header.ts'
import { DECISIONS } from '../../../shared/report/evidence-items.ts'
import { HISTORY_FILES, LOGS } from '../../../shared/report/evidence-history.ts'
import { SIGN_OFF } from '../../../shared/report/evidence-sign-off.ts'
import { signerRecords, SIGNERS } from '../../../shared/report/evidence-signers.ts'

/**
 * Checks the parts of a pack against each other: that each line of a table is a record, and the decisions and
 * signatures in the tables against the rows of the journal, or the client's log in a team (`history`). A signature does
 * not show this: the holder of any key can sign parts that contradict each other. Its findings count only in a pack
 * that is unchanged since it was signed.
 */
export async function disagreements(
  source: PackSource,
  history: ConcludedHistory | null,
): Promise<readonly EvidenceProblem[]> {
  const problems: EvidenceProblem[] = []
  for (const name of listTables(source)) {
    await eachRecord(source, name, (record, row) => {
      if (record !== null || problems.length >= MOST_PROBLEMS) return
      problems.push({ file: tableFile(name), row, says: `Row ${row} is not a record of a table.` })
    })
  }
  if (problems.length > 0) return problems
  const header = await readHeaderFile(source)
  if (header === null) return [{ file: tableFile(HEADER.name), row: null, says: 'The file is missing.' }]
  const foreign = listForeign(source, findHeaderValue(header, 'review', 'Number') !== null)
  if (foreign.length > 0 || !source.files.has(tableFile(DECISIONS.name))) return foreign
  return history === null ? compareJournal(source, header) : compareHistory(source, header, history)
}

/** Files that are of no pack of this form, and the tables of a review that are missing: what they have is compared with nothing. */
function listForeign({ files }: PackSource, isReview: boolean): readonly EvidenceProblem[] {
  const foreign = [...files.keys()].filter((name) => !OF_PACK.has(name) && !name.endsWith(tableFile('')))
  const missing = isReview
    ? [DECISIONS, SIGN_OFF].map(({ name }) => tableFile(name)).filter((name) => !files.has(name))
    : []
  return [
    ...foreign.map((name) => ({ file: name, row: null, says: 'A pack of this form has no such file.' })),
    ...missing.map((name) => ({ file: name, row: null, says: 'The file is missing.' })),
  ]
}

const OF_PACK: ReadonlySet<string> = new Set([
  ...Object.values(PACK),
  ...LOGS.flatMap((log) => Object.values(HISTORY_FILES[log])),
  CERTIFICATE_FILE,
])

/** Compares the tables of a review with the rows of the audit log. */
async function compareJournal(
  source: PackSource,
  header: readonly EvidenceRecord[],
): Promise<readonly EvidenceProblem[]> {
  const byJournal = decisionsByJournal(findHeaderValue(header, 'review', 'Number'))
  await eachLine(source.read(PACK.journal), byJournal.visit)
  await eachRecord(source, DECISIONS.name, byJournal.decision)
  await eachRecord(source, SIGN_OFF.name, byJournal.signOff)
  return byJournal.problems()
}

async function readHeaderFile(source: PackSource): Promise<readonly EvidenceRecord[] | null> {
  return readHeader(await readSmall(source, tableFile(HEADER.name), SMALL * 4))
}

/** Compares the tables of a review with what the devices of the team signed. */
async function compareHistory(
  source: PackSource,
  header: readonly EvidenceRecord[],
  { team, decisions, problems }: ConcludedHistory,
): Promise<readonly EvidenceProblem[]> {
  if (team === null || decisions === null) return problems
  const review = String(findHeaderValue(header, ...HISTORY_HEADER.review))
  const first = decisions.counting.find(({ op }) => op.kind === 'review.opened' && op.body['reviewUid'] === review)
  if (first === undefined || first.at < decisions.whole) {
    const says = 'The log is not whole from the opening of the review of this pack on.'
    return [...problems, { file: HISTORY_FILES.client.texts, row: null, says }]
  }
  const byHistory = decisionsByHistory(decisions, review)
  await eachRecord(source, DECISIONS.name, byHistory.decision)
  await eachRecord(source, SIGN_OFF.name, byHistory.signOff)
  const acts = signerRecords(listSignedActs(decisions, review)).map(toFields)
  const listed: string[] = []
  await eachRecord(source, SIGNERS.name, (record) => void listed.push(toFields(record)))
  const isListed = acts.length === listed.length && acts.every((act, index) => act === listed[index])
  const says = 'It does not list the signers that the logs show.'
  const signers = isListed ? [] : [{ file: tableFile(SIGNERS.name), row: null, says }]
  return [...problems, ...byHistory.problems(), ...signers]
}

/** A record of the table of signers, its fields in one order. */
function toFields(record: EvidenceRecord | null): string {
  return JSON.stringify(Object.keys(SIGNERS.fields).map((field) => record?.[field] ?? null))
}
