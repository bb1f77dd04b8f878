import { ACCOUNT_LAST_USED_AT } from '../facts/last-use.ts'
import { listProvidersWith } from '../facts/providers.ts'
import { isWorkspaceKey } from '../facts/key-holder.ts'
import { isUsable } from '../facts/key-state.ts'
import { connectionsInScope, type Scope, type Sql } from '../db/scope.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

/** A key whose calls are its owner's; calls with a workspace key may be anyone's. */
const OWN = `NOT ${isWorkspaceKey('h.provider', 'k')}`

/**
 * Since when a role exists: the sync that first showed it. If that was the connection's first sync, the role may be
 * older; then the provider's date counts, where it reports one.
 */
const SINCE = (
  first: string,
  said: string,
): string => `(SELECT CASE WHEN s.id = h.first_sync THEN ifnull(${said}, s.finished_at)
  ELSE s.finished_at END FROM sync s WHERE s.id = ${first})`

/** Whose use is read: of all people in scope, or of one person or one account, who are then looked up directly. */
export interface UseQuery extends Scope {
  readonly person?: number | undefined
  readonly principal?: number | undefined
}

/** Where keys, holders and roles are searched: in whole connections, or in some accounts. */
const EVERYBODY = {
  keys: 'reported_key_row k ON k.connection_id = h.connection_id',
  holders: 'account_row p ON p.connection_id = h.connection_id',
  roles: `${EFFECTIVE_GRANTS} e ON e.connection_id = h.connection_id`,
}

/** The places of search in the accounts `p` that a condition finds. */
const inAccounts = (condition: string): typeof EVERYBODY => {
  const accounts = `account_row p ON ${condition} AND p.connection_id = h.connection_id`
  return {
    keys: `${accounts}
      CROSS JOIN reported_key_row k ON k.owner_external_id = p.external_id AND +k.connection_id = h.connection_id`,
    holders: accounts,
    roles: `${accounts} CROSS JOIN ${EFFECTIVE_GRANTS} e ON e.principal_id = p.id`,
  }
}

/**
 * Recorded use, as common table expressions over the connections in scope. `:now` and `:cutoff` are instants.
 *
 * - `own_key`: usable keys but decoys by owner and project: their number, last use, and whether any is too young or has no
 *   reported use.
 * - `holder`: people and service accounts, with the same for all of their keys. `known_at` is the last use of the
 *   account, where the provider reports all of it.
 * - `role`: roles held directly, on a project or the organization, since before the cutoff.
 */
export function useFacts(query: UseQuery): Sql {
  const within = connectionsInScope(query)
  const { person, principal } = query
  const from =
    principal !== undefined
      ? inAccounts('p.id = :principal')
      : person !== undefined
        ? inAccounts('p.person_id = :person')
        : EVERYBODY
  return {
    text: `held (connection_id, provider, first_sync) AS MATERIALIZED (
      SELECT connection.id, connection.provider, (SELECT min(s.id) FROM sync s WHERE s.connection_id = connection.id AND s.state IN ('complete', 'partial'))
      FROM connection WHERE connection.id IN (${within.text})),
    own_key (connection_id, external_id, project_id, admin, keys, used_at, silent, young) AS MATERIALIZED (
      SELECT k.connection_id, k.owner_external_id, k.project_id, k.kind = 'admin', count(*), max(k.last_used_at),
        max(k.last_use_state = 'not-reported'), max(ifnull(k.created_at > :cutoff, 1))
      FROM held h CROSS JOIN ${from.keys}
      WHERE +k.owner_external_id IS NOT NULL AND ${isUsable('k')} AND ${OWN} AND NOT k.decoy GROUP BY 1, 2, 3, 4),
    all_keys (connection_id, external_id, keys, used_at, silent, young, admin_used_at, admin_silent, used_projects) AS MATERIALIZED (
      SELECT connection_id, external_id, sum(keys), max(used_at), max(silent), max(young),
        max(used_at) FILTER (WHERE admin = 1), ifnull(max(silent) FILTER (WHERE admin = 1), 0),
        count(*) FILTER (WHERE project_id IS NOT NULL AND used_at > :cutoff)
      FROM own_key GROUP BY 1, 2),
    holder AS MATERIALIZED (
      SELECT p.id, p.connection_id, p.external_id, p.kind, p.person_id, ${ACCOUNT_LAST_USED_AT} AS known_at,
        h.provider IN ${listProvidersWith('listsAdminKeys')} AS lists_admin_keys, p.role_raw, p.level,
        ${SINCE('(SELECT min(x.from_sync) FROM principal_version x WHERE x.principal_id = p.id)', 'p.added_at')} AS since, ifnull(y.keys, 0) AS keys, y.used_at, ifnull(y.silent, 0) AS silent,
        ifnull(y.young, 0) AS young, y.admin_used_at, ifnull(y.admin_silent, 0) AS admin_silent,
        ifnull(y.used_projects, 0) AS used_projects
      FROM held h CROSS JOIN ${from.holders} AND p.kind IN ('user', 'service-account')
      LEFT JOIN all_keys y ON y.connection_id = p.connection_id AND y.external_id = p.external_id),
    role AS MATERIALIZED (
      SELECT e.id, e.connection_id, e.principal_id, e.project_id, e.role_raw, e.level
      FROM held h CROSS JOIN ${from.roles}
      WHERE e.via = 'direct' AND ${SINCE('e.from_sync', 'e.granted_at')} <= :cutoff)`,
    params: {
      ...within.params,
      ...(principal !== undefined ? { principal } : person !== undefined ? { person } : {}),
    },
  }
}
