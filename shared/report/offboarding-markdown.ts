import type { Offboarding } from '../contract/offboarding.ts'
import { counted } from '../domain/counted.ts'
import { LEAVER_KINDS } from './leavers-markdown.ts'
import { type MarkdownColumns, markdownTable, moreLines } from './markdown-table.ts'
import { markdownHeading, markdownLine } from './markdown-text.ts'
import { noHoldings } from './offboarding-words.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'

/**
 * The agency's remaining access at a client, in GitHub-flavoured Markdown. `at` is when it was written, in
 * milliseconds.
 */
export function offboardingMarkdown(status: Offboarding, at: number): string {
  const { client, items, more, obstacles, readings } = status
  const parts = [
    markdownHeading(2, said(`Offboarding: ${client.name}`)),
    markdownLine(said(`As of ${utcInstant(at) ?? ''}: ${peopleWords(status)}`)),
    obstacles.length === 0
      ? markdownLine('No access remains. A certificate can be created.')
      : obstacles.map((sentence) => `- ${markdownLine(said(sentence))}`).join('\n'),
    items.length === 0 ? markdownLine(noHoldings(status)) : markdownTable(COLUMNS, items),
    ...moreLines(more),
    ...(readings.length === 0 ? [] : [markdownTable(READINGS, readings)]),
  ]
  return `${parts.join('\n\n')}\n`
}

/** The number of people of the agency at the client; no number if nothing was read. */
function peopleWords({ client, people, readings }: Offboarding): string {
  if (readings.every(({ syncId }) => syncId === null)) return `no organization of ${client.name} was read.`
  const count = counted(people.length, 'person of the agency is or was', 'people of the agency are or were')
  return `${count} in an organization of ${client.name}.`
}

const COLUMNS: MarkdownColumns<Offboarding['items'][number]> = {
  What: ({ kind }) => LEAVER_KINDS[kind],
  Name: ({ name }) => name,
  Person: ({ person }) => person.name,
  Connection: ({ connection }) => connection.label,
  Project: ({ project }) => project?.name ?? null,
  Role: ({ role }) => role,
  Why: ({ says }) => says,
}

const READINGS: MarkdownColumns<Offboarding['readings'][number]> = {
  Connection: ({ connection }) => connection.label,
  Sync: ({ syncId }) => (syncId === null ? 'never' : String(syncId)),
  'Ended (UTC)': ({ endedAt }) => utcInstant(endedAt),
  'Admin credential here': ({ credential }) => (credential === null ? 'no' : (credential.hint ?? 'yes')),
}
