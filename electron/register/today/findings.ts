import { z } from 'zod'

import { clientRef, id, instant } from '../../../shared/contract/common.ts'
import { subjectKind } from '../../../shared/contract/findings.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { RISKS } from '../../../shared/domain/today/matter.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, idsParam, type Scope } from '../db/scope.ts'
import { OPEN } from '../findings/counts.ts'
import { RANK } from '../findings/list.ts'
import { ROTATION_RULES } from './keys.ts'

const columns = z.object({
  client: clientRef,
  rule: z.string(),
  severity: z.enum(RISKS),
  subjectKind,
  count: z.number().int(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  findingId: id,
})

/** Open findings of one rule at a client. */
export type RuleFindings = z.output<typeof columns>

/** Rules whose subjects come into Today by another way: as leavers, due keys, reviews, connections and invites. */
const ELSEWHERE = [
  ...ROTATION_RULES,
  'leaver-with-access',
  'admin-key-expiring',
  'review-overdue',
  'sync-stale',
  'invite-expired',
  'invite-stale',
]
  .map((rule) => `'${rule}'`)
  .join(', ')

/** The accounts and keys of leavers. */
export interface LeaverSubjects {
  readonly principals: readonly number[]
  readonly keys: readonly number[]
}

/** Of a key that is snoozed, the findings about its due day: they hide none of its others. */
const SNOOZED = `f.subject_kind = 'key' AND f.rule IN (${ROTATION_RULES.map((rule) => `'${rule}'`).join(', ')})
         AND f.subject_id IN (SELECT k.id FROM key k INDEXED BY key_snoozed WHERE k.snoozed_until > :today)`

/**
 * Open findings of medium severity and more by client and rule, each subject only under its most severe rule. A subject
 * that comes into Today by another way is left out, unless another of its findings is more severe than what brings it
 * there: a due day that is snoozed, in Today or at the key, must not hide that. A connection is the subject of unlike
 * findings, so each of them is counted. One statement over one index.
 */
export function ruleFindings(reader: Reader, scope: Scope, today: Day, leavers: LeaverSubjects): RuleFindings[] {
  const inScope = connectionsInScope(scope)
  const from = `finding f INDEXED BY finding_today WHERE f.connection_id IN (${inScope.text}) AND ${OPEN}`
  return readRows(
    reader,
    columns,
    `WITH worst AS MATERIALIZED (
       SELECT f.connection_id, f.subject_kind, f.rule, f.severity, f.first_seen_at, f.id,
         min(2 * ${RANK('f.severity')} + (f.rule NOT IN (${ELSEWHERE}))) AS rank, f.rule IN (${ELSEWHERE}) AS elsewhere
       FROM ${from} AND f.subject_kind IN ('key', 'principal', 'project')
         AND NOT (f.subject_kind = 'principal' AND f.subject_id IN (SELECT value FROM json_each(:principals)))
         AND NOT (f.subject_kind = 'key' AND f.subject_id IN (SELECT value FROM json_each(:keys)))
         AND NOT (${SNOOZED})
       GROUP BY f.connection_id, f.subject_kind, f.subject_id
       UNION ALL
       SELECT f.connection_id, f.subject_kind, f.rule, f.severity, f.first_seen_at, f.id, 0, f.rule IN (${ELSEWHERE})
       FROM ${from} AND f.subject_kind = 'connection')
     SELECT ${CLIENT_REF}, w.rule, w.severity, w.subject_kind AS subjectKind, count(*) AS count,
       min(w.first_seen_at) AS firstSeenAt, max(w.first_seen_at) AS lastSeenAt, min(w.id) AS findingId
     FROM worst w JOIN connection cn ON cn.id = w.connection_id JOIN client c ON c.id = cn.client_id
     WHERE w.elsewhere = 0 AND w.severity IN ('critical', 'high', 'medium')
     GROUP BY c.id, w.rule, w.severity, w.subject_kind`,
    { ...inScope.params, today, principals: idsParam(leavers.principals), keys: idsParam(leavers.keys) },
  )
}
