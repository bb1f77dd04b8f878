import type { Writer } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'
import { RANK } from './list.ts'

/** The rules about the day on which a key is due. */
export const ROTATION_RULES = ['rotation-overdue', 'admin-key-old'] as const

export function toRuleList(rules: readonly string[]): string {
  return rules.map((rule) => `'${rule}'`).join(', ')
}

/** Rules whose subjects come into Today by another way for as long as they are open: as leavers, due keys, reviews, connections and invites. */
export const RULES_ELSEWHERE = [
  ...ROTATION_RULES,
  'leaver-with-access',
  'review-overdue',
  'sync-stale',
  'invite-expired',
] as const

const ELSEWHERE = toRuleList(RULES_ELSEWHERE)

/**
 * The order of the findings of one subject, the worst first: by severity; what brings the subject into Today by another
 * way before others; by rule.
 */
export const WORST_ORDER = (alias: string): string =>
  `(2 * ${RANK(`${alias}.severity`)} + (${alias}.rule NOT IN (${ELSEWHERE}))) || ${alias}.rule`

/** The condition of Today's list by its rule, of the worst findings. */
export const isListedByRule = (alias: string): string =>
  `${alias}.severity IN ('critical', 'high', 'medium') AND ${alias}.rule NOT IN (${ELSEWHERE})`

/** Counts the open findings of some connections again: all of them, and of each subject the worst one. */
export function tallyFindings(writer: Writer, connectionIds: readonly number[]): void {
  const ids = { ids: idsParam(connectionIds) }
  const from = (index: string): string => `finding f INDEXED BY ${index}
    WHERE f.connection_id IN (SELECT value FROM json_each(:ids)) AND f.resolved_at IS NULL AND f.quiet = 0`
  for (const table of ['finding_tally', 'finding_worst_tally']) {
    writer.run(`DELETE FROM ${table} WHERE connection_id IN (SELECT value FROM json_each(:ids))`, ids)
  }
  writer.run(
    `INSERT INTO finding_tally (connection_id, severity, count)
     SELECT f.connection_id, f.severity, count(*) FROM ${from('finding_summary')} GROUP BY f.connection_id, f.severity`,
    ids,
  )
  const place = 'f.connection_id, f.subject_kind, f.rule, f.severity, f.first_seen_at'
  writer.run(
    `INSERT INTO finding_worst_tally (connection_id, subject_kind, rule, severity, first_seen_at, count)
     WITH worst AS (
       SELECT ${place}, min(${WORST_ORDER('f')}) FROM ${from('finding_today')} AND f.subject_kind <> 'connection'
       GROUP BY f.connection_id, f.subject_kind, f.subject_id
       UNION ALL
       SELECT ${place}, '' FROM ${from('finding_today')} AND f.subject_kind = 'connection')
     SELECT ${place}, count(*) FROM worst f WHERE ${isListedByRule('f')} GROUP BY ${place}`,
    ids,
  )
}
