import type { Fact, PrincipalFact, ProjectFact } from '../../../shared/domain/facts.ts'
import type { Exclusion, SourceName, SourceOutcome } from '../../../shared/domain/source.ts'
import { beyond } from './bounds.ts'

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
  readonly left: readonly Omission[]
}

/**
 * Why something was left out. A text: it is not known what it gives, so that its source is not read to its end and earlier
 * facts stay. Harmless: it is known to give nothing that the register keeps, or is a date.
 */
export type Omission = string | { readonly harmless: string }

export const UNREADABLE: Reading = { id: null, facts: [], left: ['A row without an id or in an unknown form.'] }

/** Adds what a row is to the ids of its list. */
export function noteId(ids: Set<string>, reading: Reading): Reading {
  if (reading.id !== null) ids.add(reading.id)
  return reading
}

type NameableFact = PrincipalFact | ProjectFact

/** Keeps the facts of one type that a row brings, by id; the first of each counts. */
export function noteFacts<T extends NameableFact['type']>(
  found: Map<string, Extract<NameableFact, { readonly type: T }>>,
  type: T,
  reading: Reading,
): Reading {
  for (const fact of reading.facts) {
    if (isNamed(fact, type) && !found.has(fact.externalId)) found.set(fact.externalId, fact)
  }
  return reading
}

function isNamed<T extends NameableFact['type']>(
  fact: Fact,
  type: T,
): fact is Extract<NameableFact, { readonly type: T }> {
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
  /** Why the source is not read to its end; see `Omission`. */
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
    once.count(facts.length)
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

interface Admission {
  /** The fact to pass on; null when it was already reported. */
  readonly kept: Fact | null
  /** Why it was left out, where that is worth counting. */
  readonly left: string | null
}

/** Of one reading: rows are bounded where pages are read, but one row may hold as many facts as its answer has room for. */
const MOST_FACTS = 2_000_000

/** The facts of one reading so far: deduplicates those that several lists report for the same entity. */
export interface Once {
  admit(fact: Fact, source: SourceName): Admission
  /** Counts facts that are passed on. Throws `CallFailure` of kind `endless` for more than a reading may hold. */
  count(facts: number): void
}

/** Lists that name a principal without being its own list. */
const NAMING: ReadonlySet<SourceName> = new Set(['project-users', 'project-groups', 'group-users'])

const REPORTED: Admission = { kept: null, left: null }
const REPORTED_ELSEWHERE: Admission = {
  kept: null,
  left: 'A row that another list also contains; the first one counts.',
}

/**
 * A principal's own list wins over lists that only name it; among those, the first version is repeated in each, so that
 * every list still identifies the principals that it names. Of a key, project, limit or grant that comes twice, the
 * first counts: a list can change while it is read, and the register has each thing once.
 */
export function openOnce(most: number = MOST_FACTS): Once {
  const principals = new Map<string, { readonly fact: PrincipalFact; readonly naming: boolean }>()
  const reported = new Set<string>()
  let held = 0

  function admitPrincipal(fact: PrincipalFact, source: SourceName): Admission {
    const known = principals.get(fact.externalId)
    if (known === undefined) {
      principals.set(fact.externalId, { fact, naming: NAMING.has(source) })
      return { kept: fact, left: null }
    }
    return known.naming && NAMING.has(source) ? { kept: known.fact, left: null } : REPORTED
  }

  return {
    admit(fact, source) {
      if (fact.type === 'principal') return admitPrincipal(fact, source)
      const identity = getIdentity(fact)
      if (!reported.has(identity)) {
        reported.add(identity)
        return { kept: fact, left: null }
      }
      return fact.type === 'key' ||
        fact.type === 'project' ||
        fact.type === 'limit' ||
        fact.type === 'federation' ||
        fact.type === 'restriction'
        ? REPORTED_ELSEWHERE
        : REPORTED
    },
    count(facts) {
      held += facts
      if (held > most) throw beyond('endless', most, 'facts')
    },
  }
}

function getIdentity(fact: Exclude<Fact, PrincipalFact>): string {
  if (fact.type === 'grant') return JSON.stringify([fact.type, fact.principal, fact.project, fact.roleRaw])
  if (fact.type === 'certificate') return JSON.stringify([fact.type, fact.externalId, fact.project])
  if (fact.type === 'detail') return JSON.stringify([fact.type, fact.of, fact.externalId, fact.kind])
  if (fact.type === 'membership') return JSON.stringify([fact.type, fact.group, fact.member])
  return JSON.stringify([fact.type, fact.externalId])
}
