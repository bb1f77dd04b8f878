import type {
  Fact,
  GrantFact,
  KeyFact,
  LimitFact,
  MembershipFact,
  OrganizationFact,
  PrincipalFact,
  ProjectFact,
} from '../../../shared/domain/facts.ts'
import type { Value, Writer } from '../db/handles.ts'
import type { Reading } from './reading.ts'

/** Where a reading lies before it is compared with what stands. `x` columns are external ids, `id` columns ours. */
const TABLES: Readonly<Record<string, string>> = {
  done: 'source TEXT, project TEXT, PRIMARY KEY (source, project)',
  in_project:
    'x TEXT PRIMARY KEY, id INTEGER, source TEXT, source_project TEXT, name TEXT, status TEXT, is_default INTEGER, created_at INTEGER, archived_at INTEGER, residency TEXT',
  in_principal:
    'x TEXT PRIMARY KEY, id INTEGER, source TEXT, source_project TEXT, kind TEXT, name TEXT, email TEXT, role_raw TEXT, level TEXT, status TEXT, added_at INTEGER, expires_at INTEGER, last_used_at INTEGER',
  in_membership:
    'group_x TEXT, member_x TEXT, group_id INTEGER, member_id INTEGER, source TEXT, source_project TEXT, PRIMARY KEY (group_x, member_x)',
  in_grant:
    'principal_x TEXT, project_x TEXT, role_raw TEXT, principal_id INTEGER, project_id INTEGER, level TEXT, implied_role_raw TEXT, implied_level TEXT, granted_at INTEGER, source TEXT, source_project TEXT, gives_way INTEGER, PRIMARY KEY (principal_x, project_x, role_raw)',
  in_key:
    'x TEXT PRIMARY KEY, id INTEGER, source TEXT, source_project TEXT, kind TEXT, name TEXT, hint TEXT, status TEXT, project_x TEXT, project_id INTEGER, owner_state TEXT, owner_external_id TEXT, owner_kind TEXT, owner_name TEXT, owner_email TEXT, owner_access TEXT, created_at INTEGER, expires_at INTEGER, last_use_state TEXT, last_used_at INTEGER, last_use_inexact INTEGER, tool TEXT',
  in_limit:
    'x TEXT PRIMARY KEY, source TEXT, source_project TEXT, project_x TEXT, project_id INTEGER, kind TEXT, enforcement TEXT, metric TEXT, model TEXT, amount INTEGER, period TEXT',
}

/** A whole number that the file can hold exactly; provider numbers may be anything. */
function whole(value: number): number {
  return Number.isNaN(value)
    ? 0
    : Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, Math.round(value)))
}

const YEAR_0 = Date.parse('0000-01-01T00:00:00.000Z')
const YEAR_10000 = Date.parse('+010000-01-01T00:00:00.000Z')

/** An instant of the calendar; what lies outside it is no date, and is not kept as one. */
function instant(value: number | null): number | null {
  return value !== null && value >= YEAR_0 && value < YEAR_10000 ? Math.round(value) : null
}

type StageOf<F extends Fact> = (fact: F, source: string, project: string) => readonly Value[]

const project: StageOf<ProjectFact> = (f, source, of) => [
  f.externalId,
  null,
  source,
  of,
  f.name,
  f.status,
  f.isDefault ? 1 : 0,
  instant(f.createdAt),
  instant(f.archivedAt),
  f.residency,
]

const principal: StageOf<PrincipalFact> = (f, source, of) => [
  f.externalId,
  null,
  source,
  of,
  f.kind,
  f.name,
  f.email,
  f.roleRaw,
  f.level,
  f.status,
  instant(f.addedAt),
  instant(f.expiresAt),
  instant(f.lastUsedAt),
]

const membership: StageOf<MembershipFact> = (f, source, of) => [f.group, f.member, null, null, source, of]

const grant: StageOf<GrantFact> = (f, source, of) => [
  f.principal,
  f.project ?? '',
  f.roleRaw,
  null,
  null,
  f.level,
  f.impliedRoleRaw,
  f.impliedLevel,
  instant(f.grantedAt),
  source,
  of,
  f.givesWay === true ? 1 : 0,
]

const key: StageOf<KeyFact> = (f, source, of) => [
  f.externalId,
  null,
  source,
  of,
  f.kind,
  f.name,
  f.hint,
  f.status,
  f.project,
  null,
  f.ownerState,
  f.owner?.externalId ?? null,
  f.owner?.kind ?? null,
  f.owner?.name ?? null,
  f.owner?.email ?? null,
  f.ownerAccess,
  instant(f.createdAt),
  instant(f.expiresAt),
  ...lastUse(f.lastUse),
  f.tool ?? null,
]

function lastUse(use: KeyFact['lastUse']): readonly [state: string, at: number | null, inexact: number] {
  if (use.state !== 'known' && use.state !== 'before') return [use.state, null, 0]
  const at = instant(use.at)
  return at === null ? ['not-reported', null, 0] : ['known', at, use.state === 'before' ? 1 : 0]
}

const limit: StageOf<LimitFact> = (f, source, of) => [
  f.externalId,
  source,
  of,
  f.project,
  null,
  f.kind,
  f.enforcement,
  f.metric,
  f.model,
  whole(f.amount),
  f.period,
]

export interface Staged {
  /** What the organization said of itself. */
  readonly organization: OrganizationFact | null
  /** Whether a principal is new or was used since the last reading. */
  readonly usedSince: boolean
}

/**
 * Lays a reading into temporary tables and resolves ids, making identities for what is new (keys excepted: they want
 * a logical key first). The first fact of a subject wins.
 */
export function stage(writer: Writer, reading: Reading): Staged {
  for (const [table, columns] of Object.entries(TABLES)) {
    // Grants keep the order in which they were told: a file's list of projects is written again in that order.
    const order = table === 'in_grant' ? '' : 'WITHOUT ROWID'
    writer.run(`CREATE TEMP TABLE IF NOT EXISTS ${table} (${columns}) ${order}`)
    writer.run(`DELETE FROM temp.${table}`)
  }
  const organization = fill(writer, reading)
  markDone(writer, reading)
  keepWhatWasNotRead(writer, reading.connectionId)
  giveWay(writer, reading.connectionId)
  return { organization, usedSince: resolveIds(writer, reading.connectionId) }
}

function fill(writer: Writer, reading: Reading): OrganizationFact | null {
  const into = (table: string, columns: number): ((params: readonly Value[]) => void) =>
    writer.prepare(
      `INSERT OR IGNORE INTO temp.${table} VALUES (${Array.from({ length: columns }, () => '?').join(', ')})`,
    )
  const insert = {
    project: into('in_project', 10),
    principal: into('in_principal', 13),
    membership: into('in_membership', 6),
    grant: into('in_grant', 12),
    key: into('in_key', 22),
    limit: into('in_limit', 11),
  }
  let organization: OrganizationFact | null = null
  for (const { source, project: of, facts } of reading.facts) {
    for (const fact of facts) {
      switch (fact.type) {
        case 'organization':
          organization = fact
          break
        case 'project':
          insert.project(project(fact, source, of ?? ''))
          break
        case 'principal':
          insert.principal(principal(fact, source, of ?? ''))
          break
        case 'membership':
          insert.membership(membership(fact, source, of ?? ''))
          break
        case 'grant':
          insert.grant(grant(fact, source, of ?? ''))
          break
        case 'key':
          insert.key(key(fact, source, of ?? ''))
          break
        case 'limit':
          insert.limit(limit(fact, source, of ?? ''))
          break
      }
    }
  }
  return organization
}

function markDone(writer: Writer, reading: Reading): void {
  const insert = writer.prepare('INSERT OR IGNORE INTO temp.done VALUES (?, ?)')
  for (const outcome of reading.outcomes) {
    if (outcome.state === 'complete') insert([outcome.source, outcome.project ?? ''])
  }
  // Once the provider itself has told who is there, what a file said before is superseded.
  const live = reading.outcomes.some((o) => o.source === 'users' && o.state === 'complete')
  if (reading.origin === 'api' && live) {
    writer.run(
      `INSERT OR IGNORE INTO temp.done SELECT DISTINCT s.source, s.project FROM sync_source s
       JOIN sync y ON y.id = s.sync_id WHERE y.connection_id = ? AND y.origin = 'file'`,
      [reading.connectionId],
    )
  }
}

/**
 * A principal is often mentioned by poorer lists (a project's users) beside the list that describes it. When the
 * richer list could not be read this time, what it said before stands: the poorer mention is dropped.
 */
function keepWhatWasNotRead(writer: Writer, connectionId: number): void {
  writer.run(
    `INSERT OR IGNORE INTO temp.in_principal
     SELECT g.principal_x, NULL, g.source, g.source_project, 'user', NULL, NULL, NULL, NULL, 'unknown', NULL, NULL, NULL
     FROM temp.in_grant g`,
  )
  writer.run(
    `INSERT OR IGNORE INTO temp.in_principal
     SELECT m.member_x, NULL, m.source, m.source_project, 'user', NULL, NULL, NULL, NULL, 'unknown', NULL, NULL, NULL
     FROM temp.in_membership m`,
  )
  // Of a key whose kind was not found out this time, what was known of its kind, project and owner is kept.
  writer.run(
    `UPDATE temp.in_key SET kind = s.kind, project_x = s.project_x, owner_state = s.owner_state,
       owner_external_id = s.owner_external_id, owner_kind = s.owner_kind, owner_name = s.owner_name,
       owner_email = s.owner_email, owner_access = s.owner_access, source = s.source, source_project = s.source_project
     FROM (SELECT k.external_id AS x, p.external_id AS project_x, v.* FROM key k
       JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL LEFT JOIN project p ON p.id = v.project_id
       WHERE k.connection_id = ? AND v.kind <> 'unknown') s
     WHERE in_key.kind = 'unknown' AND in_key.x = s.x`,
    [connectionId],
  )
  writer.run(
    `DELETE FROM temp.in_principal WHERE EXISTS (
       SELECT 1 FROM principal p JOIN principal_version v ON v.principal_id = p.id AND v.to_sync IS NULL
       WHERE p.connection_id = ? AND p.external_id = in_principal.x AND v.source <> in_principal.source
         AND NOT EXISTS (SELECT 1 FROM temp.done d WHERE d.source = v.source AND d.project = v.source_project))`,
    [connectionId],
  )
}

/**
 * A grant that gives way is dropped where this reading has another role of the principal in the same place, or where one
 * is known from before and its list was not read to its end this time.
 */
function giveWay(writer: Writer, connectionId: number): void {
  writer.run(
    `DELETE FROM temp.in_grant WHERE gives_way = 1 AND (
       EXISTS (SELECT 1 FROM temp.in_grant o WHERE o.principal_x = in_grant.principal_x AND o.project_x = in_grant.project_x
         AND o.gives_way = 0)
       OR EXISTS (SELECT 1 FROM principal p JOIN grant g ON g.principal_id = p.id AND g.to_sync IS NULL
         LEFT JOIN project j ON j.id = g.project_id
         WHERE p.connection_id = ? AND p.external_id = in_grant.principal_x AND ifnull(j.external_id, '') = in_grant.project_x
           AND g.role_raw <> in_grant.role_raw
           AND NOT EXISTS (SELECT 1 FROM temp.done d WHERE d.source = g.source AND d.project = g.source_project)
           -- The role of a project that is gone goes along with it.
           AND NOT EXISTS (SELECT 1 FROM project_version v JOIN temp.done d ON d.source = v.source AND d.project = v.source_project
             WHERE v.project_id = j.id AND v.to_sync IS NULL AND NOT EXISTS (SELECT 1 FROM temp.in_project i WHERE i.x = j.external_id))))`,
    [connectionId],
  )
}

/** Returns whether a principal is new or was used since. */
function resolveIds(writer: Writer, connectionId: number): boolean {
  const c = { c: connectionId }
  writer.run(
    `INSERT INTO project (connection_id, external_id)
     SELECT :c, x FROM (SELECT x FROM temp.in_project UNION SELECT project_x FROM temp.in_grant WHERE project_x <> ''
       UNION SELECT project_x FROM temp.in_key WHERE project_x IS NOT NULL
       UNION SELECT project_x FROM temp.in_limit WHERE project_x IS NOT NULL)
     WHERE true ON CONFLICT DO NOTHING`,
    c,
  )
  // Whoever was first seen as a bare id learns their kind from the list that describes them. Only users and invites are people.
  const { changes } = writer.run(
    `INSERT INTO principal (connection_id, external_id, kind, last_used_at)
     SELECT :c, x, kind, last_used_at FROM temp.in_principal WHERE true
     ON CONFLICT (connection_id, external_id) DO UPDATE SET kind = excluded.kind,
       person_id = CASE WHEN excluded.kind IN ('user', 'invite') THEN person_id END,
       last_used_at = ifnull(excluded.last_used_at, last_used_at)
     WHERE kind <> excluded.kind OR ifnull(excluded.last_used_at, last_used_at) IS NOT last_used_at`,
    c,
  )
  const projectId = (column: string): string =>
    `(SELECT id FROM project WHERE connection_id = :c AND external_id = ${column})`
  const principalId = (column: string): string =>
    `(SELECT id FROM principal WHERE connection_id = :c AND external_id = ${column})`
  writer.run(`UPDATE temp.in_project SET id = ${projectId('x')}`, c)
  writer.run(`UPDATE temp.in_principal SET id = ${principalId('x')}`, c)
  writer.run(
    `UPDATE temp.in_grant SET principal_id = ${principalId('principal_x')}, project_id = ${projectId('project_x')}`,
    c,
  )
  writer.run(
    `UPDATE temp.in_membership SET group_id = ${principalId('group_x')}, member_id = ${principalId('member_x')}`,
    c,
  )
  // A group that no list describes cannot be shown; its membership is not kept.
  writer.run('DELETE FROM temp.in_membership WHERE group_id IS NULL OR member_id IS NULL')
  writer.run(`UPDATE temp.in_key SET project_id = ${projectId('project_x')}`, c)
  writer.run(`UPDATE temp.in_limit SET project_id = ${projectId('project_x')}`, c)
  return changes > 0
}
