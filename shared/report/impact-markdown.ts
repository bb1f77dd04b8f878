import type { ImpactReport, ImpactRow } from '../contract/impact.ts'
import { type MarkdownColumns, markdownTable, moreLines } from './markdown-table.ts'
import { markdownHeading, markdownLine } from './markdown-text.ts'
import { moneyText } from '../domain/text/amounts.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'

/** The impact of a removal in GitHub-flavoured Markdown: a summary, then one line for each consequence. */
export function impactMarkdown({ subject, says, rows, more }: ImpactReport): string {
  return [
    `${markdownHeading(2, said(`If the ${subject.kind} “${subject.name}” is removed`))}\n`,
    ...says.map((sentence) => `- ${markdownLine(said(sentence))}`),
    '',
    ...(rows.length === 0 ? [] : [`${markdownTable(COLUMNS, rows)}\n`]),
    ...moreLines(more).map((line) => `${line}\n`),
  ].join('\n')
}

export const IMPACT_KIND_WORDS: Readonly<Record<ImpactRow['kind'], string>> = {
  key: 'Key',
  access: 'Role',
  invite: 'Invite',
  member: 'Member',
  workload: 'Workload',
  deposit: 'Deposited key',
  caller: 'Gateway key',
}

export const IMPACT_EFFECT_WORDS: Readonly<Record<ImpactRow['effect'], string>> = {
  dies: 'Revoked',
  stays: 'Unaffected',
  unknown: 'Unknown',
}

/** Who else holds the same, for people: `Ana, Ben and 3 more`. */
export function alsoHeldWords({ alsoHeldBy, alsoHeldByCount }: ImpactRow): string {
  if (alsoHeldByCount === 0) return ''
  const more = alsoHeldByCount - alsoHeldBy.length
  return `${alsoHeldBy.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

/** The spend of a key, for people. */
export function costWord({ cost30Micros }: ImpactRow): string {
  return cost30Micros === null ? 'not recorded' : moneyText(cost30Micros)
}

const COLUMNS: MarkdownColumns<ImpactRow> = {
  What: ({ kind }) => IMPACT_KIND_WORDS[kind],
  Name: ({ name }) => name,
  Client: ({ client }) => client.name,
  Connection: ({ connection }) => connection.label,
  Project: ({ project }) => project?.name ?? null,
  Role: ({ role }) => role,
  Effect: ({ effect }) => IMPACT_EFFECT_WORDS[effect],
  Because: ({ because }) => because,
  For: ({ service }) => service,
  'Last used (UTC)': ({ lastUsedAt }) => utcInstant(lastUsedAt),
  'Last 30 days': (row) => (row.kind === 'key' ? costWord(row) : ''),
  'Also held by': alsoHeldWords,
}
