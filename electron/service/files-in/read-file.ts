import type { Moment } from '../../../shared/domain/day.ts'
import { fieldLabel, REQUIRED_FIELDS, type AccessTableKind } from '../../../shared/domain/import/fields.ts'
import { matchColumns, missingFields, type Mapping } from '../../../shared/domain/import/match-columns.ts'
import type { ImportBatch } from '../../../shared/domain/import/plan-batch.ts'
import { readKeys, readPeople, readServiceAccounts, type RowsRead } from '../../../shared/domain/import/read-rows.ts'
import {
  readRegisterDocument,
  registerMapping,
  type RegisterDocument,
  type RegisterSection,
} from '../../../shared/domain/import/register-document.ts'
import type { PersonRow, ServiceAccountRow } from '../../../shared/domain/import/rows.ts'
import type { Refusal, SourceTable } from '../../../shared/domain/import/table.ts'
import { decodeFile } from './decode.ts'
import { readCsv } from './read-csv.ts'
import { readMarkdown } from './read-markdown.ts'
import { refuseFile, type FileRefusal } from './refusal.ts'

export type FileKind = 'register' | AccessTableKind

export interface FileRequest {
  readonly kind: FileKind
  readonly content: Uint8Array
  /** Column → field, as the operator set it. */
  readonly mapping: Mapping | undefined
  readonly moment: Moment
  /** The subject of a CSV: the file itself does not show it. */
  readonly csvTarget: { readonly heading: string; readonly provider: string; readonly organizationId: string | null }
}

export interface FileRead {
  readonly ok: true
  readonly encoding: string
  /** Null for Markdown. */
  readonly delimiter: string | null
  readonly columns: readonly string[]
  readonly mapping: Mapping
  readonly batches: readonly FileBatch[]
  readonly notices: readonly string[]
  /** Why no row can be imported until the mapping is corrected; null when rows can. */
  readonly unmapped: { readonly line: number; readonly reason: string } | null
}

export interface FileBatch extends ImportBatch {
  /** The client that the file names for the organization; null when it names none. */
  readonly client: string | null
}

/** Reads a file's bytes into facts about each organization. Knows nothing of the register, and never throws. */
export function readFile(request: FileRequest): FileRead | FileRefusal {
  const decoded = decodeFile(request.content)
  if (!decoded.ok) return decoded
  return request.kind === 'register'
    ? readRegister(decoded.text, decoded.encoding, request.moment)
    : readTable(request.kind, decoded.text, decoded.encoding, request)
}

function readRegister(text: string, encoding: string, moment: Moment): FileRead | FileRefusal {
  const markdown = readMarkdown(text)
  if (!markdown.ok) return markdown
  const document = readRegisterDocument(markdown.blocks)
  if (document.problems.length > 0) return refuseDocument(document)
  return {
    ok: true,
    encoding,
    delimiter: null,
    columns: [],
    mapping: {},
    batches: document.sections.map((section) => batchOfSection(section, moment)),
    notices: document.notices,
    unmapped: null,
  }
}

function refuseDocument(document: RegisterDocument): FileRefusal {
  const reported = document.problems.slice(0, 3).map((problem) => `Line ${problem.line}: ${problem.reason}`)
  const more = document.problems.length - reported.length
  return refuseFile(
    `The register cannot be read. ${reported.join(' ')}${more > 0 ? ` And ${more} more.` : ''}`,
    'Correct these lines and choose the file again. A CSV file is imported as people, keys or service accounts instead.',
  )
}

function batchOfSection(section: RegisterSection, moment: Moment): FileBatch {
  const people = readAll(section.people, readPeople, moment)
  const accounts = readAll(section.serviceAccounts, readServiceAccounts, moment)
  return {
    client: section.client,
    heading: section.heading,
    provider: section.provider,
    organizationId: section.organizationId,
    source: 'register-file',
    people: people.rows,
    serviceAccounts: accounts.rows,
    keys: [],
    refusals: [...people.refusals, ...accounts.refusals],
  }
}

function readAll<R extends PersonRow | ServiceAccountRow>(
  tables: readonly SourceTable[],
  read: (table: SourceTable, mapping: Mapping, moment: Moment) => RowsRead<R>,
  moment: Moment,
): RowsRead<R> {
  const parts = tables.map((table) => read(table, registerMapping(table), moment))
  return { rows: parts.flatMap((part) => part.rows), refusals: parts.flatMap((part) => part.refusals) }
}

function readTable(
  kind: AccessTableKind,
  text: string,
  encoding: string,
  request: FileRequest,
): FileRead | FileRefusal {
  const csv = readCsv(text)
  if (!csv.ok) return csv
  const matched = matchColumns(kind, csv.table, request.mapping)
  if (!matched.ok) return refuseFile(matched.reason, 'Correct the mapping of the columns.')
  const { mapping } = matched
  const missing = missingFields(kind, mapping)
  const left = csv.table.columns.filter((column) => mapping[column] === null)
  return {
    ok: true,
    encoding,
    delimiter: csv.delimiter,
    columns: csv.table.columns,
    mapping,
    batches: missing === null ? [batchOfTable(kind, csv.table, mapping, request)] : [],
    notices: [...leftOut(left), ...guesses(kind, mapping)],
    unmapped: missing === null ? null : { line: csv.table.line, reason: missing },
  }
}

function leftOut(columns: readonly string[]): string[] {
  if (columns.length === 0) return []
  const shown = columns.slice(0, 20).map((column) => `“${column.slice(0, 60)}”`)
  const more = columns.length > 20 ? ` and ${columns.length - 20} more` : ''
  return [`Columns without a field, left out: ${shown.join(', ')}${more}.`]
}

function guesses(kind: AccessTableKind, mapping: Mapping): string[] {
  const filled = new Set(Object.values(mapping))
  const absent = REQUIRED_FIELDS[kind].flat().filter((field) => !filled.has(field))
  return absent.map((field) => `No column fills ${fieldLabel(kind, field)}.`)
}

function batchOfTable(kind: AccessTableKind, table: SourceTable, mapping: Mapping, request: FileRequest): FileBatch {
  const { moment } = request
  const target = { client: null, ...request.csvTarget }
  const none: { readonly people: []; readonly serviceAccounts: []; readonly keys: []; readonly refusals: Refusal[] } = {
    people: [],
    serviceAccounts: [],
    keys: [],
    refusals: [],
  }
  if (kind === 'people') {
    const { rows, refusals } = readPeople(table, mapping, moment)
    return { ...target, ...none, source: 'people-file', people: rows, refusals }
  }
  if (kind === 'keys') {
    const { rows, refusals } = readKeys(table, mapping, moment)
    return { ...target, ...none, source: 'keys-file', keys: rows, refusals }
  }
  const { rows, refusals } = readServiceAccounts(table, mapping, moment)
  return { ...target, ...none, source: 'service-accounts-file', serviceAccounts: rows, refusals }
}
