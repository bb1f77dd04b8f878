import {
  proposeMatches,
  type Likeness,
  type MatchContext,
  type MatchReason,
} from '../../../shared/domain/people/matching.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { connectionsInScope, idsParam, type Scope } from '../db/scope.ts'
import { domainOf } from '../facts/external.ts'

export type MatchState = 'open' | 'rejected'

export interface StoredMatch {
  readonly id: number
  readonly person: number
  readonly other: number
  readonly reason: MatchReason
  readonly state: MatchState
  readonly foundAt: number
  readonly decidedAt: number | null
  readonly decidedBy: string | null
}

type Pair = Pick<StoredMatch, 'id' | 'person' | 'other'>

const PAIRS = 'SELECT m.id, m.person_id AS person, m.other_id AS other FROM person_match m'

/** Neither person of a pair was merged into another. */
const BOTH_STAND = `NOT EXISTS (SELECT 1 FROM person_merge g WHERE g.split_at IS NULL AND g.other_id IN (m.person_id, m.other_id))`

/**
 * The ids of the pairs in scope, newest first: both people hold something in the scope. A person who holds nothing
 * anywhere belongs to the client whose domain matches an address, or to the agency, which is in every scope.
 */
export function matchIds(reader: Reader, query: Scope & { readonly state: MatchState }): number[] {
  const inScope = connectionsInScope(query)
  const holds = (column: string, where: string): string =>
    `EXISTS (SELECT 1 FROM principal p WHERE p.person_id = m.${column} ${where})`
  const seen = (column: string): string =>
    `(${holds(column, `AND +p.connection_id IN (${inScope.text})`)} OR (NOT ${holds(column, '')} AND ${
      query.client === undefined ? 'true' : AT_HOME(column)
    }))`
  return reader.column<number>(
    `SELECT m.id FROM person_match m WHERE m.state = :state AND ${BOTH_STAND} AND ${seen('person_id')} AND ${seen('other_id')}
     ORDER BY m.found_at DESC, m.id`,
    { ...inScope.params, state: query.state },
  )
}

const AT_HOME = (column: string): string =>
  `EXISTS (SELECT 1 FROM person_address a JOIN client h ON h.slug = :scope_client OR h.kind = 'internal', json_each(h.domains) d
    WHERE a.person_id = m.${column} AND ${domainOf('a.address')} = lower(d.value))`

/** Pairs for ids, in the order given. */
export function matchesById(reader: Reader, ids: readonly number[]): readonly StoredMatch[] {
  return reader.all<StoredMatch>(
    `SELECT m.id, m.person_id AS person, m.other_id AS other, m.reason, m.state, m.found_at AS foundAt, m.decided_at AS decidedAt,
       m.decided_by AS decidedBy
     FROM json_each(?) j JOIN person_match m ON m.id = j.value ORDER BY j.key`,
    [idsParam(ids)],
  )
}

/** Open pairs with a person in them. */
export function matchesWith(reader: Reader, personId: number): readonly StoredMatch[] {
  const ids = reader.column<number>(
    `SELECT m.id FROM person_match m WHERE (m.person_id = :id OR m.other_id = :id) AND m.state = 'open' AND ${BOTH_STAND} ORDER BY m.id`,
    { id: personId },
  )
  return matchesById(reader, ids)
}

export function decideMatch(
  writer: Writer,
  match: { readonly id: number; readonly state: MatchState; readonly at: number; readonly by: string },
): void {
  const { id, state, at, by } = match
  const decided = state === 'rejected'
  writer.run('UPDATE person_match SET state = :state, decided_at = :at, decided_by = :by WHERE id = :id', {
    id,
    state,
    at: decided ? at : null,
    by: decided ? by : null,
  })
}

/** The number of a pair; null where it was never proposed. */
export function findPair(reader: Reader, a: number, b: number): number | null {
  const ids = [Math.min(a, b), Math.max(a, b)]
  return reader.value<number>('SELECT id FROM person_match WHERE person_id = ? AND other_id = ?', ids) ?? null
}

/** Proposes a pair that a file links. Does nothing where the pair was already decided or proposed. */
export function proposePair(writer: Writer, a: number, b: number, reason: MatchReason, at: number): void {
  writer.run(
    `INSERT INTO person_match (person_id, other_id, reason, state, found_at) VALUES (min(:a, :b), max(:a, :b), :reason, 'open', :at)
     ON CONFLICT (person_id, other_id) DO NOTHING`,
    { a, b, reason, at },
  )
}

interface MatchColumns {
  readonly id: number
  readonly name: string
  readonly reportedName: string | null
  readonly externalId: string | null
  readonly source: string | null
  readonly holds: number
}

/**
 * All people who were not merged into another, with the data that is compared. Two statements, whatever their number.
 */
export function readLikeness(reader: Reader): Likeness[] {
  const addresses = Map.groupBy(
    reader.all<{ readonly address: string; readonly personId: number }>(
      'SELECT address, person_id AS personId FROM person_address',
    ),
    (row) => row.personId,
  )
  const people = reader.all<MatchColumns>(
    `SELECT n.id, n.name, e.name AS reportedName, e.external_id AS externalId, e.source,
       EXISTS (SELECT 1 FROM principal p WHERE p.person_id = n.id) AS holds
     FROM person n LEFT JOIN employment e ON e.person_id = n.id
     WHERE NOT EXISTS (SELECT 1 FROM person_merge g WHERE g.other_id = n.id AND g.split_at IS NULL)`,
  )
  return people.map((row) => ({
    id: row.id,
    names: row.reportedName === null || row.reportedName === row.name ? [row.name] : [row.name, row.reportedName],
    addresses: (addresses.get(row.id) ?? []).map(({ address }) => address),
    employee: row.externalId === null || row.source === null ? null : { source: row.source, number: row.externalId },
    holds: row.holds === 1,
  }))
}

/**
 * What proposals depend on in addition to the people. A pair also counts as rejected if it was rejected before one of
 * the two was merged.
 */
export function matchContext(reader: Reader): MatchContext {
  const domains = reader.column<string>('SELECT DISTINCT lower(d.value) FROM client c, json_each(c.domains) d')
  const standsFor = new Map(
    reader
      .all<{ kept: number; other: number }>(
        'SELECT kept_id AS kept, other_id AS other FROM person_merge WHERE split_at IS NULL',
      )
      .map(({ kept, other }) => [other, kept]),
  )
  const who = (id: number): number => {
    let at = id
    for (let next = standsFor.get(at); next !== undefined; next = standsFor.get(at)) at = next
    return at
  }
  const rejected = new Set(
    reader
      .all<Pair>(`${PAIRS} WHERE m.state = 'rejected'`)
      .map(({ person, other }) => [who(person), who(other)].toSorted((a, b) => a - b).join(' ')),
  )
  return { domains: new Set(domains), isRejected: (a, b) => rejected.has(`${a} ${b}`) }
}

const SEEN = 'people_matched'

/** A fingerprint of the people at the last comparison: anything that a sync or a file adds changes it. */
const STATE_OF_PEOPLE = `SELECT concat_ws(' ', (SELECT concat(max(id), ' ', total(length(name))) FROM person), (SELECT count(*) FROM person_address),
  (SELECT count(*) FROM employment), (SELECT count(*) FROM person_merge WHERE split_at IS NULL),
  (SELECT max(id) FROM person_merge), (SELECT group_concat(domains) FROM client))`

/** Whether people were added or changed since the last comparison. */
export function matchesAreStale(reader: Reader): boolean {
  const seen = reader.value<string>('SELECT value FROM meta WHERE key = ?', [SEEN])
  return seen !== reader.value<string>(STATE_OF_PEOPLE)
}

/**
 * Compares all people: new pairs are proposed, and open pairs without remaining evidence are dropped. Decided pairs,
 * pairs that a file linked, and pairs of a merged person are kept. Returns how many are new.
 */
export function refreshMatches(writer: Writer, at: number): number {
  const proposals = proposeMatches(readLikeness(writer), matchContext(writer))
  const standing = new Set(writer.column<string>(`SELECT m.person_id || ' ' || m.other_id FROM person_match m`))
  const proposed = new Set(proposals.map(({ a, b }) => `${a} ${b}`))
  const open = writer.all<Pair>(`${PAIRS} WHERE m.state = 'open' AND m.reason <> 'one-file' AND ${BOTH_STAND}`)
  for (const { id, person, other } of open) {
    if (!proposed.has(`${person} ${other}`)) writer.run('DELETE FROM person_match WHERE id = ?', [id])
  }
  const fresh = proposals.filter(({ a, b }) => !standing.has(`${a} ${b}`))
  for (const { a, b, reason } of fresh) proposePair(writer, a, b, reason, at)
  writer.run(
    `INSERT INTO meta (key, value) VALUES (?, (${STATE_OF_PEOPLE})) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    [SEEN],
  )
  return fresh.length
}
