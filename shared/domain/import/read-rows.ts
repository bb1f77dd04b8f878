import { readPersonCell, readReviewCell, readTextCell } from '../text/register-cells.ts'
import { splitProjects } from '../text/project-cell.ts'
import { counted } from '../counted.ts'
import { isDay, type Moment, computeStart } from '../day.ts'
import { emailKey } from '../email.ts'
import type { LastUse } from '../facts.ts'
import { FILE_LIMITS } from '../file-limits.ts'
import { fieldLabel, FIELD_RULES, type Field, type TableKind } from './fields.ts'
import { detectDateOrder, readDate, type DateOrder } from './dates.ts'
import type { Mapping } from './match-columns.ts'
import type { KeyNotes, KeyRow, PersonRow, ServiceAccountRow } from './rows.ts'
import { looksSecret } from '../secrets/find-secrets.ts'
import type { Refusal, SourceRow, SourceTable } from './table.ts'
import type { FieldRule } from './field-rule.ts'

export interface RowsRead<R> {
  readonly rows: readonly R[]
  readonly refusals: readonly Refusal[]
}

/** Thrown by the reader of a row, for a row that cannot be imported; the message is the reason. */
export class RowRefused extends Error {
  override readonly name = 'RowRefused'
  readonly field: Field | null

  constructor(message: string, field: Field | null = null) {
    super(message)
    this.field = field
  }
}

/** The cells of one row, by field. */
export interface Cells {
  /** Undefined when no column fills the field. */
  raw(field: Field): string | undefined
  text(field: Field): string | null | undefined
  date(field: Field): { readonly day: string; readonly at: number } | null | undefined
}

export function readPeople(table: SourceTable, mapping: Mapping, moment: Moment): RowsRead<PersonRow> {
  return readRows({ kind: 'people', table, mapping, subject: ['name', 'email'], moment }, (line, cells) => {
    const person = readPersonCell(cells.raw('name') ?? '')
    const email = cells.text('email') ?? person.email
    if (email !== null && emailKey(email) === null) {
      throw new RowRefused('The e-mail is not a valid address. Write it as name@example.com, or leave it empty.')
    }
    if (person.name === null && email === null)
      throw new RowRefused('The row contains no person. Fill in a name or an e-mail.')
    const projects = cells.raw('projects')
    return {
      line,
      name: person.name,
      email,
      role: cells.text('role') ?? null,
      projects: projects === undefined ? undefined : splitProjects(projects),
      lastReview: dayOrNot(cells.date('lastReview')),
      isReviewOverdue: readReviewCell(cells.raw('lastReview') ?? '').isOverdue,
    }
  })
}

export function readServiceAccounts(table: SourceTable, mapping: Mapping, moment: Moment): RowsRead<ServiceAccountRow> {
  return readRows({ kind: 'service-accounts', table, mapping, subject: ['account'], moment }, (line, cells) => {
    const account = cells.text('account') ?? null
    if (account === null) throw new RowRefused('The row contains no account. Fill in the account.')
    return { line, account, keyId: cells.text('keyId') ?? null, project: cells.text('project'), ...listNotes(cells) }
  })
}

export function readKeys(table: SourceTable, mapping: Mapping, moment: Moment): RowsRead<KeyRow> {
  return readRows({ kind: 'keys', table, mapping, subject: ['name', 'keyId'], moment }, (line, cells) => {
    const name = cells.text('name') ?? null
    const keyId = cells.text('keyId') ?? null
    if (name === null && keyId === null) throw new RowRefused('The row contains no key. Fill in its name or its ID.')
    // If a provider names only a key's creator, the facts hold the creator as the owner.
    const isMade = (cells.text('madeBy') ?? cells.text('madeByEmail') ?? null) !== null
    const ownerText = cells.raw(isMade ? 'madeBy' : 'owner')
    const owner = ownerText === undefined ? undefined : readPersonCell(ownerText)
    const ownerEmail = cells.text(isMade ? 'madeByEmail' : 'ownerEmail')
    return {
      line,
      name,
      keyId,
      hint: cells.text('hint'),
      project: cells.text('project'),
      owner: owner?.name,
      ownerEmail: ownerEmail ?? owner?.email ?? ownerEmail,
      created: instantOrNot(cells.date('created')),
      lastUsed: getLastUse(cells),
      expires: instantOrNot(cells.date('expires')),
      status: cells.text('status'),
      ...listNotes(cells),
    }
  })
}

function listNotes(cells: Cells): KeyNotes {
  return {
    rotationDue: dayOrNot(cells.date('rotationDue')),
    purpose: cells.text('purpose'),
    contact: cells.text('contact'),
  }
}

function getLastUse(cells: Cells): LastUse {
  // “Never” is an answer; an empty cell is not.
  const bound = /^before (\d{4}-\d{2}-\d{2})$/iu.exec(cells.raw('lastUsed')?.trim() ?? '')?.[1]
  if (bound !== undefined && isDay(bound)) return { state: 'before', at: computeStart(bound) }
  if (/^(?:never(?: used)?|not used|unused)$/iu.test(cells.raw('lastUsed')?.trim() ?? '')) return { state: 'never' }
  const date = cells.date('lastUsed')
  return date ? { state: 'known', at: date.at } : { state: 'not-reported' }
}

export function dayOrNot(date: { readonly day: string } | null | undefined): string | null | undefined {
  return date ? date.day : date
}

function instantOrNot(date: { readonly at: number } | null | undefined): number | null | undefined {
  return date ? date.at : date
}

export interface TableToRead {
  readonly kind: TableKind
  readonly table: SourceTable
  readonly mapping: Mapping
  /** The fields that name a row, best first. */
  readonly subject: readonly Field[]
  /** When the file is read: past events cannot be later. */
  readonly moment: Moment
}

/** Reads each row of a table; rows that `read` rejects are listed with their line and field. */
export function readRows<R>(
  { kind, table, mapping, subject, moment }: TableToRead,
  read: (line: number, cells: Cells) => R,
): RowsRead<R> {
  const indexOf = new Map<string, number>()
  for (const [column, field] of Object.entries(mapping)) {
    if (field !== null) indexOf.set(field, table.columns.indexOf(column))
  }
  const orders = dateOrders(kind, table, indexOf)
  const past = pastFields(kind)
  const rows: R[] = []
  const refusals: Refusal[] = []
  for (const row of table.rows) {
    const cells = cellsOf({ kind, row, indexOf, orders, past, moment })
    try {
      checkCells(row, table.columns.length)
      rows.push(read(row.line, cells))
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error
      refusals.push({
        line: row.line,
        subject: getSubject(cells, subject),
        detail: error.message,
        field: error.field,
      })
    }
  }
  return { rows, refusals }
}

function checkCells(row: SourceRow, columns: number): void {
  if (row.cells.some(looksSecret)) {
    throw new RowRefused(
      'A cell contains what looks like a complete secret key. It was not read. Remove it from the file, revoke that key at the provider, and write the key ID instead.',
    )
  }
  if (row.cells.slice(columns).some((cell) => cell.trim() !== '')) {
    throw new RowRefused(
      `The row has ${counted(row.cells.length, 'cell')}, the header has ${columns}. Quote or escape a separator that belongs to a text.`,
    )
  }
  if (row.cells.some((cell) => cell.length > FILE_LIMITS.cellCharacters)) {
    throw new RowRefused(`A cell is longer than ${FILE_LIMITS.cellCharacters} characters. Shorten it.`)
  }
}

function getSubject(cells: Cells, fields: readonly Field[]): string {
  const text = fields.map((field) => cells.raw(field)?.trim() ?? '').find((value) => value !== '') ?? ''
  if (looksSecret(text)) return ''
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

function dateOrders(
  kind: TableKind,
  table: SourceTable,
  indexOf: ReadonlyMap<string, number>,
): ReadonlyMap<string, DateOrder> {
  const orders = new Map<string, DateOrder>()
  for (const rule of FIELD_RULES[kind]) {
    const index = indexOf.get(rule.field)
    if (rule.shape !== 'date' || index === undefined) continue
    orders.set(rule.field, detectDateOrder(toValues(table, index)))
  }
  return orders
}

function* toValues(table: SourceTable, index: number): Generator<string> {
  for (const row of table.rows) yield row.cells[index] ?? ''
}

function pastFields(kind: TableKind): ReadonlySet<Field> {
  return new Set(FIELD_RULES[kind].flatMap(({ field, isPast }: FieldRule<Field>) => (isPast === true ? [field] : [])))
}

/** In the future in UTC and by the calendar of the operator: a date without a time may be of either. */
function isFuture(date: { readonly day: string; readonly at: number }, { now, today }: Moment): boolean {
  return date.at > now && date.day > today
}

function cellsOf({
  kind,
  row,
  indexOf,
  orders,
  past,
  moment,
}: {
  readonly kind: TableKind
  readonly row: SourceRow
  readonly indexOf: ReadonlyMap<string, number>
  readonly orders: ReadonlyMap<string, DateOrder>
  readonly past: ReadonlySet<Field>
  readonly moment: Moment
}): Cells {
  const raw = (field: Field): string | undefined => {
    const index = indexOf.get(field)
    return index === undefined ? undefined : (row.cells[index] ?? '')
  }
  return {
    raw,
    text: (field) => {
      const cell = raw(field)
      return cell === undefined ? undefined : readTextCell(cell)
    },
    date: (field) => {
      const cell = raw(field)
      if (cell === undefined) return undefined
      const date = readDate(field === 'lastReview' ? readReviewCell(cell).date : cell, orders.get(field) ?? 'unproven')
      if (date.state === 'bad')
        throw new RowRefused(`The date under “${fieldLabel(kind, field)}” ${date.reason}`, field)
      if (date.state === 'empty') return null
      if (past.has(field) && isFuture(date, moment)) {
        const label = fieldLabel(kind, field)
        throw new RowRefused(`The date under “${label}” is in the future. Correct it, or leave the cell empty.`, field)
      }
      return date
    },
  }
}
