import { z } from 'zod'

import { clientRef, id, instant } from '../../../shared/contract/common.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import type { LeaverRow } from '../../../shared/contract/leavers.ts'
import { hoursSince, LATE_HOURS } from '../../../shared/domain/leavers/departure.ts'
import { LEVELS } from '../../../shared/domain/role.ts'
import { LEVEL_RANK } from '../access/access.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { isUsable } from '../facts/key-state.ts'
import { LAST_USED_AT } from '../facts/last-use.ts'
import { readRows } from '../db/rows.ts'
import type { Scope } from '../db/scope.ts'
import { type Leaver, getState } from './leaver.ts'
import { IS_THEIRS, KEYS_OF_OWN, ownAccounts, IS_HELD } from './own-accounts.ts'
import { SEEN_KEYS } from './shared-keys.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

const counted = z.object({
  personId: id,
  /** `known` is not a count: it holds when an account was last used. */
  kind: z.enum(['account', 'invite', 'role', 'key', 'shared-key', 'known']),
  client: clientRef,
  count: z.number().int(),
  usedAt: instant.nullable(),
  /** Of accounts and roles: the rank of the highest one, 0 is owner. */
  rank: z.number().int().nullable(),
})
type AccessCount = z.infer<typeof counted>

/**
 * The remaining items of each leaver by kind and client. Each kind uses the index of its own table. For whether an account
 * was used after they left, a use that is reported in part counts too.
 */
const COUNTED = `SELECT o.person_id, CASE p.kind WHEN 'invite' THEN 'invite' ELSE 'account' END AS kind, o.connection_id, NULL AS used_at,
      CASE WHEN p.kind <> 'invite' AND p.level IS NOT NULL THEN ${LEVEL_RANK('p.level')} END AS rank
    FROM own o CROSS JOIN account_row p ON p.id = o.principal_id WHERE ${IS_HELD}
  UNION ALL
  SELECT o.person_id, 'role', o.connection_id, NULL, ${LEVEL_RANK('e.level')} FROM own o CROSS JOIN ${EFFECTIVE_GRANTS} e ON e.principal_id = o.principal_id
    WHERE o.kind = 'user' AND e.project_id IS NOT NULL AND e.via_role IS NULL
  UNION ALL
  SELECT o.person_id, 'key', o.connection_id, ${LAST_USED_AT}, NULL FROM ${KEYS_OF_OWN} WHERE ${IS_THEIRS} AND ${isUsable('k')}
  UNION ALL
  SELECT seen.person_id, 'shared-key', k.connection_id, NULL, NULL FROM seen CROSS JOIN key k ON k.id = seen.key_id
  UNION ALL
  SELECT o.person_id, 'known', o.connection_id, p.last_used_at, NULL FROM own o CROSS JOIN principal p ON p.id = o.principal_id`

/** Rows of leavers, in the order given. One statement whatever their number. */
export function leaverRows(
  reader: Reader,
  leavers: readonly Leaver[],
  scope: Scope,
  { now }: Pick<Moment, 'now'>,
): LeaverRow[] {
  const own = ownAccounts(leavers, scope)
  const counts = Map.groupBy(
    readRows(
      reader,
      counted,
      `WITH ${own.text}, ${SEEN_KEYS}
       SELECT n.person_id AS personId, n.kind, ${CLIENT_REF}, count(*) AS count, max(n.used_at) AS usedAt,
         min(n.rank) AS rank
       FROM (${COUNTED}) n JOIN connection cn ON cn.id = n.connection_id JOIN client c ON c.id = cn.client_id
       GROUP BY n.person_id, n.kind, c.id ORDER BY c.kind = 'client', c.name COLLATE NOCASE, c.id`,
      { ...own.params, now },
    ),
    (row) => row.personId,
  )
  return leavers.map((leaver) => toRow(leaver, counts.get(leaver.personId) ?? [], now))
}

function toRow(leaver: Leaver, counts: readonly AccessCount[], now: number): LeaverRow {
  const of = (kind: AccessCount['kind']): number =>
    counts.reduce((sum, row) => sum + (row.kind === kind ? row.count : 0), 0)
  const holds = of('account') + of('invite') + of('key') > 0
  const hours = hoursSince(leaver.departedAt, now)
  const used = Math.max(0, ...counts.map((row) => row.usedAt ?? 0))
  const byClient = Map.groupBy(
    counts.filter(({ rank }) => rank !== null),
    ({ client }) => client.slug,
  )
  const ranks = [...byClient.values()].map((own) => Math.min(...own.map(({ rank }) => rank ?? LEVELS.length)))
  const highest = ranks.length === 0 ? null : Math.min(...ranks)
  const keyUsed = Math.max(0, ...counts.map((row) => (row.kind === 'key' ? (row.usedAt ?? 0) : 0)))
  const left = counts.filter((row) => row.kind !== 'known')
  return {
    personId: leaver.personId,
    name: leaver.name,
    email: leaver.email,
    department: leaver.department,
    manager: leaver.manager,
    jobTitle: leaver.jobTitle,
    contractor: leaver.contractor,
    endsOn: leaver.endsOn,
    departedAt: leaver.departedAt,
    hours,
    late: holds && hours >= LATE_HOURS,
    state: getState(holds, of('shared-key') > 0),
    clients: [...new Map(left.map(({ client }) => [client.slug, client])).values()],
    level: highest === null ? null : (LEVELS[highest] ?? null),
    levelClients: ranks.filter((rank) => rank === highest).length,
    accounts: of('account'),
    roles: of('role'),
    keys: of('key'),
    invites: of('invite'),
    sharedKeys: of('shared-key'),
    usedAfterAt: used > leaver.departedAt ? used : null,
    keyUsedAt: keyUsed === 0 ? null : keyUsed,
  }
}
