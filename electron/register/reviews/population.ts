import type { Moment } from '../../../shared/domain/day.ts'
import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import { departedRangesSql } from '../people/employment.ts'
import { USABLE } from '../facts/key-state.ts'
import type { Sql } from '../db/scope.ts'
import { EFFECTIVE_GRANTS, PRIVILEGED_GRANTS } from '../facts/grant-now.ts'

/** The current connections of a client. */
const OWN = 'SELECT cn.id FROM connection cn WHERE cn.client_id = :client AND cn.removed_at IS NULL'

/** People who have left according to HR data. */
export const LEAVERS = `SELECT l.person_id FROM employment l WHERE ${departedRangesSql('l')}`

/** All accounts that administer an organization by any path, and admin keys. */
const ADMINS = `SELECT DISTINCT e.connection_id, e.principal_id, NULL AS key_id, NULL AS project_id
  FROM ${PRIVILEGED_GRANTS} e
  WHERE e.connection_id IN (${OWN}) AND e.project_id IS NULL
  UNION ALL
  SELECT k.connection_id, NULL, k.id, v.project_id FROM key k INDEXED BY key_summary
  CROSS JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL
  WHERE k.connection_id IN (${OWN}) AND k.standing = 1 AND v.kind = 'admin'`

/** What a project's own lists grant; an organization role that implies project access is decided where it is held. */
const IN_PROJECTS = `FROM ${EFFECTIVE_GRANTS} e
  WHERE e.connection_id IN (${OWN}) AND e.project_id IS NOT NULL AND e.via_role IS NULL`

const HAS_ORGANIZATION_ROLE = `EXISTS (SELECT 1 FROM ${EFFECTIVE_GRANTS} x WHERE x.principal_id = p.id AND x.project_id IS NULL)`

/**
 * Every user with the organization role, every service account with each of its roles, and every role that administers
 * a project.
 */
const ROLES = `SELECT p.connection_id, p.id AS principal_id, NULL AS key_id, NULL AS project_id
  FROM connection cn CROSS JOIN principal p ON p.connection_id = cn.id
  WHERE cn.client_id = :client AND cn.removed_at IS NULL
    AND (p.kind = 'user' OR (p.kind = 'service-account' AND (${HAS_ORGANIZATION_ROLE}
      OR NOT EXISTS (SELECT 1 FROM ${EFFECTIVE_GRANTS} x WHERE x.principal_id = p.id AND x.project_id IS NOT NULL))))
    AND EXISTS (SELECT 1 FROM principal_version v WHERE v.principal_id = p.id AND v.to_sync IS NULL)
  UNION ALL
  SELECT DISTINCT e.connection_id, e.principal_id, NULL, e.project_id ${IN_PROJECTS}
    AND (SELECT p.kind IN ('user', 'service-account') AND (e.level IN ('owner', 'admin') OR p.kind = 'service-account')
      FROM principal p WHERE p.id = e.principal_id)`

const MEMBERSHIP = `SELECT DISTINCT e.connection_id, e.principal_id, NULL AS key_id, e.project_id ${IN_PROJECTS}`

const KEYS = `SELECT k.connection_id, NULL AS principal_id, k.id AS key_id, v.project_id FROM key k INDEXED BY key_summary
  JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL WHERE k.connection_id IN (${OWN}) AND k.standing = 1`

/** What former employees still have: accounts, invites, and usable keys. */
const DEPARTED = `SELECT p.connection_id, p.id AS principal_id, NULL AS key_id, NULL AS project_id FROM principal p
  WHERE p.person_id IN (${LEAVERS}) AND +p.connection_id IN (${OWN})
    AND EXISTS (SELECT 1 FROM principal_version v WHERE v.principal_id = p.id AND v.to_sync IS NULL)
  UNION ALL
  SELECT k.connection_id, NULL, k.id, v.project_id FROM principal p
  JOIN key_version v ON v.owner_external_id = p.external_id AND v.to_sync IS NULL
  JOIN key k ON k.id = v.key_id AND +k.connection_id = p.connection_id
  WHERE p.person_id IN (${LEAVERS}) AND +p.connection_id IN (${OWN}) AND k.standing = 1 AND ${USABLE}`

const QUERIES: Readonly<Record<ReviewKind, string>> = {
  departed: DEPARTED,
  admins: ADMINS,
  roles: ROLES,
  keys: KEYS,
  membership: MEMBERSHIP,
}

/**
 * The population of a review of a kind: connection_id, principal_id or key_id, and project_id for items in a project.
 */
export function selectPopulation(kind: ReviewKind, clientId: number, { now, today }: Moment): Sql {
  return {
    text: QUERIES[kind],
    params: kind === 'departed' ? { client: clientId, now, today } : { client: clientId, now },
  }
}

/** Rules about a project that concern all its members. */
const OF_MEMBERS = `('archived-project-members')`

/** Open findings `f` about the subject of an item `i`; `:today` is a day. */
export const FINDINGS_OF_ITEM = `(
    (f.subject_kind = 'principal' AND f.subject_id = i.principal_id)
    OR (f.subject_kind = 'key' AND f.subject_id = i.key_id)
    OR (f.subject_kind = 'project' AND f.subject_id = i.project_id AND i.principal_id IS NOT NULL AND f.rule IN ${OF_MEMBERS}))
  AND f.resolved_at IS NULL AND ifnull(f.accepted_until < :today, 1)`
