import type { Op } from '../../../shared/team/op.ts'
import type { NoEffectReason } from '../../../shared/team/outcome.ts'
import type { Reader } from '../db/handles.ts'
import { AGENCY, findLogOf } from './logs.ts'

/** How many operations wait, by log. */
export function countWaiting(reader: Reader): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { log, waiting } of reader.all<{ readonly log: string; readonly waiting: number }>(
    'SELECT log, count(*) AS waiting FROM team_waiting WHERE asked IS NULL GROUP BY log',
  )) {
    const of = log === AGENCY ? (findLogOf(reader, null) ?? AGENCY) : log
    counts.set(of, (counts.get(of) ?? 0) + waiting)
  }
  return counts
}

/** What has no effect in a log: one operation, or a whole batch, whose `op` is null. */
export interface WithoutEffect {
  readonly uid: string
  readonly log: string
  readonly at: number
  readonly device: string
  readonly member: string
  readonly op: Op | null
  readonly reason: NoEffectReason
  readonly placedAt: number | null
}

interface Row extends Omit<WithoutEffect, 'op'> {
  readonly operation: string | null
}

/** An index has these rows in their order. What its author gave up is not listed. */
const OPERATIONS_WITHOUT = (
  own: string,
): string => `SELECT o.uid, o.log, o.place / 512 AS at, o.device, o.member, o.operation,
    o.no_effect AS reason, o.placed_at AS placedAt FROM team_operation o
  WHERE o.no_effect IS NOT NULL AND o.no_effect <> 'dropped' AND ${own} ORDER BY o.id DESC LIMIT :most`
const BATCHES_WITHOUT = (
  own: string,
): string => `SELECT lower(hex(b.head)) AS uid, b.log, b.at, b.device, b.member, NULL AS operation,
    b.no_effect AS reason, b.placed_at AS placedAt FROM team_batch b WHERE b.no_effect IS NOT NULL AND ${own} ORDER BY b.id DESC LIMIT :most`
/** What was refused before it was placed has no device; it is that of this one. */
const OWN = "device IN (:device, '')"

export const WITHOUT_EFFECT = [OWN, `NOT ${OWN}`].map((own) => [OPERATIONS_WITHOUT(own), BATCHES_WITHOUT(own)])

/** What has no effect, at most `most`: that of this device first, each part with what was read last first. */
export function listNoEffect(reader: Reader, device: string, most: number): readonly WithoutEffect[] {
  return WITHOUT_EFFECT.flat()
    .flatMap((sql) => reader.all<Row>(sql, { device, most }))
    .map(({ operation, ...row }) => ({ ...row, op: operation === null ? null : (JSON.parse(operation) as Op) }))
    .slice(0, most)
}

/** A decision that was made by a clock that is known to have been wrong. */
export interface ClockMark {
  readonly uid: string
  readonly log: string
  readonly at: number
  readonly device: string
  readonly member: string
  readonly op: Op
  readonly placedAt: number
  readonly clockMs: number
}

export const CLOCKS = `SELECT uid, log, place / 512 AS at, device, member, operation, placed_at AS placedAt, clock_ms AS clockMs
  FROM team_operation WHERE clock_ms IS NOT NULL ORDER BY id DESC LIMIT :most`

export function listClockMarks(reader: Reader, most: number): readonly ClockMark[] {
  return reader
    .all<Omit<ClockMark, 'op'> & { readonly operation: string }>(CLOCKS, { most })
    .map(({ operation, ...row }) => ({ ...row, op: JSON.parse(operation) as Op }))
}
