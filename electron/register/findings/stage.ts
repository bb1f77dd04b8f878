import { environmentInName, environmentWord } from '../../../shared/domain/naming.ts'
import type { Value, Writer } from '../db/handles.ts'
import { declareColumns, insertRow, insertSelect, listSelected } from '../db/staging.ts'
import { AGENCY_DOMAINS } from '../facts/external.ts'
import { LIMITS, SPENDS_PLACE } from '../facts/limits.ts'
import { listProvidersWith } from '../facts/providers.ts'
import { isUsable } from '../facts/key-state.ts'
import { policyLookup } from '../clients/policy.ts'
import { layOutReviews, REVIEWS_DUE } from '../reviews/schedule/layout.ts'
import { AGREED, layOutAgreed } from './kit/agreed.ts'
import { EMPLOYED, layOutEmployed } from './kit/employed.ts'
import { CONNECTION_COLUMNS, KEY_COLUMNS, POLICY_COLUMNS, PRINCIPAL_COLUMNS, SPEND_READ } from './kit/columns.ts'
import { CERTIFICATE, FEDERATION, layOutFederation } from './kit/federation.ts'
import { layOutPlanned, PLANNED } from './kit/planned.ts'
import { DAY } from './kit/rule.ts'
import { quietRules } from './quiet.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

/**
 * Temporary tables that the rules read, filled once for the connections under evaluation, so that each rule reads a
 * narrow table. Keys that can no longer be used (archived, expired) are left out. So are keys that a tool creates for
 * one person at a sign-in: they end with that person's access and are not named, rotated or owned separately.
 */
const TABLES: Readonly<Record<string, string>> = {
  f_connection: declareColumns([...CONNECTION_COLUMNS, ...POLICY_COLUMNS, { name: 'quiet_rules', type: 'TEXT' }]),
  f_project: `id INTEGER PRIMARY KEY, connection_id INTEGER, name TEXT, status TEXT, is_default INTEGER, spend_read INTEGER,
    environment TEXT, created_at INTEGER, first_sync INTEGER, keys INTEGER NOT NULL DEFAULT 0, production_keys INTEGER NOT NULL DEFAULT 0,
    other_keys INTEGER NOT NULL DEFAULT 0, unknown_keys INTEGER NOT NULL DEFAULT 0, key_used_at INTEGER, key_used_before_at INTEGER, key_alive_at INTEGER`,
  f_gone: 'id INTEGER PRIMARY KEY, connection_id INTEGER, name TEXT, how TEXT, ended_at INTEGER, ended_sync INTEGER',
  f_key: declareColumns(KEY_COLUMNS),
  f_principal: declareColumns(PRINCIPAL_COLUMNS),
  f_account: 'id INTEGER PRIMARY KEY, connection_id INTEGER, external_id TEXT, name TEXT',
  f_federation: FEDERATION,
  f_certificate: CERTIFICATE,
  f_domain: 'connection_id INTEGER, domain TEXT, PRIMARY KEY (connection_id, domain)',
  f_spend: 'connection_id INTEGER, project_id INTEGER, PRIMARY KEY (connection_id, project_id)',
  f_review: REVIEWS_DUE,
  f_employed: EMPLOYED,
  f_agreed: AGREED,
  f_planned: PLANNED,
}

/**
 * Most rules look for a condition that few keys meet. Each of these indexes holds those few keys, so that a rule does
 * not go through all keys. A rule uses the index only if its condition is written in the same words.
 */
const FEW_KEYS: Readonly<Record<string, string>> = {
  f_key_admin: `kind = 'admin'`,
  f_key_organization: `kind = 'organization'`,
  f_key_unowned: 'unowned = 1',
  f_key_inactive: `owner_access = 'inactive'`,
  f_key_of_nobody: `owner_state = 'none'`,
  f_key_of_unknown: `owner_state = 'unknown'`,
  f_key_unreported: `last_use_state = 'not-reported'`,
  f_key_decoy: 'decoy_since IS NOT NULL',
  f_key_archived: `project_status = 'archived'`,
  f_key_deposited: 'vendor IS NOT NULL',
  f_key_expiring: 'expires_at IS NOT NULL',
  f_key_off_convention: 'follows_pattern = 0',
}

/** Fills the tables that the rules read, for some connections. */
export function layOut(writer: Writer, connectionIds: readonly number[], now: number): void {
  for (const [name, columns] of Object.entries(TABLES)) {
    writer.run(`CREATE TEMP TABLE IF NOT EXISTS ${name} (${columns})`)
  }
  for (const [name, which] of Object.entries(FEW_KEYS)) {
    writer.run(`CREATE INDEX IF NOT EXISTS temp.${name} ON f_key (connection_id) WHERE ${which}`)
  }
  clear(writer)
  connections(writer, connectionIds, now)
  projects(writer)
  removed(writer)
  keys(writer, now)
  keysOfProjects(writer, now)
  principals(writer, now)
  layOutFederation(writer)
  layOutEmployed(writer, now)
  layOutReviews(writer, now)
  layOutAgreed(writer)
  layOutPlanned(writer, now)
  writer.run(
    `INSERT OR IGNORE INTO temp.f_spend SELECT l.connection_id, ifnull(l.project_id, 0) FROM temp.f_connection f
     CROSS JOIN ${LIMITS} l ON l.connection_id = f.id AND l.to_sync IS NULL WHERE ${SPENDS_PLACE}`,
  )
}

/** Drops the tables. */
export function clear(writer: Writer): void {
  for (const name of Object.keys(TABLES)) writer.run(`DELETE FROM temp.${name}`)
}

/** The last signed review of a client: later changes are new to its signer. */
const LAST_REVIEW = `SELECT r.id FROM review r WHERE r.client_id = cn.client_id AND r.state IN ('signed', 'acknowledged')
  ORDER BY r.signed_at DESC, r.id DESC LIMIT 1`

/** The last sync of a connection that had ended by an instant; 0 where all syncs came later. */
const SYNC_BY = `SELECT ifnull(max(y.id), 0) FROM sync y
  WHERE y.connection_id = ? AND y.state IN ('complete', 'partial') AND y.finished_at <= ?`

type ConnectionRow = Readonly<Record<string, Value>> & {
  readonly id: number
  readonly client_id: number
  readonly since_at: number | null
  readonly since_sync: number | null
}

function connections(writer: Writer, ids: readonly number[], now: number): void {
  const getPolicy = policyLookup(writer)
  const rows = writer.all<ConnectionRow>(
    `SELECT ${listSelected(CONNECTION_COLUMNS)}
     FROM json_each(?) j JOIN connection cn ON cn.id = j.value JOIN client c ON c.id = cn.client_id
     LEFT JOIN sync y ON y.id = (SELECT max(x.id) FROM sync x WHERE x.connection_id = cn.id AND x.state IN ('complete', 'partial'))
     LEFT JOIN review r ON r.id = (${LAST_REVIEW})
     LEFT JOIN sync w ON w.id = (SELECT max(s.sync_id) FROM review_source s WHERE s.review_id = r.id AND s.connection_id = cn.id)
     WHERE cn.removed_at IS NULL`,
    [JSON.stringify(ids)],
  )
  for (const row of rows) {
    const policy = getPolicy(row.client_id)
    // For a connection that the review did not include, the policy's days count.
    const since = row.since_at ?? now - policy.limitChangeDays * DAY
    insertRow(writer, 'temp.f_connection', {
      ...row,
      since_at: since,
      quiet_rules: JSON.stringify(quietRules(policy)),
      since_sync: row.since_sync ?? writer.value<number>(SYNC_BY, [row.id, since]) ?? 0,
      ...Object.fromEntries(POLICY_COLUMNS.map(({ name, value }) => [name, value(policy)])),
    })
  }
  writer.run(
    `INSERT OR IGNORE INTO temp.f_domain
     SELECT f.id, lower(d.value) FROM temp.f_connection f JOIN connection cn ON cn.id = f.id
       JOIN client c ON c.id = cn.client_id, json_each(c.domains) d`,
  )
}

function projects(writer: Writer): void {
  const rows = writer.all<{ readonly id: number; readonly name: string } & Readonly<Record<string, Value>>>(
    `SELECT p.id, p.connection_id, p.name, p.status, p.is_default, p.created_at,
       (SELECT min(x.from_sync) FROM project_version x WHERE x.project_id = p.id) AS first_sync,
       ${SPEND_READ('f.id', `'project-spend-limits', 'project-spend-alerts'`, 'p.external_id')}
         OR (f.provider IN ${listProvidersWith('listsProjectLimits')} AND f.organization_spend_read = 1) AS spend_read
     FROM temp.f_connection f CROSS JOIN project_row p ON p.connection_id = f.id`,
  )
  for (const row of rows) insertRow(writer, 'temp.f_project', { ...row, environment: environmentInName(row.name) })
}

/** Projects that were archived or removed: a later one with the same name was recreated. */
function removed(writer: Writer): void {
  writer.run(
    `INSERT INTO temp.f_gone
     SELECT n.id, n.connection_id, lower(n.name), 'archived', p.archived_at, p.from_sync FROM temp.f_project n
     CROSS JOIN project_row p ON p.id = n.id WHERE n.status = 'archived'
     UNION ALL
     SELECT p.id, p.connection_id, lower(p.name), 'removed', NULL, p.to_sync FROM temp.f_connection f
     CROSS JOIN project_last_row p ON p.connection_id = f.id
     WHERE NOT EXISTS (SELECT 1 FROM temp.f_project n WHERE n.id = p.id)`,
  )
  writer.run('CREATE INDEX IF NOT EXISTS temp.f_gone_by_name ON f_gone (connection_id, name)')
}

function keys(writer: Writer, now: number): void {
  writer.run(
    `${insertSelect('f_key', KEY_COLUMNS)}
     FROM key_row k LEFT JOIN temp.f_project n ON n.id = k.project_id
     WHERE k.id IN (SELECT s.id FROM temp.f_connection f CROSS JOIN key s INDEXED BY key_summary ON s.connection_id = f.id AND s.standing = 1)
       AND ${isUsable('k')} AND k.tool IS NULL`,
    { now },
  )
  spellEnvironments(writer)
}

/**
 * Stages the use of each project that its keys show. A recently removed key may have been the one in use, so its use counts. The
 * creation of a key counts too. Decoys do not count, since they are put into projects that nothing uses.
 */
function keysOfProjects(writer: Writer, now: number): void {
  writer.run(
    `UPDATE temp.f_project SET keys = a.keys, production_keys = a.production, other_keys = a.other, unknown_keys = a.unknown,
       key_used_at = a.used_at, key_used_before_at = a.used_before_at,
       key_alive_at = max(ifnull(a.used_at, 0), ifnull(a.used_before_at, 0), ifnull(a.made_at, 0))
     FROM (SELECT project_id, count(*) AS keys, count(*) FILTER (WHERE environment = 'production') AS production,
         count(*) FILTER (WHERE environment IN ('development', 'test', 'staging')) AS other,
         count(*) FILTER (WHERE last_use_state = 'not-reported' OR (last_used_at IS NULL AND created_at IS NULL)) AS unknown,
         max(last_used_at) FILTER (WHERE last_use_inexact = 0) AS used_at,
         max(last_used_at) FILTER (WHERE last_use_inexact = 1) AS used_before_at, max(created_at) AS made_at
       FROM temp.f_key WHERE project_id IS NOT NULL AND decoy_since IS NULL GROUP BY project_id) a
     WHERE a.project_id = f_project.id`,
  )
  writer.run(
    `UPDATE temp.f_project SET key_alive_at = max(key_alive_at, a.used_at)
     FROM (SELECT k.project_id, max(k.last_used_at) AS used_at FROM temp.f_connection f
       CROSS JOIN sync y ON y.connection_id = f.id AND y.finished_at > :now - f.idle_project_days * ${DAY}
       CROSS JOIN key_history k ON k.to_sync = y.id AND k.standing = 0
       WHERE k.project_id IS NOT NULL AND k.last_used_at IS NOT NULL AND NOT k.decoy GROUP BY k.project_id) a
     WHERE a.project_id = f_project.id AND f_project.keys > 0`,
    { now },
  )
}

/** People may have typed an environment in any spelling; the rules compare the common word. */
function spellEnvironments(writer: Writer): void {
  const words = writer.column<string>('SELECT DISTINCT environment FROM temp.f_key WHERE environment IS NOT NULL')
  for (const word of words) {
    const common = environmentWord(word)
    if (common === word) continue
    writer.run('UPDATE temp.f_key SET environment = ?, production = ? WHERE environment = ?', [
      common,
      common === 'production' ? 1 : 0,
      word,
    ])
  }
}

function principals(writer: Writer, now: number): void {
  writer.run(
    `WITH agency AS MATERIALIZED (${AGENCY_DOMAINS})
     ${insertSelect('f_principal', PRINCIPAL_COLUMNS)}
     FROM account_row p CROSS JOIN temp.f_connection f ON f.id = p.connection_id
     WHERE p.id IN (SELECT s.id FROM temp.f_connection f CROSS JOIN principal s ON s.connection_id = f.id)
       AND p.kind IN ('user', 'invite')`,
    { now },
  )
  writer.run(
    `UPDATE temp.f_principal SET projects = (SELECT count(DISTINCT a.project_id) FROM ${EFFECTIVE_GRANTS} a
       WHERE a.principal_id = f_principal.id AND a.project_id IS NOT NULL) WHERE external = 1`,
    { now },
  )
}
