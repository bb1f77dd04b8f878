import { z } from 'zod'

import { clientRef, id, instant } from '../../../shared/contract/common.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import { HELD_KINDS } from '../../../shared/domain/leavers/departure.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, type Scope } from '../db/scope.ts'
import { isUsable } from '../facts/key-state.ts'
import { LAST_USED_AT } from '../facts/last-use.ts'
import type { Leaver } from '../leavers/leaver.ts'
import { IS_THEIRS, KEYS_OF_OWN, ownAccounts, IS_HELD } from '../leavers/own-accounts.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

const columns = z.object({
  personId: id,
  kind: z.enum(HELD_KINDS),
  /** Of the principal or key. */
  id,
  connectionId: id,
  client: clientRef,
  usedAt: instant.nullable(),
  privileged: z.boolean(),
  /** A person accepted the risk that this account stays. */
  accepted: z.boolean(),
})

/** An account, invite or personal key that a leaver still has. */
export type LeaverHolding = z.output<typeof columns>

/** The things that leavers still hold in the connections in scope. One statement whatever their number. */
export function heldByLeavers(
  reader: Reader,
  leavers: readonly Leaver[],
  scope: Scope,
  { now, today }: Moment,
): LeaverHolding[] {
  const own = ownAccounts(leavers, scope)
  const inScope = connectionsInScope(scope)
  return readRows(
    reader,
    columns,
    `WITH ${own.text}, held (person_id, kind, id, connection_id, used_at, privileged, accepted) AS (
       SELECT o.person_id, CASE o.kind WHEN 'invite' THEN 'invite' ELSE 'account' END, o.principal_id, o.connection_id,
         p.last_used_at,
         EXISTS (SELECT 1 FROM ${EFFECTIVE_GRANTS} e
           WHERE e.principal_id = o.principal_id AND e.level IN ('owner', 'admin')),
         EXISTS (SELECT 1 FROM finding f INDEXED BY finding_of_subject WHERE f.subject_kind = 'principal'
           AND f.subject_id = o.principal_id AND f.rule = 'leaver-with-access' AND f.resolved_at IS NULL
           AND f.accepted_until >= :today)
       FROM own o CROSS JOIN account_row p ON p.id = o.principal_id WHERE ${IS_HELD}
       UNION ALL
       SELECT o.person_id, 'key', k.id, o.connection_id, ${LAST_USED_AT}, 0, 0 FROM ${KEYS_OF_OWN}
       WHERE ${IS_THEIRS} AND ${isUsable('k')})
     SELECT h.person_id AS personId, h.kind, h.id, h.connection_id AS connectionId, ${CLIENT_REF}, h.used_at AS usedAt,
       h.privileged, h.accepted
     FROM held h JOIN connection cn ON cn.id = h.connection_id JOIN client c ON c.id = cn.client_id
     WHERE h.connection_id IN (${inScope.text})`,
    { ...inScope.params, ...own.params, now, today },
  )
}
