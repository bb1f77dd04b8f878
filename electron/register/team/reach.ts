import type { Operation } from '../../../shared/operations/operations.ts'
import type { Reader } from '../db/handles.ts'

/** What an operation may name by uid: the rows and the client that each belongs to; null where that is the agency. */
const OWNERS = {
  connectionUid: 'SELECT c.slug FROM connection t JOIN client c ON c.id = t.client_id WHERE t.uid = ?',
  planUid: 'SELECT c.slug FROM plan t JOIN client c ON c.id = t.client_id WHERE t.uid = ?',
  wasUid: 'SELECT c.slug FROM connection t JOIN client c ON c.id = t.client_id WHERE t.uid = ?',
  rotationUid: `SELECT c.slug FROM rotation t JOIN logical_key l ON l.id = t.logical_key_id JOIN connection n ON n.id = l.connection_id
    JOIN client c ON c.id = n.client_id WHERE t.uid = ?`,
  reviewUid: 'SELECT c.slug FROM review t JOIN client c ON c.id = t.client_id WHERE t.uid = ?',
  batchUid:
    'SELECT c.slug FROM review_batch b JOIN review t ON t.id = b.review_id JOIN client c ON c.id = t.client_id WHERE b.uid = ?',
  viewUid: 'SELECT c.slug FROM saved_view t LEFT JOIN client c ON c.id = t.client_id WHERE t.uid = ?',
} as const

/**
 * Whether all that an operation of another device names belongs to the client of its stream: the author may have no role
 * for another one. What this register does not have belongs to none.
 */
export function isOfOwnClient(reader: Reader, { client, body }: Operation): boolean {
  return listNamed(body).every(([field, uid]) => {
    const owner = reader.value<string | null>(OWNERS[field], [uid])
    return owner === undefined || owner === client
  })
}

function listNamed(value: unknown): readonly (readonly [keyof typeof OWNERS, string])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, member]: [string, unknown]) =>
    isNamed(field) && typeof member === 'string' ? [[field, member] as const] : listNamed(member),
  )
}

function isNamed(field: string): field is keyof typeof OWNERS {
  return Object.hasOwn(OWNERS, field)
}

/** A slug is a handle of one register: the first free one of acme, acme-2, acme-3 and so on. */
export function findFreeSlug(reader: Reader, slug: string): string {
  const isTaken = (tried: string): boolean => reader.value('SELECT 1 FROM client WHERE slug = ?', [tried]) !== undefined
  let tried = slug
  for (let at = 2; isTaken(tried); at += 1) tried = `${slug}-${at}`
  return tried
}
