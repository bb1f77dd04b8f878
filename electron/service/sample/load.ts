import { type Day, DAY_MS, type Moment } from '../../../shared/domain/day.ts'
import { applyReading } from '../../register/apply/apply.ts'
import { clientId } from '../../register/clients/slug.ts'
import { deriveDue } from '../../register/keys/derive-keys.ts'
import { reportEmployment } from '../../register/people/employment.ts'
import { evaluateStale } from '../../register/findings/evaluate.ts'
import type { Writer } from '../../register/db/handles.ts'
import { journal } from '../../register/db/journal.ts'
import { setLastReviewed } from '../../register/people/memberships.ts'
import type { Register } from '../../register/register.ts'
import { settleDecision } from '../../register/rows/settle.ts'
import { addPerson } from '../../register/people/import.ts'
import { refreshMatches } from '../../register/people/matches.ts'
import { policyLookup, setPolicyValues } from '../../register/clients/policy.ts'
import { keyName } from '../../register/keys/rotation.ts'
import { createUid } from '../../register/db/uid.ts'
import { indexForSearch } from '../../register/db/search-index.ts'
import { sampleAgency, type KeyNote, type PastRotation, type SampleClient, type SampleConnection } from './agency.ts'
import type { SampleEmployment } from './employment.ts'
import { loadEvents } from './load-events.ts'
import { loadUsage, type LoadedConnection } from './load-usage.ts'
import { markAsSample } from '../profile/sample-mark.ts'
import { activatePlan } from './planned.ts'

/** The actor in the sample's history. */
export const OPERATOR = 'Mara Lindqvist'

/** Clients and connections were added a day before anything was synced. */
const BEFORE_MS = DAY_MS

/** The plan was activated a day before the register is viewed. */
const PLANNED_BEFORE_MS = DAY_MS

/**
 * Fills an empty register with the sample agency, in one transaction, in the same way as every sync: what is derived
 * from the facts (people, effective access, recognized rotations, due days) is computed, not written. `more` are
 * descriptions of clients that a test adds.
 */
export function loadSample(register: Register, { today, now }: Moment, more: readonly unknown[] = []): void {
  const agency = sampleAgency(today, more)
  register.transact((writer) => {
    const began = Math.min(now, ...makeSyncs(agency.clients).map((sync) => sync.startedAt)) - BEFORE_MS
    const connections = agency.clients.flatMap((client) => enterClient(writer, client, began))
    readInOrder(writer, connections)
    loadEvents(writer, connections, now)
    for (const { id, connection } of connections) annotate(writer, id, connection, now)
    loadUsage(writer, connections, { today, now, operator: OPERATOR })
    employ(writer, agency.employment, { at: now, today })
    activatePlan(writer, { at: now - PLANNED_BEFORE_MS, operator: OPERATOR })
    evaluateStale(writer, { now, today })
    markAsSample(writer)
    journal(writer, {
      at: now,
      operator: OPERATOR,
      action: 'sample.loaded',
      client: null,
      subject: 'Sample agency',
      body: { today, clients: agency.clients.length, connections: connections.length },
    })
  })
}

function makeSyncs(clients: readonly SampleClient[]): readonly SampleConnection['syncs'][number][] {
  return clients.flatMap((client) => client.connections.flatMap((connection) => connection.syncs))
}

function enterClient(writer: Writer, client: SampleClient, at: number): readonly LoadedConnection[] {
  const { slug, name, kind, colour, domains, notes, policy } = client
  const of = { at, operator: OPERATOR, client: slug, subject: slug } as const
  const body = { clientUid: createUid(at), name, kind, colour, domains: [...domains], notes }
  settleDecision(writer, { kind: 'client.added', ...of, body: { v: 1, ...body } })
  const clientNumber = clientId(writer, slug)
  if (clientNumber === null) throw new Error(`The client ${slug} was added and does not exist.`)
  if (policy) setPolicyValues(writer, clientNumber, policy)
  return client.connections.map((connection) => {
    const { provider, label, organizationId, organizationName } = connection
    const facts = { connectionUid: createUid(at), provider, platform: null, organizationId } as const
    const body = { v: 1, ...facts, label, baseUrl: null, access: 'read-only' } as const
    const { connection: id = 0 } = settleDecision(writer, { kind: 'connection.added', ...of, body })
    writer.run('UPDATE connection SET organization_name = ? WHERE id = ?', [organizationName, id])
    return { id, clientId: clientNumber, connection }
  })
}

/** Oldest first across all connections, so that a later sync never has a lower number. */
function readInOrder(writer: Writer, connections: readonly LoadedConnection[]): void {
  const syncs = connections
    .flatMap(({ id, connection }) => connection.syncs.map((sync) => ({ connectionId: id, ...sync })))
    .sort((a, b) => a.startedAt - b.startedAt || a.connectionId - b.connectionId)
  for (const sync of syncs) applyReading(writer, { ...sync, origin: 'api', operator: OPERATOR })
}

function employ(
  writer: Writer,
  employment: readonly SampleEmployment[],
  reported: { readonly at: number; readonly today: Day },
): void {
  for (const { email, ...one } of employment) {
    const known = writer.value<number>('SELECT person_id FROM person_address WHERE address = ?', [email])
    reportEmployment(writer, known ?? addPerson(writer, one.name, [email], reported.at), { ...one, ...reported })
  }
  refreshMatches(writer, reported.at)
}

function annotate(writer: Writer, connectionId: number, connection: SampleConnection, at: number): void {
  const findId = (table: 'key' | 'principal', externalId: string): number =>
    writer.value<number>(`SELECT id FROM ${table} WHERE connection_id = ? AND external_id = ?`, [
      connectionId,
      externalId,
    ]) ?? 0
  // A day that is set stays, since nothing was rotated after it.
  for (const rotation of connection.rotations) rotate(writer, findId('key', rotation.key), rotation, at)
  for (const note of connection.keyNotes) describe(writer, findId('key', note.key), note, at)
  for (const review of connection.reviews) setLastReviewed(writer, findId('principal', review.principal), review.on)
  const keys = { c: connectionId }
  deriveDue(writer, policyLookup(writer), 'SELECT id FROM key WHERE connection_id = :c AND standing = 1', keys)
  indexForSearch(writer, 'key', 'SELECT id AS value FROM key WHERE connection_id = :c AND standing = 1', keys)
}

function describe(writer: Writer, keyId: number, note: KeyNote, at: number): void {
  const { key: _, notes, ...described } = note
  const of = nameKey(writer, keyId)
  settleDecision(writer, {
    kind: 'key.described',
    at,
    operator: OPERATOR,
    client: of.client,
    subject: of.subject,
    body: { v: 1, ...of.body, ...described, notes: notes ?? '' },
  })
}

function rotate(writer: Writer, keyId: number, rotation: PastRotation, at: number): void {
  const { trigger, rotatedOn, note } = rotation
  const of = nameKey(writer, keyId)
  settleDecision(writer, {
    kind: 'key.rotated',
    at,
    operator: OPERATOR,
    client: of.client,
    subject: of.subject,
    body: { v: 1, ...of.body, rotationUid: createUid(at), trigger, rotatedOn, note },
  })
}

/** How a decision names a key. */
function nameKey(writer: Writer, keyId: number) {
  const key = keyName(writer, keyId)
  if (key === null) throw new Error(`The sample has no key ${keyId} to decide about.`)
  const { connectionUid, externalId, firstKey, client, name: subject } = key
  return { client, subject, body: { connectionUid, key: externalId, firstKey, lastReading: null } }
}
