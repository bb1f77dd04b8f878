import { z } from 'zod'

import { instant } from '../contract/common.ts'
import { blobName, type OperationKind, uid } from './kind.ts'

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u)
const count = z.int().nonnegative()

/** The longest piece of a reading's bytes: a blob of a team holds it, however little it can be compressed again. */
export const MOST_PIECE_BYTES = 921_600
/** The longest compressed reading. */
export const MOST_PACKED_BYTES = 67_108_864

/** The last millisecond of the year 9999: a uid has no room for much later ones. */
export const LAST_INSTANT = 253_402_300_799_999

/** A piece of the bytes: in the operation where they are few, or a blob beside the stream. */
export const piece = z.union([z.strictObject({ inline: z.base64() }), blobName])

/**
 * The report of one sync, for other registers. It is not among `OPERATIONS`: each register that carries it out appends
 * `sync.applied` with its own numbers, and the reading itself is in no journal.
 */
export const READING_OPERATIONS = {
  'reading.taken': {
    words: 'Connection read',
    areas: ['sync', 'connection', 'access', 'rotation'],
    right: { facts: 'operator' },
    // The reading that began last holds, in whatever order they are placed.
    conflict: 'merge',
    body: z.strictObject({
      v: z.literal(1),
      connectionUid: uid,
      syncUid: uid,
      /** When its sync began and ended, in milliseconds by the clock of the machine that read. */
      began: instant.min(0).max(LAST_INSTANT),
      ended: instant.min(0).max(LAST_INSTANT),
      /** The writes in the register that read: rows opened and closed, and their SHA-256 with syncs by their uid. */
      opened: count,
      closed: count,
      digest: sha256,
      /** The compressed reading. */
      bytes: count.max(MOST_PACKED_BYTES),
      sha256,
      pieces: piece.array().max(Math.ceil(MOST_PACKED_BYTES / MOST_PIECE_BYTES)),
    }),
  },
} as const satisfies Readonly<Record<string, OperationKind>>
export type ReadingTaken = z.infer<(typeof READING_OPERATIONS)['reading.taken']['body']>
