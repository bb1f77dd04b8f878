import { connectionsEverywhere } from '../facts/connections-with-access.ts'
import { isExpiredInvite } from '../facts/invite-state.ts'
import { isWorkspaceKey } from '../facts/key-holder.ts'
import type { Scope, Sql } from '../db/scope.ts'
import type { Leaver } from './leaver.ts'

/**
 * `leaver` and `own` as common table expressions: some leavers with the day of their departure, and their accounts in
 * scope, including removed ones, since keys and seen secrets remain after them.
 */
export function ownAccounts(leavers: readonly Leaver[], scope: Scope): Sql {
  const within = connectionsEverywhere(scope)
  return {
    text: `leaver (person_id, departed_on) AS MATERIALIZED (SELECT value ->> 0, value ->> 1 FROM json_each(:leavers)),
      own (person_id, principal_id, connection_id, external_id, kind) AS MATERIALIZED (
        SELECT gone.person_id, p.id, p.connection_id, p.external_id, p.kind FROM leaver gone CROSS JOIN principal p
          ON p.person_id = gone.person_id AND +p.connection_id IN (${within.text}))`,
    params: {
      leavers: JSON.stringify(leavers.map(({ personId, departedOn }) => [personId, departedOn])),
      ...within.params,
    },
  }
}

/** Keys `k` in the name of an account `o`, by the index of owners. */
export const KEYS_OF_OWN =
  'own o CROSS JOIN key_row k ON k.owner_external_id = o.external_id AND +k.connection_id = o.connection_id'

/** Whether such a key belongs to the account, not to the workspace that it was created for. */
export const IS_THEIRS = `NOT ${isWorkspaceKey('(SELECT n.provider FROM connection n WHERE n.id = o.connection_id)', 'k')}`

/** An account `p` that a leaver still has; an expired invite gives no access. */
export const IS_HELD = `NOT ${isExpiredInvite('p')}`
