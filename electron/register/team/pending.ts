import { randomBytes } from 'node:crypto'

import type { Day } from '../../../shared/domain/day.ts'
import { removeLocalFields } from '../../../shared/decisions/local.ts'
import type { Operation } from '../../../shared/decisions/operations.ts'
import type { Op } from '../../../shared/team/op.ts'
import { toOpText } from '../../../shared/team/op-text.ts'
import { isExchanged, restsOnFacts } from '../../../shared/team/rights.ts'
import type { Pending } from '../../../shared/team/store.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { createUid } from '../db/uid.ts'
import { packFrozen } from '../reviews/frozen-bytes.ts'
import { keepBlobs } from './blobs.ts'
import { MOST_INLINE_BYTES } from './pending-reading.ts'
import { OPENED } from './review-authors.ts'
import { settleReviews } from './take-review.ts'
import { AGENCY_STREAM, findBasis, findFacts, nameFacts } from './streams.ts'

/** An operation that was decided here, with its row of the journal. */
export interface JournaledOperation {
  readonly operation: Operation
  readonly seq: number
}

/**
 * Adds operations to what waits to be placed, in the transaction that decided them; those of kinds that a team does not
 * exchange are left out. `day`: the author's. Throws `RangeError` for one that no entry can have, so that it is not decided: it would hold
 * up all that is decided after it.
 */
export function addPending(writer: Writer, decided: readonly JournaledOperation[], day: Day): void {
  for (const { operation, seq } of decided) {
    const { kind, at, client, subject, body } = operation
    if (!isExchanged(kind) || !isOfTeam(writer, operation)) continue
    const stream =
      client === null ? AGENCY_STREAM : writer.value<string>('SELECT uid FROM client WHERE slug = ?', [client])
    if (stream === undefined)
      throw new Error(`An operation is about the client ${String(client)}, which does not exist.`)
    const frozen = findFrozen(writer, operation)
    const uid = createUid(at)
    const op = {
      kind,
      salt: randomBytes(16).toString('hex'),
      at,
      day,
      basis: findBasis(writer, stream),
      subject: subject.slice(0, MOST_SUBJECT).toWellFormed(),
      ...(kind === 'client.added' && client !== null ? { slug: client } : {}),
      ...(restsOnFacts(kind) && findFacts(writer, stream) !== null
        ? { facts: findBasis(writer, nameFacts(stream)) }
        : {}),
      body: { ...removeLocalFields(kind, body), ...frozen?.body } as Op['body'],
    }
    writer.run('INSERT INTO team_pending (stream, op, operation, journal_seq) VALUES (?, ?, ?, ?)', [
      stream,
      uid,
      toOpText(op),
      seq,
    ])
    keepBlobs(writer, uid, at, frozen?.blobs ?? [])
  }
  // What counts after a revert depends on what the authors of the earlier decisions had seen.
  const reverted = decided.flatMap(({ operation: { kind, body } }) =>
    kind === 'review.undone' ? [body.reviewUid] : [],
  )
  if (reverted.length > 0) settleReviews(writer, new Set(reverted), false)
}

/**
 * Adds an operation about a client that was decided before the register belonged to a team, to what waits. Its row of the journal is the
 * newest of its kind and time: it is not carried out here again.
 */
export function addJournaled(writer: Writer, stream: string, { uid, op }: Pending, client: string): void {
  const seq = writer.value<number | null>('SELECT max(seq) FROM journal WHERE action = ? AND client = ? AND at = ?', [
    op.kind,
    client,
    op.at,
  ])
  writer.run('INSERT INTO team_pending (stream, op, operation, journal_seq) VALUES (?, ?, ?, ?)', [
    stream,
    uid,
    toOpText(op),
    seq ?? null,
  ])
}

const MOST_SUBJECT = 1000

/** Whether the team knows what the operation is about: a review that was opened before the register belonged to it stays here. */
function isOfTeam(reader: Reader, { kind, body }: Operation): boolean {
  return kind === 'review.opened' || !('reviewUid' in body) || reader.value(OPENED, [body.reviewUid]) !== undefined
}

/**
 * What the operation that opens a review has beside its body in the journal: what the review froze, in the operation where that is short,
 * and otherwise in blobs.
 */
function findFrozen(reader: Reader, { kind, body }: Operation) {
  if (kind !== 'review.opened') return null
  const review = reader.value<number>('SELECT id FROM review WHERE uid = ?', [body.reviewUid])
  const pieces = review === undefined ? [] : packFrozen(reader, review)
  const isShort = pieces.reduce((sum, piece) => sum + piece.length, 0) <= MOST_INLINE_BYTES
  const inline = pieces.map((piece) => ({ inline: Buffer.from(piece).toString('base64') }))
  return { body: { pieces: isShort ? inline : [] }, blobs: isShort ? [] : pieces }
}
