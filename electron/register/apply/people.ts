import { emailKey } from '../../../shared/domain/email.ts'
import type { Writer } from '../db/handles.ts'
import { isExpiredInvite } from '../facts/invite-state.ts'
import { indexPeople } from '../db/search-index.ts'

interface Arrival {
  readonly id: number
  readonly external_id: string
  readonly person_id: number | null
  readonly name: string | null
  readonly email: string | null
}

const EXPIRED = isExpiredInvite('p')

/**
 * Links users and invites to people only by their exact e-mail address (ignoring case); similar names are left for a
 * person to decide. An account without an address is a separate person until an address is reported. An expired invite
 * belongs to no person.
 */
export function linkPeople(writer: Writer, connectionId: number, syncId: number, at: number): void {
  forgetExpired(writer, connectionId, at)
  const arrivals = writer.all<Arrival>(
    `SELECT p.id, p.external_id, p.person_id, p.name, p.email FROM account_row p
     WHERE p.from_sync = :sync AND p.kind IN ('user', 'invite') AND NOT ${EXPIRED}
     ORDER BY p.kind DESC, p.id`,
    { sync: syncId, now: at },
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

/** Unlinks invites that have expired since from their people. */
function forgetExpired(writer: Writer, connectionId: number, at: number): void {
  const expired = writer.all<{ readonly id: number; readonly person_id: number }>(
    `SELECT p.id, p.person_id FROM account_row p
     WHERE p.connection_id = :connection AND p.person_id IS NOT NULL AND ${EXPIRED}`,
    { connection: connectionId, now: at },
  )
  for (const { id, person_id: person } of expired) {
    writer.run('UPDATE principal SET person_id = NULL WHERE id = ?', [id])
    leave(writer, person)
  }
}

/** The person of a new account: the former person, unless that one had no address and the address is now known. */
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

/** Data about a person other than accounts; it must be kept when the last account moves to another person. */
const IS_KNOWN = `SELECT 1 WHERE EXISTS (SELECT 1 FROM principal WHERE person_id = :id)
  OR EXISTS (SELECT 1 FROM employment WHERE person_id = :id)
  OR EXISTS (SELECT 1 FROM person_match WHERE state = 'rejected' AND :id IN (person_id, other_id))
  OR EXISTS (SELECT 1 FROM person_merge WHERE :id IN (kept_id, other_id))`

/** Links a principal to a person. A placeholder person of whom nothing else is known is deleted. */
function move(writer: Writer, arrival: Arrival, personId: number): void {
  writer.run('UPDATE principal SET person_id = ? WHERE id = ?', [personId, arrival.id])
  if (arrival.person_id !== null) leave(writer, arrival.person_id)
}

/** Deletes a person of whom nothing is known any more; others are no longer found where the account was. */
function leave(writer: Writer, personId: number): void {
  const left = { id: personId }
  if (writer.value(IS_KNOWN, left) === undefined) {
    writer.run('DELETE FROM person_address WHERE person_id = :id', left)
    writer.run('DELETE FROM person WHERE id = :id', left)
  }
  indexPeople(writer, [personId])
}

function newPerson(writer: Writer, name: string, email: string | null, at: number): number {
  return writer.run('INSERT INTO person (name, email, created_at) VALUES (?, ?, ?)', [name, email, at]).lastId
}

interface PersonName {
  readonly name: string
  readonly email: string | null
}

/**
 * A person's name and address follow the account that they came from: where the provider changed those of an account,
 * the person's change too. A name from HR data is kept. The former address remains an alias, so that the person is
 * found by either.
 */
function refreshPerson(writer: Writer, personId: number, name: string | null, arrival: Arrival): void {
  const shown = writer.get<PersonName>('SELECT name, email FROM person WHERE id = ?', [personId])
  if (shown === undefined || (shown.name === name && shown.email === arrival.email)) return
  const before = writer.all<{ readonly name: string | null; readonly email: string | null }>(
    'SELECT name, email FROM principal_version WHERE principal_id = ? AND to_sync IS NOT NULL',
    [arrival.id],
  )
  const isStandIn = shown.name === shown.email || shown.name === arrival.external_id
  const isReplaced =
    before.some((version) => version.name === shown.name) && !isNamedByPersonnel(writer, personId, shown)
  const isReaddressed = shown.email === null || before.some(({ email }) => isSameAddress(email, shown.email))
  const email = isReaddressed && isOwn(writer, personId, arrival.email) ? arrival.email : shown.email
  const next = isStandIn || isReplaced ? (name ?? (isStandIn ? email : null) ?? shown.name) : shown.name
  if (next === shown.name && email === shown.email) return
  writer.run('UPDATE person SET name = ?, email = ? WHERE id = ?', [next, email, personId])
}

function isSameAddress(a: string | null, b: string | null): boolean {
  return a !== null && (a === b || (emailKey(a) !== null && emailKey(a) === emailKey(b)))
}

function isNamedByPersonnel(writer: Writer, personId: number, { name }: PersonName): boolean {
  return writer.value('SELECT 1 FROM employment WHERE person_id = ? AND name = ?', [personId, name]) === 1
}

/** An address that belongs to another person stays with that person. */
function isOwn(writer: Writer, personId: number, email: string | null): email is string {
  const address = emailKey(email)
  if (email === null) return false
  if (address === null) return true
  return writer.value('SELECT person_id FROM person_address WHERE address = ?', [address]) === personId
}
