import type { Writer } from '../db/handles.ts'

/** An operation of this device whose place has no effect any more. */
export interface WaitingAgain {
  /** The name under which it is placed. */
  readonly op: string
  /** Canonical JSON. */
  readonly operation: string
  /** Its row of the journal; null where it describes what this register had before, and for a reading. */
  readonly journalSeq: number | null
}

/**
 * Adds operations, in their order, before all that waits for their stream: what was decided later may rest on them, as on a client. Only
 * what was decided here before them, and waits again too, stays before them.
 */
export function waitAgain(writer: Writer, waitsAs: string, again: readonly WaitingAgain[]): void {
  const toSeq = ({ journalSeq }: Pick<WaitingAgain, 'journalSeq'>): number => journalSeq ?? -1
  const newest = again.reduce((most, one) => Math.max(most, toSeq(one)), -1)
  const earlier = writer.all<Pick<WaitingAgain, 'op' | 'journalSeq'>>(
    'SELECT op, journal_seq AS journalSeq FROM team_pending WHERE stream = ? AND ifnull(journal_seq, -1) < ? ORDER BY id',
    [waitsAs, newest],
  )
  const first = (writer.value<number | null>('SELECT min(id) FROM team_pending') ?? 0) - earlier.length - again.length
  for (const { op, operation, journalSeq } of again) {
    writer.run('INSERT INTO team_pending (stream, op, operation, journal_seq) VALUES (?, ?, ?, ?)', [
      waitsAs,
      op,
      operation,
      journalSeq,
    ])
  }
  const sorted = [...earlier, ...again].toSorted((a, b) => toSeq(a) - toSeq(b))
  for (const [at, { op }] of sorted.entries())
    writer.run('UPDATE team_pending SET id = ? WHERE op = ?', [first + at, op])
}
