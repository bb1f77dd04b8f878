import { randomBytes } from 'node:crypto'

import { canonicalJson, type Json } from '../../../shared/domain/canonical-json.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { removeLocalFields } from '../../../shared/operations/local.ts'
import type { Operation } from '../../../shared/operations/operations.ts'
import { isExchanged, restsOnFacts } from '../../../shared/team/rights.ts'
import type { Writer } from '../db/handles.ts'
import { createUid } from '../db/uid.ts'
import { AGENCY_STREAM, findBasis, findFacts, nameFacts } from './streams.ts'

/** An operation that was decided here, with its row of the journal. */
export interface JournaledOperation {
  readonly operation: Operation
  readonly seq: number
}

/**
 * Adds operations to what waits to be placed, in the transaction that decided them; those of kinds that a team does not
 * exchange are left out. `day`: the author's.
 */
export function addPending(writer: Writer, decided: readonly JournaledOperation[], day: Day): void {
  for (const { operation, seq } of decided) {
    const { kind, at, client, subject, body } = operation
    if (!isExchanged(kind)) continue
    const stream =
      client === null ? AGENCY_STREAM : writer.value<string>('SELECT uid FROM client WHERE slug = ?', [client])
    if (stream === undefined)
      throw new Error(`An operation is about the client ${String(client)}, which does not exist.`)
    const op = {
      kind,
      salt: randomBytes(16).toString('hex'),
      at,
      day,
      basis: findBasis(writer, stream),
      subject: subject.slice(0, MOST_SUBJECT).toWellFormed(),
      ...(kind === 'client.added' ? { slug: client } : {}),
      ...(restsOnFacts(kind) && findFacts(writer, stream) !== null
        ? { facts: findBasis(writer, nameFacts(stream)) }
        : {}),
      body: removeLocalFields(kind, body),
    }
    writer.run('INSERT INTO team_pending (stream, op, operation, journal_seq) VALUES (?, ?, ?, ?)', [
      stream,
      createUid(at),
      canonicalJson(op as Json),
      seq,
    ])
  }
}

const MOST_SUBJECT = 1000
