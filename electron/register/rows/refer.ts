import { clientId } from '../clients/slug.ts'
import type { Reader } from '../db/handles.ts'

type Reference = Readonly<Record<string, number | null>> | null

/** The client of a row by its number; null where this register does not have it. */
export function referToClient(reader: Reader, { client }: { readonly client: string }): Reference {
  const id = clientId(reader, client)
  return id === null ? null : { client_id: id }
}

/** The same of a row that may be of all clients. */
export function referToOwner(reader: Reader, { client }: { readonly client: string | null }): Reference {
  return client === null ? { client_id: null } : referToClient(reader, { client })
}
