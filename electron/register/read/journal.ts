import type { ClientRef } from '../../../shared/contract/common.ts'
import type { JournalRow } from '../db/journal.ts'
import type { Reader } from '../db/handles.ts'
import { idsParam, likeParam } from '../db/scope.ts'

/** An entry of the audit log, with what its action is about as JSON. */
export type Entry = Pick<JournalRow, 'seq' | 'at' | 'operator' | 'action' | 'client' | 'subject' | 'body'>

const ENTRY = 'j.seq, j.at, j.operator, j.action, j.client, j.subject, j.body'

interface EntryQuery {
  readonly client?: string | undefined
  readonly search?: string | undefined
}

/** The numbers of all entries that match, newest first. */
export function entryIds(reader: Reader, { client, search }: EntryQuery): number[] {
  const text = search?.trim() ?? ''
  return reader.column<number>(
    `SELECT j.seq FROM journal j WHERE (:client IS NULL OR j.client = :client)
       AND (:like IS NULL OR j.subject LIKE :like ESCAPE '\\' OR j.operator LIKE :like ESCAPE '\\' OR j.action LIKE :like ESCAPE '\\')
     ORDER BY j.seq DESC`,
    { client: client ?? null, like: text === '' ? null : likeParam(text) },
  )
}

/** The entries of these numbers, in their order; those that do not exist are left out. */
export function entryRows(reader: Reader, ids: readonly number[]): readonly Entry[] {
  return reader.all<Entry>(`SELECT ${ENTRY} FROM json_each(?) i JOIN journal j ON j.seq = i.value ORDER BY i.key`, [
    idsParam(ids),
  ])
}

/** The entries of some actions after a number, oldest first. */
export function* entriesAfter(reader: Reader, seq: number, actions: readonly string[]): Iterable<Entry> {
  yield* reader.iterate<Entry>(
    `SELECT ${ENTRY} FROM journal j WHERE j.seq > :seq AND j.action IN (SELECT value FROM json_each(:actions)) ORDER BY j.seq`,
    { seq, actions: JSON.stringify(actions) },
  )
}

/** The entries of some actions before a number, newest first. */
export function* entriesBefore(reader: Reader, seq: number, actions: readonly string[]): Iterable<Entry> {
  yield* reader.iterate<Entry>(
    `SELECT ${ENTRY} FROM journal j WHERE j.seq < :seq AND j.action IN (SELECT value FROM json_each(:actions)) ORDER BY j.seq DESC`,
    { seq, actions: JSON.stringify(actions) },
  )
}

/** Clients by slug, archived ones included. */
export function clientRefs(reader: Reader): ReadonlyMap<string, ClientRef> {
  const rows = reader.all<ClientRef>('SELECT slug, name, colour FROM client')
  return new Map(rows.map((row) => [row.slug, row]))
}
