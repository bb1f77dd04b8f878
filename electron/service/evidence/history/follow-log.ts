import type { EvidenceProblem } from '../../../../shared/contract/evidence.ts'
import { MOST_PROBLEMS } from '../../../../shared/domain/file-limits.ts'
import {
  HISTORY_FILES,
  type HistoryBatch,
  type HistoryOperation,
  type Log,
} from '../../../../shared/report/evidence-history.ts'
import { op as opSchema, type Op } from '../../../../shared/team/op.ts'
import { headAfter, sha256, startHead } from '../../../register/team/hash-batch.ts'

/** An operation of a pack that its batch was signed with. */
export interface ShownOperation {
  /** The line of the files of operations, from 1. */
  readonly row: number
  readonly operation: HistoryOperation
  /** Null: the pack does not show it, or it is none. */
  readonly op: Op | null
  /** True if the pack has a text of it. */
  readonly isShown: boolean
}

/** A batch of a pack whose place in its log is proved. */
export interface ShownBatch {
  readonly row: number
  readonly batch: HistoryBatch
  readonly operations: readonly ShownOperation[]
}

export interface FollowedLog {
  readonly log: Log
  readonly batches: readonly ShownBatch[]
  /** The position from which on no batch is missing. */
  readonly whole: number
  readonly problems: readonly EvidenceProblem[]
}

/** The lines of a log's files, without line feeds; null where a line is not one. */
export interface LogLines {
  readonly log: Log
  readonly batches: readonly (HistoryBatch | null)[]
  readonly operations: readonly (HistoryOperation | null)[]
  readonly texts: readonly string[]
}

/**
 * Follows the heads of a log through its batches, and compares each text with the hash in the list that its batch was signed with. Who signed is not
 * asked here. The log of the team is whole from its first batch; that of a client has its cards, and is whole from the opening of the review.
 */
export function followLog({ log, batches, operations, texts }: LogLines): FollowedLog {
  const files = HISTORY_FILES[log]
  const problems: EvidenceProblem[] = []
  const say = (file: string, row: number | null, says: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ file, row, says })
  }
  if (batches.length === 0) say(files.batches, null, 'It has no batch.')
  if (texts.length !== operations.length) say(files.texts, null, `It has other rows than ${files.operations}.`)
  const shown: ShownBatch[] = []
  let next = 0
  let before: HistoryBatch | null = null
  let whole = 0
  for (const [index, batch] of batches.entries()) {
    const row = index + 1
    if (batch === null) {
      say(files.batches, row, `Row ${row} is not a batch of a log.`)
      continue
    }
    const wrong = describeWrongPlace(log, before, batch)
    if (wrong !== null) say(files.batches, row, `Row ${row} ${wrong}`)
    if (batch.at !== (before?.at ?? -1) + 1) whole = batch.at
    const own: ShownOperation[] = []
    for (; operations[next]?.at === batch.at; next += 1) {
      const operation = operations[next]
      const text = texts[next] ?? ''
      if (operation === undefined || operation === null) break
      if (text !== '' && sha256(text) !== operation.hash) {
        say(files.texts, next + 1, `Row ${next + 1} is not the operation that was signed at position ${batch.at}.`)
      }
      own.push({ row: next + 1, operation, op: parseOp(text), isShown: text !== '' })
    }
    if (!hasSigned(batch, own))
      say(files.operations, next, `The operations at position ${batch.at} are not those that were signed.`)
    shown.push({ row, batch, operations: own })
    before = batch
  }
  if (next !== operations.length) say(files.operations, next + 1, `Row ${next + 1} is an operation of no batch.`)
  return { log, batches: shown, whole, problems }
}

/** Of a batch without effect as a whole, no operation is read. */
function hasSigned({ boxHead, noEffect }: HistoryBatch, operations: readonly ShownOperation[]): boolean {
  if (noEffect !== null) return operations.length === 0
  const hashes = operations.map(({ operation }) => Buffer.from(operation.hash, 'hex'))
  return (
    Number.parseInt(boxHead.slice(8, 16), 16) === operations.length &&
    sha256(...hashes) === boxHead.slice(16) &&
    operations.every(({ operation }, part) => operation.part === part)
  )
}

function parseOp(text: string): Op | null {
  if (text === '') return null
  try {
    const parsed = opSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function describeWrongPlace(log: Log, before: HistoryBatch | null, batch: HistoryBatch): string | null {
  if (headAfter(batch, batch.signature) !== batch.head) return 'is not what its head was computed from.'
  if (before === null) {
    if (batch.at !== 0) return `begins at position ${batch.at}, and not with the first batch.`
    if (log === 'team' && batch.before !== startHead(batch.log, null)) return 'does not begin a log.'
    return null
  }
  if (batch.log !== before.log) return 'is of another log.'
  if (batch.at <= before.at) return `has the position ${batch.at} after ${before.at}.`
  if (batch.at > before.at + 1)
    return log === 'team' ? `follows position ${before.at}: batches between them are missing.` : null
  return batch.before === before.head ? null : 'does not follow the row before it.'
}
