import type { Change, Point } from '../contract/changes.ts'
import type { Outputs } from '../contract/contract.ts'
import { changeWord, pointWord } from './changes-words.ts'
import { markdownHeading, markdownLine, markdownTable } from './markdown-text.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'

export interface ChangesDocument extends Pick<Outputs['changes']['list'], 'counts' | 'compared'> {
  /** The client's name; null for all clients. */
  readonly client: string | null
  readonly since: Point
  readonly until: Point | undefined
  /** What the rows were narrowed to (`kinds: access gained`); empty for nothing. */
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
    ...(rows.length === 0 ? [] : [`${markdownTable(HEAD, rows.map(cellsOf))}\n`]),
    `${markdownHeading(3, 'Compared')}\n`,
    markdownTable(
      ['Client', 'Connection', 'From', 'To'],
      compared.map((each) => [
        each.client.name,
        each.connection.label,
        syncWord(each.from, 'before its first sync'),
        syncWord(each.to, 'not read yet'),
      ]),
    ),
    '',
  ].join('\n')
}

const HEAD = ['Read (UTC)', 'Client', 'Connection', 'Change', 'What', 'Project', 'Before', 'After'] as const

function cellsOf(change: Change): readonly string[] {
  return [
    utcInstant(change.sync.at) ?? '',
    change.client.name,
    change.connection.label,
    changeWord(change.kind),
    change.subject.name,
    change.project?.name ?? '',
    change.before ?? '',
    change.after ?? '',
  ]
}

function summary({ rows, counts }: ChangesDocument): string {
  if (rows.length === 0) return 'nothing changed'
  const shown = new Set(rows.map((row) => row.kind))
  const parts = counts
    .filter(({ kind }) => shown.has(kind))
    .map(({ kind, count }) => `${changeWord(kind).toLowerCase()} ${count}`)
  return `${rows.length} ${rows.length === 1 ? 'change' : 'changes'} (${parts.join(', ')})`
}

function syncWord(sync: number | null, otherwise: string): string {
  return sync === null ? otherwise : `sync ${sync}`
}
