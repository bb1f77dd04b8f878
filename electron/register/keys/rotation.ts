import { z } from 'zod'

import { clientRef, day, id } from '../../../shared/contract/common.ts'
import { type KeyDetail, keyDetail } from '../../../shared/contract/keys.ts'
import {
  type LogicalKey,
  logicalKey,
  type RotationRecord,
  rotationRecord,
} from '../../../shared/contract/rotation-record.ts'
import type { KeyChange } from '../../../shared/contract/rotation.ts'
import type { Day } from '../../../shared/domain/day.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { selectColumns } from '../db/noun.ts'
import { readRow, readRows } from '../db/rows.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { idsParam } from '../db/scope.ts'

export interface KeyName {
  readonly keyId: number
  readonly name: string
  readonly externalId: string
  readonly connectionUid: string
  /** The external id of the first key of the logical key. */
  readonly firstKey: string
  /** The last reading of the connection that was applied, by its sync's uid and when it began; null: none was. */
  readonly syncUid: string | null
  readonly began: number | null
  readonly client: string
  readonly clientId: number
  readonly logicalKeyId: number
  readonly standing: number
  readonly tool: string | null
  readonly createdAt: number | null
  readonly isAdmin: number
}

const KEY_NAME = `SELECT k.id AS keyId, k.name, k.external_id AS externalId, cn.uid AS connectionUid,
     (SELECT f.external_id FROM key f WHERE f.logical_key_id = k.logical_key_id ORDER BY f.id LIMIT 1) AS firstKey,
     s.uid AS syncUid, s.started_at AS began, c.slug AS client, c.id AS clientId, k.logical_key_id AS logicalKeyId, k.standing, k.tool, k.created_at AS createdAt,
     k.kind = 'admin' AS isAdmin`

/** The last sync of the connection `cn` that was applied. */
const LAST_READING = `LEFT JOIN sync s ON s.id = (SELECT x.id FROM sync x WHERE x.connection_id = cn.id
  AND x.state IN ('complete', 'partial') ORDER BY x.id DESC LIMIT 1)`

/** The name of a key for the journal, and what it belongs to; null when there is none. */
export function keyName(reader: Reader, keyId: number): KeyName | null {
  return (
    reader.get<KeyName>(
      `${KEY_NAME}
       FROM key_last_row k JOIN connection cn ON cn.id = k.connection_id JOIN client c ON c.id = cn.client_id ${LAST_READING} WHERE k.id = ?`,
      [keyId],
    ) ?? null
  )
}

/**
 * The same of several keys, by key; those that do not exist are left out. The join is in this order since SQLite, which
 * does not know how few the ids are, may read all keys for each of them.
 */
export function keyNames(reader: Reader, ids: readonly number[]): ReadonlyMap<number, KeyName> {
  const rows = reader.all<KeyName>(
    `${KEY_NAME}
     FROM json_each(?) j CROSS JOIN key_last_row k ON k.id = j.value
     JOIN connection cn ON cn.id = k.connection_id JOIN client c ON c.id = cn.client_id ${LAST_READING} ORDER BY j.key`,
    [idsParam(ids)],
  )
  return new Map(rows.map((row) => [row.keyId, row]))
}

/** What a person set for keys, by key. */
export function readKeySettings(
  reader: Reader,
  ids: readonly number[],
): ReadonlyMap<number, Omit<Required<KeyChange>, 'keyId'>> {
  const rows = reader.all<Required<KeyChange>>(
    `SELECT k.id AS keyId, l.environment, l.team, l.contact, k.snoozed_until AS snoozedUntil, l.due_on AS dueOn
     FROM json_each(?) j CROSS JOIN key k ON k.id = j.value JOIN logical_key l ON l.id = k.logical_key_id`,
    [idsParam(ids)],
  )
  return new Map(rows.map(({ keyId, ...settings }) => [keyId, settings]))
}

const ROTATION = `SELECT r.id, r.key_id AS keyId, r.key_name AS keyName, r.trigger, r.rotated_on AS rotatedOn, r.recognized, r.operator,
    r.note, r.recorded_at AS recordedAt, r.undone_at AS undoneAt FROM rotation r`

export function getRotation(reader: Reader, rotationId: number): RotationRecord | null {
  return readRow(reader, rotationRecord, `${ROTATION} WHERE r.id = ?`, [rotationId])
}

/** The rotations of a logical key, newest first. */
export function listRotations(reader: Reader, logicalKeyId: number): RotationRecord[] {
  return readRows(
    reader,
    rotationRecord,
    `${ROTATION} WHERE r.logical_key_id = ? ORDER BY r.rotated_on DESC, r.id DESC`,
    [logicalKeyId],
  )
}

/** A logical key with its settings; null values follow the key's name or the policy. */
export function getLogicalKey(reader: Reader, logicalKeyId: number): LogicalKey | null {
  return readRow(reader, logicalKey, `SELECT ${selectColumns(logicalKey, 'l', {})} FROM logical_key l WHERE l.id = ?`, [
    logicalKeyId,
  ])
}

export type LogicalKeyChange = { readonly [K in Exclude<keyof LogicalKey, 'id' | 'name'>]?: LogicalKey[K] | undefined }

export function setSnooze(writer: Writer, keyId: number, until: Day | null): void {
  writer.run('UPDATE key SET snoozed_until = ? WHERE id = ?', [until, keyId])
}

/** All keys of a logical key, newest first. */
export function readVersions(reader: Reader, logicalKeyId: number): KeyDetail['versions'] {
  return readRows(
    reader,
    keyDetail.shape.versions.element,
    `SELECT k.id AS keyId, k.name, k.hint, k.created_at AS createdAt, k.standing = 0 AS removed FROM key_last_row k
     WHERE k.logical_key_id = ? ORDER BY k.created_at DESC, k.id DESC`,
    [logicalKeyId],
  )
}

/** The most names of keys for a day and client. */
const NAMES = 3

const dueName = z.object({
  on: day,
  client: clientRef.extend({ id }),
  count: z.number().int(),
  keyId: id,
  name: z.string(),
})

export interface DueDay {
  readonly on: Day
  readonly client: z.infer<typeof dueName>['client']
  readonly count: number
  readonly keys: readonly { readonly keyId: number; readonly name: string }[]
}

/** The keys with these ids by due day and client: how many, and the first few by name, admin keys before others. */
export function dueByDay(reader: Reader, ids: readonly number[]): readonly DueDay[] {
  const rows = readRows(
    reader,
    dueName,
    `SELECT "on", "client.id", "client.slug", "client.name", "client.colour", count, keyId, name FROM (
       SELECT k.due_on AS "on", c.id AS "client.id", ${CLIENT_REF}, k.id AS keyId, k.name,
         count(*) OVER (PARTITION BY k.due_on, c.id) AS count,
         row_number() OVER (PARTITION BY k.due_on, c.id ORDER BY k.kind <> 'admin', k.name COLLATE NOCASE, k.id) AS place
       FROM json_each(:ids) j JOIN reported_key_row k ON k.id = j.value
       JOIN connection cn ON cn.id = k.connection_id JOIN client c ON c.id = cn.client_id)
     WHERE place <= :names ORDER BY "on", "client.name" COLLATE NOCASE, "client.id", place`,
    { ids: idsParam(ids), names: NAMES },
  )
  return [...Map.groupBy(rows, ({ on, client }) => `${on} ${client.id}`).values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const { on, client, count } = first
    return [{ on, client, count, keys: group.map(({ keyId, name }) => ({ keyId, name })) }]
  })
}
