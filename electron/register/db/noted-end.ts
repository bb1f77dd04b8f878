import Sqlite from 'better-sqlite3'

import { counted } from '../../../shared/domain/counted.ts'
import type { Reader } from './handles.ts'
import { RegisterRefused } from './migrate.ts'
import { GENESIS, journalHead, type JournalHead } from './journal.ts'

/** Where the journal ended when that was last noted outside the register. `at` is in milliseconds, UTC. */
export interface NotedEnd extends JournalHead {
  readonly at: number
}

/**
 * What a register lacks of what was noted: `older` when rows are missing at its end, as in a copy from before, or after its
 * write-ahead log was lost; `other` when its row is not the one that was noted; `unreadable` when its journal cannot be read.
 */
export interface Loss {
  readonly kind: 'older' | 'other' | 'unreadable'
  /** The first and the last row that are missing or differ. */
  readonly from: number
  readonly to: number
  readonly noted: NotedEnd
}

/** Holds a register against the end that was noted; null where all of it is there. The register may have gone on since. */
export function findLoss(reader: Reader, noted: NotedEnd): Loss | null {
  try {
    return difference(reader, noted)
  } catch (error) {
    // A page that does not decrypt; what is left can still be read and saved.
    if (error instanceof Sqlite.SqliteError || error instanceof RegisterRefused)
      return { kind: 'unreadable', from: noted.seq, to: noted.seq, noted }
    throw error
  }
}

function difference(reader: Reader, noted: NotedEnd): Loss | null {
  const there = noted.seq === 0 ? GENESIS : reader.value<string>('SELECT hash FROM journal WHERE seq = ?', [noted.seq])
  if (there === noted.hash) return null
  if (there !== undefined) return { kind: 'other', from: noted.seq, to: noted.seq, noted }
  return { kind: 'older', from: journalHead(reader).seq + 1, to: noted.seq, noted }
}

/** The loss in a sentence. */
export function lossWords({ kind, from, to, noted }: Loss): string {
  const when = new Date(noted.at).toISOString().slice(0, 16).replace('T', ' ')
  if (kind === 'unreadable') return `The journal of the register cannot be read: the file is damaged.`
  if (kind === 'other') {
    return `The register is not the one that was written here: row ${to} of its journal is not the row that was noted at ${when} UTC.`
  }
  const rows = from === to ? `row ${to}` : `rows ${from} to ${to}`
  return `The register is older than it was at ${when} UTC: ${rows} of its journal are gone (${counted(to - from + 1, 'decision')} or more).`
}
