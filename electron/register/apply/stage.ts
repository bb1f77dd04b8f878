import type { OrganizationFact, IDENTIFIED } from '../../../shared/domain/facts.ts'
import type { Writer } from '../db/handles.ts'
import { indexPeople } from '../db/search-index.ts'
import { declareColumns, prepareInsert } from '../db/staging.ts'
import {
  FACT_COLUMNS,
  type FactColumn,
  type FactList,
  type NamedIds,
  type StagedFact,
  type StagedType,
  listKept,
  UNREAD_INSTANT,
} from './fact-columns.ts'
import type { Reading } from './reading.ts'

/** The columns for code that does not depend on the type of a fact. */
const COLUMNS: Readonly<Record<StagedType, readonly FactColumn<StagedFact>[]>> = FACT_COLUMNS

export interface StageResult {
  /** The provider's report about the organization itself. */
  readonly organization: OrganizationFact | null
  /** True if any principal is new or was used since the last reading. */
  readonly usedSince: boolean
}

/**
 * Writes a reading to temporary tables and resolves ids, creating identities for new subjects (except keys, which need
 * a logical key first). The first fact of a subject wins.
 */
export function stage(writer: Writer, reading: Reading): StageResult {
  empty(writer, 'done', 'source TEXT, project TEXT, PRIMARY KEY (source, project)', 'WITHOUT ROWID')
  for (const [type, columns] of Object.entries(COLUMNS)) {
    const key = columns.filter((column) => column.key).map(({ name }) => name)
    // Grants keep the order in which they were reported: a file's list of projects is exported in that order.
    const order = type === 'grant' ? '' : 'WITHOUT ROWID'
    empty(writer, `in_${type}`, `${declareColumns(columns)}, PRIMARY KEY (${key.join(', ')})`, order)
  }
  const { organization, named } = fill(writer, reading)
  markDone(writer, reading)
  keepWhatWasNotRead(writer, reading.connectionId, named)
  const usedSince = resolveIds(writer, reading.connectionId, named)
  fillGrants(writer, reading, named)
  giveWay(writer)
  keepKnownValues(writer, reading)
  return { organization, usedSince }
}

function empty(writer: Writer, table: string, columns: string, options: string): void {
  writer.run(`CREATE TEMP TABLE IF NOT EXISTS ${table} (${columns}) ${options}`)
  writer.run(`DELETE FROM temp.${table}`)
}

/** The rows that the grants of a reading name, which may be named nowhere else. */
interface GrantRefs {
  /** Principals, with the list that named each first. */
  readonly principals: ReadonlyMap<string, Omit<FactList, 'ids'>>
  readonly projects: ReadonlySet<string>
}

const UNKNOWN: NamedIds = { principal: () => null, project: () => null }

/** Stages all facts but grants. */
function fill(
  writer: Writer,
  reading: Reading,
): { readonly organization: OrganizationFact | null; readonly named: GrantRefs } {
  const insert = {
    project: prepareInsert(writer, 'temp.in_project', COLUMNS.project),
    principal: prepareInsert(writer, 'temp.in_principal', COLUMNS.principal),
    membership: prepareInsert(writer, 'temp.in_membership', COLUMNS.membership),
    key: prepareInsert(writer, 'temp.in_key', COLUMNS.key),
    limit: prepareInsert(writer, 'temp.in_limit', COLUMNS.limit),
    federation: prepareInsert(writer, 'temp.in_federation', COLUMNS.federation),
    certificate: prepareInsert(writer, 'temp.in_certificate', COLUMNS.certificate),
    restriction: prepareInsert(writer, 'temp.in_restriction', COLUMNS.restriction),
    detail: prepareInsert(writer, 'temp.in_detail', COLUMNS.detail),
  }
  let organization: OrganizationFact | null = null
  const principals = new Map<string, Omit<FactList, 'ids'>>()
  const projects = new Set<string>()
  for (const { source, project, facts } of reading.facts) {
    const list = { source, project: project ?? '', ids: UNKNOWN }
    for (const fact of facts) {
      if (fact.type === 'organization') organization = fact
      else if (fact.type === 'grant') {
        if (!principals.has(fact.principal)) principals.set(fact.principal, list)
        if (fact.project !== null && fact.project !== '') projects.add(fact.project.toWellFormed())
      } else insert[fact.type].add(fact, list)
    }
  }
  for (const { end } of Object.values(insert)) end()
  return { organization, named: { principals, projects } }
}

/** Stages the grants, which are by far the most facts, by the numbers of what they name: texts are compared once for each name. */
function fillGrants(writer: Writer, reading: Reading, { principals }: GrantRefs): void {
  if (principals.size === 0) return
  const insert = prepareInsert(writer, 'temp.in_grant', COLUMNS.grant)
  const ids: NamedIds = {
    principal: findNumber(writer, 'principal', reading.connectionId),
    project: findNumber(writer, 'project', reading.connectionId),
  }
  for (const { source, project, facts } of reading.facts) {
    const list = { source, project: project ?? '', ids }
    for (const fact of facts) if (fact.type === 'grant') insert.add(fact, list)
  }
  insert.end()
}

function findNumber(
  writer: Writer,
  of: 'principal' | 'project',
  connectionId: number,
): (externalId: string | null) => number | null {
  const rows = writer.all<{ readonly x: string; readonly id: number }>(
    `SELECT external_id AS x, id FROM ${of} WHERE connection_id = ?`,
    [connectionId],
  )
  const numbers = new Map(rows.map(({ x, id }) => [x, id]))
  // SQLite replaces a lone surrogate.
  return (x) => numbers.get(x ?? '') ?? (x === null ? null : (numbers.get(x.toWellFormed()) ?? null))
}

function markDone(writer: Writer, reading: Reading): void {
  const insert = writer.prepare('INSERT OR IGNORE INTO temp.done VALUES (?, ?)')
  for (const outcome of reading.outcomes) {
    if (outcome.state === 'complete') insert([outcome.source, outcome.project ?? ''])
  }
  // Once the provider itself has reported the members, earlier facts from a file are superseded.
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
 * A principal is often mentioned by poorer lists (a project's users) beside the list that describes it. When the richer
 * list could not be read this time, its earlier facts are kept and the poorer mention is dropped.
 */
function keepWhatWasNotRead(writer: Writer, connectionId: number, { principals }: GrantRefs): void {
  const mention = writer.prepare(
    "INSERT OR IGNORE INTO temp.in_principal (x, source, source_project, kind, status) VALUES (?, ?, ?, 'user', 'unknown')",
  )
  for (const [x, { source, project }] of principals) mention([x, source, project])
  writer.run(
    `INSERT OR IGNORE INTO temp.in_principal (x, source, source_project, kind, status)
     SELECT m.member_x, m.source, m.source_project, 'user', 'unknown' FROM temp.in_membership m`,
  )
  // For a key whose kind could not be determined this time, the known kind, project and owner are kept.
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
  // A rule whose issuer could not be read is known better from before; its list was not read to its end.
  writer.run(
    `DELETE FROM temp.in_federation WHERE issuer IS NULL AND EXISTS (
       SELECT 1 FROM federation_version v WHERE v.connection_id = ? AND v.external_id = in_federation.external_id
         AND v.to_sync IS NULL AND v.issuer IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM temp.done d WHERE d.source = v.source AND d.project = v.source_project))`,
    [connectionId],
  )
  writer.run(
    `INSERT OR IGNORE INTO temp.in_principal (x, source, source_project, kind, status)
     SELECT f.account_x, f.source, f.source_project, 'service-account', 'unknown' FROM temp.in_federation f`,
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
 * A grant of unknown role is dropped where this reading has another role of the principal in the same place, or where
 * an earlier one is known and its list was not read completely this time.
 */
function giveWay(writer: Writer): void {
  writer.run(
    `DELETE FROM temp.in_grant WHERE gives_way = 1 AND (
       EXISTS (SELECT 1 FROM temp.in_grant o WHERE o.principal_id = in_grant.principal_id AND o.place = in_grant.place
         AND o.gives_way = 0)
       OR EXISTS (SELECT 1 FROM grant g LEFT JOIN project j ON j.id = g.project_id
         WHERE g.principal_id = in_grant.principal_id AND g.project_id IS in_grant.project_id AND g.to_sync IS NULL
           AND g.role_raw <> in_grant.role_raw
           AND NOT EXISTS (SELECT 1 FROM temp.done d WHERE d.source = g.source AND d.project = g.source_project)
           -- The role of a project that is gone goes along with it.
           AND NOT EXISTS (SELECT 1 FROM project_version v JOIN temp.done d ON d.source = v.source AND d.project = v.source_project
             WHERE v.project_id = j.id AND v.to_sync IS NULL AND NOT EXISTS (SELECT 1 FROM temp.in_project i WHERE i.x = j.external_id))))`,
  )
}

/** Returns whether any principal is new or was used since. */
function resolveIds(writer: Writer, connectionId: number, { projects }: GrantRefs): boolean {
  const c = { c: connectionId }
  writer.run(
    `INSERT INTO project (connection_id, external_id)
     SELECT :c, x FROM (SELECT x FROM temp.in_project UNION SELECT value FROM json_each(:named)
       UNION SELECT project_x FROM temp.in_certificate WHERE project_x <> ''
       UNION SELECT project_x FROM temp.in_key WHERE project_x IS NOT NULL
       UNION SELECT project_x FROM temp.in_limit WHERE project_x IS NOT NULL
       UNION SELECT project_x FROM temp.in_restriction WHERE project_x IS NOT NULL)
     WHERE true ON CONFLICT DO NOTHING`,
    { ...c, named: JSON.stringify([...projects]) },
  )
  const noPeople = writer.column<number>(
    `SELECT p.person_id FROM temp.in_principal i CROSS JOIN principal p ON p.connection_id = :c AND p.external_id = i.x
     WHERE i.kind NOT IN ('user', 'invite') AND p.person_id IS NOT NULL`,
    c,
  )
  // A principal first seen as a bare id gets its kind from the list that describes it. Only users and invites are
  // people.
  const { changes } = writer.run(
    `INSERT INTO principal (connection_id, external_id, kind, last_used_at)
     SELECT :c, x, kind, last_used_at FROM temp.in_principal WHERE true
     ON CONFLICT (connection_id, external_id) DO UPDATE SET kind = excluded.kind,
       person_id = CASE WHEN excluded.kind IN ('user', 'invite') THEN person_id END,
       last_used_at = ifnull(excluded.last_used_at, last_used_at)
     WHERE kind <> excluded.kind OR ifnull(excluded.last_used_at, last_used_at) IS NOT last_used_at`,
    c,
  )
  if (noPeople.length > 0) indexPeople(writer, noPeople)
  const projectId = (column: string): string =>
    `(SELECT id FROM project WHERE connection_id = :c AND external_id = ${column})`
  const principalId = (column: string): string =>
    `(SELECT id FROM principal WHERE connection_id = :c AND external_id = ${column})`
  writer.run(`UPDATE temp.in_project SET id = ${projectId('x')}`, c)
  writer.run(`UPDATE temp.in_principal SET id = ${principalId('x')}`, c)
  writer.run(
    `UPDATE temp.in_membership SET group_id = ${principalId('group_x')}, member_id = ${principalId('member_x')}`,
    c,
  )
  // A group that no list describes cannot be shown; its membership is not kept.
  writer.run('DELETE FROM temp.in_membership WHERE group_id IS NULL OR member_id IS NULL')
  writer.run(`UPDATE temp.in_key SET project_id = ${projectId('project_x')}`, c)
  writer.run(`UPDATE temp.in_certificate SET project_id = ${projectId('project_x')}`, c)
  writer.run(`UPDATE temp.in_federation SET account_id = ${principalId('account_x')}`, c)
  writer.run(`UPDATE temp.in_limit SET project_id = ${projectId('project_x')}`, c)
  writer.run(`UPDATE temp.in_restriction SET project_id = ${projectId('project_x')}`, c)
  return changes > 0
}

/** Where the current version of a staged fact is, as `k`, with the connection that has it, and what ties it to the row. */
interface CurrentVersion {
  readonly from: string
  readonly connection: string
  readonly same: string
}

const identified = (type: (typeof IDENTIFIED)[number]): CurrentVersion => ({
  from: `${type} s CROSS JOIN ${type}_version k ON k.${type}_id = s.id`,
  connection: 's.connection_id',
  same: `s.external_id = in_${type}.x`,
})

const KNOWN = {
  project: identified('project'),
  principal: identified('principal'),
  key: identified('key'),
  grant: {
    from: 'grant k',
    connection: 'k.connection_id',
    same: `k.principal_id = in_grant.principal_id AND in_grant.place = ifnull(k.project_id, 0) AND k.role_raw = in_grant.role_raw`,
  },
  federation: {
    from: 'federation_version k',
    connection: 'k.connection_id',
    same: 'k.external_id = in_federation.external_id',
  },
  certificate: {
    from: 'certificate_version k',
    connection: 'k.connection_id',
    same: 'k.external_id = in_certificate.external_id AND k.project_id IS in_certificate.project_id',
  },
} as const satisfies Partial<Record<StagedType, CurrentVersion>>

/**
 * Keeps what is known and was not read this time: when something was made does not change, so that null never replaces it,
 * and a date of expiry that cannot be read replaces none. Called for staged facts before they are compared.
 */
function keepKnownValues(
  writer: Writer,
  { connectionId, origin, outcomes }: Pick<Reading, 'connectionId' | 'origin' | 'outcomes'>,
): void {
  if (outcomes.some(({ source, state }) => source === 'user-addresses' && state !== 'complete')) {
    keepAddresses(writer, connectionId)
  }
  if (origin === 'api') keepOwners(writer, connectionId)
  for (const [type, { from, connection, same }] of Object.entries(KNOWN)) {
    const { lasting, unreadable } = listKept(type as keyof typeof KNOWN)
    const keep = (column: string, isUnknown: string): void => {
      writer.run(
        `UPDATE temp.in_${type} SET ${column} = k.${column} FROM ${from} WHERE ${connection} = :c AND ${same}
           AND in_${type}.${column} ${isUnknown} AND k.to_sync IS NULL AND k.${column} IS NOT NULL`,
        { c: connectionId },
      )
    }
    for (const column of lasting) keep(column, 'IS NULL')
    for (const column of unreadable) {
      keep(column, `= ${UNREAD_INSTANT}`)
      writer.run(`UPDATE temp.in_${type} SET ${column} = NULL WHERE ${column} = ${UNREAD_INSTANT}`)
    }
  }
  writer.run('UPDATE temp.in_key SET expires_unread = 0 WHERE expires_at IS NOT NULL')
}

/** Keeps the known name and address of users whose address a list left out, since some lists have logins alone. */
function keepAddresses(writer: Writer, connectionId: number): void {
  const { from, connection, same } = KNOWN.principal
  writer.run(
    `UPDATE temp.in_principal SET name = k.name, email = k.email FROM ${from} WHERE ${connection} = :c AND ${same}
       AND k.to_sync IS NULL AND in_principal.kind = 'user' AND in_principal.email IS NULL AND k.email IS NOT NULL`,
    { c: connectionId },
  )
}

/** A key may name its owner by an id alone: without the list of users, who that is and whether they have left stays as it is known. */
function keepOwners(writer: Writer, connectionId: number): void {
  writer.run(
    `UPDATE temp.in_key SET owner_state = k.owner_state, owner_name = ifnull(in_key.owner_name, k.owner_name),
       owner_email = ifnull(in_key.owner_email, k.owner_email)
     FROM ${KNOWN.key.from} WHERE ${KNOWN.key.connection} = :c AND ${KNOWN.key.same} AND k.to_sync IS NULL
       AND in_key.owner_external_id = k.owner_external_id AND in_key.owner_kind = 'user'
       AND NOT EXISTS (SELECT 1 FROM temp.done WHERE source = 'users')`,
    { c: connectionId },
  )
}
