import { absenceWords, type List } from '../domain/absence.ts'
import type { ReviewItem, ReviewRow } from '../contract/reviews.ts'
import { CLOSURES, lastUseWord, pathWord } from './evidence-items.ts'
import { evidenceCell, type EvidenceRecord, type EvidenceTable } from './evidence-records.ts'
import { tableHead, tableLine } from './markdown-table.ts'
import { markdownHeading, markdownLine } from './markdown-text.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'

/** The document's title: what it is, and where the rest is. */
export function evidenceTitle(row: ReviewRow): string[] {
  return [
    markdownHeading(2, said(`Access review: ${row.name}`)),
    '',
    markdownLine(
      said(
        `Client ${row.client.name}. Every column of each table is in the file of its name (JSON Lines; for a spreadsheet: castellan evidence csv PACK --out DIR); VERIFY.md explains how to check this pack.`,
      ),
    ),
    '',
  ]
}

/** A whole table, each record on a line of its own; without records, a line that there are none, or why none are known. */
export function* evidenceSection(table: EvidenceTable, list: List<EvidenceRecord>): Generator<string> {
  yield* sectionHead(table.title, table.about)
  if (list.state === 'not-read') {
    yield* [markdownLine(said(absenceWords(list))), '']
    return
  }
  const fields = Object.keys(table.fields)
  let isEmpty = true
  for (const record of list.rows) {
    if (isEmpty) yield* tableHead(Object.values(table.fields))
    isEmpty = false
    yield line(fields.map((field) => evidenceCell(record[field])))
  }
  if (isEmpty) yield 'None.'
  yield ''
}

/** The lines before those of `itemLine`. */
export function itemsHead(): string[] {
  return [
    ...sectionHead(
      'Items and decisions',
      'One row for each item: its state when the review was opened, and the decision about it.',
    ),
    ...tableHead(ITEM_HEAD),
  ]
}

const ITEM_HEAD = [
  'Item',
  'Name',
  'Access',
  'Role now',
  'Role before',
  'Paths',
  'Privileged',
  'Last used (UTC)',
  'Findings',
  'Decision',
  'Justification',
  'Reviewer',
  'Decided (UTC)',
] as const

export function itemLine({ position, name, facts, record }: ReviewItem): string {
  const place = facts.project ? `${facts.project.name} in ${facts.connection.label}` : facts.connection.label
  const until = !record?.until ? '' : ` (until ${record.until})`
  return line([
    String(position),
    said(name),
    said(place),
    said(facts.roleNow?.raw ?? ''),
    said(facts.roleBefore?.raw ?? ''),
    facts.paths.map(pathWord).join('; '),
    evidenceCell(facts.privileged),
    lastUseWord(facts) ?? '',
    said(facts.findings.map(({ title }) => title).join('; ')),
    `${record?.decision ?? 'undecided'}${!record?.to ? '' : ` to ${said(record.to)}`}${until}`,
    said(record?.why ?? ''),
    said(record === null ? '' : `${record.by}${record.selfReview ? ' (about themselves)' : ''}`),
    utcInstant(record?.at ?? null) ?? '',
  ])
}

export function closureLine(record: EvidenceRecord): string {
  return line(Object.keys(CLOSURES.fields).map((field) => evidenceCell(record[field])))
}

/** The section of closures, whose lines were made one by one. */
export function closuresSection(lines: readonly string[]): string[] {
  const head = sectionHead(CLOSURES.title, CLOSURES.about)
  if (lines.length === 0) return [...head, 'None: nothing was to be removed or changed.', '']
  return [...head, ...tableHead(Object.values(CLOSURES.fields)), ...lines, '']
}

function sectionHead(title: string, about: string): string[] {
  return [markdownHeading(3, title), '', markdownLine(about), '']
}

/** A cell's line breaks become spaces: the library would write references, and a row has to be one line. */
function line(cells: readonly string[]): string {
  return tableLine(cells.map((cell) => cell.replaceAll(/\s*[\r\n]+\s*/gu, ' ')))
}
