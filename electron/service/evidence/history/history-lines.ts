import { canonicalJson, type Json } from '../../../../shared/domain/canonical-json.ts'
import { looksSecret } from '../../../../shared/domain/secrets/find-secrets.ts'
import type { HistoryBatch, HistoryOperation, Log } from '../../../../shared/report/evidence-history.ts'
import type { PlacedBatch } from '../../../../shared/team/batch.ts'
import type { Op } from '../../../../shared/team/op.ts'
import type { Reader } from '../../../register/db/handles.ts'
import { toHashed } from '../../../register/team/heads.ts'
import type { LogLines } from './follow-log.ts'

interface OperationRow {
  readonly operation: string
  readonly hash: string
  readonly part: number
  readonly noEffect: string | null
}

const OF_BATCH = `SELECT operation, lower(hex(hash)) AS hash, place % 512 AS part, no_effect AS noEffect FROM team_operation
  WHERE log = ? AND place BETWEEN ? AND ? ORDER BY place`

/** A batch as a register holds it. */
export type HeldBatch = PlacedBatch & { readonly noEffect: string | null }

/** The lines of a log of a pack. An operation that looks like a secret is not shown. */
export function makeLogLines(reader: Reader, log: Log, held: Iterable<HeldBatch>): LogLines {
  const lines = { batches: [] as HistoryBatch[], operations: [] as HistoryOperation[], texts: [] as string[] }
  for (const batch of held) {
    const { signature, head, noEffect } = batch
    const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
    lines.batches.push({ ...toHashed(batch), signature: toHex(signature), head: toHex(head), noEffect })
    for (const { operation, ...row } of reader.all<OperationRow>(OF_BATCH, [
      batch.log,
      batch.at * 512,
      batch.at * 512 + 511,
    ])) {
      lines.operations.push({ at: batch.at, ...row })
      lines.texts.push(toShownText(operation))
    }
  }
  return { log, ...lines }
}

/** The canonical text; empty where it looks like a secret. */
function toShownText(text: string): string {
  const op = JSON.parse(text) as Op
  const { pieces: _, ...read } = op.body
  // The content that a review froze is compressed, and in the tables of the pack.
  return looksSecret(canonicalJson({ ...op, body: read } as Json)) ? '' : text
}
