import { hash } from 'node:crypto'

import type { EvidenceProblem } from '../../../../shared/contract/evidence.ts'
import { counted } from '../../../../shared/domain/counted.ts'
import { MOST_PROBLEMS } from '../../../../shared/domain/file-limits.ts'
import { HISTORY_FILES, type HistoryEntry, type Log } from '../../../../shared/report/evidence-history.ts'
import { type Op, parseOp } from '../../../../shared/team/op.ts'
import { digestEntry, headAfter, isDigestSigned, startHead } from '../../../register/team/hash-entry.ts'

/** An entry of a pack whose place in its log is proved. */
export interface ShownEntry {
  /** The line of both files of its log, from 1. */
  readonly row: number
  readonly entry: HistoryEntry
  /** Null: the pack does not show it, or it has no canonical form. */
  readonly op: Op | null
  /** True if the pack has a text of it. */
  readonly isShown: boolean
}

export interface FollowedLog {
  readonly log: Log
  readonly entries: readonly ShownEntry[]
  readonly problems: readonly EvidenceProblem[]
}

/** The lines of a log's two files, without line feeds; an entry is null where its line is not one. */
export interface LogLines {
  readonly log: Log
  readonly entries: readonly (HistoryEntry | null)[]
  readonly texts: readonly string[]
}

/**
 * Follows the heads of a log through its entries, and compares each text with the hash in its entry. Who signed is not asked here.
 * The log of the team has to begin with its first entry, that of a client may begin at any.
 */
export function followLog({ log, entries, texts }: LogLines): FollowedLog {
  const files = HISTORY_FILES[log]
  const problems: EvidenceProblem[] = []
  const say = (file: string, row: number | null, says: string): void => {
    if (problems.length < MOST_PROBLEMS) problems.push({ file, row, says })
  }
  const shown: ShownEntry[] = []
  let before: HistoryEntry | null = null
  for (const [index, entry] of entries.entries()) {
    const row = index + 1
    if (entry === null) {
      say(files.entries, row, `Row ${row} is not an entry of a log.`)
      continue
    }
    const wrong = describeWrongPlace(log, before, entry, index)
    if (wrong !== null) say(files.entries, row, `Row ${row} ${wrong}`)
    const text = texts[index] ?? ''
    const op = text === '' ? null : parseOp(text)
    if (text !== '' && hash('sha256', text, 'hex') !== entry.opHash) {
      say(files.operations, row, `Row ${row} is not the operation that was signed at position ${entry.seq}.`)
    }
    shown.push({ row, entry, op, isShown: text !== '' })
    before = entry
  }
  if (entries.length === 0) say(files.entries, null, 'It has no entry.')
  if (texts.length !== entries.length) {
    say(files.operations, null, `It has ${counted(texts.length, 'row')}, and ${files.entries} has ${entries.length}.`)
  }
  return { log, entries: shown, problems }
}

function describeWrongPlace(log: Log, before: HistoryEntry | null, entry: HistoryEntry, index: number): string | null {
  const { seq, stream, previous } = entry
  if (index > 0) {
    if (before === null) return null
    if (stream !== before.stream) return 'is of another log.'
    if (seq !== before.seq + 1) return `has the position ${seq}, not ${before.seq + 1}.`
    if (previous !== before.head) return 'does not follow the row before it.'
  } else if (log === 'team') {
    if (seq !== 0) return 'is not the first entry of the team.'
    if (previous !== startHead(stream, Buffer.alloc(32)).toString('hex')) return 'does not begin a log.'
  }
  const head = headAfter(digestShown(entry), Buffer.from(entry.signature, 'hex')).toString('hex')
  return head === entry.head ? null : 'is not what its head was computed from.'
}

/** True if the holder of a key signed the entry for this place. `signKey`: 32 bytes in hex. */
export function isShownSigned(entry: HistoryEntry, signKey: string): boolean {
  return isDigestSigned(digestShown(entry), Buffer.from(entry.signature, 'hex'), signKey)
}

function digestShown(entry: HistoryEntry): Buffer {
  const { previous, opHash, sealedHash } = entry
  const bytes = { opHash: Buffer.from(opHash, 'hex'), sealedHash: Buffer.from(sealedHash, 'hex') }
  return digestEntry(Buffer.from(previous, 'hex'), { ...entry, ...bytes })
}
