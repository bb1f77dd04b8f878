import type { ReviewItem } from '../contract/reviews.ts'
import { counted } from '../domain/counted.ts'
import { formatDay } from '../domain/text/dates.ts'
import { getDay } from '../domain/day.ts'
import { said } from '../domain/text/said.ts'
import { heading, paragraph, table, type SummaryNode } from './review-summary-tree.ts'

const HEAD = [
  '#',
  'Name',
  'Access',
  'Role',
  'Last used',
  'Findings',
  'Decision',
  'Reason or question',
  'Reviewer',
  'Decided on',
]

/** The list of items after the first page; `total` counts those that are left out as well. */
export function itemsPart(items: readonly ReviewItem[], total: number): readonly SummaryNode[] {
  const rest = total - items.length
  return [
    heading(2, 'Items'),
    paragraph(
      rest > 0
        ? `The first ${items.length} of ${counted(total, 'item')}; the evidence pack lists all. Days are UTC.`
        : `All ${counted(total, 'item')}, as recorded when the review was started, with the decision about each. Days are UTC.`,
    ),
    ...(items.length === 0 ? [] : [table(HEAD, items.map(cells), [0])]),
  ]
}

function cells({ position, name, facts, record }: ReviewItem): readonly string[] {
  const { project, connection, key, roleNow } = facts
  const place = project === null ? said(connection.label) : `${said(project.name)} in ${said(connection.label)}`
  return [
    String(position),
    said(name),
    place,
    key === null ? said(roleNow?.raw ?? '') : 'Key',
    lastUse(facts.lastUse),
    facts.findings.map(({ title }) => said(title)).join('; '),
    decisionWords(record),
    whyWords(record),
    record === null ? '' : `${said(record.by)}${record.selfReview ? ' (about their own access)' : ''}`,
    record === null ? '' : formatDay(getDay(record.at)),
  ]
}

function lastUse(use: ReviewItem['facts']['lastUse']): string {
  if (use.state === 'known') return formatDay(getDay(use.at))
  if (use.state === 'before') return `before ${formatDay(getDay(use.at))}`
  return use.state === 'never' ? 'Never' : 'Not reported'
}

const DECISIONS = {
  keep: 'Keep',
  change: 'Change',
  remove: 'Remove',
  unknown: 'More information needed',
} as const

function decisionWords(record: ReviewItem['record']): string {
  if (record === null) return 'Not decided'
  return record.to === null ? DECISIONS[record.decision] : `${DECISIONS[record.decision]} to ${said(record.to)}`
}

/** The justification or the question of a decision, and the end of an exception. */
export function whyWords(record: ReviewItem['record']): string {
  if (record === null) return ''
  const until = record.until === null ? '' : ` (exception until ${formatDay(record.until)})`
  return `${said(record.why ?? '')}${until}`.trim()
}
