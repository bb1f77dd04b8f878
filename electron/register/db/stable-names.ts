import type { Json } from '../../../shared/domain/canonical-json.ts'
import type { Reader } from './handles.ts'

/**
 * Numbers of rows mean something in one register only. A row of the journal names each beside its number by what is the
 * same in every register: a `uid`, or what the provider calls it, since a subject of a provider is found by each
 * register for itself.
 */

/** The things that people and operations make: their rows have a `uid`. */
export const UID_TABLES = {
  batch: 'review_batch',
  budget: 'budget',
  client: 'client',
  connection: 'connection',
  folder: 'usage_folder',
  import: 'usage_import',
  merge: 'person_merge',
  plan: 'plan',
  price: 'price_pin',
  remediation: 'remediation',
  review: 'review',
  rotation: 'rotation',
  sync: 'sync',
  view: 'saved_view',
} as const
type UidTable = keyof typeof UID_TABLES

const PROVIDER_SUBJECT = (table: string): string =>
  `SELECT json_object('connectionUid', n.uid, 'externalId', t.external_id) FROM ${table} t JOIN connection n ON n.id = t.connection_id WHERE t.id = ?`

/** How the provider calls the subject of a finding `f`; null for the connection itself. */
export const FINDING_SUBJECT = `CASE f.subject_kind
      WHEN 'principal' THEN (SELECT s.external_id FROM principal s WHERE s.id = f.subject_id)
      WHEN 'key' THEN (SELECT s.external_id FROM key s WHERE s.id = f.subject_id)
      WHEN 'project' THEN (SELECT s.external_id FROM project s WHERE s.id = f.subject_id) END`

/** Things that providers report, or that are counted within one that has a uid: the name as JSON, by the number. */
const FOUND = {
  principal: PROVIDER_SUBJECT('principal'),
  key: PROVIDER_SUBJECT('key'),
  project: PROVIDER_SUBJECT('project'),
  finding: `SELECT json_object('connectionUid', n.uid, 'rule', f.rule, 'kind', f.subject_kind, 'externalId', ${FINDING_SUBJECT})
    FROM finding f JOIN connection n ON n.id = f.connection_id WHERE f.id = ?`,
  item: `SELECT json_object('reviewUid', r.uid, 'position', i.position) FROM review_item i JOIN review r ON r.id = i.review_id WHERE i.id = ?`,
  // By an address, where the person has one; else by the first account.
  person: `SELECT ifnull(
      (SELECT json_object('address', min(a.address)) FROM person_address a WHERE a.person_id = o.id HAVING count(*) > 0),
      (SELECT json_object('connectionUid', n.uid, 'externalId', p.external_id) FROM principal p
        JOIN connection n ON n.id = p.connection_id WHERE p.person_id = o.id ORDER BY n.uid, p.external_id LIMIT 1))
    FROM person o WHERE o.id = ?`,
} as const
type LookupTable = keyof typeof FOUND

type Fields = Readonly<Record<string, UidTable | LookupTable>>

/** The things that a field of a journal body holds the number of, or the numbers of; by the field's name. */
const NUMBERS: Fields = {
  batch: 'batch',
  budget: 'budget',
  connection: 'connection',
  deletion: 'remediation',
  finding: 'finding',
  folder: 'folder',
  import: 'import',
  item: 'item',
  merge: 'merge',
  person: 'person',
  plan: 'plan',
  price: 'price',
  principal: 'principal',
  remediations: 'remediation',
  remediation: 'remediation',
  review: 'review',
  rotation: 'rotation',
  sync: 'sync',
  syncs: 'sync',
  view: 'view',
}

/** How the uids of a list are called, by the field of their numbers. */
const LISTS: Readonly<Record<string, string>> = { remediations: 'remediationUids', syncs: 'syncUids' }

const NUMBERS_OF_PEOPLE: Fields = { ...NUMBERS, kept: 'person', other: 'person' }

/** The things that the fields of an action's body hold the numbers of. */
export function numbersIn(action: string): Fields {
  return action.startsWith('person.') ? NUMBERS_OF_PEOPLE : NUMBERS
}

/** The things that `{ kind, id }` in a journal body is the number of; by the kind. */
const KINDS: Readonly<Record<string, UidTable | LookupTable>> = {
  connection: 'connection',
  finding: 'finding',
  key: 'key',
  person: 'person',
  plan: 'plan',
  principal: 'principal',
  project: 'project',
  'review-item': 'item',
}

/** The members that name rows too; others hold what a person typed or asked, where a number may be anything. */
const WITHIN: ReadonlySet<string> = new Set(['organizations', 'origin', 'subject'])

interface Members {
  readonly [key: string]: Json | undefined
}

/** Adds the stable names to the bodies of one transaction. A number whose row does not exist stays alone. */
export function stableNames(reader: Reader): (action: string, body: Members) => Members {
  const known = new Map<string, Json>()
  const name = (thing: UidTable | LookupTable, id: Json | undefined): Json => {
    if (typeof id !== 'number' || !Number.isInteger(id)) return null
    const place = `${thing} ${id}`
    const found = known.get(place) ?? nameRow(reader, thing, id)
    known.set(place, found)
    return found
  }
  const within = (fields: Fields, value: Json | undefined): Json | undefined => {
    if (isList(value)) return value.map((one) => within(fields, one) ?? null)
    return typeof value === 'object' && value !== null ? named(fields, value) : value
  }
  const named = (fields: Fields, body: Members): Members => {
    const members: Record<string, Json | undefined> = {}
    for (const [field, value] of Object.entries(body)) {
      members[field] = WITHIN.has(field) ? within(fields, value) : value
      const thing = fields[field]
      if (thing === undefined) continue
      const isMany = isList(value)
      const found = isMany ? value.map((one) => name(thing, one)) : name(thing, value)
      const place = isMany ? (LISTS[field] ?? field) : `${field}${isMade(thing) ? 'Uid' : 'Named'}`
      if (found !== null) members[place] ??= found
    }
    const thing = typeof body['kind'] === 'string' ? KINDS[body['kind']] : undefined
    const found = thing === undefined ? null : name(thing, body['id'])
    if (thing !== undefined && found !== null) members[isMade(thing) ? 'uid' : 'named'] ??= found
    return members
  }
  return (action, body) => named(numbersIn(action), body)
}

/** Names a row for every register, by its number; null for one that does not exist. */
export function nameRow(reader: Reader, thing: UidTable | LookupTable, id: number): Json {
  if (isMade(thing))
    return reader.value<string | null>(`SELECT uid FROM ${UID_TABLES[thing]} WHERE id = ?`, [id]) ?? null
  const text = reader.value<string | null>(FOUND[thing], [id]) ?? null
  return text === null ? null : (JSON.parse(text) as Json)
}

/**
 * Names a row by `{ kind, id }`: the uid of what people make, else the name of what is found; neither for a missing
 * one.
 */
export function nameByKind(reader: Reader, kind: string, id: number): { readonly uid?: Json; readonly named?: Json } {
  const thing = KINDS[kind]
  const found = thing === undefined ? null : nameRow(reader, thing, id)
  if (thing === undefined || found === null) return {}
  return isMade(thing) ? { uid: found } : { named: found }
}

function isMade(thing: UidTable | LookupTable): thing is UidTable {
  return thing in UID_TABLES
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
