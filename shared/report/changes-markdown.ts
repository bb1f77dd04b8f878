import type { Change, Point } from '../contract/changes.ts'
import type { Outputs } from '../contract/contract.ts'
import { counted } from '../domain/counted.ts'
import { changeWord, pointWord } from './changes-words.ts'
import { type MarkdownColumns, markdownTable } from './markdown-table.ts'
import { markdownHeading, markdownLine } from './markdown-text.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'

export interface ChangesDocument extends Pick<Outputs['changes']['list'], 'counts' | 'compared'> {
  /** The client's name; null for all clients. */
  readonly client: string | null
  readonly since: Point
  readonly until: Point | undefined
  /** The filters of the rows (`kinds: access gained`); empty for none. */
  readonly narrowed: string
  readonly rows: readonly Change[]
}

/**
 * Changes in GitHub-flavoured Markdown: what was compared, how many of each kind, then one line for each change. Cells
 * are not padded, so that one change is one line of a diff.
 */
export function changesMarkdown(document: ChangesDocument): string {
  const { client, since, until, rows, compared } = document
  const between = `Between ${pointWord(since)} and ${pointWord(until)} (UTC)`
  return [
    `${markdownHeading(2, said(`Changes: ${client ?? 'all clients'}`))}\n`,
    `${markdownLine(`${between}: ${summary(document)}.${document.narrowed === '' ? '' : ` Only ${document.narrowed}.`}`)}\n`,
    ...(rows.length === 0 ? [] : [`${markdownTable(COLUMNS, rows)}\n`]),
    `${markdownHeading(3, 'Compared')}\n`,
    markdownTable(COMPARED, compared),
    '',
  ].join('\n')
}

const COLUMNS: MarkdownColumns<Change> = {
  'Read (UTC)': ({ sync }) => utcInstant(sync.at),
  Client: ({ client }) => client.name,
  Connection: ({ connection }) => connection.label,
  Change: ({ kind }) => changeWord(kind),
  What: ({ subject }) => subject.name,
  Project: ({ project }) => project?.name ?? null,
  Before: ({ before }) => before,
  After: ({ after }) => after,
  By: ({ madeBy }) => madeBy?.name ?? null,
}

const COMPARED: MarkdownColumns<ChangesDocument['compared'][number]> = {
  Client: ({ client }) => client.name,
  Connection: ({ connection }) => connection.label,
  From: ({ from }) => (from === null ? 'before its first sync' : `sync ${from}`),
  To: ({ to }) => (to === null ? 'not read yet' : `sync ${to}`),
}

function summary({ rows, counts }: ChangesDocument): string {
  if (rows.length === 0) return 'nothing changed'
  const shown = new Set(rows.map((row) => row.kind))
  const parts = counts
    .filter(({ kind }) => shown.has(kind))
    .map(({ kind, count }) => `${changeWord(kind).toLowerCase()} ${count}`)
  return `${counted(rows.length, 'change')} (${parts.join(', ')})`
}
