import Sqlite from 'better-sqlite3'

import { counted } from '../../../shared/domain/counted.ts'
import type { Reader } from './handles.ts'
import { RegisterRefused } from './migrate.ts'
import { GENESIS, journalHead, type JournalHead } from './journal.ts'

/** The end of the journal, as last noted outside the register. `at` is in milliseconds, UTC. */
export interface NotedEnd extends JournalHead {
  readonly at: number
}

/**
 * How a register differs from the noted end: `older` when rows are missing at its end, as in an earlier copy or after
 * its write-ahead log was lost; `other` when its row is not the noted one; `unreadable` when its journal cannot be
 * read.
 */
export interface Loss {
  readonly kind: 'older' | 'other' | 'unreadable'
  /** The first and the last row that are missing or differ. */
  readonly from: number
  readonly to: number
  readonly noted: NotedEnd
}

/** Compares a register with the noted end; null where nothing is missing. The register may have more rows since. */
export function findLoss(reader: Reader, noted: NotedEnd): Loss | null {
  try {
    return difference(reader, noted)
  } catch (error) {
    // A page does not decrypt; the rest can still be read and salvaged.
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

export function lossWords({ kind, from, to, noted }: Loss): string {
  const when = new Date(noted.at).toISOString().slice(0, 16).replace('T', ' ')
  if (kind === 'unreadable') return 'The audit log of the register cannot be read: the file is damaged.'
  if (kind === 'other') {
    return `The register is not the one that was written here: row ${to} of its audit log is not the row that was noted at ${when} UTC.`
  }
  const rows = from === to ? `row ${to} of its audit log is` : `rows ${from} to ${to} of its audit log are`
  return `The register is older than it was at ${when} UTC: ${rows} missing (${counted(to - from + 1, 'decision')} or more).`
}
