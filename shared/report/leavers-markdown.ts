import type { LeaverDetail, LeaverItem, LeaverRow } from '../contract/leavers.ts'
import { counted } from '../domain/counted.ts'
import { type MarkdownColumns, markdownTable, moreLines } from './markdown-table.ts'
import { markdownHeading, markdownLine } from './markdown-text.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'

export interface LeaversDocument {
  /** The client's name; null for all clients. */
  readonly client: string | null
  /** When it was written, in milliseconds. */
  readonly at: number
  /** How many leavers hold access, and how many of these for 24 hours or more. */
  readonly holding: number
  readonly late: number
  /** Read once, while the text is passed on. */
  readonly leavers: Iterable<LeaverDetail>
}

export const LEAVER_KINDS: Readonly<Record<LeaverItem['kind'], string>> = {
  account: 'Account',
  key: 'Key',
  invite: 'Invite',
  role: 'Role',
  'shared-key': 'Shared key to rotate',
}

/**
 * The remaining access of leavers in GitHub-flavoured Markdown, piece by piece: for each the hours since the departure,
 * what remains, and one line for each thing to decide on.
 */
export function* leaversMarkdown({ client, at, holding, late, leavers }: LeaversDocument): Generator<string> {
  yield `${markdownHeading(2, said(`Leavers: ${client ?? 'all clients'}`))}\n`
  yield `\n${markdownLine(`As of ${utcInstant(at) ?? ''}: ${counted(holding, 'leaver holds', 'leavers hold')} access${late === 0 ? '' : `, ${late} for 24 hours or more`}.`)}\n`
  for (const leaver of leavers)
    yield leaverParts(leaver)
      .map((part) => `\n${part}`)
      .join('')
}

function leaverParts({ row, items, more }: LeaverDetail): string[] {
  return [
    `${markdownHeading(3, said(row.email === null || row.email === row.name ? row.name : `${row.name} (${row.email})`))}\n`,
    ...leaverSays(row).map((sentence) => `- ${markdownLine(said(sentence))}`),
    '',
    ...(items.length === 0 ? [] : [`${markdownTable(COLUMNS, items)}\n`]),
    ...moreLines(more).map((line) => `${line}\n`),
  ]
}

/** The sentences about a leaver, most pressing first. */
export function leaverSays(row: LeaverRow): string[] {
  const held = [
    row.accounts === 0 ? null : counted(row.accounts, 'account', 'accounts'),
    row.keys === 0 ? null : counted(row.keys, 'key', 'keys'),
    row.invites === 0 ? null : counted(row.invites, 'invite', 'invites'),
    row.roles === 0 ? null : counted(row.roles, 'role on a project', 'roles on projects'),
  ].filter((part) => part !== null)
  const left = row.endsOn === null ? `Left by ${utcInstant(row.departedAt) ?? ''}` : `Last day ${row.endsOn}`
  return [
    `${left}, ${formatSince(row.hours)} ago${row.late ? ': later than the 24 hours within which access should end' : ''}.`,
    ...(row.usedAfterAt === null ? [] : [`Used after the departure: ${utcInstant(row.usedAfterAt) ?? ''}.`]),
    held.length === 0 ? 'No remaining access.' : `Remaining access: ${held.join(', ')}.`,
    ...(row.sharedKeys === 0
      ? []
      : [`${counted(row.sharedKeys, 'shared key', 'shared keys')} to rotate that they could have seen.`]),
  ]
}

/** Hours up to two days, then days. */
export function formatSince(hours: number): string {
  return hours < 48 ? counted(hours, 'hour') : counted(Math.floor(hours / 24), 'day')
}

const COLUMNS: MarkdownColumns<LeaverItem> = {
  What: ({ kind }) => LEAVER_KINDS[kind],
  Name: ({ name }) => name,
  Client: ({ client }) => client.name,
  Connection: ({ connection }) => connection.label,
  Project: ({ project }) => project?.name ?? null,
  Role: ({ role }) => role,
  For: ({ service }) => service,
  'Last used (UTC)': ({ lastUsedAt, knownUseAt }) =>
    knownUseAt === null ? utcInstant(lastUsedAt) : `${utcInstant(knownUseAt)} or later`,
  Why: ({ says }) => says,
}
