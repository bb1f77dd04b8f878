import { type FilterKind, isNameOf, listFiltered, NO_ROW } from '../../../shared/contract/view-subjects.ts'
import {
  MOST_ACCOUNTS,
  type ViewList,
  type ViewSearch,
  type ViewSubject,
  type ViewSubjects,
} from '../../../shared/contract/views.ts'
import { SUBJECT_KINDS } from '../../../shared/domain/facts.ts'
import type { Reader } from '../db/handles.ts'

/** The things that a filter has a number of; `key` and the others of a `subject` are named by its kind. */
export type NamedKind = Exclude<FilterKind, 'subject'> | 'key'

interface Account {
  readonly connectionUid: string
  readonly externalId: string
}

/**
 * Names a row for every register. `clientId`: only by what that client has; null: by what any client has. Null for a
 * row that does not exist, or that the client does not have.
 */
export function nameSubject(reader: Reader, kind: NamedKind, id: number, clientId: number | null): ViewSubject | null {
  const row = { id, client: clientId }
  if (kind === 'connection') {
    const uid = reader.value<string>(
      'SELECT uid FROM connection WHERE id = :id AND (:client IS NULL OR client_id = :client)',
      row,
    )
    return uid === undefined ? null : { kind, connectionUid: uid }
  }
  if (kind === 'person') {
    const accounts = reader.all<Account>(ACCOUNTS, { ...row, most: MOST_ACCOUNTS })
    return accounts.length === 0 ? null : { kind, accounts: accounts.map((account) => ({ ...account })) }
  }
  const found = reader.get<Account>(
    `SELECT n.uid AS connectionUid, t.external_id AS externalId FROM ${kind} t JOIN connection n ON n.id = t.connection_id
     WHERE t.id = :id AND (:client IS NULL OR n.client_id = :client)`,
    row,
  )
  return found === undefined ? null : { kind, ...found }
}

const ACCOUNTS = `SELECT n.uid AS connectionUid, p.external_id AS externalId FROM principal p JOIN connection n ON n.id = p.connection_id
  WHERE p.person_id = :id AND (:client IS NULL OR n.client_id = :client) ORDER BY n.uid, p.external_id LIMIT :most`

/** The number that a named row has in this register; `NO_ROW` where it has none, or a person's accounts are of several people here. */
function findRow(reader: Reader, subject: ViewSubject): number {
  if (subject.kind === 'connection') {
    return reader.value<number>('SELECT id FROM connection WHERE uid = ?', [subject.connectionUid]) ?? NO_ROW
  }
  if (subject.kind === 'person') {
    const people = new Set(
      subject.accounts.flatMap(
        ({ connectionUid, externalId }) =>
          reader.value<number | null>(IN_CONNECTION('principal', 'person_id'), [externalId, connectionUid]) ?? [],
      ),
    )
    const [person = NO_ROW] = people
    return people.size === 1 ? person : NO_ROW
  }
  const { kind, connectionUid, externalId } = subject
  return reader.value<number>(IN_CONNECTION(kind, 'id'), [externalId, connectionUid]) ?? NO_ROW
}

const IN_CONNECTION = (table: string, column: string): string =>
  `SELECT t.${column} FROM connection n JOIN ${table} t ON t.connection_id = n.id AND t.external_id = ? WHERE n.uid = ?`

/** Keeps a client's part of a name, and names that this register lacks. Null where nothing of it is left. */
export function keepOfClient(reader: Reader, subject: ViewSubject, clientId: number | null): ViewSubject | null {
  if (clientId === null) return subject
  const isOfClient = ({ connectionUid }: { readonly connectionUid: string }): boolean => {
    const owner = reader.value<number>('SELECT client_id FROM connection WHERE uid = ?', [connectionUid])
    return owner === undefined || owner === clientId
  }
  if (subject.kind !== 'person') return isOfClient(subject) ? subject : null
  const accounts = subject.accounts.filter(isOfClient)
  return accounts.length === 0 ? null : { ...subject, accounts }
}

/** True if a person was merged from several by a decision that only this register has. */
export function isMerged(reader: Reader, personId: number): boolean {
  return (
    reader.value('SELECT 1 FROM person_merge WHERE kept_id = ? AND split_at IS NULL LIMIT 1', [personId]) !== undefined
  )
}

/** The kind of row that a filter has the number of; null for a `subject` without one kind. */
export function findKind(filtered: FilterKind, { kind: kinds }: ViewSearch): NamedKind | null {
  if (filtered !== 'subject') return filtered
  const [kind, ...more] = [kinds].flat()
  return more.length === 0 ? (SUBJECT_KINDS.find((one) => one === kind) ?? null) : null
}

interface StoredFilters {
  readonly list: ViewList
  readonly search: ViewSearch
  readonly subjects: ViewSubjects
}

/**
 * The filters of a stored view by the numbers of this register, with `NO_ROW` for what it does not have, and the names of those that
 * a client has.
 */
export function findFilters(
  reader: Reader,
  { list, search, subjects }: StoredFilters,
  clientId: number | null,
): { readonly search: ViewSearch; readonly subjects: ViewSubjects } {
  const named = listFiltered(list, { ...search, ...subjects }).map(([param, filtered]) => {
    const given = subjects[param]
    const name = given !== undefined && isNameOf(filtered, given, search) ? keepOfClient(reader, given, clientId) : null
    return { param, name, row: name === null ? NO_ROW : findRow(reader, name) }
  })
  return {
    search: { ...search, ...Object.fromEntries(named.map(({ param, row }) => [param, row])) },
    subjects: Object.fromEntries(named.flatMap(({ param, name }) => (name === null ? [] : [[param, name]]))),
  }
}
