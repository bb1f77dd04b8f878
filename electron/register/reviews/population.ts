import type { Moment } from '../../../shared/domain/day.ts'
import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import { departedRangesSql } from '../people/employment.ts'
import { isUsable } from '../facts/key-state.ts'
import type { Sql } from '../db/scope.ts'
import { EFFECTIVE_GRANTS, PRIVILEGED_GRANTS } from '../facts/grant-now.ts'

/** The current connections of a client. */
const OWN = 'SELECT cn.id FROM connection cn WHERE cn.client_id = :client AND cn.removed_at IS NULL'

/** The order of the joins keeps the keys of other clients out. */
const KEYS_OF_CLIENT = `FROM connection cn CROSS JOIN reported_key_row k ON k.connection_id = cn.id
  WHERE cn.client_id = :client AND cn.removed_at IS NULL AND k.standing = 1`

/** People who have left according to HR data. */
export const LEAVERS = `SELECT l.person_id FROM employment l WHERE ${departedRangesSql('l')}`

/** A part of a population: its statement, and what the statement selects, in words for documents. */
interface PopulationPart {
  readonly covers: string
  readonly sql: string
}

const ADMINS: readonly PopulationPart[] = [
  {
    covers: 'every account that is an owner or admin of an organization, by any path',
    sql: `SELECT DISTINCT e.connection_id, e.principal_id, NULL AS key_id, NULL AS project_id
  FROM ${PRIVILEGED_GRANTS} e
  WHERE e.connection_id IN (${OWN}) AND e.project_id IS NULL`,
  },
  {
    covers: 'every admin key',
    sql: `SELECT k.connection_id, NULL, k.id, k.project_id ${KEYS_OF_CLIENT} AND +k.kind = 'admin'`,
  },
]

/** What a project's own lists grant; an organization role that implies project access is decided where it is held. */
const IN_PROJECTS = `FROM ${EFFECTIVE_GRANTS} e
  WHERE e.connection_id IN (${OWN}) AND e.project_id IS NOT NULL AND e.via_role IS NULL`

const HAS_ORGANIZATION_ROLE = `EXISTS (SELECT 1 FROM ${EFFECTIVE_GRANTS} x WHERE x.principal_id = p.id AND x.project_id IS NULL)`

const ROLES: readonly PopulationPart[] = [
  {
    covers:
      'every user, and every service account that has a role on the organization or none on a project that is not archived',
    sql: `SELECT p.connection_id, p.id AS principal_id, NULL AS key_id, NULL AS project_id
  FROM connection cn CROSS JOIN principal p ON p.connection_id = cn.id
  WHERE cn.client_id = :client AND cn.removed_at IS NULL
    AND (p.kind = 'user' OR (p.kind = 'service-account' AND (${HAS_ORGANIZATION_ROLE}
      OR NOT EXISTS (SELECT 1 FROM ${EFFECTIVE_GRANTS} x WHERE x.principal_id = p.id AND x.project_id IS NOT NULL))))
    AND EXISTS (SELECT 1 FROM account_now a WHERE a.id = p.id)`,
  },
  {
    covers: 'every owner or admin role on such a project, and every role of a service account on one',
    sql: `SELECT DISTINCT e.connection_id, e.principal_id, NULL, e.project_id ${IN_PROJECTS}
    AND (SELECT p.kind IN ('user', 'service-account') AND (e.level IN ('owner', 'admin') OR p.kind = 'service-account')
      FROM principal p WHERE p.id = e.principal_id)`,
  },
]

const MEMBERSHIP: readonly PopulationPart[] = [
  {
    covers: 'every role on a project that is not archived, as its own lists give it, directly or through a group',
    sql: `SELECT DISTINCT e.connection_id, e.principal_id, NULL AS key_id, e.project_id ${IN_PROJECTS}`,
  },
]

const KEYS: readonly PopulationPart[] = [
  {
    covers: 'every key that the providers list',
    sql: `SELECT k.connection_id, NULL AS principal_id, k.id AS key_id, k.project_id ${KEYS_OF_CLIENT}`,
  },
]

const DEPARTED: readonly PopulationPart[] = [
  {
    covers: 'the accounts and invites of people who left',
    sql: `SELECT p.connection_id, p.id AS principal_id, NULL AS key_id, NULL AS project_id FROM account_row p
  WHERE p.person_id IN (${LEAVERS}) AND +p.connection_id IN (${OWN})`,
  },
  {
    covers: 'the usable keys of people who left',
    sql: `SELECT k.connection_id, NULL, k.id, k.project_id FROM principal p
  JOIN reported_key_row k ON k.owner_external_id = p.external_id AND +k.connection_id = p.connection_id
  WHERE p.person_id IN (${LEAVERS}) AND +p.connection_id IN (${OWN}) AND k.standing = 1 AND ${isUsable('k')}`,
  },
]

const POPULATIONS: Readonly<Record<ReviewKind, readonly PopulationPart[]>> = {
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
    text: POPULATIONS[kind].map(({ sql }) => sql).join('\n  UNION ALL\n  '),
    params: kind === 'departed' ? { client: clientId, now, today } : { client: clientId, now },
  }
}

/** What the population of a review of a kind is, in words: of the same parts as its statement. */
export function describeScope(kind: ReviewKind): string {
  return POPULATIONS[kind].map(({ covers }) => covers).join(', and ')
}

/** Rules about a project that concern all its members. */
const OF_MEMBERS = `('archived-project-members')`

/** Open findings `f` about the subject of an item `i`; `:today` is a day. */
export const FINDINGS_OF_ITEM = `(
    (f.subject_kind = 'principal' AND f.subject_id = i.principal_id)
    OR (f.subject_kind = 'key' AND f.subject_id = i.key_id)
    OR (f.subject_kind = 'project' AND f.subject_id = i.project_id AND i.principal_id IS NOT NULL AND f.rule IN ${OF_MEMBERS}))
  AND f.resolved_at IS NULL AND ifnull(f.accepted_until < :today, 1)`
