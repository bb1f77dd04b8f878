import { z } from 'zod'

import { clientRef, id, instant } from '../../../shared/contract/common.ts'
import { subjectKind } from '../../../shared/contract/findings.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { RISKS } from '../../../shared/domain/today/matter.ts'
import { CLIENT_REF } from '../clients/client.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { connectionsInScope, idsParam, type Scope, type Sql } from '../db/scope.ts'
import { isListedByRule, ROTATION_RULES, toRuleList, WORST_ORDER } from '../findings/tally.ts'

const columns = z.object({
  client: clientRef,
  rule: z.string(),
  severity: z.enum(RISKS),
  subjectKind,
  count: z.number().int(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  /** One of the connections that have them. */
  connectionId: id,
})

/** Open findings of one rule at a client. */
export interface RuleFindings extends z.output<typeof columns> {
  /** Where there is one only. */
  readonly findingId: number | null
}

/** The accounts and keys of leavers. */
export interface LeaverSubjects {
  readonly principals: readonly number[]
  readonly keys: readonly number[]
}

/** Of a key that is snoozed, the findings about its due day: they hide none of its others. */
const isSnoozed = (f: string): string =>
  `${f}.subject_kind = 'key' AND ${f}.rule IN (${toRuleList(ROTATION_RULES)})
     AND ${f}.subject_id IN (SELECT k.id FROM key k INDEXED BY key_snoozed WHERE k.snoozed_until > :today)`

const isOfLeaver = (f: string): string =>
  `${f}.subject_kind = 'principal' AND ${f}.subject_id IN (SELECT value FROM json_each(:principals))
     OR ${f}.subject_kind = 'key' AND ${f}.subject_id IN (SELECT value FROM json_each(:keys))`

const isCounted = (f: string): string => `${f}.resolved_at IS NULL AND ${f}.quiet = 0`

/** The condition of Today's count, apart from the scope. */
const isListed = (f: string): string =>
  `${isCounted(f)} AND ifnull(${f}.accepted_until < :today, 1) AND NOT (${isSnoozed(f)}) AND NOT (${isOfLeaver(f)})`

const ACCEPTED = `finding f INDEXED BY finding_accepted WHERE f.accepted_until >= :today AND ${isCounted('f')}`

/** Subjects whose findings Today does not all count. */
const AFFECTED = `SELECT f.connection_id, f.subject_kind, f.subject_id FROM ${ACCEPTED} AND f.subject_kind <> 'connection'
  UNION SELECT k.connection_id, 'key', k.id FROM key k INDEXED BY key_snoozed WHERE k.snoozed_until > :today
  UNION SELECT p.connection_id, 'principal', p.id FROM json_each(:principals) j CROSS JOIN principal p ON p.id = j.value
  UNION SELECT k.connection_id, 'key', k.id FROM json_each(:keys) j CROSS JOIN key k ON k.id = j.value`

const PLACE = 'f.connection_id, f.subject_kind, f.rule, f.severity, f.first_seen_at'

/** The worst finding of each affected subject, among those with a condition. */
const worstOfAffected = (condition: string): string =>
  `SELECT ${PLACE}, min(${WORST_ORDER('f')}) FROM affected a CROSS JOIN finding f INDEXED BY finding_today
     ON f.connection_id = a.connection_id AND f.subject_kind = a.subject_kind AND f.subject_id = a.subject_id
   WHERE ${condition} GROUP BY a.connection_id, a.subject_kind, a.subject_id`

/**
 * Open findings of medium severity and more by client and rule, each subject only under its most severe rule. A subject
 * that comes into Today by another way is left out, unless another of its findings is more severe than what brings it
 * there: a due day that is snoozed, in Today or at the key, must not hide that. A connection is the subject of unlike
 * findings, so each of them is counted. The tally of the evaluation is read, and corrected for subjects with accepted,
 * snoozed or a leaver's findings: these are counted one by one.
 */
export function ruleFindings(reader: Reader, scope: Scope, today: Day, leavers: LeaverSubjects): RuleFindings[] {
  const inScope = connectionsInScope(scope)
  const excluded: Sql['params'] = { today, principals: idsParam(leavers.principals), keys: idsParam(leavers.keys) }
  const rows = readRows(
    reader,
    columns,
    `WITH affected AS MATERIALIZED (${AFFECTED}),
     whole AS (${worstOfAffected(isCounted('f'))}),
     listed AS (${worstOfAffected(isListed('f'))}),
     counted AS (
       SELECT ${PLACE}, f.count FROM finding_worst_tally f WHERE f.connection_id IN (${inScope.text})
       UNION ALL SELECT ${PLACE}, -1 FROM whole f
       UNION ALL SELECT ${PLACE}, 1 FROM listed f
       UNION ALL SELECT ${PLACE}, -1 FROM ${ACCEPTED} AND f.subject_kind = 'connection'),
     placed AS (
       SELECT ${PLACE}, sum(f.count) AS count FROM counted f
       WHERE ${isListedByRule('f')} AND f.connection_id IN (${inScope.text})
       GROUP BY ${PLACE} HAVING sum(f.count) > 0)
     SELECT ${CLIENT_REF}, f.rule, f.severity, f.subject_kind AS subjectKind, sum(f.count) AS count,
       min(f.first_seen_at) AS firstSeenAt, max(f.first_seen_at) AS lastSeenAt, max(f.connection_id) AS connectionId
     FROM placed f JOIN connection cn ON cn.id = f.connection_id JOIN client c ON c.id = cn.client_id
     GROUP BY c.id, f.rule, f.severity, f.subject_kind`,
    { ...inScope.params, ...excluded },
  )
  const single = findSingle(
    reader,
    rows.filter(({ count }) => count === 1),
    excluded,
  )
  return rows.map((row) => ({
    ...row,
    findingId: row.count === 1 ? (single.get(toPlace(row)) ?? null) : null,
  }))
}

type RulePlace = Pick<RuleFindings, 'connectionId' | 'subjectKind' | 'rule'>

function toPlace({ connectionId, subjectKind: kind, rule }: RulePlace): string {
  return `${connectionId} ${kind} ${rule}`
}

/** The findings that are the only listed ones of a rule at a connection. */
function findSingle(reader: Reader, rows: readonly RulePlace[], excluded: Sql['params']): ReadonlyMap<string, number> {
  const found = reader.all<{ readonly place: string; readonly id: number }>(
    `SELECT concat_ws(' ', f.connection_id, f.subject_kind, f.rule) AS place, f.id
     FROM json_each(:places) j CROSS JOIN finding f INDEXED BY finding_standing
       ON f.connection_id = j.value ->> 'connectionId' AND f.rule = j.value ->> 'rule' AND f.subject_kind = j.value ->> 'subjectKind'
     WHERE ${isListed('f')} AND (f.subject_kind = 'connection' OR NOT EXISTS (
       SELECT 1 FROM finding o INDEXED BY finding_today
       WHERE o.connection_id = f.connection_id AND o.subject_kind = f.subject_kind AND o.subject_id = f.subject_id
         AND ${isListed('o')} AND ${WORST_ORDER('o')} < ${WORST_ORDER('f')}))`,
    {
      ...excluded,
      places: JSON.stringify(
        rows.map(({ connectionId, subjectKind: kind, rule }) => ({ connectionId, subjectKind: kind, rule })),
      ),
    },
  )
  return new Map(found.map(({ place, id: findingId }) => [place, findingId]))
}
