import { canonicalJson, type Json } from '../../shared/domain/canonical-json.ts'
import { type Batch, type BatchClass, MOST_OPERATIONS } from '../../shared/team/batch.ts'
import { parseBatchText } from '../../shared/team/canonical.ts'
import type { BatchText, Op } from '../../shared/team/op.ts'
import type { NoEffectReason } from '../../shared/team/outcome.ts'
import { sha256, type TeamCrypto } from './crypto.ts'
import { BOX_HEAD_BYTES, concat, fourBytes, isSame, MOST_BOX_BYTES, readBoxHead, toText } from './form.ts'
import { pack, unpack } from './pack.ts'

/** Where a batch is appended, by whom, and under which key. */
export interface BatchPlace {
  /** The head of the team's first batch; 32 zero bytes for that batch itself. */
  readonly root: Uint8Array
  readonly log: string
  readonly at: number
  readonly before: Uint8Array
  readonly card: Uint8Array | null
  readonly device: string
  /** The private half of the device's signing key. */
  readonly signKey: Uint8Array
  readonly generation: number
  readonly key: Uint8Array
}

/** The hash of an operation, which names it in `on` and in packs. */
export function hashOperation(op: Op): Uint8Array {
  return sha256(toText(canonicalJson(op as Json)))
}

/**
 * Composes the batch of some operations and signs it for its place. Throws `RangeError` for more than one batch may hold: the caller takes fewer
 * operations, or refuses the one that alone is too long.
 */
export function composeBatch(
  crypto: TeamCrypto,
  place: BatchPlace,
  ops: readonly Op[],
  { class: ofClass, change }: { readonly class: BatchClass; readonly change: string | null },
  state: BatchText['state'] = null,
): { readonly batch: Batch; readonly hashes: readonly Uint8Array[] } {
  const hashes = ops.map(hashOperation)
  const { root, log, at, before, card, device, generation, key, signKey } = place
  const head = concat(fourBytes(generation), fourBytes(ops.length), sha256(...hashes))
  const text = toText(canonicalJson({ v: 1, state, ops } as unknown as Json))
  const box = crypto.sealBox(key, { root, log, head }, pack(text))
  if (box.length > MOST_BOX_BYTES || ops.length > MOST_OPERATIONS) throw new RangeError('The batch is too long.')
  const unsigned = { log, at, before, card, device, class: ofClass, change, box }
  return { batch: crypto.signBatch(root, unsigned, signKey), hashes }
}

/** The operations of a box with their hashes, or why the whole batch has no effect. */
export type OpenedBox =
  | { readonly ops: readonly Op[]; readonly hashes: readonly Uint8Array[]; readonly state: BatchText['state'] }
  | NoEffectReason

export function openBatch(
  crypto: TeamCrypto,
  key: Uint8Array,
  { root, log, box }: { readonly root: Uint8Array; readonly log: string; readonly box: Uint8Array },
): OpenedBox {
  const place = { root, log, head: box.subarray(0, BOX_HEAD_BYTES) }
  const packed = crypto.openBox(key, place, box.subarray(BOX_HEAD_BYTES))
  if (packed === null) return 'does-not-open'
  const bytes = unpack(packed)
  if (bytes === 'too-long') return 'over-budget'
  if (bytes === 'not-packed') return 'not-canonical'
  let text: string
  try {
    // A mark of the order of bytes stays in the text, which then has no canonical form.
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return 'not-canonical'
  }
  const parsed = parseBatchText(text)
  if (typeof parsed === 'string') return parsed
  const hashes = parsed.texts.map((one) => sha256(toText(one)))
  const { count, operations } = readBoxHead(box)
  if (count !== hashes.length || !isSame(sha256(...hashes), operations)) return 'other-operations'
  return { ops: parsed.ops, hashes, state: parsed.state }
}
