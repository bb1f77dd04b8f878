import { clientId } from '../clients/slug.ts'
import type { Reader } from '../db/handles.ts'

type Reference = Readonly<Record<string, number | null>> | null

/** The client of a row by its number; null where this register does not have it. */
export function referToClient(reader: Reader, { client }: { readonly client: string }): Reference {
  const id = clientId(reader, client)
  return id === null ? null : { client_id: id }
}

/** Finds the owner of a row that may be of all clients. */
export function referToOwner(reader: Reader, { client }: { readonly client: string | null }): Reference {
  return client === null ? { client_id: null } : referToClient(reader, { client })
}

export function findConnection(reader: Reader, uid: string): number | null {
  return reader.value<number>('SELECT id FROM connection WHERE uid = ?', [uid]) ?? null
}

/** The connection of a row by its number; null where this register does not have it. */
export function referToConnection(reader: Reader, { connection }: { readonly connection: string }): Reference {
  const id = findConnection(reader, connection)
  return id === null ? null : { connection_id: id }
}

interface Adding {
  readonly kind: 'client.added' | 'connection.added' | 'review.opened'
  /** The name of what is added, in a row `j` of the journal. */
  readonly by: string
  readonly name: string
}

/** True if no decision counts of those that added something. */
export function isVoid(reader: Reader, { kind, by, name }: Adding): boolean {
  const all = `SELECT min(o.no_effect IS NOT NULL OR w.counts IS 0) FROM journal j
    LEFT JOIN team_operation o ON o.journal_seq = j.seq LEFT JOIN team_waiting w ON w.journal_seq = j.seq WHERE j.action = ? AND ${by} = ?`
  return reader.value<number | null>(all, [kind, name]) === 1
}

/**
 * True in the register of a team: rows of the journal may count in another order than they follow each other, and may name what this
 * register has not read yet.
 */
export function hasOtherOrder(reader: Reader): boolean {
  return reader.value('SELECT 1 FROM team_log LIMIT 1') !== undefined
}
