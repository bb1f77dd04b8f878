import type { ClientRef } from '../../../shared/contract/common.ts'
import type { JournalRow } from '../db/journal.ts'
import type { Reader } from '../db/handles.ts'
import { idsParam, likeParam } from '../db/scope.ts'

/** An entry of the audit log, with what its action is about as JSON. */
export type Entry = Pick<JournalRow, 'seq' | 'at' | 'operator' | 'action' | 'client' | 'subject' | 'body'>

/** The columns of an entry of the audit log `j`. */
export const ENTRY = 'j.seq, j.at, j.operator, j.action, j.client, j.subject, j.body'

interface EntryQuery {
  readonly client?: string | undefined
  readonly search?: string | undefined
  /** The actions that the search names by their words for people. */
  readonly actions: readonly string[]
}

/** The numbers of all entries that match, newest first. */
export function entryIds(reader: Reader, { client, search, actions }: EntryQuery): number[] {
  const text = search?.trim() ?? ''
  return reader.column<number>(
    `SELECT j.seq FROM journal j WHERE (:client IS NULL OR j.client = :client)
       AND (:like IS NULL OR j.subject LIKE :like ESCAPE '\\' OR j.operator LIKE :like ESCAPE '\\' OR j.action LIKE :like ESCAPE '\\'
         OR j.action IN (SELECT value FROM json_each(:actions)))
     ORDER BY j.seq DESC`,
    { client: client ?? null, like: text === '' ? null : likeParam(text), actions: JSON.stringify(actions) },
  )
}

/** The entries of these numbers, in their order; those that do not exist are left out. */
export function entryRows(reader: Reader, ids: readonly number[]): readonly Entry[] {
  return reader.all<Entry>(`SELECT ${ENTRY} FROM json_each(?) i JOIN journal j ON j.seq = i.value ORDER BY i.key`, [
    idsParam(ids),
  ])
}

/** Clients by slug, archived ones included. */
export function clientRefs(reader: Reader): ReadonlyMap<string, ClientRef> {
  const rows = reader.all<ClientRef>('SELECT slug, name, colour FROM client')
  return new Map(rows.map((row) => [row.slug, row]))
}
