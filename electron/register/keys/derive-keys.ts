import { getDay } from '../../../shared/domain/day.ts'
import type { Policy } from '../../../shared/domain/policy.ts'
import { type DueInput, computeDue } from '../../../shared/domain/rotation.ts'
import type { Params, Writer } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'
import { ENDS_AT } from '../facts/key-state.ts'
import { policyLookup } from '../clients/policy.ts'
import { indexForSearch } from '../db/search-index.ts'
import { isEnvironment, keyEnvironment, lineageName, parseKeyName } from '../../../shared/domain/naming.ts'

interface DueRow extends Omit<DueInput, 'createdOn' | 'expiresOn'> {
  readonly id: number
  readonly clientId: number
  readonly createdAt: number | null
  readonly expiresAt: number | null
  readonly keptDueOn: string | null
  readonly keptBasis: string
  readonly keptRotatedOn: string | null
}

/** How many keys are held together, since a connection may have a million. */
const KEYS_TOGETHER = 5000

const DUE_ROWS = `SELECT k.id, c.client_id AS clientId, k.kind, k.status, k.tool, k.environment,
    k.created_at AS createdAt, k.expires_at AS expiresAt, k.interval_days AS intervalDays, k.set_due_on AS dueOn, k.decoy,
    k.due_on AS keptDueOn, k.due_basis AS keptBasis, k.last_rotated_on AS keptRotatedOn,
    (SELECT max(r.rotated_on) FROM rotation r WHERE r.key_id = k.id AND r.undone_at IS NULL) AS lastRotatedOn
  FROM json_each(?) j CROSS JOIN key_row k ON k.id = j.value JOIN connection c ON c.id = k.connection_id`

/**
 * Recomputes due days for the current keys that a query names, and stores them on the key, so that listing due keys is
 * one indexed read. `getPolicy` returns the policy of a client by its id.
 */
export function deriveDue(
  writer: Writer,
  getPolicy: (clientId: number) => Policy,
  idsQuery: string,
  params: Params,
): void {
  const ids = writer.column<number>(`SELECT id FROM key WHERE id IN (${idsQuery}) ORDER BY id`, params)
  const update = writer.prepare('UPDATE key SET due_on = ?, due_basis = ?, last_rotated_on = ? WHERE id = ?')
  for (let from = 0; from < ids.length; from += KEYS_TOGETHER) {
    for (const row of writer.all<DueRow>(DUE_ROWS, [idsParam(ids.slice(from, from + KEYS_TOGETHER))])) {
      const due = computeDue(
        { ...row, createdOn: dayOrNull(row.createdAt), expiresOn: dayOrNull(row.expiresAt) },
        getPolicy(row.clientId),
      )
      if (due.on !== row.keptDueOn || due.basis !== row.keptBasis || row.lastRotatedOn !== row.keptRotatedOn) {
        update([due.on, due.basis, row.lastRotatedOn, row.id])
      }
    }
  }
}

function dayOrNull(instant: number | null): string | null {
  return instant === null ? null : getDay(instant)
}

/**
 * The known owner of a key has left the organization: an owner without a current version, of whom an earlier version exists,
 * or whose list was read completely since the key was reported in its current form, also at the first sync. Where no list
 * reports the members, nothing is known.
 */
const OWNER_LEFT = `(v.owner_state = 'known'
    AND NOT EXISTS (SELECT 1 FROM account_row o
      WHERE o.connection_id = key.connection_id AND o.external_id = v.owner_external_id)
    AND (EXISTS (SELECT 1 FROM account_history o
      WHERE o.connection_id = key.connection_id AND o.external_id = v.owner_external_id)
      OR EXISTS (SELECT 1 FROM temp.owner_list l WHERE l.owner_kind = v.owner_kind AND l.read_at >= v.from_sync
        AND l.project IN ('', ifnull((SELECT p.external_id FROM project p WHERE p.id = v.project_id), '')))))`

/**
 * A key is unowned if the provider reports no owner (except admin keys), if the owner has lost the project, or if the
 * known owner has left. A key that a tool made for its owner ends with the owner's access, so that it is never unowned.
 */
const UNOWNED = `(key.tool IS NULL AND ((v.owner_state = 'none' AND v.kind <> 'admin') OR v.owner_access IS 'inactive' OR ${OWNER_LEFT}))`

/**
 * When each list that names owners was last read completely: people for the organization, service accounts by project.
 */
function noteOwnerLists(writer: Writer, connectionId: number): void {
  writer.run(
    'CREATE TEMP TABLE IF NOT EXISTS owner_list (owner_kind TEXT, project TEXT, read_at INTEGER, PRIMARY KEY (owner_kind, project)) WITHOUT ROWID',
  )
  writer.run('DELETE FROM temp.owner_list')
  writer.run(
    `INSERT INTO temp.owner_list
     SELECT CASE WHEN s.source IN ('project-service-accounts', 'service-accounts-file') THEN 'service-account' ELSE 'user' END,
       s.project, max(s.sync_id)
     FROM sync y JOIN sync_source s ON s.sync_id = y.id
     WHERE y.connection_id = ? AND s.state = 'complete'
       AND s.source IN ('users', 'people-file', 'register-file', 'project-service-accounts', 'service-accounts-file')
     GROUP BY 1, 2`,
    [connectionId],
  )
}

/** Stores on each current key of a connection whether it has an owner, when it was created, and when it ends. */
export function deriveKeySummary(writer: Writer, connectionId: number): void {
  noteOwnerLists(writer, connectionId)
  writer.run(
    `UPDATE key SET unowned = ${UNOWNED}, owner_left = ${OWNER_LEFT}, created_at = v.created_at, ends_at = ${ENDS_AT} FROM key_version v
     WHERE v.key_id = key.id AND v.to_sync IS NULL AND key.connection_id = :c AND key.standing = 1
       AND (key.unowned <> ${UNOWNED} OR key.owner_left <> ${OWNER_LEFT} OR key.created_at IS NOT v.created_at OR key.ends_at IS NOT ${ENDS_AT})`,
    { c: connectionId },
  )
}

/**
 * Derives what follows from decisions about logical keys: the due days of all their current keys, which share an interval
 * and a date, and what a search finds them by where they were described.
 */
export function deriveKeys(writer: Writer, logicalKeys: ReadonlySet<number>, isDescribed: boolean): void {
  const of = { l: idsParam([...logicalKeys]) }
  const current = (column: string): string =>
    `SELECT ${column} FROM key WHERE logical_key_id IN (SELECT value FROM json_each(:l)) AND standing = 1`
  deriveDue(writer, policyLookup(writer), current('id'), of)
  if (isDescribed) indexForSearch(writer, 'key', current('id AS value'), of)
}

/** What is read from a key's name and project. */
export interface KeyWords {
  readonly environment: string | null
  readonly team: string | null
  readonly purpose: string | null
  readonly lineage: string
  readonly followsPattern: boolean
}

interface KeyWithName {
  readonly name: string
  readonly hint: string | null
  readonly project: string | null
  readonly projectName: string | null
  readonly owner: string | null
  readonly createdAt: number | null
}

/**
 * Parses a key's name by its client's pattern. Two keys are versions of one logical key when they share a lineage:
 * project, owner, and the name without re-issue suffixes. The owner counts because consoles give keys the same default
 * name. A key without a name goes by its ending, which a rotation changes: its creation counts in its place.
 */
export function keyWords(key: KeyWithName, pattern: string): KeyWords {
  const parts = parseKeyName(key.name, pattern)
  return {
    environment: keyEnvironment({ name: key.name, project: key.projectName }, pattern),
    team: parts?.team ?? null,
    purpose: parts?.purpose ?? null,
    lineage: JSON.stringify([key.project ?? '', key.owner ?? '', lineageWord(key)]),
    followsPattern: parts !== null && (parts.environment === null || isEnvironment(parts.environment)),
  }
}

function lineageWord({ name, hint, createdAt }: KeyWithName): string | number {
  return name === hint && createdAt !== null ? createdAt : lineageName(name)
}

interface NamedKey extends Omit<KeyWords, 'followsPattern'>, KeyWithName {
  readonly id: number
  readonly clientId: number
  readonly followsPattern: number
}

/** Parses the names of some current keys again, after a change of their name, their project's name or the pattern. */
export function deriveNames(writer: Writer, idsQuery: string, params: Params): void {
  const getPolicy = policyLookup(writer)
  const keys = writer.all<NamedKey>(
    `SELECT k.id, cn.client_id AS clientId, k.name, k.hint, p.external_id AS project, k.project_name AS projectName,
       k.owner_external_id AS owner, k.created_at AS createdAt, k.named_environment AS environment, k.named_team AS team,
       k.named_purpose AS purpose, k.lineage, k.follows_pattern AS followsPattern
     FROM reported_key_row k JOIN connection cn ON cn.id = k.connection_id LEFT JOIN project p ON p.id = k.project_id
     WHERE k.id IN (${idsQuery})`,
    params,
  )
  const update = writer.prepare(
    'UPDATE key SET environment = ?, team = ?, purpose = ?, lineage = ?, follows_pattern = ? WHERE id = ?',
  )
  for (const key of keys) {
    const words = keyWords(key, getPolicy(key.clientId).keyNamePattern)
    const reported = [
      words.environment,
      words.team,
      words.purpose,
      words.lineage,
      Number(words.followsPattern),
    ] as const
    const held = [key.environment, key.team, key.purpose, key.lineage, key.followsPattern]
    if (reported.some((value, at) => value !== held[at])) update([...reported, key.id])
  }
}
