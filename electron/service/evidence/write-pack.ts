import { type List, ownRows } from '../../../shared/domain/absence.ts'
import type { ReviewItem } from '../../../shared/contract/reviews.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { SENT_CHANGES, type SentChange, sentChangeRecord } from '../../../shared/report/evidence-changes.ts'
import { CONTROLS, controlRecords } from '../../../shared/report/evidence-controls.ts'
import { COVERAGE } from '../../../shared/report/evidence-coverage.ts'
import { PROVIDER_LOG } from '../../../shared/report/evidence-events.ts'
import {
  type EvidenceReview,
  HEADER,
  headerRecords,
  POPULATION,
  populationRecords,
} from '../../../shared/report/evidence-header.ts'
import {
  CLOSURES,
  closureRecord,
  DECISIONS,
  decisionRecord,
  itemRecord,
  ITEMS,
} from '../../../shared/report/evidence-items.ts'
import {
  closureLine,
  closuresSection,
  evidenceSection,
  evidenceTitle,
  itemLine,
  itemsHead,
} from '../../../shared/report/evidence-markdown.ts'
import { PACK, verifiedReview, verifyText } from '../../../shared/report/evidence-pack.ts'
import { signerRecords, SIGNERS, teamHeaderRecords } from '../../../shared/report/evidence-signers.ts'
import { verifyTeamText } from '../../../shared/report/evidence-verify-team.ts'
import type { EvidenceRecord, EvidenceTable } from '../../../shared/report/evidence-records.ts'
import { ACCOUNTS, ROSTER_TABLE } from '../../../shared/report/evidence-rosters.ts'
import { newReviewSummary } from '../../../shared/report/review-summary.ts'
import { newTally, SIGN_OFF, signOffRecords } from '../../../shared/report/evidence-sign-off.ts'
import type { JournalRow } from '../../register/db/journal.ts'
import type { PublicKey } from '../../secrets/signing-key.ts'
import { type WrittenFile, type PackFiles, newTableFile, writeTable } from './pack-folder.ts'
import type { ShownHistory } from './history/read-shown.ts'
import { sealPack, type WrittenPack } from './seal-pack.ts'

/** Everything that a pack is written from, read on demand. */
export interface PackContent {
  readonly evidence: EvidenceReview
  readonly marks: readonly { readonly says: string }[]
  readonly coverage: List<EvidenceRecord>
  readonly rosters: List<EvidenceRecord>
  readonly accounts: List<EvidenceRecord>
  readonly providerLog: List<EvidenceRecord>
  readonly items: Iterable<ReviewItem>
  readonly sent: readonly SentChange[]
  /** Of a review that a team knows: what proves it. */
  readonly history: ShownHistory | null
  /** From the opening of the review on; in no pack of a review that a team knows. */
  readonly journal: Iterable<JournalRow>
}

export interface WrittenReview extends WrittenPack {
  readonly items: number
}

/** Writes a pack into its folder, all but its signature. The folder is neither placed nor discarded here. */
export function writePack(folder: PackFiles, content: PackContent, key: PublicKey): WrittenReview {
  const { evidence, history, journal } = content
  const header = [...headerRecords(evidence), ...(history === null ? [] : teamHeaderRecords(history.team))]
  const { tables, items } = writeTables(folder, content, header)
  const pack = verifiedReview(evidence.row)
  const sealed = sealPack(
    folder,
    {
      files: tables,
      header,
      ...(history === null
        ? {
            verify: verifyText(pack, evidence.packedAt, key.fingerprint),
            record: { form: 1, client: evidence.row.client.slug, journal },
          }
        : {
            verify: verifyTeamText(pack, history.team, evidence.packedAt, key.fingerprint),
            record: { form: 2, logs: history.logs, end: history.team.record },
          }),
    },
    key,
  )
  return { ...sealed, items }
}

/** The tables and the document; the items are read once for both. */
function writeTables(
  folder: PackFiles,
  { evidence, history, marks, coverage, rosters, accounts, providerLog, items, sent }: PackContent,
  header: readonly EvidenceRecord[],
): { readonly tables: readonly WrittenFile[]; readonly items: number } {
  const { row } = evidence
  const tables: WrittenFile[] = []
  const document = folder.begin(PACK.document)
  const say = (lines: Iterable<string>): void => {
    for (const each of lines) document.line(each)
  }
  const whole = (table: EvidenceTable, list: List<EvidenceRecord>): void => {
    tables.push(writeTable(folder, table, list))
    say(evidenceSection(table, list))
  }
  say(evidenceTitle(row))
  whole(HEADER, ownRows(header))
  whole(POPULATION, ownRows(populationRecords(evidence)))
  whole(COVERAGE, coverage)
  whole(ROSTER_TABLE, rosters)
  whole(ACCOUNTS, accounts)
  const files = { items: newTableFile(folder, ITEMS), decisions: newTableFile(folder, DECISIONS) }
  const closures = newTableFile(folder, CLOSURES)
  const closed: string[] = []
  const tally = newTally()
  const summary = newReviewSummary()
  const opened = toLocalDay(row.openedAt)
  const reviewer = evidence.policy['reviewer']
  say(itemsHead())
  for (const item of items) {
    tally.add(item)
    summary.add(item)
    files.items.add(itemRecord(item, opened))
    files.decisions.add(decisionRecord(item, typeof reviewer === 'string' ? reviewer : ''))
    document.line(itemLine(item))
    const closure = closureRecord(item)
    if (closure === null) continue
    closures.add(closure)
    closed.push(closureLine(closure))
  }
  tables.push(files.items.end(), files.decisions.end(), closures.end())
  say(['', ...closuresSection(closed)])
  if (sent.length > 0) whole(SENT_CHANGES, ownRows(sent.map(sentChangeRecord)))
  whole(PROVIDER_LOG, providerLog)
  whole(SIGN_OFF, ownRows(signOffRecords(row, tally.count, marks)))
  if (history !== null) whole(SIGNERS, ownRows(signerRecords(history.team.acts)))
  whole(CONTROLS, ownRows(controlRecords()))
  const html = folder.write(
    PACK.summary,
    summary
      .html({ evidence, marks, sent, pack: 'inside', ...(history === null ? {} : { team: history.team }) })
      .trimEnd()
      .split('\n'),
  )
  return { tables: [...tables, document.end(), html], items: tally.count.items }
}
