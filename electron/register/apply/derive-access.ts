import { FEDERATED_LEVEL, IS_FEDERATED } from '../access/federated.ts'
import type { Writer, Params } from '../db/handles.ts'
import { ENDS_AT } from '../facts/invite-state.ts'

/** A condition, 1 or 0: the project with that id is archived, so that grants in it give nothing until it is active again. */
const isDormant = (project: string): string =>
  `ifnull((SELECT n.status = 'archived' FROM project_version n WHERE n.project_id = ${project} AND n.to_sync IS NULL), 0)`

/** From when on the grants of the principal `p` give nothing: only those of an invite end by themselves. */
const GRANTS_END_AT = `iif(p.kind = 'invite', (SELECT ${ENDS_AT} FROM principal_version v
  WHERE v.principal_id = p.id AND v.to_sync IS NULL), NULL)`

/**
 * Computes who reaches what in one connection: direct roles, roles of groups for each of their members, and the roles
 * that an organization role implies in every active project (OpenAI RBAC guide; Anthropic workspaces guide). A workload
 * that acts as a service account by a federation rule is one more path to the roles of that account. Each path is a
 * separate row. A grant in an archived project is dormant; an organization role implies none there.
 */
export function deriveEffectiveAccess(writer: Writer, connectionId: number): void {
  const c = { c: connectionId }
  writer.run('DELETE FROM grant_path WHERE connection_id = :c', c)
  const columns =
    'connection_id, principal_id, project_id, grant_id, role_raw, level, via, via_group_id, via_role, dormant, ends_at'
  writer.run(
    `INSERT INTO grant_path (${columns})
     SELECT :c, g.principal_id, g.project_id, g.id, g.role_raw, g.level, 'direct', NULL, NULL, ${isDormant('g.project_id')}, ${GRANTS_END_AT}
     FROM grant g JOIN principal p ON p.id = g.principal_id
     WHERE g.connection_id = :c AND g.to_sync IS NULL AND p.kind <> 'group'
     UNION ALL
     SELECT :c, m.member_id, g.project_id, g.id, g.role_raw, g.level, 'group', g.principal_id, NULL, ${isDormant('g.project_id')}, ${GRANTS_END_AT}
     FROM grant g JOIN membership m ON m.group_id = g.principal_id AND m.to_sync IS NULL JOIN principal p ON p.id = m.member_id
     WHERE g.connection_id = :c AND g.to_sync IS NULL
     UNION ALL
     SELECT :c, g.principal_id, n.id, g.id, g.implied_role_raw, g.implied_level, 'organization', NULL, g.role_raw, 0, ${GRANTS_END_AT}
     FROM grant g JOIN principal p ON p.id = g.principal_id
     JOIN project_row n ON n.connection_id = :c AND n.status = 'active'
     WHERE g.connection_id = :c AND g.to_sync IS NULL AND g.project_id IS NULL AND g.implied_role_raw IS NOT NULL
       AND p.kind <> 'group'
     UNION ALL
     SELECT :c, m.member_id, n.id, g.id, g.implied_role_raw, g.implied_level, 'group', g.principal_id, g.role_raw, 0, ${GRANTS_END_AT}
     FROM grant g JOIN membership m ON m.group_id = g.principal_id AND m.to_sync IS NULL JOIN principal p ON p.id = m.member_id
     JOIN project_row n ON n.connection_id = :c AND n.status = 'active'
     WHERE g.connection_id = :c AND g.to_sync IS NULL AND g.project_id IS NULL AND g.implied_role_raw IS NOT NULL
     UNION ALL
     SELECT :c, g.principal_id, g.project_id, g.id, g.role_raw, ${FEDERATED_LEVEL}, 'federation', NULL, f.workload, ${isDormant('g.project_id')}, NULL
     FROM federation_version f JOIN grant g ON g.principal_id = f.account_id
     WHERE f.connection_id = :c AND ${IS_FEDERATED}`,
    c,
  )
}

/** True if a sync changed anything that effective access is derived from. */
export function accessChanged(writer: Writer, syncId: number): boolean {
  const touched = (table: string): string => `SELECT 1 FROM ${table} WHERE from_sync = :s OR to_sync = :s`
  return (
    writer.value(
      `SELECT 1 FROM (${['grant', 'membership', 'project_version', 'principal_version', 'federation_version'].map(touched).join(' UNION ALL ')}) LIMIT 1`,
      { s: syncId },
    ) !== undefined
  )
}

const REMOVED =
  'NOT EXISTS (SELECT 1 FROM principal_version v WHERE v.principal_id = principal.id AND v.to_sync IS NULL)'

/** Stores on each of some accounts whether it has no current version. `accounts` is a subquery of their ids. */
export function deriveRemoved(writer: Writer, accounts: string, params: Params = []): void {
  // Only where it changes, since a write updates two indexes.
  writer.run(`UPDATE principal SET removed = ${REMOVED} WHERE id IN (${accounts}) AND removed <> ${REMOVED}`, params)
}
