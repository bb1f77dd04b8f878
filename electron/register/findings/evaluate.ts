import type { Day } from '../../../shared/domain/day.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'
import { ACCEPTED_UNTIL } from './acceptance.ts'
import { ALIASES, type Rule } from './kit/rule.ts'
import { isQuiet, markEarlier } from './quiet.ts'
import { RULES } from './rules.ts'
import { clear, layOut } from './stage.ts'
import { tallyFindings } from './tally.ts'

/** When an evaluation takes place. `today` is the day on the operator's calendar. */
export interface EvaluatedAt {
  readonly now: number
  readonly today: Day
  /** The sync that brought the facts; left out when the reason is a new day or a decision. */
  readonly syncId?: number
}

/**
 * The statement that finds what breaks a rule, over the tables of `stage.ts`: connection, subject, name,
 * evidence, whether it is quiet, its cause, and since when it is seen: from the due instant where that passed after the sync before the last one,
 * otherwise from the last sync. Neither depends on when a register evaluates it.
 */
export function ruleQuery(rule: Rule): string {
  const subject = ALIASES[rule.subject]
  const from =
    rule.subject === 'connection'
      ? 'temp.f_connection c'
      : `temp.${rule.among === 'accounts' ? 'f_account' : `f_${rule.subject}`} ${subject} CROSS JOIN temp.f_connection c ON c.id = ${subject}.connection_id`
  const evidence = Object.entries(rule.evidence).flatMap(([key, value]) => [`'${key}'`, value])
  const { cause, at } = rule.due ?? { cause: "''", at: 'NULL' }
  return `SELECT c.id, ${subject}.id, ${subject}.name, json_object(${evidence.join(', ')}), ${isQuiet(rule.id)},
    ifnull(cast(${cause} AS TEXT), ''), iif(${at} > coalesce(c.synced_before_at, c.synced_at, c.created_at), ${at}, NULL), ifnull(c.synced_at, :now) FROM ${from} ${rule.join ?? ''} WHERE ${rule.where}`
}

/**
 * Evaluates every rule over some connections: new findings are opened, findings that no longer apply are resolved,
 * changed evidence is updated. Nothing else is written, so that an evaluation without changes writes almost nothing.
 */
export function evaluateFindings(writer: Writer, connectionIds: readonly number[], at: EvaluatedAt): void {
  for (const ids of sliceConnections(writer, connectionIds)) evaluateSlice(writer, ids, at)
}

/** About how many keys the temporary tables hold at a time. */
const SLICE = 25_000
/** The weight of a connection for all but its keys, in keys. */
const ALL_BUT_KEYS = 1000

/**
 * Connections that are evaluated together, by their ids: together, since each evaluation takes many small statements;
 * few, since the temporary tables are held in memory.
 */
function sliceConnections(reader: Reader, ids: readonly number[]): readonly (readonly number[])[] {
  const slices: number[][] = []
  let size = SLICE
  for (const { id, keys } of reader.all<{ readonly id: number; readonly keys: number }>(
    `SELECT j.value AS id, ifnull(t.keys, 0) AS keys FROM json_each(?) j LEFT JOIN connection_tally t ON t.connection_id = j.value ORDER BY j.value`,
    [idsParam(ids)],
  )) {
    if (size >= SLICE) {
      slices.push([])
      size = 0
    }
    slices.at(-1)?.push(id)
    size += keys + ALL_BUT_KEYS
  }
  return slices
}

function evaluateSlice(writer: Writer, connectionIds: readonly number[], at: EvaluatedAt): void {
  const { now, today } = at
  layOut(writer, connectionIds, now)
  writer.run(
    `CREATE TEMP TABLE IF NOT EXISTS f_found (connection_id INTEGER, rule TEXT, subject_id INTEGER, severity TEXT,
       subject_kind TEXT, name TEXT, evidence TEXT, quiet INTEGER, cause TEXT, due_at INTEGER, synced_at INTEGER, PRIMARY KEY (connection_id, rule, subject_id)) WITHOUT ROWID`,
  )
  writer.run('DELETE FROM temp.f_found')
  for (const rule of RULES) {
    writer.run(
      `INSERT INTO temp.f_found (connection_id, subject_id, name, evidence, quiet, cause, due_at, synced_at, rule, severity, subject_kind)
       SELECT *, '${rule.id}', '${rule.severity}', '${rule.subject}' FROM (${ruleQuery(rule)})`,
      { now, today },
    )
  }
  const changes = markEarlier(writer) + merge(writer, at)
  if (changes > 0) tallyFindings(writer, connectionIds)
  const remember = writer.prepare(
    `INSERT INTO finding_evaluation (connection_id, day, at, quiet_rules)
     VALUES (:id, :today, :now, (SELECT c.quiet_rules FROM temp.f_connection c WHERE c.id = :id))
     ON CONFLICT (connection_id) DO UPDATE SET day = excluded.day, at = excluded.at, stale = 0, quiet_rules = excluded.quiet_rules`,
  )
  for (const id of connectionIds) remember({ id, today, now })
  writer.run('DELETE FROM temp.f_found')
  clear(writer)
}

/** When the finding `f` is first seen: a sync of these facts sees it as it is applied. */
const SEEN_AT = 'coalesce(f.due_at, iif(:sync IS NULL, f.synced_at, :now))'

/** The sync that brought the finding `f`; null where a day did. */
const FIRST_SYNC = 'iif(f.due_at IS NULL, :sync, NULL)'

const SAME = 'f.connection_id = finding.connection_id AND f.rule = finding.rule AND f.subject_id = finding.subject_id'

/** Returns how many findings changed. */
function merge(writer: Writer, { now, syncId }: EvaluatedAt): number {
  const resolved = writer.run(
    `UPDATE finding SET resolved_at = :now, resolved_sync = :sync
     WHERE resolved_at IS NULL AND connection_id IN (SELECT id FROM temp.f_connection)
       AND NOT EXISTS (SELECT 1 FROM temp.f_found f WHERE ${SAME})`,
    { now, sync: syncId ?? null },
  )
  // From new results to open findings: the other order would read the findings of every connection.
  const changed = writer.run(
    `UPDATE finding SET (evidence, name, severity, quiet, cause, first_sync, first_seen_at, accepted_until) = (
       SELECT f.evidence, f.name, f.severity, f.quiet, f.cause, iif(f.cause = finding.cause, finding.first_sync, ${FIRST_SYNC}),
         iif(f.cause = finding.cause, finding.first_seen_at, ${SEEN_AT}),
         iif(f.cause = finding.cause, finding.accepted_until, ${ACCEPTED_UNTIL}) FROM temp.f_found f WHERE ${SAME})
     WHERE id IN (SELECT o.id FROM temp.f_found f CROSS JOIN finding o INDEXED BY finding_standing
       ON o.resolved_at IS NULL AND o.connection_id = f.connection_id AND o.rule = f.rule AND o.subject_id = f.subject_id
       WHERE o.evidence <> f.evidence OR o.name <> f.name OR o.severity <> f.severity OR o.quiet <> f.quiet OR o.cause <> f.cause)`,
    { now, sync: syncId ?? null },
  )
  const opened = writer.run(
    `INSERT INTO finding (connection_id, rule, severity, subject_kind, subject_id, name, evidence, quiet, cause, first_sync, first_seen_at, accepted_until)
     SELECT f.connection_id, f.rule, f.severity, f.subject_kind, f.subject_id, f.name, f.evidence, f.quiet, f.cause,
       ${FIRST_SYNC}, ${SEEN_AT}, ${ACCEPTED_UNTIL}
     FROM temp.f_found f WHERE NOT EXISTS (SELECT 1 FROM finding WHERE finding.resolved_at IS NULL AND ${SAME})`,
    { now, sync: syncId ?? null },
  )
  return resolved.changes + changed.changes + opened.changes
}

/** True if the evaluation `e` of a connection is not one of today, or a decision came after it; also where there is none. */
export const IS_STALE = '(e.connection_id IS NULL OR e.stale = 1 OR e.day <> :today)'

/** Connections that no evaluation of today covers: never evaluated, of an earlier day, or changed by a decision since. */
export const STALE = `SELECT cn.id FROM connection cn LEFT JOIN finding_evaluation e ON e.connection_id = cn.id
  WHERE cn.removed_at IS NULL AND ${IS_STALE}`

/** Evaluates what is out of date. Returns how many connections were. */
export function evaluateStale(writer: Writer, at: EvaluatedAt): number {
  const stale = writer.column<number>(STALE, { today: at.today })
  if (stale.length > 0) evaluateFindings(writer, stale, at)
  return stale.length
}
