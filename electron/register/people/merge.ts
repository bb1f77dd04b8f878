import { emailKey } from '../../../shared/domain/email.ts'
import { readEmployment, putEmployment, removeEmployment, type StoredEmployment } from './employment.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { tallyClientsOf } from '../facts/tallies.ts'
import { personAddresses } from './people.ts'
import { idsParam } from '../db/scope.ts'
import { indexPeople } from '../db/search-index.ts'

/** What a merge records, so that a split restores exactly what the merge moved. */
interface GivenUp {
  readonly addresses: readonly string[]
  readonly principals: readonly number[]
  readonly employment: StoredEmployment | null
  readonly kept: {
    readonly email: string | null
    readonly addresses: readonly string[]
    readonly employment: StoredEmployment | null
  }
  /** Principals that were added later have a higher id. */
  readonly lastPrincipal: number
}

export interface Merge {
  readonly id: number
  readonly kept: number
  readonly other: number
  readonly mergedAt: number
  readonly mergedBy: string
}

const STANDING =
  'SELECT id, kept_id AS kept, other_id AS other, merged_at AS mergedAt, merged_by AS mergedBy FROM person_merge WHERE split_at IS NULL'

/** A merge that was not undone; null when there is none with that id. */
export function findMerge(reader: Reader, mergeId: number): Merge | null {
  return reader.get<Merge>(`${STANDING} AND id = ?`, [mergeId]) ?? null
}

/** The merges into a person, newest first. */
export function mergesInto(reader: Reader, personId: number): readonly Merge[] {
  return reader.all<Merge>(`${STANDING} AND kept_id = ? ORDER BY id DESC`, [personId])
}

/** The merge that absorbed a person; null if the person was not merged into another. */
export function mergeAway(reader: Reader, personId: number): Merge | null {
  return reader.get<Merge>(`${STANDING} AND other_id = ?`, [personId]) ?? null
}

/**
 * Merges two people. The kept person gets the accounts and addresses of the other; the kept person's employment stays,
 * and the other's is used where there is none. The other stays as an empty row. Neither may already be merged into
 * another. Returns the merge's id.
 */
export function mergePeople(
  writer: Writer,
  merge: {
    readonly keep: number
    readonly other: number
    readonly at: number
    readonly by: string
    readonly uid: string
  },
): number {
  const { keep, other, at, by, uid } = merge
  const known = readEmployment(writer, [keep, other])
  const email = writer.value<string | null>('SELECT email FROM person WHERE id = ?', [keep]) ?? null
  const givenUp: GivenUp = {
    addresses: personAddresses(writer, other),
    principals: writer.column<number>('SELECT id FROM principal WHERE person_id = ? ORDER BY id', [other]),
    employment: known.get(other) ?? null,
    kept: { email, addresses: personAddresses(writer, keep), employment: known.get(keep) ?? null },
    lastPrincipal: writer.value<number>('SELECT max(id) FROM principal') ?? 0,
  }
  move(writer, givenUp.principals, givenUp.addresses, keep)
  if (email === null) {
    writer.run('UPDATE person SET email = (SELECT email FROM person WHERE id = :other) WHERE id = :keep', {
      keep,
      other,
    })
  }
  if (givenUp.employment !== null) {
    removeEmployment(writer, other)
    if (givenUp.kept.employment === null) putEmployment(writer, keep, givenUp.employment)
  }
  const { lastId } = writer.run(
    'INSERT INTO person_merge (kept_id, other_id, given_up, merged_at, merged_by, uid) VALUES (?, ?, ?, ?, ?, ?)',
    [keep, other, JSON.stringify(givenUp), at, by, uid],
  )
  follow(writer, [keep, other], givenUp.principals)
  return lastId
}

/**
 * Undoes a merge: accounts, addresses and employment return to the person they came from, as do accounts added since
 * under one of that person's addresses. The kept person must not be merged into another.
 */
export function splitPeople(writer: Writer, mergeId: number, at: number): void {
  const row = writer.get<{ readonly kept: number; readonly other: number; readonly givenUp: string }>(
    'SELECT kept_id AS kept, other_id AS other, given_up AS givenUp FROM person_merge WHERE split_at IS NULL AND id = ?',
    [mergeId],
  )
  if (row === undefined) return
  const { kept, other } = row
  const givenUp = JSON.parse(row.givenUp) as GivenUp
  const principals = returning(writer, kept, givenUp)
  move(writer, principals, listAddresses(writer, kept, givenUp, principals), other)
  writer.run(
    `UPDATE person SET email = :before WHERE id = :kept AND :before IS NULL
       AND email = (SELECT email FROM person WHERE id = :other)`,
    { kept, other, before: givenUp.kept.email },
  )
  splitEmployment(writer, kept, other, givenUp)
  writer.run('UPDATE person_merge SET split_at = ? WHERE id = ?', [at, mergeId])
  follow(writer, [kept, other], principals)
}

/** Accounts to return: those that the merge moved, and those added since under a moved address. */
function returning(writer: Writer, kept: number, givenUp: GivenUp): readonly number[] {
  const own = new Set(givenUp.principals)
  const addresses = new Set(givenUp.addresses)
  const now = writer.all<{ readonly id: number; readonly email: string | null }>(
    `SELECT p.id, (SELECT a.email FROM account_last_row a WHERE a.id = p.id) AS email
     FROM principal p WHERE p.person_id = ?`,
    [kept],
  )
  return now
    .filter(({ id, email }) => own.has(id) || (id > givenUp.lastPrincipal && addresses.has(emailKey(email) ?? '')))
    .map(({ id }) => id)
}

/** Addresses to return: those that the merge moved, and those added since that only returning accounts have had. */
function listAddresses(
  writer: Writer,
  kept: number,
  givenUp: GivenUp,
  principals: readonly number[],
): readonly string[] {
  const going = new Set(principals)
  const [own, before] = [new Set(givenUp.addresses), new Set(givenUp.kept.addresses)]
  const staying = writer.column<number>('SELECT id FROM principal WHERE person_id = ?', [kept])
  const theirs = addressesUsed(writer, principals)
  const others = addressesUsed(
    writer,
    staying.filter((id) => !going.has(id)),
  )
  return personAddresses(writer, kept).filter(
    (address) => own.has(address) || (!before.has(address) && theirs.has(address) && !others.has(address)),
  )
}

function addressesUsed(writer: Writer, principals: readonly number[]): ReadonlySet<string | null> {
  const emails = writer.column<string | null>(
    'SELECT DISTINCT p.email FROM json_each(?) j JOIN account_history p ON p.id = j.value',
    [idsParam(principals)],
  )
  return new Set(emails.map(emailKey))
}

/** Moved employment returns in its current form; where the kept person had their own, in its form before the merge. */
function splitEmployment(writer: Writer, kept: number, other: number, givenUp: GivenUp): void {
  const { employment } = givenUp
  if (employment === null) return
  const now = readEmployment(writer, [kept]).get(kept)
  const isTheirs = givenUp.kept.employment === null && now?.externalId === employment.externalId
  if (isTheirs) removeEmployment(writer, kept)
  putEmployment(writer, other, isTheirs && now !== undefined ? now : employment)
}

function move(writer: Writer, principals: readonly number[], addresses: readonly string[], to: number): void {
  writer.run('UPDATE principal SET person_id = :to WHERE id IN (SELECT value FROM json_each(:ids))', {
    to,
    ids: idsParam(principals),
  })
  writer.run('UPDATE person_address SET person_id = :to WHERE address IN (SELECT value FROM json_each(:addresses))', {
    to,
    addresses: JSON.stringify(addresses),
  })
}

/**
 * Updates what depends on people's identity: the search index, the numbers of people, and the findings of the connections
 * of moved accounts.
 */
function follow(writer: Writer, people: readonly number[], principals: readonly number[]): void {
  indexPeople(writer, people)
  tallyClientsOf(writer, people)
  writer.run(
    `UPDATE finding_evaluation SET stale = 1 WHERE connection_id IN
       (SELECT p.connection_id FROM json_each(?) j JOIN principal p ON p.id = j.value)`,
    [idsParam(principals)],
  )
}
