import type { Register } from '../../../../electron/register/register.ts'

/* What a register has of one connection, by names that are the same in every register. */

const SYNC = (column: string): string => `(SELECT y.uid FROM sync y WHERE y.id = ${column})`
const PROJECT = (column: string): string => `(SELECT o.external_id FROM project o WHERE o.id = ${column})`
const PRINCIPAL = (column: string): string => `(SELECT o.external_id FROM principal o WHERE o.id = ${column})`
/** The first key of a logical key, which never leaves it. */
const LOGICAL = (column: string): string =>
  `(SELECT f.external_id FROM key f WHERE f.logical_key_id = ${column} ORDER BY f.id LIMIT 1)`

/** How a number is named; other columns are the same everywhere. */
const NAMES: Readonly<Record<string, (column: string) => string>> = {
  from_sync: SYNC,
  to_sync: SYNC,
  sync_id: SYNC,
  project_id: PROJECT,
  principal_id: PRINCIPAL,
  group_id: PRINCIPAL,
  member_id: PRINCIPAL,
  account_id: PRINCIPAL,
  via_group_id: PRINCIPAL,
  logical_key_id: LOGICAL,
  key_id: (column) => `(SELECT o.external_id FROM key o WHERE o.id = ${column})`,
}

/** Numbers of this register, and what its own policy and its people make of a key or an account. */
const OWN: ReadonlySet<string> = new Set(
  `id connection_id grant_id person_id environment team purpose follows_pattern due_on due_basis last_rotated_on`.split(
    ' ',
  ),
)

/** The tables, with how their rows belong to a connection `:c`. */
const TABLES: Readonly<Record<string, string>> = {
  sync: 't.connection_id = :c',
  sync_source: 't.sync_id IN (SELECT id FROM sync WHERE connection_id = :c)',
  project: 't.connection_id = :c',
  project_version: 't.project_id IN (SELECT id FROM project WHERE connection_id = :c)',
  principal: 't.connection_id = :c',
  principal_version: 't.principal_id IN (SELECT id FROM principal WHERE connection_id = :c)',
  key: 't.connection_id = :c',
  key_version: 't.key_id IN (SELECT id FROM key WHERE connection_id = :c)',
  membership: 't.connection_id = :c',
  grant: 't.connection_id = :c',
  limit_version: 't.connection_id = :c',
  federation_version: 't.connection_id = :c',
  certificate_version: 't.connection_id = :c',
  restriction_version: 't.connection_id = :c',
  detail_version: 't.connection_id = :c',
  grant_path: 't.connection_id = :c',
  rotation: 't.key_id IN (SELECT id FROM key WHERE connection_id = :c)',
}

/** The rows of every table of facts, and what is derived from them alone, sorted. */
export function namedRows({ reader }: Register, connectionId: number): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(TABLES).map(([table, belongs]) => {
      const columns = reader
        .column<string>('SELECT name FROM pragma_table_info(?)', [table])
        .filter((column) => !OWN.has(column))
        .map((column) => NAMES[column]?.(`t."${column}"`) ?? `t."${column}"`)
      const sql = `SELECT json_array(${columns.join(', ')}) FROM "${table}" t WHERE ${belongs} ORDER BY 1`
      return [table, reader.column<string>(sql, { c: connectionId })]
    }),
  )
}
