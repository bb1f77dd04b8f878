import { z } from 'zod'

import { capitalize } from '../../../shared/domain/capitalize.ts'
import type { Reader } from '../../register/db/handles.ts'
import { Refusal } from '../kit/refusal.ts'

/**
 * Limits a session to one client (`--client`, an assistant): every operation is checked before it runs. One that takes
 * a client must be called for that one, every id in its input must belong to it, and one that takes neither is refused
 * unless it is listed here.
 */

/** These read or change no client data, or answer only about the client of the session. */
const OPEN: ReadonlySet<string> = new Set([
  'app.info',
  'app.events',
  'app.unlock',
  'app.integrity',
  'settings.get',
  'desktop.saveTarget',
  'client.list',
  'sync.watch',
  'people.findMatches',
  'findings.rules',
  'findings.evaluate',
  'evidence.verify',
  'evidence.verifyRegister',
  // Sends what was previewed in this session, when its changes were checked.
  'remediation.approve',
  'remediation.run',
  'plan.check',
  'plan.guide',
  'plan.fromYaml',
  'plan.toYaml',
])

/** These change whole people: all clients of a person are concerned. */
const WHOLE: ReadonlySet<string> = new Set([
  'people.merge',
  'people.split',
  'people.decideMatch',
  'people.markLeaving',
  'people.unmarkLeaving',
])

const BY_CONNECTION = (table: string): string =>
  `SELECT c.slug FROM ${table} t JOIN connection n ON n.id = t.connection_id JOIN client c ON c.id = n.client_id WHERE t.id = :id`
const BY_CLIENT = (table: string): string =>
  `SELECT c.slug FROM ${table} t LEFT JOIN client c ON c.id = t.client_id WHERE t.id = :id`
const OF_PEOPLE = (people: string): string =>
  `SELECT DISTINCT c.slug FROM principal p JOIN connection n ON n.id = p.connection_id JOIN client c ON c.id = n.client_id WHERE p.person_id IN (${people})`

/** By kind of thing, the slugs of the clients that one belongs to; null means all clients. */
const CLIENTS_OF = {
  budget: BY_CLIENT('budget'),
  certificate: BY_CONNECTION('certificate_version'),
  connection: BY_CLIENT('connection'),
  entry: 'SELECT j.client FROM journal j WHERE j.seq = :id',
  event: BY_CONNECTION('event'),
  federation: BY_CONNECTION('federation_version'),
  finding: BY_CONNECTION('finding'),
  folder: BY_CLIENT('usage_folder'),
  import: BY_CLIENT('usage_import'),
  key: BY_CONNECTION('key'),
  match: OF_PEOPLE(
    'SELECT person_id FROM person_match WHERE id = :id UNION SELECT other_id FROM person_match WHERE id = :id',
  ),
  merge: OF_PEOPLE(
    'SELECT kept_id FROM person_merge WHERE id = :id UNION SELECT other_id FROM person_merge WHERE id = :id',
  ),
  person: OF_PEOPLE(':id'),
  plan: BY_CLIENT('plan'),
  price: BY_CLIENT('price_pin'),
  principal: BY_CONNECTION('principal'),
  project: BY_CONNECTION('project'),
  remediation: BY_CONNECTION('remediation'),
  review: BY_CLIENT('review'),
  'review-item': BY_CONNECTION('review_item'),
  rotation: BY_CONNECTION('(SELECT r.id, k.connection_id FROM rotation r JOIN key k ON k.id = r.key_id)'),
  sync: BY_CONNECTION('sync'),
  view: BY_CLIENT('saved_view'),
} as const
export type Thing = keyof typeof CLIENTS_OF

/** The kind of thing that an input's id field names, by the field's name. */
const FIELDS: Readonly<Record<string, Thing>> = {
  allow: 'connection',
  budgetId: 'budget',
  certificateId: 'certificate',
  connection: 'connection',
  connectionId: 'connection',
  connections: 'connection',
  // Of the audit log; an entry of Today has a text.
  entry: 'entry',
  eventId: 'event',
  federationId: 'federation',
  findingId: 'finding',
  findings: 'finding',
  folderId: 'folder',
  importId: 'import',
  itemId: 'review-item',
  items: 'review-item',
  keep: 'person',
  key: 'key',
  keyId: 'key',
  keys: 'key',
  matchId: 'match',
  mergeId: 'merge',
  other: 'person',
  people: 'person',
  person: 'person',
  personId: 'person',
  planId: 'plan',
  priceId: 'price',
  principal: 'principal',
  principalId: 'principal',
  project: 'project',
  projectId: 'project',
  remediations: 'remediation',
  remediationId: 'remediation',
  review: 'review',
  reviewId: 'review',
  rotationId: 'rotation',
  rotations: 'rotation',
  sync: 'sync',
  viewId: 'view',
}

/** Fields whose sibling names the kind of thing: `{ kind: 'key', id: 5 }`. */
const NAMED_BY: Readonly<Record<string, readonly string[]>> = { id: ['kind'], subjectId: ['subjectKind', 'part'] }

/** One call of an operation. */
export interface OperationCall {
  /** Such as `keys.get`. */
  readonly operation: string
  /** The schema that the contract checked the input against. */
  readonly schema: unknown
  readonly input: unknown
}

/**
 * Throws `Refusal` CONFLICT unless a call stays within a client. An id that does not exist is left to the operation.
 */
export function checkReach(reader: Reader, client: string, asked: OperationCall): void {
  const { operation, schema, input } = asked
  const clients = clientsIn(operation, input)
  const ids = idsIn(operation, input)
  for (const named of clients) if (named !== client) throw otherClient(named, client)
  const isBound = takesClient(schema, input)
    ? clients.length > 0
    : ids.length + clients.length > 0 || OPEN.has(operation)
  if (!isBound) throw allClients('This', client)
  for (const { thing, id } of ids) {
    const owners = reader.column<string | null>(CLIENTS_OF[thing], { id })
    const what = `${capitalize(thing.replace('-', ' '))} ${id}`
    if (owners.includes(null)) throw allClients(what, client)
    const others = owners.filter((owner) => owner !== client)
    if (others.length === owners.length && others.length > 0) throw elsewhere(`${what} belongs to another client.`)
    if (others.length > 0 && WHOLE.has(operation)) throw elsewhere(`${what} belongs to another client as well.`)
  }
}

/** Fills in the client of the session for an input that could name one and does not. */
export function withClient(schema: unknown, input: unknown, client: string): unknown {
  if (!takesClient(schema, input) || clientsIn('', input).length > 0) return input
  const given = isRecord(input) ? input : {}
  return isRecord(given['filter']) ? { ...given, filter: { ...given['filter'], client } } : { ...given, client }
}

/** Finds the ids in an input, at any depth. */
export function idsIn(operation: string, input: unknown): readonly { readonly thing: Thing; readonly id: number }[] {
  if (Array.isArray(input)) return input.flatMap((each) => idsIn(operation, each))
  if (!isRecord(input)) return []
  return Object.entries(input).flatMap(([field, value]) => {
    const numbers = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'number')
    const things = numbers.length === 0 ? [] : findThings(operation, field, input)
    if (things.length === 0) return idsIn(operation, value)
    return things.flatMap((thing) => numbers.map((id) => ({ thing, id })))
  })
}

/** The kinds of things that an id field names; several where its sibling names several, such as those of a filter. */
function findThings(operation: string, field: string, siblings: Readonly<Record<string, unknown>>): readonly Thing[] {
  const named = (NAMED_BY[field] ?? []).flatMap((name) => siblings[name]).filter(isThing)
  if (named.length > 0) return named
  if (field === 'id' && operation.startsWith('connection.')) return ['connection']
  return [FIELDS[field]].filter(isThing)
}

/** The clients that an input names. */
function clientsIn(operation: string, input: unknown): readonly string[] {
  if (!isRecord(input)) return []
  const { client, slug, filter } = input
  const named = operation.startsWith('client.') && operation !== 'client.add' ? slug : client
  return [...(typeof named === 'string' ? [named] : []), ...clientsIn(operation, filter)]
}

/** True if inputs like this one may name a client, by the schema that they were checked against. */
export function takesClient(schema: unknown, input: unknown): boolean {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return takesClient(schema.unwrap(), input)
  if (schema instanceof z.ZodUnion) return schema.options.some((each) => fits(each, input) && takesClient(each, input))
  return schema instanceof z.ZodObject && ('client' in schema.shape || 'filter' in schema.shape)
}

function fits(schema: unknown, input: unknown): boolean {
  return schema instanceof z.ZodObject && isRecord(input) && Object.keys(input).every((field) => field in schema.shape)
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'string' && Object.hasOwn(CLIENTS_OF, value)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)
}

const HINT = 'Leave --client out, or name the client that it is about.'

function elsewhere(message: string): Refusal {
  return new Refusal('CONFLICT', message, HINT)
}

function otherClient(named: string, client: string): Refusal {
  return elsewhere(`${JSON.stringify(named)} is another client than ${JSON.stringify(client)}.`)
}

function allClients(what: string, client: string): Refusal {
  return elsewhere(`${what} concerns all clients, not ${JSON.stringify(client)} alone.`)
}
