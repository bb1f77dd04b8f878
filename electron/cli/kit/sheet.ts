import { capitalize } from '../../../shared/domain/capitalize.ts'
import { type Field, flat, once, printLines, printObject, toCell, type JsonValue } from './listing.ts'
import { printListing } from './print-listing.ts'
import { formatCommand } from './next.ts'
import type { Run } from './run.ts'
import { toText } from './text/cell.ts'
import { shown } from './text/shown.ts'
import { breakText } from './text/width.ts'
import { dayCell } from './text/when.ts'

/** One value of a sheet: its key in JSON, and its text for people. */
export interface Fact {
  readonly key: string
  readonly value: JsonValue
  /** Null: only in JSON. */
  readonly text: string | null
  readonly label: string
}

/** Rows that belong to a thing. */
export interface Section {
  readonly key: string
  readonly title: string
  readonly rows: readonly Readonly<Record<string, JsonValue>>[]
  print(run: Run): Promise<void>
}

/** All that is shown of one thing. */
export interface Sheet {
  /** The argument of `castellan show`: `key-115`. */
  readonly thing: string
  readonly title: string
  readonly facts: readonly Fact[]
  readonly sections: readonly Section[]
  /** The commands for it: words after `castellan`. */
  readonly next: readonly (readonly string[])[]
}

/** Words of values whose key alone does not name them. */
const LABELS: Readonly<Record<string, string>> = {
  accessPath: 'By',
  externalId: 'Id at the provider',
  hint: 'Key ending',
  organizationId: 'Organization',
  ownerPresent: 'Owner is still there',
  says: 'What is wrong',
  reads: 'Data used',
  remediation: 'What to do',
  doubt: 'Why it is not certain',
}

/** The label of a value: `lastRotatedOn` is “Last rotated”. */
export function toLabel(key: string): string {
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/gu, '$1 $2')
    .toLowerCase()
    .replace(/ (?:at|on)$/u, '')
  return LABELS[key] ?? capitalize(words)
}

/** A value for people; null for an empty one. */
export function toFactText(key: string, value: JsonValue): string | null {
  if (value === null || value === '' || value === false) return null
  if (value === true) return 'yes'
  if (typeof value === 'number') return key.endsWith('At') ? dayCell(value) : String(value)
  return /^\d{4}-\d\d-\d\dT/u.test(value) ? dayCell(Date.parse(value)) : shown(value)
}

/** Numbers by which tables are joined: people see names in their place. */
const INTERNAL = /Id$/u

export function toFacts<Row>(fields: readonly Field<Row>[], row: Row): readonly Fact[] {
  return fields.map((field): Fact => {
    const value = field.json(row)
    const cell = field.cell === undefined ? null : toText(toCell(field, row))
    const isHidden = INTERNAL.test(field.key) && field.key !== 'externalId' && field.key !== 'organizationId'
    const text = cell === null ? toFactText(field.key, value) : cell === '-' ? null : cell
    return {
      key: field.key,
      value,
      text: isHidden ? null : text,
      label:
        LABELS[field.key] ??
        (field.column === undefined || field.column.title === 'ID' ? toLabel(field.key) : field.column.title),
    }
  })
}

export function toSection<Row>(
  key: string,
  title: string,
  fields: readonly Field<Row>[],
  rows: readonly Row[],
): Section {
  return {
    key,
    title,
    rows: rows.map((row) => flat(fields, row)),
    print: (run) => printListing(run, { fields, empty: 'None.' }, once(rows)),
  }
}

export async function printSheet(run: Run, sheet: Sheet): Promise<void> {
  const { thing, title, facts, sections, next } = sheet
  const commands = next.map((words) => formatCommand(words, run))
  if (run.json) {
    const values = Object.fromEntries(facts.map(({ key, value }) => [key, value]))
    const lists = Object.fromEntries(sections.map(({ key, rows }) => [key, rows]))
    await printObject(run.terminal, { thing, title, ...values, ...lists, next: commands })
    return
  }
  const visible = facts.filter(({ text }) => text !== null && text !== shown(title))
  const width = Math.max(0, ...visible.map(({ label }) => label.length))
  await printLines(run.terminal, [
    `${shown(title)} (${thing})`,
    ...visible.flatMap(({ label, text }) => toLines(label.padEnd(width), text ?? '', run.terminal.columns)),
  ])
  for (const section of sections) {
    await printLines(run.terminal, ['', `${section.title} (${section.rows.length})`])
    await section.print(run)
  }
  if (commands.length > 0) await printLines(run.terminal, ['', 'Next', ...commands.map((line) => `  ${line}`)])
}

/** A fact, whose text goes on below its beginning where the screen is narrow. */
function toLines(label: string, text: string, screen: number | null): readonly string[] {
  const indent = '  '.length + label.length + '  '.length
  const lines = screen === null ? [text] : breakText(text, Math.max(NARROWEST, screen - indent))
  return lines.map((line, n) => (n === 0 ? `  ${label}  ${line}` : ' '.repeat(indent) + line))
}

/** The least width of a text beside its label. */
const NARROWEST = 24
