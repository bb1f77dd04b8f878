import { BATCH_CLASSES, type BatchClass } from '../team/batch.ts'

/** The two logs of a pack of form 2: the team’s own from its first batch; the client’s cards and names, and all of it from the opening of the review. */
export const LOGS = ['team', 'client'] as const
export type Log = (typeof LOGS)[number]

/**
 * The files of each log: a line for each batch, a line for each operation of them with its hash, and in `texts` the line of the same number with
 * the operation itself; empty: not shown.
 */
export const HISTORY_FILES: Readonly<
  Record<Log, { readonly batches: string; readonly operations: string; readonly texts: string }>
> = {
  team: { batches: 'team-batches.txt', operations: 'team-operations.txt', texts: 'team-operations.jsonl' },
  client: { batches: 'client-batches.txt', operations: 'client-operations.txt', texts: 'client-operations.jsonl' },
}

/** A batch of a log as a pack shows it: all that its device signed, and of the sealed bytes their head and their hash. Bytes are in hex. */
export interface HistoryBatch {
  readonly at: number
  readonly log: string
  readonly before: string
  /** Null for the first card. */
  readonly card: string | null
  readonly device: string
  readonly class: BatchClass
  readonly change: string | null
  readonly boxHead: string
  readonly boxHash: string
  readonly signature: string
  readonly head: string
  /** Why the whole batch has no effect; null where its operations are judged. */
  readonly noEffect: string | null
}

/** An operation of a batch: its position and number there, and its hash in hex. */
export interface HistoryOperation {
  readonly at: number
  readonly part: number
  readonly hash: string
  /** Null: it counts. */
  readonly noEffect: string | null
}

const NONE = '-'
const COUNTS = 'counts'
const WITHOUT = 'no-effect:'

const toEffect = (reason: string | null): string => (reason === null ? COUNTS : `${WITHOUT}${reason}`)
const fromEffect = (text: string): string | null => (text === COUNTS ? null : text.slice(WITHOUT.length))

/** The line of a batch, its fields with blanks between them. */
export function batchLine(batch: HistoryBatch): string {
  const { at, log, before, card, device, class: of, change, boxHead, boxHash, signature, head, noEffect } = batch
  return [
    at,
    log,
    before,
    card ?? NONE,
    device,
    of,
    change ?? NONE,
    boxHead,
    boxHash,
    signature,
    head,
    toEffect(noEffect),
  ].join(' ')
}

export function operationLine({ at, part, hash, noEffect }: HistoryOperation): string {
  return [at, part, hash, toEffect(noEffect)].join(' ')
}

const COUNT = '(?:0|[1-9]\\d{0,14})'
const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const HASH = '[0-9a-f]{64}'
const EFFECT = `${COUNTS}|${WITHOUT}[a-z-]{1,40}`
const BATCH = new RegExp(
  `^(?<at>${COUNT}) (?<log>${UUID}) (?<before>${HASH}) (?<card>${HASH}|-) (?<device>${UUID}) (?<of>${BATCH_CLASSES.join('|')}) (?<change>${UUID}|-) (?<boxHead>[0-9a-f]{80}) (?<boxHash>${HASH}) (?<signature>[0-9a-f]{128}) (?<head>${HASH}) (?<effect>${EFFECT})$`,
  'u',
)
const OPERATION = new RegExp(`^(?<at>${COUNT}) (?<part>\\d{1,3}) (?<hash>${HASH}) (?<effect>${EFFECT})$`, 'u')

const toText = (value: string | undefined): string | null => (value === undefined || value === NONE ? null : value)

/** The batch of a line; null where it is not one. */
export function parseBatchLine(line: string): HistoryBatch | null {
  const found = BATCH.exec(line)?.groups
  if (found === undefined) return null
  const { at, card, of, change, effect = '', ...fields } = found
  return {
    ...(fields as Pick<HistoryBatch, 'log' | 'before' | 'device' | 'boxHead' | 'boxHash' | 'signature' | 'head'>),
    at: Number(at),
    class: of as BatchClass,
    card: toText(card),
    change: toText(change),
    noEffect: fromEffect(effect),
  }
}

export function parseOperationLine(line: string): HistoryOperation | null {
  const found = OPERATION.exec(line)?.groups
  if (found === undefined) return null
  return {
    at: Number(found['at']),
    part: Number(found['part']),
    hash: found['hash'] ?? '',
    noEffect: fromEffect(found['effect'] ?? ''),
  }
}
