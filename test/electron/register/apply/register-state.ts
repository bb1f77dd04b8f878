import type { Register } from '../../../../electron/register/register.ts'
import { emailKey } from '../../../../shared/domain/email.ts'

/* The contents of a register, by simple queries, for comparison with a model. */

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const VERSIONED = [
  ['project_version', 'project_id'],
  ['principal_version', 'principal_id'],
  ['key_version', 'key_id'],
  ['membership', "group_id || '/' || member_id"],
  ['grant', "principal_id || '/' || ifnull(project_id, 0) || '/' || role_raw"],
  ['limit_version', "connection_id || '/' || external_id"],
  ['federation_version', "connection_id || '/' || external_id"],
  ['restriction_version', "connection_id || '/' || external_id"],
  ['detail_version', "connection_id || '/' || of_kind || '/' || external_id || '/' || kind"],
  ['certificate_version', "connection_id || '/' || external_id || '/' || ifnull(project_id, 0)"],
] as const

/** The current identities of a connection, by kind, sorted. */
export function currentRows(register: Register, connectionId: number): Record<string, string[]> {
  const ids = (sql: string): string[] => register.reader.column<string>(sql, [connectionId]).toSorted(byText)
  const subject = (name: string): string[] =>
    ids(
      `SELECT s.external_id FROM ${name} s JOIN ${name}_version v ON v.${name}_id = s.id AND v.to_sync IS NULL WHERE s.connection_id = ?`,
    )
  return {
    project: subject('project'),
    principal: subject('principal'),
    membership: ids(
      `SELECT json_array(g.external_id, p.external_id) FROM membership m JOIN principal g ON g.id = m.group_id
       JOIN principal p ON p.id = m.member_id WHERE m.connection_id = ? AND m.to_sync IS NULL`,
    ),
    grant: ids(
      `SELECT json_array(p.external_id, n.external_id, g.role_raw) FROM grant g JOIN principal p ON p.id = g.principal_id
       LEFT JOIN project n ON n.id = g.project_id WHERE g.connection_id = ? AND g.to_sync IS NULL`,
    ),
    key: subject('key'),
    limit: ids('SELECT external_id FROM limit_version WHERE connection_id = ? AND to_sync IS NULL'),
  }
}

export function accessRows(register: Register, connectionId: number): string[] {
  return register.reader
    .column<string>(
      `SELECT json_array(p.external_id, n.external_id, e.role_raw, e.level, e.via, g.external_id, e.via_role)
       FROM grant_path e JOIN principal p ON p.id = e.principal_id LEFT JOIN project n ON n.id = e.project_id
       LEFT JOIN principal g ON g.id = e.via_group_id WHERE e.connection_id = ?`,
      [connectionId],
    )
    .toSorted(byText)
}

export function keyRows(register: Register, connectionId: number): unknown[] {
  return register.reader
    .all<{ readonly key: string }>(
      `SELECT k.external_id AS key, k.standing, k.unowned, k.created_at, k.due_on, k.due_basis, k.environment,
         k.last_use_state, k.last_used_at, k.last_use_inexact, v.name
       FROM key k JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL WHERE k.connection_id = ?`,
      [connectionId],
    )
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

/** Current users and invites, with the address that links them to a person. */
export function peopleRows(
  register: Register,
): { readonly principal: string; readonly address: string | null; readonly person: number | null }[] {
  return register.reader
    .all<{ principal: string; email: string | null; person: number | null }>(
      `SELECT p.connection_id || '/' || p.external_id AS principal, v.email, p.person_id AS person FROM principal p
       JOIN principal_version v ON v.principal_id = p.id AND v.to_sync IS NULL
       WHERE p.kind IN ('user', 'invite') ORDER BY p.id`,
    )
    .map(({ principal, email, person }) => ({ principal, address: emailKey(email), person }))
}

/** Versions of one subject that overlap, or end before they begin. */
export function overlaps(register: Register): unknown[] {
  return VERSIONED.flatMap(([table, identity]) =>
    register.reader
      .all<{ id: string | number; from_sync: number; to_sync: number | null }>(
        `SELECT ${identity} AS id, from_sync, to_sync FROM ${table} ORDER BY id, from_sync, to_sync IS NULL`,
      )
      .flatMap((row, n, rows) => {
        const next = rows[n + 1]
        const isBackwards = row.to_sync !== null && row.to_sync <= row.from_sync
        const meetsNext = next?.id === row.id && (row.to_sync === null || row.to_sync > next.from_sync)
        return isBackwards || meetsNext ? [{ table, ...row }] : []
      }),
  )
}

/** How many versions a sync opened or closed. */
export function writtenBy(register: Register, syncId: number): number {
  return VERSIONED.reduce(
    (sum, [table]) =>
      sum +
      (register.reader.value<number>(`SELECT count(*) FROM ${table} WHERE from_sync = ? OR to_sync = ?`, [
        syncId,
        syncId,
      ]) ?? 0),
    0,
  )
}

/**
 * What is wrongly in the search index or missing from it: names of people at their connections, of keys and of projects,
 * and the rows of the texts.
 */
export function searchable({ reader }: Register): unknown[] {
  const names = new Set(
    reader.column<string>("SELECT concat_ws(' ', kind, connection_id, subject_id, name) FROM search_name"),
  )
  const expected = new Set(
    [
      'SELECT DISTINCT 0 AS kind, p.connection_id AS connection, n.id, n.name FROM principal p JOIN person n ON n.id = p.person_id',
      'SELECT 1 AS kind, connection_id AS connection, id, name FROM key_row WHERE id IN (SELECT id FROM key WHERE standing = 1)',
      'SELECT 2 AS kind, connection_id AS connection, id, name FROM project_row',
    ].flatMap((statement) =>
      reader
        .all<{ kind: number; connection: number; id: number; name: string }>(statement)
        .map(({ kind, connection, id, name }) => `${kind} ${connection} ${id} ${name.toLowerCase()}`),
    ),
  )
  const texts = new Set(
    ['person', 'key', 'project'].flatMap((kind) => reader.column<number>(`SELECT rowid FROM search_${kind}`)),
  )
  return [
    ...names.symmetricDifference(expected),
    ...texts.symmetricDifference(new Set(reader.column<number>('SELECT id FROM search_name'))),
  ]
}
