import {
  type StoredLogicalKey,
  findRotation,
  KEY_SETTINGS,
  LOGICAL_KEYS,
  type NewRotation,
  NO_SETTINGS,
  type StoredRotation,
  SNOOZES,
  startKey,
} from '../../../shared/decisions/keys.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { deriveKeys } from '../keys/derive-keys.ts'
import { setSnooze } from '../keys/rotation.ts'
import { readFirstKey, toRecognition, weaveKeyDecisions } from './key-readings.ts'
import { findDifferences } from './proved-table.ts'
import { hasOtherOrder } from './refer.ts'
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

const IS_SET = KEY_SETTINGS.map(
  (column) => `l.${column} IS NOT ${NO_SETTINGS[column] === null ? 'NULL' : `'${NO_SETTINGS[column]}'`}`,
).join(' OR ')

const ROTATIONS = `(SELECT json_group_array(json_object('id', r.id, 'key', k.external_id,
    ${ROTATION.map((column) => `'${column}', r.${column}`).join(', ')}) ORDER BY r.id)
  FROM rotation r JOIN key k ON k.id = r.key_id WHERE r.logical_key_id = l.id)`

export const logicalKeyTable = tableOf({
  decisions: LOGICAL_KEYS,
  part: 'what people set',
  from: 'logical_key l JOIN connection n ON n.id = l.connection_id',
  columns: KEY_SETTINGS,
  named: {
    connection: 'n.uid',
    first_key: '(SELECT f.external_id FROM key f WHERE f.logical_key_id = l.id ORDER BY f.id LIMIT 1)',
    rotations: ROTATIONS,
  },
  json: ['rotations'],
  where: `(${IS_SET} OR l.id IN (SELECT logical_key_id FROM rotation))`,
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
  number: (reader, { rotations }, _, { body }) => {
    const uid = 'rotationUid' in body ? findRotation(rotations, body)?.uid : undefined
    const rotation = reader.value<number>('SELECT id FROM rotation WHERE uid = ?', [uid ?? null])
    return rotation === undefined ? {} : { rotation }
  },
  // A team's history may name keys that this register has not read yet.
  refer: (reader, { connection, first_key: first }) =>
    findKey(reader, connection, first) === null && hasOtherOrder(reader) ? null : {},
  undecided: ({ connection, first_key: first }) => startKey(connection, first),
  find: (reader, { connection, first_key: first }) => findLogicalKey(reader, connection, first),
  parts: {
    table: 'rotation',
    field: 'rotations',
    of: ({ rotations }) => rotations,
    words: ({ key_name: name }, id) => `rotation ${id} of ${name}`,
    isHere: (reader, { connection }, { key }) => findKey(reader, connection, key) !== null || !hasOtherOrder(reader),
    removeOthers: (writer, id, shown) => {
      const uids = new Set(shown.map(({ uid }) => uid))
      for (const { id: rotation, uid } of readRotations(writer, id))
        if (!uids.has(uid)) writer.run('DELETE FROM rotation WHERE id = ?', [rotation])
    },
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
    if (id !== null) writeKey(writer, id, row)
    return id
  },
  remove: (writer, { id, row }) => writeKey(writer, id, startKey(row.connection, row.first_key)),
})

// A row without a difference is left alone, since a change evaluates its findings again.
const CHANGE = `UPDATE logical_key SET ${KEY_SETTINGS.map((column) => `${column} = :${column}`).join(', ')}
  WHERE id = :id AND NOT (${KEY_SETTINGS.map((column) => `${column} IS :${column}`).join(' AND ')})`

/**
 * Makes a logical key and its rotations what was decided. Rotations of keys that this register has not read are left out. Only what
 * later decisions change of a rotation is written: a record that was edited outside the product stays, so that verifying finds it.
 */
function writeKey(writer: Writer, id: number, row: StoredLogicalKey): void {
  writer.run(CHANGE, { id, ...Object.fromEntries(KEY_SETTINGS.map((column) => [column, row[column]])) })
  const stored = new Map(readRotations(writer, id).map((one) => [one.uid, one]))
  for (const rotation of row.rotations) {
    const known = stored.get(rotation.uid)
    const key = findKey(writer, row.connection, rotation.key)
    if (key === null || (known !== undefined && findDifferences({ ...known }, { ...rotation }).length === 0)) continue
    // The rotation may be under another logical key.
    const number = known?.id ?? writer.value<number>('SELECT id FROM rotation WHERE uid = ?', [rotation.uid])
    const to = { logical: id, of: key }
    const { undone_at, met_due_on } = rotation
    if (number !== undefined) writer.run(CHANGE_ROTATION, { ...to, id: number, undone_at, met_due_on })
    else
      writer.run(ADD_ROTATION, { ...to, ...Object.fromEntries(ROTATION.map((column) => [column, rotation[column]])) })
  }
}

const ADD_ROTATION = `INSERT INTO rotation (logical_key_id, key_id, ${ROTATION.join(', ')})
  VALUES (:logical, :of, ${ROTATION.map((column) => `:${column}`).join(', ')})`
const CHANGE_ROTATION = `UPDATE rotation SET logical_key_id = :logical, key_id = :of, undone_at = :undone_at, met_due_on = :met_due_on
  WHERE id = :id`

function readRotations(reader: Reader, id: number): readonly (StoredRotation & { readonly id: number })[] {
  const text = reader.value<string>(`SELECT ${ROTATIONS} FROM logical_key l WHERE l.id = ?`, [id])
  return JSON.parse(text ?? '[]') as readonly (StoredRotation & { readonly id: number })[]
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
  refer: (reader, { connection, key }) =>
    findKey(reader, connection, key) === null && hasOtherOrder(reader) ? null : {},
  // A reminder ends a snooze whose day has passed.
  mayEnd: ({ until }, today) => until <= today,
  find: (reader, { connection, key }) => findKey(reader, connection, key),
  write: (writer, id, { until }) => {
    if (id !== null) setSnooze(writer, id, until)
    return id
  },
  remove: (writer, { id }) => setSnooze(writer, id, null),
})

/** Records a rotation that a sync recognized. Like a rotation that a person records, it fulfils the day that is set. */
export function recordRecognized(writer: Writer, connection: string, rotation: NewRotation): void {
  const recognition = toRecognition({ connection, first: rotation.key, rotation })
  const decision = logicalKeyTable.resolve(writer, recognition)
  const [stored = null] = logicalKeyTable.readGroup(writer, decision)
  const rows = new Map(stored === null ? [] : [[stored.key, stored.values]])
  logicalKeyTable.fold(rows, decision)
  for (const values of rows.values()) logicalKeyTable.write(writer, stored, values)
}
