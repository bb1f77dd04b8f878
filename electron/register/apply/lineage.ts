import { getDay } from '../../../shared/domain/day.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { type Column, prepareInsert } from '../db/staging.ts'
import { type KeyWords, keyWords } from '../keys/derive-keys.ts'
import { readOwner } from '../connections/connection.ts'
import { recordRecognized } from '../rows/keys.ts'
import { deriveUid } from '../db/uid.ts'

interface NewKey {
  readonly x: string
  readonly name: string
  readonly hint: string | null
  readonly project_x: string | null
  readonly project_name: string | null
  readonly owner_external_id: string | null
  readonly created_at: number | null
  readonly rotated_at: number | null
  readonly last_use_state: string
  readonly last_used_at: number | null
  readonly last_use_inexact: number
  readonly tool: string | null
  readonly vendor: string | null
}

interface Predecessor {
  readonly key_id: number
  readonly logical_key_id: number
  readonly created_at: number | null
}

interface NewKeyRow {
  readonly key: NewKey
  readonly words: KeyWords
  readonly keyId: number
  readonly logicalKeyId: number
  readonly connectionId: number
}

const LOGICAL_KEY_COLUMNS: readonly Column<NewKeyRow>[] = [
  { name: 'id', type: 'INTEGER', value: ({ logicalKeyId }) => logicalKeyId },
  { name: 'connection_id', type: 'INTEGER', value: ({ connectionId }) => connectionId },
  { name: 'name', type: 'TEXT', value: ({ key }) => key.name },
]

const KEY_COLUMNS: readonly Column<NewKeyRow>[] = [
  { name: 'id', type: 'INTEGER', value: ({ keyId }) => keyId },
  { name: 'connection_id', type: 'INTEGER', value: ({ connectionId }) => connectionId },
  { name: 'external_id', type: 'TEXT', value: ({ key }) => key.x },
  { name: 'logical_key_id', type: 'INTEGER', value: ({ logicalKeyId }) => logicalKeyId },
  { name: 'last_use_state', type: 'TEXT', value: ({ key }) => key.last_use_state },
  { name: 'last_used_at', type: 'INTEGER', value: ({ key }) => key.last_used_at },
  { name: 'last_use_inexact', type: 'INTEGER', value: ({ key }) => key.last_use_inexact },
  { name: 'tool', type: 'TEXT', value: ({ key }) => key.tool },
  { name: 'vendor', type: 'TEXT', value: ({ key }) => key.vendor },
  { name: 'environment', type: 'TEXT', value: ({ words }) => words.environment },
  { name: 'team', type: 'TEXT', value: ({ words }) => words.team },
  { name: 'purpose', type: 'TEXT', value: ({ words }) => words.purpose },
  { name: 'lineage', type: 'TEXT', value: ({ words }) => words.lineage },
  { name: 'follows_pattern', type: 'INTEGER', value: ({ words }) => Number(words.followsPattern) },
  { name: 'created_at', type: 'INTEGER', value: ({ key }) => key.created_at },
]

function lastNumber(reader: Reader, table: 'key' | 'logical_key'): number {
  return reader.value<number>(`SELECT ifnull(max(id), 0) FROM ${table}`) ?? 0
}

/**
 * Creates identities for new keys. A key whose lineage held an older key at an earlier sync is that key's successor: it
 * joins the logical key, and the rotation is recorded as recognized, on the day it was created. A provider may replace
 * the secret of a key and keep its creation. The successor then has the creation of a key that is no longer listed. Its
 * rotation has the day that the provider reports, or else the day of this sync, also where the key was rotated before it was first read.
 */
export function admitNewKeys(
  writer: Writer,
  to: {
    readonly connectionId: number
    readonly operator: string
    /** The name of the sync. */
    readonly uid: string
    readonly at: number
    readonly keyNamePattern: string
  },
): void {
  // Only keys of earlier syncs can have a successor; the first sync of a connection has none.
  const lastBefore =
    writer.value<number>('SELECT ifnull(max(id), 0) FROM key WHERE connection_id = ?', [to.connectionId]) ?? 0
  const logicalKeys = prepareInsert(writer, 'logical_key', LOGICAL_KEY_COLUMNS, { orIgnore: false })
  const keys = prepareInsert(writer, 'key', KEY_COLUMNS, { orIgnore: false, before: logicalKeys.end })
  const rotated: (NewKeyRow & { readonly rotatedAt: number })[] = []
  const readBefore = previousReading(writer, to)
  // Numbered as SQLite would, since several rows are written together.
  let [logicalKeyNumber, keyNumber] = [lastNumber(writer, 'logical_key'), lastNumber(writer, 'key')]
  for (const key of readNew(writer, to.connectionId)) {
    const words = keyWords(
      {
        name: key.name,
        hint: key.hint,
        project: key.project_x,
        projectName: key.project_name,
        owner: key.owner_external_id,
        createdAt: key.created_at,
      },
      to.keyNamePattern,
    )
    // A tool creates a new key at each sign-in; these keys are not successors of each other.
    const before =
      lastBefore === 0 || key.tool !== null
        ? undefined
        : predecessor(writer, to.connectionId, words.lineage, key, lastBefore)
    const logicalKeyId = before?.logical_key_id ?? (logicalKeyNumber += 1)
    keyNumber += 1
    const admitted = { key, words, keyId: keyNumber, logicalKeyId, connectionId: to.connectionId }
    if (!before) logicalKeys.add(admitted)
    keys.add(admitted)
    const rotatedAt = before ? successionTime(key, before, readBefore, to.at) : key.rotated_at
    if (rotatedAt !== null) rotated.push({ ...admitted, rotatedAt })
    if (!before) continue
    // The search for the next predecessor has to see it.
    keys.end()
  }
  keys.end()
  const owner = rotated.length === 0 ? '' : readOwner(writer, to.connectionId)
  const connection = writer.value<string>('SELECT uid FROM connection WHERE id = ?', [to.connectionId]) ?? ''
  for (const { key, rotatedAt } of rotated) {
    recordRecognized(writer, connection, {
      uid: deriveUid(owner, to.at, to.uid, key.x),
      key: key.x,
      key_name: key.name,
      trigger: 'scheduled',
      rotated_on: getDay(rotatedAt),
      recognized: 1,
      operator: to.operator,
      note: '',
      recorded_at: to.at,
    })
  }
  writer.run('UPDATE temp.in_key SET id = (SELECT id FROM key WHERE connection_id = ? AND external_id = x)', [
    to.connectionId,
  ])
}

/** How many keys are held together, since a connection may have a million. */
const KEYS_TOGETHER = 5000

/** Keys that the register does not have, by the time of their creation. */
function* readNew(writer: Writer, connectionId: number): Generator<NewKey> {
  writer.run('CREATE TEMP TABLE IF NOT EXISTS new_key (n INTEGER PRIMARY KEY, x TEXT)')
  writer.run('DELETE FROM temp.new_key')
  const { changes: count } = writer.run(
    `INSERT INTO temp.new_key (x) SELECT i.x FROM temp.in_key i
     WHERE NOT EXISTS (SELECT 1 FROM key k WHERE k.connection_id = ? AND k.external_id = i.x) ORDER BY i.created_at, i.x`,
    [connectionId],
  )
  for (let from = 0; from < count; from += KEYS_TOGETHER) {
    yield* writer.all<NewKey>(
      `SELECT i.x, i.name, i.hint, i.project_x, p.name AS project_name, i.owner_external_id, i.created_at, i.rotated_at, i.last_use_state,
         i.last_used_at, i.last_use_inexact, i.tool, i.vendor
       FROM temp.new_key w CROSS JOIN temp.in_key i ON i.x = w.x LEFT JOIN temp.in_project p ON p.x = i.project_x
       WHERE w.n > ? AND w.n <= ? ORDER BY w.n`,
      [from, from + KEYS_TOGETHER],
    )
  }
}

/** When the last reading began that was applied before this one; null without any. */
function previousReading(
  reader: Reader,
  { connectionId, uid }: { readonly connectionId: number; readonly uid: string },
) {
  return (
    reader.value<number | null>(
      `SELECT max(started_at) FROM sync WHERE connection_id = ? AND uid <> ? AND state IN ('complete', 'partial')`,
      [connectionId, uid],
    ) ?? null
  )
}

/**
 * When the new key took the place of the one before. The last rotation that the provider reports may be an earlier one,
 * since not every proxy records each: it counts only where the reading before had not begun by then.
 */
function successionTime(key: NewKey, before: Predecessor, readBefore: number | null, at: number): number {
  if (key.created_at === null || key.created_at !== before.created_at) return key.created_at ?? at
  const { rotated_at: rotatedAt } = key
  return rotatedAt !== null && (readBefore === null || rotatedAt >= readBefore) ? rotatedAt : at
}

/**
 * The newest key of the lineage from an earlier sync, if no other key is its successor yet, and the new one is younger, or
 * as old where this reading does not list the one before.
 */
function predecessor(
  writer: Writer,
  connectionId: number,
  lineage: string,
  key: NewKey,
  lastBefore: number,
): Predecessor | undefined {
  return writer.get<Predecessor>(
    `SELECT k.id AS key_id, k.logical_key_id, k.created_at FROM key_last_row k
     WHERE k.connection_id = ? AND k.lineage = ? AND k.id <= ?
       AND (k.created_at IS NULL OR ? IS NULL OR k.created_at < ?
         OR (k.created_at = ? AND NOT EXISTS (SELECT 1 FROM temp.in_key i WHERE i.x = k.external_id)))
       AND NOT EXISTS (SELECT 1 FROM key n WHERE n.logical_key_id = k.logical_key_id AND n.id > k.id)
     ORDER BY k.created_at DESC, k.id DESC LIMIT 1`,
    [connectionId, lineage, lastBefore, key.created_at, key.created_at, key.created_at],
  )
}
