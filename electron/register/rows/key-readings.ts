import type { Decision, DecisionsOn } from '../../../shared/decisions/fold.ts'
import type { StoredLogicalKey, LOGICAL_KEYS, NewRotation } from '../../../shared/decisions/keys.ts'
import type { Reader } from '../db/handles.ts'
import { toPlaced } from '../db/journal.ts'
import type { DecisionOrder } from './table-of.ts'

type Body = typeof LOGICAL_KEYS extends DecisionsOn<StoredLogicalKey, infer B> ? B : never
type KeyDecision = Decision<Body>

/** The last reading of the connection that the author of a decision had; null: none. */
type LastReading = { readonly syncUid: string; readonly began: number } | null

/** A rotation that a sync recognized. */
interface RecognizedRotation {
  readonly connection: string
  readonly first: string
  readonly rotation: NewRotation
  /** The number of the sync that recognized it, and when its reading began; 0 where this register has no reading of its key. */
  readonly sync: number
  readonly began: number
}

const FIRST_BY_KEY = `SELECT f.external_id FROM connection n JOIN key k ON k.connection_id = n.id AND k.external_id = :key
  JOIN key f ON f.logical_key_id = k.logical_key_id WHERE n.uid = :connection ORDER BY f.id LIMIT 1`
const OF_ROTATION = `SELECT f.external_id FROM rotation r JOIN key k ON k.id = r.key_id JOIN connection n ON n.id = k.connection_id
  JOIN key f ON f.logical_key_id = r.logical_key_id WHERE n.uid = :connection`
const FIRST_BY_UID = `${OF_ROTATION} AND r.uid = :uid ORDER BY f.id LIMIT 1`
const FIRST_BY_RECOGNIZED = `${OF_ROTATION} AND r.recognized = 1 AND k.external_id = :key ORDER BY f.id LIMIT 1`

/**
 * The first key, in this register, of the logical key that a decision is about: by the key that the decision has as the first, or by the
 * one that a person acted on where this register never read that. A rotation that is undone stays with its logical key.
 */
export function readFirstKey(reader: Reader, { body }: KeyDecision): string {
  // A row of the audit log that was changed outside the product may lack any field.
  const given: Readonly<Record<string, unknown>> = body
  const find = (sql: string, of: Readonly<Record<string, string>>): string | undefined =>
    reader.value<string>(sql, { connection: String(given['connectionUid']), ...of })
  const key = String(given['key'])
  const undone =
    'recognized' in body
      ? body.recognized
        ? find(FIRST_BY_RECOGNIZED, { key })
        : find(FIRST_BY_UID, { uid: String(given['rotationUid']) })
      : undefined
  return (
    undone ?? find(FIRST_BY_KEY, { key: String(given['firstKey']) }) ?? find(FIRST_BY_KEY, { key }) ?? body.firstKey
  )
}

/**
 * Decisions on logical keys by their names in this register, and between them the rotations that syncs recognized: a decision on days
 * counts after those that its author had read, and before later ones. Decisions never change places with each other.
 */
export function weaveKeyDecisions(
  reader: Reader,
  decisions: readonly KeyDecision[],
): DecisionOrder<StoredLogicalKey, Body> {
  const named = nameDecisions(reader, decisions)
  const recorded = new Set(named.flatMap(({ kind, body }) => (kind === 'key.rotated' ? toUid(body) : [])))
  const recognized = Map.groupBy(
    readRecognized(reader).filter(({ rotation }) => !recorded.has(rotation.uid)),
    ({ connection, first }) => `${connection} ${first}`,
  )
  const marked = new Set(
    named.flatMap(({ kind, body }) => (kind === 'key.decoy' ? [`${body.connectionUid} ${body.firstKey}`] : [])),
  )
  const counted = new Map<string, number>()
  const woven: KeyDecision[] = []
  const countTo = (name: string, all: readonly RecognizedRotation[], end: number): void => {
    const from = counted.get(name) ?? 0
    woven.push(...all.slice(from, Math.max(from, end)).map(toRecognition))
    counted.set(name, Math.max(from, end))
  }
  for (const decision of named) {
    const { body } = decision
    const name = `${body.connectionUid} ${body.firstKey}`
    const all = recognized.get(name) ?? []
    if (all.length > 0 && isOnDays(decision) && 'lastReading' in body)
      countTo(name, all, countRead(reader, all, body.lastReading))
    woven.push(decision)
  }
  for (const [name, all] of recognized) countTo(name, all, all.length)
  return { decisions: woven, limit: limitToDecided(reader, recognized, marked) }
}

function nameDecisions(reader: Reader, decisions: readonly KeyDecision[]): readonly KeyDecision[] {
  // A uid names one rotation of all connections: the first one.
  const homes = new Map<string, { readonly connection: string; readonly firstKey: string }>()
  return decisions.flatMap((decision) => {
    const { kind, body } = decision
    const { connectionUid: connection } = body
    const home = homes.get(toUid(body))
    if (kind === 'key.rotated' && home !== undefined) return []
    const isOfHome = kind === 'key.rotation-undone' && home?.connection === connection
    const firstKey = isOfHome ? home.firstKey : readFirstKey(reader, decision)
    if (kind === 'key.rotated') homes.set(toUid(body), { connection, firstKey })
    return [{ ...decision, body: { ...body, firstKey } }]
  })
}

const toUid = (body: Body): string => ('rotationUid' in body ? body.rotationUid : '')

const isOnDays = ({ kind, body }: KeyDecision): boolean =>
  kind !== 'key.described' || ('dueOn' in body && body.dueOn !== undefined)

/** `first`: a key of the logical key. */
export function toRecognition({
  connection,
  first,
  rotation,
}: Pick<RecognizedRotation, 'connection' | 'first' | 'rotation'>): KeyDecision {
  const of = { kind: 'rotation.recognized', at: rotation.recorded_at, operator: rotation.operator, client: null }
  const body = { connectionUid: connection, firstKey: first, rotation }
  return { ...of, subject: rotation.key_name, body, placed: toPlaced({ operator: rotation.operator }) }
}

function readRecognized(reader: Reader): readonly RecognizedRotation[] {
  const rows = reader.all<Omit<RecognizedRotation, 'rotation'> & { readonly rotation: string }>(
    `SELECT n.uid AS connection,
       (SELECT f.external_id FROM key f WHERE f.logical_key_id = r.logical_key_id ORDER BY f.id LIMIT 1) AS first,
       json_object('uid', r.uid, 'key', k.external_id, 'key_name', r.key_name, 'trigger', r.trigger, 'rotated_on', r.rotated_on,
         'recognized', 1, 'operator', r.operator, 'note', r.note, 'recorded_at', r.recorded_at) AS rotation,
       ifnull(s.id, 0) AS sync, ifnull(s.started_at, 0) AS began
     FROM rotation r JOIN key k ON k.id = r.key_id JOIN connection n ON n.id = k.connection_id
     LEFT JOIN sync s ON s.id = (SELECT min(v.from_sync) FROM key_version v WHERE v.key_id = k.id)
     WHERE r.recognized = 1 ORDER BY s.id, r.id`,
  )
  return rows.map((row) => ({ ...row, rotation: JSON.parse(row.rotation) as NewRotation }))
}

/**
 * Counts the rotations that the author of a decision had read. Where this register never applied the author's last reading, times
 * are compared.
 */
function countRead(reader: Reader, recognized: readonly RecognizedRotation[], reading: LastReading): number {
  if (reading === null) return 0
  const last = reader.value<number>('SELECT id FROM sync WHERE uid = ?', [reading.syncUid])
  return recognized.findLastIndex(({ sync, began }) => (last === undefined ? began <= reading.began : sync <= last)) + 1
}

const FROM_FILES = `SELECT DISTINCT n.uid FROM journal j, json_each(j.body, '$.organizations') o
  JOIN connection n ON n.id = o.value ->> 'connection' WHERE j.action = 'file.imported'`

/**
 * Imports of files also set purposes, contacts and days, undo rotations that syncs recognized, and keep the mark of a decoy in both parts of
 * a logical key that they split. Keys of the sample agency have days that no decision shows. Where no reading of a key is left, nothing shows when its rotation was recognized. What these determine stays
 * as it is stored.
 */
function limitToDecided(
  reader: Reader,
  recognized: ReadonlyMap<string, readonly RecognizedRotation[]>,
  marked: ReadonlySet<string>,
): DecisionOrder<StoredLogicalKey, Body>['limit'] {
  const fromFiles = new Set(reader.column<string>(FROM_FILES))
  return (stored, shown, isProved) => {
    const isFromFile = fromFiles.has(stored.connection)
    const name = `${stored.connection} ${stored.first_key}`
    const ofKey = recognized.get(name) ?? []
    const isDecided = isProved && !isFromFile
    if (isDecided && ofKey.every(({ sync }) => sync > 0)) return shown
    const known = new Map(stored.rotations.map((rotation) => [rotation.uid, rotation]))
    const rotations = shown.rotations.map((rotation) => {
      const { met_due_on: met, undone_at: undone } = known.get(rotation.uid) ?? rotation
      const isUndone = isDecided || rotation.undone_at !== null || rotation.recognized === 0
      return { ...rotation, met_due_on: met, undone_at: isUndone ? rotation.undone_at : undone }
    })
    const limited = { ...shown, due_on: stored.due_on, rotations }
    if (!isFromFile) return limited
    const { purpose, contact, decoy_since, decoy_reason } = stored
    return { ...limited, purpose, contact, ...(marked.has(name) ? {} : { decoy_since, decoy_reason }) }
  }
}
