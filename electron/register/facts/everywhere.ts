import type { Scope, Sql } from '../db/scope.ts'

/**
 * The ids of the connections in which somebody may still hold something, as a subquery: those of archived clients too,
 * since access does not end with an engagement. One client where the scope names it. Removed connections are in none.
 */
export function connectionsEverywhere(scope: Scope): Sql {
  return scope.client === undefined
    ? { text: 'SELECT cn.id FROM connection cn WHERE cn.removed_at IS NULL', params: {} }
    : {
        text: 'SELECT cn.id FROM connection cn JOIN client c ON c.id = cn.client_id WHERE cn.removed_at IS NULL AND c.slug = :scope_client',
        params: { scope_client: scope.client },
      }
}
