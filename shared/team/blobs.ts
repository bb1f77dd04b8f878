import { type BlobName, blobName } from '../decisions/kind.ts'
import type { Op } from './op.ts'
import type { ExchangedKind } from './rights.ts'

/** The field of a kind's body whose list names blobs, among other things perhaps. */
const BLOB_FIELDS: { readonly [K in ExchangedKind]?: string } = { 'reading.taken': 'pieces', 'review.opened': 'pieces' }

/** What one operation may name together, in bytes before they are packed. */
export const MOST_NAMED_BYTES = 67_108_864

/** The blobs that an operation names, in their order. Its body is one of its kind. */
export function listBlobs({ kind, body }: Pick<Op, 'kind' | 'body'>): readonly BlobName[] {
  const field = findField(kind)
  const list = field === undefined ? [] : body[field]
  if (!Array.isArray(list)) return []
  return list.flatMap((one) => {
    const name = blobName.safeParse(one)
    return name.success ? [name.data] : []
  })
}

/** The operation with the names of its blobs, which are known once they are sealed. */
export function nameBlobs(op: Op, names: readonly BlobName[]): Op {
  const field = findField(op.kind)
  return field === undefined || names.length === 0 ? op : { ...op, body: { ...op.body, [field]: names } }
}

function findField(kind: string): string | undefined {
  return (BLOB_FIELDS as Readonly<Record<string, string | undefined>>)[kind]
}
