import { type BlobName, blobName } from '../decisions/kind.ts'
import { FENCE, type Op } from './op.ts'
import type { ExchangedKind } from './rights.ts'

/** The field of a kind's body whose list names blobs, among other things perhaps. */
const BLOB_FIELDS: { readonly [K in ExchangedKind]?: string } = { 'reading.taken': 'pieces', 'review.opened': 'pieces' }

/** What one operation may name together, in bytes before they are packed. */
export const MOST_NAMED_BYTES = 67_108_864

/** The blobs that an operation names, in their order. Its body is one of its kind. */
export function listBlobs({ kind, body }: Op): readonly BlobName[] {
  const field = findField(kind)
  const list = field === undefined ? [] : body[field]
  if (!Array.isArray(list)) return []
  return list.flatMap((one) => {
    const name = blobName.safeParse(one)
    return name.success ? [name.data] : []
  })
}

/** What rests on the history that a device left, or is decided again by itself. */
const LEFT: ReadonlySet<string> = new Set([
  FENCE,
  'team.fork-resolved',
  'entry.voided',
  'client.opened',
  'key.rotated',
  'key.lost',
])

/** Whether the author's device places an operation again after it left the history that had it. */
export function isPlacedAfterLeaving({ kind }: Op): boolean {
  return !LEFT.has(kind)
}

/** An operation whose author had read its stream only to a position that is still there. */
export function withBasis(op: Op, newest: number): Op {
  return { ...op, basis: Math.min(op.basis, newest) }
}

/** The operation with the names of its blobs, which are known once they are sealed. */
export function nameBlobs(op: Op, names: readonly BlobName[]): Op {
  const field = findField(op.kind)
  return field === undefined ? op : { ...op, body: { ...op.body, [field]: names } }
}

function findField(kind: string): string | undefined {
  return (BLOB_FIELDS as Readonly<Record<string, string | undefined>>)[kind]
}
