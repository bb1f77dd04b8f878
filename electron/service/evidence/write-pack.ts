import type { ReviewItem } from '../../../shared/contract/reviews.ts'
import { localDayOf } from '../../../shared/domain/day.ts'
import { CONTROLS, controlRecords } from '../../../shared/report/evidence-controls.ts'
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
import { headText, PACK, verifyText } from '../../../shared/report/evidence-pack.ts'
import type { EvidenceRecord, EvidenceTable } from '../../../shared/report/evidence-records.ts'
import { ROSTER_TABLE } from '../../../shared/report/evidence-rosters.ts'
import { newTally, SIGN_OFF, signOffRecords } from '../../../shared/report/evidence-sign-off.ts'
import type { JournalRow } from '../../register/journal.ts'
import type { SigningKey } from '../../secrets/signing-key.ts'
import { packedLines } from './journal-lines.ts'
import type { WrittenFile } from './line-file.ts'
import { headOf } from './pack-head.ts'
import type { PackFolder } from './pack-folder.ts'
import { newTableFiles, writeTable } from './table-files.ts'

/** Everything that a pack is written from, read as it is asked for. */
export interface PackContent {
  readonly evidence: EvidenceReview
  readonly marks: readonly { readonly says: string }[]
  readonly rosters: readonly EvidenceRecord[]
  readonly items: Iterable<ReviewItem>
  /** From the opening of the review on. */
  readonly journal: Iterable<JournalRow>
}

export interface WrittenPack {
  /** All of the pack, in the order of their names. */
  readonly names: readonly string[]
  /** SHA-256 of the manifest, in hex. */
  readonly manifest: string
  /** The journal's last row that it lists. */
  readonly last: { readonly seq: number; readonly hash: string }
  readonly items: number
}

/** Writes a pack into its folder, signed. The folder is neither placed nor discarded here. */
export function writePack(folder: PackFolder, content: PackContent, key: SigningKey): WrittenPack {
  const { evidence } = content
  const { tables, items } = writeTables(folder, content)
  let slice: { readonly first: number; readonly last: WrittenPack['last'] } | null = null
  const lines = packedLines(content.journal, evidence.row.client.slug, (end) => (slice = end))
  const journal = folder.write(PACK.journal, lines)
  const { first, last } = slice ?? { first: 0, last: { seq: 0, hash: '' } }
  const files = [
    ...tables,
    journal,
    folder.write(PACK.verify, linesOf(verifyText(evidence.row, evidence.packedAt, key.fingerprint))),
    folder.write(PACK.key, linesOf(key.publicPem)),
  ].sort(byName)
  const rows = folder.write(PACK.rows, rowLines(files))
  const listed = [...files, rows].sort(byName)
  const manifest = folder.write(PACK.manifest, listed.map(manifestLine))
  const header = headerRecords(evidence)
  const text = headText(headOf(header, { manifest: manifest.sha256, first, last, fingerprint: key.fingerprint }))
  folder.write(PACK.head, linesOf(text))
  folder.writeBytes(PACK.signature, key.sign(Buffer.from(text)))
  const names = [...listed.map(({ name }) => name), PACK.manifest, PACK.head, PACK.signature].sort()
  return { names, manifest: manifest.sha256, last, items }
}

/** A line of `manifest.sha256`, as `sha256sum` writes it. */
export function manifestLine({ name, sha256 }: Pick<WrittenFile, 'name' | 'sha256'>): string {
  return `${sha256}  ${name}`
}

/** A line of `rows.sha256`. */
export function rowLine(hash: string, name: string, row: number): string {
  return `${hash}  ${name}:${row}`
}

function* rowLines(files: readonly WrittenFile[]): Generator<string> {
  for (const { name, rows, rowHashes } of files) {
    const bytes = Buffer.from(rowHashes.buffer, rowHashes.byteOffset, rowHashes.byteLength)
    for (let row = 0; row < rows; row += 1) {
      yield rowLine(bytes.toString('hex', row * 32, row * 32 + 32), name, row + 1)
    }
  }
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/u, '').split('\n')
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1
}

/** The tables and the document, of which the items pass by once. */
function writeTables(
  folder: PackFolder,
  { evidence, marks, rosters, items }: PackContent,
): { readonly tables: readonly WrittenFile[]; readonly items: number } {
  const { row } = evidence
  const tables: WrittenFile[] = []
  const document = folder.begin(PACK.document)
  const say = (lines: readonly string[]): void => lines.forEach(document.line)
  const whole = (table: EvidenceTable, records: readonly EvidenceRecord[]): void => {
    tables.push(...writeTable(folder, table, records))
    say(evidenceSection(table, records))
  }
  say(evidenceTitle(row))
  whole(HEADER, headerRecords(evidence))
  whole(POPULATION, populationRecords(evidence))
  whole(ROSTER_TABLE, rosters)
  const files = { items: newTableFiles(folder, ITEMS), decisions: newTableFiles(folder, DECISIONS) }
  const closures = newTableFiles(folder, CLOSURES)
  const closed: string[] = []
  const tally = newTally()
  const opened = localDayOf(row.openedAt)
  const reviewer = evidence.policy['reviewer']
  say(itemsHead())
  for (const item of items) {
    tally.add(item)
    files.items.add(itemRecord(item, opened))
    files.decisions.add(decisionRecord(item, typeof reviewer === 'string' ? reviewer : ''))
    document.line(itemLine(item))
    const closure = closureRecord(item)
    if (closure === null) continue
    closures.add(closure)
    closed.push(closureLine(closure))
  }
  tables.push(...files.items.end(), ...files.decisions.end(), ...closures.end())
  say(['', ...closuresSection(closed)])
  whole(SIGN_OFF, signOffRecords(row, tally.count, marks))
  whole(CONTROLS, controlRecords())
  return { tables: [...tables, document.end()], items: tally.count.items }
}
