import type { Reader } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'
import { type Entry, ENTRY } from '../read/journal.ts'
import { hasOtherOrder } from '../rows/refer.ts'
import { readCountingOrder } from './order.ts'

/**
 * The entries of some actions from a number on, oldest first. In the register of a team all of them, in the order in which they count,
 * without those that have no effect.
 */
export function* entriesFrom(reader: Reader, seq: number, actions: readonly string[]): Iterable<Entry> {
  if (!hasOtherOrder(reader)) {
    yield* reader.iterate<Entry>(
      `SELECT ${ENTRY} FROM journal j WHERE j.seq >= :seq AND j.action IN (SELECT value FROM json_each(:actions)) ORDER BY j.seq`,
      { seq, actions: JSON.stringify(actions) },
    )
    return
  }
  yield* readCountingOrder(reader, actions)
}

/** The same up to a number, newest first. */
export function* entriesUpTo(reader: Reader, seq: number, actions: readonly string[]): Iterable<Entry> {
  if (!hasOtherOrder(reader)) {
    yield* reader.iterate<Entry>(
      `SELECT ${ENTRY} FROM journal j WHERE j.seq <= :seq AND j.action IN (SELECT value FROM json_each(:actions)) ORDER BY j.seq DESC`,
      { seq, actions: JSON.stringify(actions) },
    )
    return
  }
  yield* [...readCountingOrder(reader, actions)].toReversed()
}

/** Of some entries, by their numbers, those that have no effect in the team, and those that their author is asked about. */
export function findWithoutEffect(reader: Reader, ids: readonly number[]): ReadonlySet<number> {
  return new Set(
    reader.column<number>(
      `SELECT i.value FROM json_each(?) i LEFT JOIN team_operation o ON o.journal_seq = i.value
         LEFT JOIN team_waiting w ON w.journal_seq = i.value
       WHERE o.no_effect IS NOT NULL OR w.counts = 0`,
      [idsParam(ids)],
    ),
  )
}
