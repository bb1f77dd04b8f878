import { emailKey } from '../../../shared/domain/email.ts'
import type { Writer } from '../handles.ts'
import { indexForSearch } from '../search-index.ts'

interface Arrival {
  readonly id: number
  readonly external_id: string
  readonly person_id: number | null
  readonly name: string | null
  readonly email: string | null
}

/**
 * Joins users and invites to people by their exact e-mail address (case aside) and by nothing else: what is merely
 * alike is left for a person to decide. Someone without an address is a person of their own until an address is told.
 */
export function linkPeople(writer: Writer, syncId: number, at: number): void {
  const arrivals = writer.all<Arrival>(
    `SELECT p.id, p.external_id, p.person_id, v.name, v.email FROM principal_version v JOIN principal p ON p.id = v.principal_id
     WHERE v.from_sync = ? AND v.to_sync IS NULL AND p.kind IN ('user', 'invite') ORDER BY p.kind DESC, p.id`,
    [syncId],
  )
  for (const arrival of arrivals) {
    const address = emailKey(arrival.email)
    const known = knownPerson(writer, arrival, address)
    const name = arrival.name?.trim() ? arrival.name : null
    const personId = known ?? newPerson(writer, name ?? arrival.email ?? arrival.external_id, arrival.email, at)
    if (arrival.person_id !== personId) move(writer, arrival, personId)
    if (address !== null) {
      writer.run('INSERT INTO person_address (address, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING', [
        address,
        personId,
      ])
    }
    if (known !== undefined) refreshPerson(writer, personId, name, arrival)
  }
}

/** Who an arrival is: whom they were before, unless that was somebody without an address and theirs is known by now. */
function knownPerson(writer: Writer, arrival: Arrival, address: string | null): number | undefined {
  const addressed =
    address === null
      ? undefined
      : writer.value<number>('SELECT person_id FROM person_address WHERE address = ?', [address])
  if (arrival.person_id === null) return addressed
  if (addressed === undefined) return arrival.person_id
  const hasAddress = writer.value('SELECT 1 FROM person_address WHERE person_id = ?', [arrival.person_id]) === 1
  return hasAddress ? arrival.person_id : addressed
}

/** What is known of a person besides accounts; it must not go when the last account goes to somebody else. */
const IS_KNOWN = `SELECT 1 WHERE EXISTS (SELECT 1 FROM principal WHERE person_id = :id)
  OR EXISTS (SELECT 1 FROM employment WHERE person_id = :id)
  OR EXISTS (SELECT 1 FROM person_match WHERE state = 'rejected' AND :id IN (person_id, other_id))
  OR EXISTS (SELECT 1 FROM person_merge WHERE :id IN (kept_id, other_id))`

/** Joins a principal to a person. Whoever stood in for that person, and of whom nothing else is known, is not kept. */
function move(writer: Writer, arrival: Arrival, personId: number): void {
  writer.run('UPDATE principal SET person_id = ? WHERE id = ?', [personId, arrival.id])
  if (arrival.person_id === null) return
  const left = { id: arrival.person_id }
  if (writer.value(IS_KNOWN, left) !== undefined) return
  writer.run('DELETE FROM person WHERE id = :id', left)
  indexForSearch(writer, 'person', 'SELECT :id AS value', left)
}

function newPerson(writer: Writer, name: string, email: string | null, at: number): number {
  return writer.run('INSERT INTO person (name, email, created_at) VALUES (?, ?, ?)', [name, email, at]).lastId
}

/** A name replaces an address that stood in for one; an address fills an empty place. Neither overwrites a name. */
function refreshPerson(writer: Writer, personId: number, name: string | null, arrival: Arrival): void {
  writer.run(
    `UPDATE person SET
       name = CASE WHEN :name IS NOT NULL AND (name = email OR name = :external) THEN :name ELSE name END,
       email = ifnull(email, :email)
     WHERE id = :id AND ((:name IS NOT NULL AND (name = email OR name = :external)) OR (email IS NULL AND :email IS NOT NULL))`,
    { id: personId, name, email: arrival.email, external: arrival.external_id },
  )
}
