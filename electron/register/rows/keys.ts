import {
  type KeyRow,
  LOGICAL_KEYS,
  type NewRotation,
  type Rotation,
  SNOOZES,
  startKey,
} from '../../../shared/decisions/keys.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { deriveKeys } from '../keys/derive-keys.ts'
import { setSnooze } from '../keys/rotation.ts'
import { readFirstKey, toRecognition, weaveKeyDecisions } from './key-readings.ts'
import { findDifferences } from './proved-table.ts'
import { tableOf } from './table-of.ts'

/** The number of a key by what its provider calls it. */
const KEY = `SELECT k.id FROM connection n JOIN key k ON k.connection_id = n.id AND k.external_id = ? WHERE n.uid = ?`

function findKey(reader: Reader, connection: string, key: string): number | null {
  return reader.value<number>(KEY, [key, connection]) ?? null
}

/** The number of the logical key of a key; null where this register has not read the key. */
export function findLogicalKey(reader: Reader, connection: string, key: string): number | null {
  return reader.value<number>(`SELECT logical_key_id FROM key WHERE id = (${KEY})`, [key, connection]) ?? null
}

const isOfTeam = (reader: Reader): boolean => reader.value('SELECT 1 FROM team_stream LIMIT 1') !== undefined

const SETTINGS = ['environment', 'team', 'purpose', 'contact', 'interval_days', 'notes', 'due_on'] as const
const ROTATION = [
  'uid',
  'key_name',
  'trigger',
  'rotated_on',
  'recognized',
  'operator',
  'note',
  'recorded_at',
  'undone_at',
  'met_due_on',
] as const

const ROTATIONS = `(SELECT json_group_array(json_object('id', r.id, 'key', k.external_id,
    ${ROTATION.map((column) => `'${column}', r.${column}`).join(', ')}) ORDER BY r.id)
  FROM rotation r JOIN key k ON k.id = r.key_id WHERE r.logical_key_id = l.id)`

export const logicalKeyTable = tableOf({
  decisions: LOGICAL_KEYS,
  part: 'what people set',
  from: 'logical_key l JOIN connection n ON n.id = l.connection_id',
  columns: SETTINGS,
  named: {
    connection: 'n.uid',
    first_key: '(SELECT f.external_id FROM key f WHERE f.logical_key_id = l.id ORDER BY f.id LIMIT 1)',
    rotations: ROTATIONS,
  },
  json: ['rotations'],
  where: `(l.environment IS NOT NULL OR l.team IS NOT NULL OR l.purpose IS NOT NULL OR l.contact IS NOT NULL
    OR l.interval_days IS NOT NULL OR l.due_on IS NOT NULL OR l.notes <> '' OR l.id IN (SELECT logical_key_id FROM rotation))`,
  resolve: (reader, decision) => ({
    ...decision,
    body: { ...decision.body, firstKey: readFirstKey(reader, decision) },
  }),
  weave: weaveKeyDecisions,
  group: ({ body: { connectionUid, firstKey } }) => [
    `l.id = (SELECT logical_key_id FROM key WHERE id = (${KEY}))`,
    [firstKey, connectionUid],
  ],
  words: (_, id) => `logical key ${id}`,
  number: (reader, { rotations }, _, { kind, body }) => {
    const isIt = (one: Rotation): boolean =>
      'recognized' in body && body.recognized
        ? one.recognized === 1 && one.key === body.key
        : 'rotationUid' in body && one.uid === body.rotationUid
    const uid = kind === 'key.described' ? undefined : rotations.find(isIt)?.uid
    const rotation = reader.value<number>('SELECT id FROM rotation WHERE uid = ?', [uid ?? null])
    return rotation === undefined ? {} : { rotation }
  },
  // A team's history may name keys that this register has not read yet.
  refer: (reader, { connection, first_key: first }) =>
    findKey(reader, connection, first) === null && isOfTeam(reader) ? null : {},
  undecided: ({ connection, first_key: first }) => startKey(connection, first),
  parts: {
    table: 'rotation',
    field: 'rotations',
    of: ({ rotations }) => rotations,
    words: ({ key_name: name }, id) => `rotation ${id} of ${name}`,
    isHere: (reader, { connection }, { key }) => findKey(reader, connection, key) !== null || !isOfTeam(reader),
  },
  adopt: (late) => {
    const listUids = (of: string): ReadonlySet<string> =>
      new Set(late.flatMap(({ kind, body }) => (kind === of && 'rotationUid' in body ? body.rotationUid : [])))
    const [made, undone] = [listUids('key.rotated'), listUids('key.rotation-undone')]
    return (key) => ({
      ...key,
      rotations: key.rotations
        .filter(({ uid }) => !made.has(uid))
        .map((one) => (undone.has(one.uid) ? { ...one, undone_at: null } : one)),
    })
  },
  derive: (writer, ids) => deriveKeys(writer, new Set(ids), true),
  write: (writer, id, row) => {
    const logicalKey = id ?? findLogicalKey(writer, row.connection, row.first_key)
    if (logicalKey !== null) writeKey(writer, logicalKey, row)
    return logicalKey
  },
  remove: (writer, { id, row }) => writeKey(writer, id, startKey(row.connection, row.first_key)),
})

const CHANGE = `UPDATE logical_key SET ${SETTINGS.map((column) => `${column} = :${column}`).join(', ')} WHERE id = :id`

/** Makes a logical key and its rotations what was decided; rotations of keys that this register has not read are left out. */
function writeKey(writer: Writer, id: number, row: KeyRow): void {
  writer.run(CHANGE, { id, ...Object.fromEntries(SETTINGS.map((column) => [column, row[column]])) })
  const stored = new Map(readRotations(writer, id).map((one) => [one.uid, one]))
  const left = new Set(row.rotations.map(({ uid }) => uid))
  for (const one of stored.values()) if (!left.has(one.uid)) writer.run('DELETE FROM rotation WHERE id = ?', [one.id])
  for (const rotation of row.rotations) {
    const known = stored.get(rotation.uid)
    const key = findKey(writer, row.connection, rotation.key)
    if (key === null || (known !== undefined && findDifferences({ ...known }, { ...rotation }).length === 0)) continue
    writer.run(known === undefined ? ADD_ROTATION : CHANGE_ROTATION, {
      ...Object.fromEntries(ROTATION.map((column) => [column, rotation[column]])),
      ...(known === undefined ? {} : { id: known.id }),
      logical: id,
      of: key,
    })
  }
}

const ADD_ROTATION = `INSERT INTO rotation (logical_key_id, key_id, ${ROTATION.join(', ')})
  VALUES (:logical, :of, ${ROTATION.map((column) => `:${column}`).join(', ')})`
const CHANGE_ROTATION = `UPDATE rotation SET logical_key_id = :logical, key_id = :of,
  ${ROTATION.map((column) => `${column} = :${column}`).join(', ')} WHERE id = :id`

function readRotations(reader: Reader, id: number): readonly (Rotation & { readonly id: number })[] {
  const text = reader.value<string>(`SELECT ${ROTATIONS} FROM logical_key l WHERE l.id = ?`, [id])
  return JSON.parse(text ?? '[]') as readonly (Rotation & { readonly id: number })[]
}

export const snoozeTable = tableOf({
  decisions: SNOOZES,
  part: 'snoozes',
  from: 'key k JOIN connection n ON n.id = k.connection_id',
  columns: [],
  named: { connection: 'n.uid', key: 'k.external_id', until: 'k.snoozed_until' },
  where: 'k.snoozed_until IS NOT NULL',
  order: 'k.snoozed_until, k.id',
  group: ({ body: { connectionUid, key } }) => ['n.uid = ? AND k.external_id = ?', [connectionUid, key]],
  words: (_, id) => `the snooze of key ${id}`,
  refer: (reader, { connection, key }) => (findKey(reader, connection, key) === null && isOfTeam(reader) ? null : {}),
  // A reminder ends a snooze whose day has passed.
  mayEnd: ({ until }, today) => until <= today,
  write: (writer, id, { connection, key, until }) => {
    const number = id ?? findKey(writer, connection, key)
    if (number !== null) setSnooze(writer, number, until)
    return number
  },
  remove: (writer, { id }) => setSnooze(writer, id, null),
})

/** Records a rotation that a sync recognized; it fulfils the day that is set as one that a person records. */
export function recordRecognized(writer: Writer, connection: string, rotation: NewRotation): void {
  const recognition = toRecognition({ connection, first: rotation.key, rotation })
  const decision = logicalKeyTable.resolve(writer, recognition)
  const [stored = null] = logicalKeyTable.readGroup(writer, decision)
  const rows = new Map(stored === null ? [] : [[stored.key, stored.values]])
  logicalKeyTable.fold(rows, decision)
  for (const values of rows.values()) logicalKeyTable.write(writer, stored, values)
}
