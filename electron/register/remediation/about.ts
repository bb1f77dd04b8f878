import { z } from 'zod'

import { id } from '../../../shared/contract/common.ts'
import { subjectKind } from '../../../shared/contract/findings.ts'
import { itemDecision } from '../../../shared/contract/reviews.ts'
import type { SourceName, SourceState } from '../../../shared/domain/source.ts'
import type { Reader } from '../db/handles.ts'
import { readRow } from '../db/rows.ts'
import { isUsable } from '../facts/key-state.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

const finding = z.object({
  connectionId: id,
  rule: z.string(),
  subjectKind,
  subjectId: id,
  /** As JSON. */
  evidence: z.string(),
  resolved: z.boolean(),
})
export type AboutFinding = z.infer<typeof finding>

/** The subject of a finding, for remediation; null if the finding does not exist. */
export function aboutFinding(reader: Reader, findingId: number): AboutFinding | null {
  return readRow(
    reader,
    finding,
    `SELECT connection_id AS connectionId, rule, subject_kind AS subjectKind, subject_id AS subjectId, evidence,
       resolved_at IS NOT NULL AS resolved FROM finding WHERE id = ?`,
    [findingId],
  )
}

const item = z.object({
  connectionId: id,
  principalId: id.nullable(),
  keyId: id.nullable(),
  projectId: id.nullable(),
  decision: itemDecision.nullable(),
  changeTo: z.string().nullable(),
  closed: z.boolean(),
})
export type AboutItem = z.infer<typeof item>

/** The decision of a review about an item; null if the item does not exist. */
export function aboutItem(reader: Reader, itemId: number): AboutItem | null {
  return readRow(
    reader,
    item,
    `SELECT connection_id AS connectionId, principal_id AS principalId, key_id AS keyId, project_id AS projectId, decision,
       change_to AS changeTo, closed_at IS NOT NULL AS closed FROM review_item WHERE id = ?`,
    [itemId],
  )
}

/** True if a connection may have a source: the last sync that asked for it did not find that the organization lacks it. */
export function mayHave(reader: Reader, connectionId: number, source: SourceName): boolean {
  const state = reader.value<SourceState>(
    `SELECT s.state FROM sync y JOIN sync_source s ON s.sync_id = y.id AND s.source = ? WHERE y.connection_id = ?
     ORDER BY y.id DESC LIMIT 1`,
    [source, connectionId],
  )
  return state !== undefined && state !== 'unavailable'
}

/** A bound for lists of proposed changes; longer lists are handled in several rounds. */
const MOST = 100

/** The current accounts and invites of a person, in connections that were not removed. */
export function listPrincipals(reader: Reader, personId: number): number[] {
  return reader.column<number>(
    `SELECT p.id FROM account_row p
     JOIN connection cn ON cn.id = p.connection_id AND cn.removed_at IS NULL
     WHERE p.person_id = ? ORDER BY p.connection_id, p.id LIMIT ${MOST}`,
    [personId],
  )
}

export function isPerson(reader: Reader, id: number): boolean {
  return reader.value<number>('SELECT 1 FROM person WHERE id = ?', [id]) === 1
}

/** Current keys that a principal owns itself. */
export function keysOwnedBy(reader: Reader, principalId: number): number[] {
  return reader.column<number>(
    `SELECT k.id FROM principal p
     JOIN key_row k ON k.owner_external_id = p.external_id AND +k.connection_id = p.connection_id AND k.status <> 'archived'
     WHERE p.id = ? ORDER BY k.id LIMIT ${MOST}`,
    [principalId],
  )
}

/** Usable keys of service accounts in the projects that a principal reaches, since members may have seen them. */
export function sharedKeysSeenBy(reader: Reader, principalId: number, now: number): number[] {
  return reader.column<number>(
    `SELECT DISTINCT k.id FROM ${EFFECTIVE_GRANTS} e
     JOIN key_row k ON k.project_id = e.project_id AND ${isUsable('k')} AND k.owner_kind = 'service-account'
     WHERE e.principal_id = :principal ORDER BY k.id LIMIT ${MOST}`,
    { principal: principalId, now },
  )
}

/** Users with an owner or admin role in the organization. */
export function privilegedUsers(reader: Reader, connectionId: number): number[] {
  return reader.column<number>(
    `SELECT p.id FROM account_row p
     WHERE p.connection_id = ? AND p.kind = 'user' AND p.level IN ('owner', 'admin')
     ORDER BY p.last_used_at IS NOT NULL, p.last_used_at, p.id LIMIT ${MOST}`,
    [connectionId],
  )
}

/** Admin keys, least recently used first: each key of the connection is looked up in the index of admin keys. */
export function adminKeys(reader: Reader, connectionId: number): number[] {
  return reader.column<number>(
    `SELECT k.id FROM key o CROSS JOIN key_row k ON k.id = o.id
     WHERE o.connection_id = ? AND k.kind = 'admin'
     ORDER BY k.last_used_at IS NOT NULL, k.last_used_at, k.id LIMIT ${MOST}`,
    [connectionId],
  )
}
