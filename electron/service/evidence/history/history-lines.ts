import { hash } from 'node:crypto'

import type { HistoryEntry, Log } from '../../../../shared/report/evidence-history.ts'
import { canonicalJson, type Json } from '../../../../shared/domain/canonical-json.ts'
import { looksSecret } from '../../../../shared/domain/secrets/find-secrets.ts'
import type { Op } from '../../../../shared/team/op.ts'
import type { HeldEntry } from '../../../../shared/team/store.ts'
import { digestEntry, headAfter } from '../../../register/team/hash-entry.ts'
import type { LogLines } from './follow-log.ts'

/**
 * The lines of a log of a pack. `previous`: the head before the first of the entries. `isShown`: whether the pack has the text of an
 * operation, unless it looks like a secret.
 */
export function makeLogLines(
  log: Log,
  held: readonly HeldEntry[],
  previous: Uint8Array,
  isShown: (held: HeldEntry) => boolean,
): LogLines {
  const entries: HistoryEntry[] = []
  const texts: string[] = []
  let before = previous
  for (const one of held) {
    const entry = toHistoryEntry(one, before)
    entries.push(entry)
    const op = one.verdict.kind === 'effective' ? one.verdict.op : (one.opened ?? null)
    texts.push(op !== null && isShown(one) ? toShownText(op, entry.opHash) : '')
    before = Buffer.from(entry.head, 'hex')
  }
  return { log, entries, texts }
}

function toHistoryEntry({ entry, verdict }: HeldEntry, previous: Uint8Array): HistoryEntry {
  const { stream, seq, op, device, deviceSeq, generation, opset, teamSeq, opHash, signature, sealed } = entry
  const place = { stream, seq, op, device, deviceSeq, generation, opset, teamSeq }
  const sealedHash = hash('sha256', sealed, 'buffer')
  const head = headAfter(digestEntry(previous, { ...place, opHash, sealedHash }), signature)
  const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
  return {
    ...place,
    previous: toHex(previous),
    opHash: toHex(opHash),
    sealedHash: toHex(sealedHash),
    signature: toHex(signature),
    head: toHex(head),
    reason: verdict.kind === 'void' ? verdict.reason : null,
  }
}

/** The canonical text; none where it looks like a secret, or an entry without effect has another operation than its hash names. */
function toShownText(op: Op, opHash: string): string {
  const text = canonicalJson(op as Json)
  const { pieces: _, ...read } = op.body
  // The content that a review froze is compressed, and in the tables of the pack.
  const isSecret = looksSecret(canonicalJson({ ...op, body: read } as Json))
  return isSecret || hash('sha256', text, 'hex') !== opHash ? '' : text
}
