import type { Reader } from '../db/handles.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

/** Paths to a project other than the principal's own role: the names of groups, and organization roles. */
export interface OtherWays {
  readonly groups: readonly string[]
  readonly organizationRoles: readonly string[]
}

export function otherWays(reader: Reader, principalId: number, projectId: number, now: number): OtherWays {
  const rows = reader.all<{ readonly via: string; readonly name: string | null }>(
    `SELECT DISTINCT e.via, CASE e.via WHEN 'group' THEN e.group_name ELSE e.via_role END AS name FROM ${EFFECTIVE_GRANTS} e
     WHERE e.principal_id = :principal AND e.project_id = :project AND e.via <> 'direct' ORDER BY 1, 2`,
    { principal: principalId, project: projectId, now },
  )
  const named = (via: string): string[] => rows.filter((row) => row.via === via).map((row) => row.name ?? 'unnamed')
  return { groups: named('group'), organizationRoles: named('organization') }
}
