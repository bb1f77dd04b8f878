import type { BlastReport, BlastRow } from '../contract/impact.ts'
import { formatUsd } from '../domain/text/money.ts'
import { markdownHeading, markdownLine, markdownTable } from './markdown-text.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'

/** The consequences of a removal in GitHub-flavoured Markdown: what they amount to, then one line for each of them. */
export function blastMarkdown({ subject, says, rows, more }: BlastReport): string {
  return [
    `${markdownHeading(2, said(`If the ${subject.kind} “${subject.name}” is removed`))}\n`,
    ...says.map((sentence) => `- ${markdownLine(said(sentence))}`),
    '',
    ...(rows.length === 0 ? [] : [`${markdownTable(HEAD, rows.map(cellsOf))}\n`]),
    ...(more === 0 ? [] : [`${markdownLine(`${more} more are not listed.`)}\n`]),
  ].join('\n')
}

const HEAD = [
  'What',
  'Name',
  'Client',
  'Connection',
  'Project',
  'Role',
  'Effect',
  'Because',
  'For',
  'Last used (UTC)',
  'Last 30 days',
  'Also held by',
] as const

export const BLAST_KINDS: Readonly<Record<BlastRow['kind'], string>> = {
  key: 'Key',
  access: 'Role',
  invite: 'Invite',
  member: 'Member',
}

export const BLAST_EFFECTS: Readonly<Record<BlastRow['effect'], string>> = {
  dies: 'Ends',
  stays: 'Stays',
  unknown: 'Not said',
}

/** Who else holds the same, as people read it: `Ana, Ben and 3 more`. */
export function alsoHeldWords({ alsoHeldBy, alsoHeldByCount }: BlastRow): string {
  if (alsoHeldByCount === 0) return ''
  const more = alsoHeldByCount - alsoHeldBy.length
  return `${alsoHeldBy.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** What a key spent, as people read it. */
export function costWord({ cost30Micros }: BlastRow): string {
  return cost30Micros === null ? 'not recorded' : formatUsd(cost30Micros)
}

function cellsOf(row: BlastRow): readonly string[] {
  return [
    BLAST_KINDS[row.kind],
    row.name,
    row.client.name,
    row.connection.label,
    row.project?.name ?? '',
    row.role ?? '',
    BLAST_EFFECTS[row.effect],
    row.because,
    row.service ?? '',
    utcInstant(row.lastUsedAt) ?? '',
    row.kind === 'key' ? costWord(row) : '',
    alsoHeldWords(row),
  ]
}
