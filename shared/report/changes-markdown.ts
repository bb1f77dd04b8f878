import type { Change, ChangeKind, Point } from '../contract/changes.ts'
import type { Outputs } from '../contract/contract.ts'
import { counted } from '../domain/counted.ts'
import { changeWord, pointWord } from './changes-words.ts'
import { type MarkdownColumns, markdownTable, markdownTableLines } from './markdown-table.ts'
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
  /** The number of rows of each kind. */
  readonly total: number
  readonly kinds: ReadonlySet<ChangeKind>
  /** Read once, while the lines are passed on. */
  readonly rows: Iterable<Change>
}

/**
 * Changes in GitHub-flavoured Markdown, piece by piece: what was compared, how many of each kind, then one line for each
 * change; what changed alike in several projects, as by a role on the organization, is one line. Cells are not padded.
 */
export function* changesMarkdown(document: ChangesDocument): Generator<string> {
  const { client, since, until, total, rows, compared } = document
  const between = `Between ${pointWord(since)} and ${pointWord(until)} (UTC)`
  yield `${markdownHeading(2, said(`Changes: ${client ?? 'all clients'}`))}\n\n`
  yield `${markdownLine(`${between}: ${summary(document)}.${document.narrowed === '' ? '' : ` Only ${document.narrowed}.`}`)}\n\n`
  if (total > 0) {
    for (const line of markdownTableLines(COLUMNS, foldAlike(rows))) yield `${line}\n`
    yield '\n'
  }
  yield `${markdownHeading(3, 'Compared')}\n\n${markdownTable(COMPARED, compared)}\n`
}

/** Changes that follow each other and are alike but for their projects. */
interface Alike {
  readonly change: Change
  readonly projects: readonly string[]
}

function* foldAlike(rows: Iterable<Change>): Generator<Alike> {
  let last: Alike | null = null
  for (const change of rows) {
    const { project } = change
    if (last !== null && project !== null && last.projects.length > 0 && keyOf(last.change) === keyOf(change)) {
      last = { change: last.change, projects: [...last.projects, project.name] }
      continue
    }
    if (last !== null) yield last
    last = { change, projects: project === null ? [] : [project.name] }
  }
  if (last !== null) yield last
}

/** The identity of a change beside its project. */
function keyOf({ connection, sync, kind, subject, before, after, madeBy }: Change): string {
  return JSON.stringify([connection.id, sync.id, kind, subject.kind, subject.id, before, after, madeBy?.name ?? null])
}

const COLUMNS: MarkdownColumns<Alike> = {
  'Read (UTC)': ({ change }) => utcInstant(change.sync.at),
  Client: ({ change }) => change.client.name,
  Connection: ({ change }) => change.connection.label,
  Change: ({ change }) => changeWord(change.kind),
  What: ({ change }) => change.subject.name,
  Project: ({ projects }) => projects.join(', ') || null,
  Before: ({ change }) => change.before,
  After: ({ change }) => change.after,
  By: ({ change }) => change.madeBy?.name ?? null,
}

const COMPARED: MarkdownColumns<ChangesDocument['compared'][number]> = {
  Client: ({ client }) => client.name,
  Connection: ({ connection }) => connection.label,
  From: ({ from }) => (from === null ? 'before its first sync' : `sync ${from}`),
  To: ({ to }) => (to === null ? 'not read yet' : `sync ${to}`),
}

function summary({ total, kinds, counts }: ChangesDocument): string {
  if (total === 0) return 'nothing changed'
  const parts = counts
    .filter(({ kind }) => kinds.has(kind))
    .map(({ kind, count }) => `${changeWord(kind).toLowerCase()} ${count}`)
  return `${counted(total, 'change')} (${parts.join(', ')})`
}
