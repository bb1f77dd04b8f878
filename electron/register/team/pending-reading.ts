import { randomBytes } from 'node:crypto'

import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import type { ReadingTaken } from '../../../shared/decisions/readings.ts'
import type { LeaseName } from '../../../shared/team/store.ts'
import type { ComposedReading } from '../apply/take-reading.ts'
import type { Writer } from '../db/handles.ts'
import { createUid } from '../db/uid.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { keepBlobs } from './blobs.ts'
import { findBasis, nameFacts } from './streams.ts'

/** The longest reading, or population of a review, that its operation contains: each device keeps operations for good, and blobs not. */
export const MOST_INLINE_BYTES = 8192

/**
 * Adds a reading that was applied here to what waits, in the same transaction: the other members' registers carry it out
 * too. Null, for one that changed nothing, adds nothing. `day`: the author's. `lease`: under which it was read; null where a
 * person imported it.
 */
export function addPendingReading(
  writer: Writer,
  composed: ComposedReading | null,
  day: Day,
  lease: LeaseName | null = null,
): void {
  if (composed === null) return
  const { body: whole, pieces } = composed
  const of = writer.get<{ readonly uid: string; readonly label: string }>(
    'SELECT c.uid, cn.label FROM connection cn JOIN client c ON c.id = cn.client_id WHERE cn.uid = ?',
    [whole.connectionUid],
  )
  if (of === undefined) return
  const isShort = whole.bytes <= MOST_INLINE_BYTES
  const inline = pieces.map((piece) => ({ inline: Buffer.from(piece).toString('base64') }))
  const body: ReadingTaken = { ...whole, pieces: isShort ? inline : [] }
  const at = whole.ended
  const stream = nameFacts(of.uid)
  const op = {
    kind: 'reading.taken',
    salt: randomBytes(16).toString('hex'),
    at,
    day,
    basis: findBasis(writer, stream),
    decisions: findBasis(writer, of.uid),
    subject: of.label.slice(0, 1000).toWellFormed(),
    body,
  }
  const uid = createUid(at)
  writer.run('INSERT INTO team_pending (stream, op, operation, job, token) VALUES (?, ?, ?, ?, ?)', [
    stream,
    uid,
    canonicalJson(op),
    lease?.job ?? null,
    lease?.token ?? null,
  ])
  if (!isShort) keepBlobs(writer, uid, at, pieces)
}
