import { type Level, levelRank, strongerLevel } from '../../../shared/domain/role.ts'
import { compareText } from '../../../shared/domain/text/collation.ts'
import type { HeldProject, HeldRole, ProjectReading } from '../../../shared/report/register-reading.ts'
import type { Reader } from '../db/handles.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

/** Who reaches what in one connection, each with the strongest role. */
export interface Reach {
  /** The strongest role on the organization, by principal. */
  readonly roles: ReadonlyMap<number, HeldRole>
  /** The strongest level that an organization role implies in every project, by principal. */
  readonly all: ReadonlyMap<number, Level>
  /** Projects by principal, reached by a direct or a group role. */
  readonly projects: ReadonlyMap<number, readonly HeldProject[]>
}

interface ReachColumns {
  readonly who: number
  readonly what: number | null
  readonly roleRaw: string
  readonly level: Level
  readonly viaGroup: number | null
  readonly carried: Level | null
}

/** `inOrder` keeps the order in which roles were first reported, which matters in lists that people wrote. */
export function computeReach(
  reader: Reader,
  connectionId: number,
  projects: ReadonlyMap<number, ProjectReading>,
  inOrder: boolean,
  now: number,
): Reach {
  const groups = groupNames(reader, connectionId)
  const rows = reader.all<ReachColumns>(
    `SELECT e.principal_id AS who, e.project_id AS what, e.role_raw AS roleRaw, e.level, e.via_group_id AS viaGroup,
       CASE WHEN e.project_id IS NULL THEN e.implied_level END AS carried
     FROM ${EFFECTIVE_GRANTS} e WHERE e.connection_id = :connection AND e.via_role IS NULL
     ${inOrder ? 'ORDER BY e.grant_id, e.id' : ''}`,
    { connection: connectionId, now },
  )
  const roles = new Map<number, HeldRole>()
  const all = new Map<number, Level>()
  const lists = new Map<number, HeldProject[]>()
  const known = new Map<string, HeldRole>()
  for (const row of rows) {
    const word = `${row.viaGroup ?? ''} ${row.level} ${row.roleRaw}`
    let role = known.get(word)
    if (!role) {
      const group = row.viaGroup === null ? null : (groups.get(row.viaGroup) ?? '')
      role = { roleRaw: row.roleRaw, level: row.level, group }
      known.set(word, role)
    }
    const project = row.what === null ? undefined : projects.get(row.what)
    if (row.what === null) {
      roles.set(row.who, stronger(roles.get(row.who), role))
      if (row.carried !== null) all.set(row.who, strongerLevel(all.get(row.who) ?? 'other', row.carried))
    } else if (project) {
      const list = lists.get(row.who)
      if (list) list.push({ project, role })
      else lists.set(row.who, [{ project, role }])
    }
  }
  for (const [who, list] of lists) if (list.length > 1) lists.set(who, strongestRoles(list))
  return { roles, all, projects: lists }
}

function groupNames(reader: Reader, connectionId: number): ReadonlyMap<number, string> {
  const rows = reader.all<{ readonly id: number; readonly name: string }>(
    `SELECT id, ifnull(nullif(name, ''), external_id) AS name FROM account_row WHERE connection_id = ? AND kind = 'group'`,
    [connectionId],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Among equals the direct role, then the first in text order, so that the result depends only on the facts. */
function stronger(one: HeldRole | undefined, other: HeldRole): HeldRole {
  if (one === undefined) return other
  const rank =
    levelRank(one.level) - levelRank(other.level) ||
    Number(one.group !== null) - Number(other.group !== null) ||
    compareText(one.roleRaw, other.roleRaw) ||
    compareText(one.group ?? '', other.group ?? '')
  return rank <= 0 ? one : other
}

/** One role for each project, in the order of the projects. */
function strongestRoles(list: readonly HeldProject[]): HeldProject[] {
  const byProject = new Map<ProjectReading, HeldProject>()
  for (const held of list) {
    const role = stronger(byProject.get(held.project)?.role, held.role)
    byProject.set(held.project, role === held.role ? held : { project: held.project, role })
  }
  return byProject.size === list.length ? [...list] : [...byProject.values()]
}
