import type { Scope, Sql } from '../db/scope.ts'

/**
 * The ids of all connections in which people may still have access, as a subquery: including those of archived clients,
 * since access does not end with an engagement. Only one client's where the scope names it. Removed connections are
 * left out.
 */
export function connectionsEverywhere(scope: Scope): Sql {
  return scope.client === undefined
    ? { text: 'SELECT cn.id FROM connection cn WHERE cn.removed_at IS NULL', params: {} }
    : {
        text: 'SELECT cn.id FROM connection cn JOIN client c ON c.id = cn.client_id WHERE cn.removed_at IS NULL AND c.slug = :scope_client',
        params: { scope_client: scope.client },
      }
}
