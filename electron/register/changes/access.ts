import { formatRolePath } from '../../../shared/domain/access/role-path.ts'
import { compareLevels, type Level, strongerLevel } from '../../../shared/domain/role.ts'
import type { Reader } from '../db/handles.ts'
import { isExpiredInvite } from '../facts/invite-state.ts'
import { lastNames } from './last-names.ts'
import type { RawChange } from './raw-change.ts'
import { findEnds, type SpanEnds, SPANS, STOOD, touchedBy } from './span.ts'

interface Pair {
  readonly connection_id: number
  readonly sync_id: number
  readonly principal_id: number
  readonly project_id: number | null
  readonly is_group: number
  /** A JSON list of `Way`; null where nothing is held at either end. */
  readonly ways: string | null
}

type Way = readonly [
  role: string,
  groupId: number | null,
  carriedBy: string | null,
  level: Level,
  was: 0 | 1,
  is: 0 | 1,
]

const AT_AN_END = (row: string): string => `(${STOOD(row, 's1')} OR ${STOOD(row, 's2')})`

/** True if organization roles apply to the project of `t`, at an end of its span. */
const OPEN = (at: 's1' | 's2'): string =>
  `EXISTS (SELECT 1 FROM project_version n WHERE n.project_id = t.project_id AND n.status = 'active' AND ${STOOD('n', at)})`

/** True if the project of `t` is archived at an end of its span, so that grants in it are dormant. */
const DORMANT = (at: 's1' | 's2'): string =>
  `EXISTS (SELECT 1 FROM project_version n WHERE n.project_id = t.project_id AND n.status = 'archived' AND ${STOOD('n', at)})`

/** True if an account is an invite that had expired when a sync that ends a span had ended, by its status or date. */
const EXPIRED = (at: 's1' | 's2', principal = 't.principal_id'): string =>
  `EXISTS (SELECT 1 FROM account_history i WHERE i.id = ${principal} AND ${STOOD('i', at)}
    AND ${isExpiredInvite('i', `(SELECT y.finished_at FROM sync y WHERE y.id = t.${at})`)})`

/**
 * `pair` as a common table expression: each principal and project (null: the organization) whose paths may differ
 * between the ends of a span. A path is a role, a group's role with a membership, or what either implies from the
 * organization in a project, as in `deriveEffectiveAccess`. Everything that a span touched of these leads to its pairs, and
 * so does a project that was archived or is active again, and an invite that expired by its date.
 */
const PAIRS = `${touchedBy('grant', ['principal_id', 'project_id', 'implied_role_raw'], 'touched_grant')},
  ${touchedBy('membership', ['group_id', 'member_id'], 'touched_membership')},
  ${touchedBy('project_version', ['project_id'], 'touched_project')},
  way AS MATERIALIZED (
    SELECT connection_id, s1, s2, sync_id, principal_id, project_id, implied_role_raw FROM touched_grant
    UNION ALL
    SELECT t.connection_id, t.s1, t.s2, t.sync_id, m.member_id, t.project_id, t.implied_role_raw
    FROM touched_grant t CROSS JOIN membership m ON m.group_id = t.principal_id WHERE ${AT_AN_END('m')}
    UNION ALL
    SELECT t.connection_id, t.s1, t.s2, t.sync_id, t.member_id, g.project_id, g.implied_role_raw
    FROM touched_membership t CROSS JOIN grant g ON g.principal_id = t.group_id WHERE ${AT_AN_END('g')}
    UNION ALL
    SELECT t.connection_id, t.s1, t.s2, t.s2, p.id, g.project_id, g.implied_role_raw
    FROM span t CROSS JOIN principal p INDEXED BY principal_invited ON p.connection_id = t.connection_id AND p.kind = 'invite'
    CROSS JOIN grant g ON g.principal_id = p.id
    WHERE ${EXPIRED('s1', 'p.id')} <> ${EXPIRED('s2', 'p.id')} AND ${AT_AN_END('g')}),
  carried AS MATERIALIZED (
    SELECT t.connection_id, t.s1, t.s2, t.sync_id, g.principal_id, t.project_id
    FROM touched_project t CROSS JOIN grant g INDEXED BY grant_carrying
      ON g.connection_id = t.connection_id AND g.implied_role_raw IS NOT NULL
    WHERE ${OPEN('s1')} <> ${OPEN('s2')} AND ${AT_AN_END('g')}
    UNION ALL
    SELECT t.connection_id, t.s1, t.s2, t.sync_id, g.principal_id, t.project_id
    FROM touched_project t CROSS JOIN grant g INDEXED BY grant_of_project ON g.project_id = t.project_id
    WHERE ${DORMANT('s1')} <> ${DORMANT('s2')} AND ${AT_AN_END('g')}),
  pair AS MATERIALIZED (
    SELECT connection_id, s1, s2, max(sync_id) AS sync_id, principal_id, project_id FROM (
      SELECT connection_id, s1, s2, sync_id, principal_id, project_id FROM way
      UNION ALL
      SELECT t.connection_id, t.s1, t.s2, t.sync_id, t.principal_id, n.id
      FROM way t CROSS JOIN project n ON n.connection_id = t.connection_id
      WHERE t.project_id IS NULL AND t.implied_role_raw IS NOT NULL
      UNION ALL
      SELECT * FROM carried
      UNION ALL
      SELECT t.connection_id, t.s1, t.s2, t.sync_id, m.member_id, t.project_id
      FROM carried t CROSS JOIN membership m ON m.group_id = t.principal_id WHERE ${AT_AN_END('m')})
    GROUP BY connection_id, s1, s2, principal_id, project_id)`

const PAIR = 't.connection_id, t.s1, t.s2, t.sync_id, t.principal_id, t.project_id'
const DIRECT = `pair t CROSS JOIN grant g ON g.principal_id = t.principal_id`
const BY_GROUP = `pair t CROSS JOIN membership m ON m.member_id = t.principal_id CROSS JOIN grant g ON g.principal_id = m.group_id`
const ends = (held: (at: 's1' | 's2') => string): string => `${held('s1')} AS was, ${held('s2')} AS "is"`

const IS_GROUP = `(SELECT p.kind FROM principal p WHERE p.id = t.principal_id) = 'group'`

/** A condition: the account of `t` reaches the place of `t` at an end of its span by what it or its group has there. */
const REACHES = (at: 's1' | 's2'): string => `NOT ${DORMANT(at)} AND NOT ${EXPIRED(at)}`

/**
 * Every path of each pair: an untouched path may hold the pair's strongest role. A group itself gets no implied project
 * role, and keeps its own while the project is archived, since it is its members who lose the access.
 */
const ACCESS_CHANGES = `WITH ${SPANS}, ${PAIRS}, held AS (
    SELECT ${PAIR}, g.level AS level, g.role_raw AS role, NULL AS group_id, NULL AS carried_by,
      ${ends((at) => `${STOOD('g', at)} AND (${IS_GROUP} OR ${REACHES(at)})`)}
    FROM ${DIRECT} AND g.project_id IS t.project_id
    UNION ALL
    SELECT ${PAIR}, g.level, g.role_raw, m.group_id, NULL, ${ends((at) => `${STOOD('m', at)} AND ${STOOD('g', at)} AND ${REACHES(at)}`)}
    FROM ${BY_GROUP} AND g.project_id IS t.project_id
    UNION ALL
    SELECT ${PAIR}, g.implied_level, g.implied_role_raw, NULL, g.role_raw, ${ends((at) => `${STOOD('g', at)} AND ${OPEN(at)} AND NOT ${EXPIRED(at)}`)}
    FROM ${DIRECT} AND g.project_id IS NULL
    WHERE t.project_id IS NOT NULL AND g.implied_role_raw IS NOT NULL
      AND NOT ${IS_GROUP}
    UNION ALL
    SELECT ${PAIR}, g.implied_level, g.implied_role_raw, m.group_id, g.role_raw,
      ${ends((at) => `${STOOD('m', at)} AND ${STOOD('g', at)} AND ${OPEN(at)} AND NOT ${EXPIRED(at)}`)}
    FROM ${BY_GROUP} AND g.project_id IS NULL
    WHERE t.project_id IS NOT NULL AND g.implied_role_raw IS NOT NULL)
  SELECT connection_id, sync_id, principal_id, project_id,
    (SELECT p.kind FROM principal p WHERE p.id = principal_id) = 'group' AS is_group,
    json_group_array(json_array(role, group_id, carried_by, level, was, "is") ORDER BY role, group_id, carried_by)
      FILTER (WHERE was OR "is") AS ways
  FROM held GROUP BY connection_id, s1, s2, principal_id, project_id`

/**
 * Effective access gained, lost, raised, lowered, or changed to roles that do not compare: one change for each principal and
 * project. A group has no access of its own: its roles are reported as roles, and the resulting access as access of its
 * members.
 */
export function accessChanges(reader: Reader, spans: string): RawChange[] {
  const changed = reader.all<Pair>(ACCESS_CHANGES, { spans }).flatMap((pair) => {
    const ways = JSON.parse(pair.ways ?? '[]') as readonly Way[]
    const before = ways.filter((way) => way[4] === 1)
    const after = ways.filter((way) => way[5] === 1)
    const kind = isSame(before, after) ? null : pair.is_group === 1 ? 'role-changed' : compareWays(before, after)
    return kind === null ? [] : [{ pair, kind, before, after }]
  })
  const ends = findEnds(JSON.parse(spans) as readonly SpanEnds[])
  const groups = changed.flatMap(({ pair, before, after }) =>
    [...before, ...after].flatMap(([, group]) =>
      group === null ? [] : [[group, ends.get(pair.connection_id) ?? 0] as const],
    ),
  )
  const names = lastNames(reader, 'principal', new Map(groups))
  const words = (ways: readonly Way[]): string | null =>
    [
      // A group may hold a role twice, directly and by a role of its own.
      ...new Set(
        ways.map(([role, group, carriedBy]) =>
          formatRolePath({ role, group: group === null ? null : (names.get(group)?.name ?? ''), carriedBy }),
        ),
      ),
    ].join(', ') || null
  return changed.map(({ pair, kind, before, after }) => ({
    kind,
    connectionId: pair.connection_id,
    syncId: pair.sync_id,
    subject: { kind: 'principal' as const, id: pair.principal_id },
    projectId: pair.project_id,
    before: words(before),
    after: words(after),
    levelBefore: pair.is_group === 1 ? null : findStrongest(before),
    levelAfter: pair.is_group === 1 ? null : findStrongest(after),
  }))
}

type AccessChange = 'access-gained' | 'access-lost' | 'access-raised' | 'access-lowered' | 'role-changed'

/**
 * How the roles at the two ends of a span compare. They are raised or lowered only where the strongest of each are known and
 * differ, and the weaker end has no custom role that the other lacks, since that may allow more.
 */
function compareWays(before: readonly Way[], after: readonly Way[]): AccessChange {
  const [was, is] = [findStrongest(before), findStrongest(after)]
  if (was === null) return 'access-gained'
  if (is === null) return 'access-lost'
  const order = compareLevels(was, is) ?? 0
  const [weaker, stronger] = order > 0 ? [before, after] : [after, before]
  const isOpen = weaker.some(([role, , , level]) => level === 'other' && !stronger.some(([other]) => other === role))
  if (order === 0 || isOpen) return 'role-changed'
  return order > 0 ? 'access-raised' : 'access-lowered'
}

/** The strongest level that is known, or `other` where only custom roles are held; null without any. */
function findStrongest(ways: readonly Way[]): Level | null {
  return ways.reduce<Level | null>(
    (found, [, , , level]) => (found === null ? level : strongerLevel(found, level)),
    null,
  )
}

/**
 * True if both ends have the same paths as people read them: a role that was removed and granted again in between is the same path, and
 * so is one that a group has in a project instead of by its role of the organization.
 */
function isSame(before: readonly Way[], after: readonly Way[]): boolean {
  const [was, is] = [listPaths(before), listPaths(after)]
  return was.size === is.size && was.isSubsetOf(is)
}

function listPaths(ways: readonly Way[]): ReadonlySet<string> {
  return new Set(
    ways.map(([role, group, carriedBy]) => JSON.stringify([role, group, group === null ? carriedBy : null])),
  )
}
