import { type Client, client } from '../../../shared/contract/clients.ts'
import type { ClientRef } from '../../../shared/contract/common.ts'
import type { Reader } from '../db/handles.ts'
import { readRow, readRows } from '../db/rows.ts'
import { createUidOf } from '../db/uid.ts'

const SELECT = `SELECT c.slug, c.name, c.kind, c.colour, c.domains, c.notes,
    (SELECT count(*) FROM connection n WHERE n.client_id = c.id AND n.removed_at IS NULL) AS connections,
    c.created_at AS createdAt, c.archived_at AS archivedAt FROM client c`

/** The agency's own organization first, then clients by name. */
export function listClients(reader: Reader, archived: boolean): Client[] {
  return readRows(
    reader,
    client,
    `${SELECT} WHERE :archived OR c.archived_at IS NULL ORDER BY c.kind = 'client', c.name COLLATE NOCASE, c.id`,
    { archived: archived ? 1 : 0 },
  )
}

export function getClient(reader: Reader, slug: string): Client | null {
  return readRow(reader, client, `${SELECT} WHERE c.slug = ?`, [slug])
}

/** A slug is a handle of one register: the first free one of acme, acme-2, acme-3 and so on. */
export function findFreeSlug(reader: Reader, slug: string): string {
  const isTaken = (tried: string): boolean => reader.value('SELECT 1 FROM client WHERE slug = ?', [tried]) !== undefined
  let tried = slug
  for (let at = 2; isTaken(tried); at += 1) tried = `${slug}-${at}`
  return tried
}

/** Every client, archived ones included, by the names that it has in every register and in this one. */
export function listClientUids(reader: Reader): readonly { readonly uid: string; readonly slug: string }[] {
  return reader.all('SELECT uid, slug FROM client ORDER BY id')
}

/** A new uid for what belongs to a client of this register. */
export function createUidFor(reader: Reader, slug: string, at: number): string {
  const client = reader.value<string>('SELECT uid FROM client WHERE slug = ?', [slug])
  if (client === undefined) throw new Error(`There is no client ${slug}.`)
  return createUidOf(client, at)
}

/** The columns of a `ClientRef` in the field `client`, from a client aliased `c`. */
export const CLIENT_REF = 'c.slug AS "client.slug", c.name AS "client.name", c.colour AS "client.colour"'

export interface ClientRefColumns {
  readonly 'client.slug': string
  readonly 'client.name': string
  readonly 'client.colour': string
}

export function getClientRef(row: ClientRefColumns): ClientRef {
  return { slug: row['client.slug'], name: row['client.name'], colour: row['client.colour'] }
}
