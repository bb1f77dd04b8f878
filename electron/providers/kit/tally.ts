import type { Fact, PrincipalFact, ProjectFact } from '../../../shared/domain/facts.ts'
import type { Exclusion, SourceName, SourceOutcome } from '../../../shared/domain/source.ts'
import type { Once } from './once.ts'

/** Where an adapter puts what it reads. Calls may interleave between sources, never within one. */
export interface Sink {
  /** A source is about to be read. */
  begin(source: SourceName, project: string | null): void
  /** Facts of one page. `fetched` and `expected` count rows of the source so far. */
  facts(
    source: SourceName,
    project: string | null,
    facts: readonly Fact[],
    fetched: number,
    expected: number | null,
  ): void
  /** The source ended, in whatever state. Exactly one call for each `begin`. */
  end(outcome: SourceOutcome): void
}

/** One row of a provider's list, read. */
export interface Reading {
  /** The identity of the row within its source; null when it has no id and cannot be kept. */
  readonly id: string | null
  readonly facts: readonly Fact[]
  /** Why the row, or parts of it, were left out. */
  readonly left: readonly Left[]
}

/**
 * Why something was left out. A text: it is not known what it gives, so that its source is not read to its end and earlier
 * facts stay. Harmless: it is known to give nothing that the register keeps, or is a date.
 */
export type Left = string | { readonly harmless: string }

export const UNREADABLE: Reading = { id: null, facts: [], left: ['A row without an id or in an unknown form.'] }

/** Adds what a row is to the ids of its list. */
export function noteId(ids: Set<string>, reading: Reading): Reading {
  if (reading.id !== null) ids.add(reading.id)
  return reading
}

type Named = PrincipalFact | ProjectFact

/** Keeps the facts of one type that a row brings, by id; the first of each counts. */
export function noteFacts<T extends Named['type']>(
  found: Map<string, Extract<Named, { readonly type: T }>>,
  type: T,
  reading: Reading,
): Reading {
  for (const fact of reading.facts) {
    if (isNamed(fact, type) && !found.has(fact.externalId)) found.set(fact.externalId, fact)
  }
  return reading
}

function isNamed<T extends Named['type']>(fact: Fact, type: T): fact is Extract<Named, { readonly type: T }> {
  return fact.type === type
}

/** Counts what a source holds and hands its facts on, page by page. */
export interface Tally {
  /**
   * Takes the rows of one page, each once however often it comes; returns how many had not come before in their list, whose
   * ids `listed` holds. A row without an id cannot be compared and counts each time.
   */
  take(rows: readonly unknown[], read: (row: unknown) => Reading, listed?: Set<string>): number
  /** Counts something harmless left out that is not a row of its own. */
  leave(count: number, reason: string): void
  readonly fetched: number
  readonly excluded: readonly Exclusion[]
  /** Why the source is not read to its end; see `Left`. */
  readonly unknown: string | null
}

export function openTally(sink: Sink, once: Once, source: SourceName, project: string | null): Tally {
  const seen = new Set<string>()
  const left = new Map<string, number>()
  let fetched = 0
  let unknown: string | null = null

  function leave(count: number, reason: string): void {
    left.set(reason, (left.get(reason) ?? 0) + count)
  }

  function take(rows: readonly unknown[], read: (row: unknown) => Reading, listed = new Set<string>()): number {
    const facts: Fact[] = []
    let fresh = 0
    for (const row of rows) {
      const reading = read(row)
      if (reading.id === null || !listed.has(reading.id)) fresh++
      if (reading.id !== null) {
        listed.add(reading.id)
        if (seen.has(reading.id)) continue
        seen.add(reading.id)
      }
      fetched++
      for (const fact of reading.facts) {
        const { kept, left } = once.admit(fact, source)
        if (kept !== null) facts.push(kept)
        if (left !== null) leave(1, left)
      }
      for (const reason of reading.left) {
        if (typeof reason === 'string') unknown ??= reason
        leave(1, typeof reason === 'string' ? reason : reason.harmless)
      }
    }
    // Few lists report their length, and none before its end.
    sink.facts(source, project, facts, fetched, null)
    return fresh
  }

  return {
    take,
    leave,
    get fetched() {
      return fetched
    },
    get unknown() {
      return unknown
    },
    get excluded() {
      return [...left].map(([reason, count]) => ({ count, reason }))
    },
  }
}
