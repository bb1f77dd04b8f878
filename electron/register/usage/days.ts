import { carriedCost, type Cost } from '../../../shared/domain/usage/cost.ts'
import type { UsageFact, UsageReport } from '../../../shared/domain/usage/fact.ts'
import {
  monthOfDay,
  USAGE_ROLLUPS,
  KEPT_MEASURES,
  type UsageDimension,
  type UsageRollup,
} from '../../../shared/domain/usage/rollups.ts'
import type { UsageMeasures } from '../../../shared/domain/usage/measures.ts'
import type { Writer } from '../db/handles.ts'
import { addToCells, type CellSum, type UsageOwner } from './cells.ts'
import { assertExact } from './exact-sums.ts'
import { usageNames } from './names.ts'

/** A report's complete data for some days; it replaces earlier data for them. */
export interface ReportedDays {
  readonly report: UsageReport
  /** Days since 1970-01-01, UTC; the first, and the one after the last. */
  readonly from: number
  readonly to: number
  readonly facts: readonly UsageFact[]
}

/** A fact with numbered words: day, project, key, principal, model; item; measures. */
interface Row {
  readonly day: number
  readonly project: number
  readonly key: number
  readonly principal: number
  readonly model: number
  readonly item: string
  readonly measures: readonly number[]
}

const NAMED = ['project', 'key', 'principal', 'model'] as const satisfies readonly UsageDimension[]

/**
 * Stores what a provider reports about some days: the facts unchanged, and the cells by the difference. A repeated
 * report changes nothing; a correction changes the sums by the difference. Returns how many facts are new, changed or
 * removed. Throws `SumRefused`.
 */
export function replaceUsageDays(writer: Writer, owner: UsageOwner, days: ReportedDays): number {
  const before = stored(writer, owner, days)
  const after = numbered(writer, owner, days)
  const changed = [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [old, now] = [before.get(id), after.get(id)]
    return old && now && old.measures.every((measure, n) => measure === now.measures[n]) ? [] : [{ old, now }]
  })
  const remove = writer.prepare(
    `DELETE FROM usage_fact WHERE connection_id = ? AND day = ? AND report = ? AND project = ? AND key = ? AND principal = ? AND model = ? AND item = ?`,
  )
  const put = writer.prepare(
    `INSERT INTO usage_fact (connection_id, day, report, project, key, principal, model, item, requests, input, cached, cache_write, output, cost, estimate, cost_nano)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const place = (row: Row): readonly (string | number)[] => [
    owner.connectionId,
    row.day,
    days.report,
    row.project,
    row.key,
    row.principal,
    row.model,
    row.item,
  ]
  const deltas = newDeltas(writer, owner.clientId)
  for (const { old, now } of changed) {
    if (old) {
      remove(place(old))
      deltas.add(old, -1)
    }
    if (now) {
      put([...place(now), ...now.measures])
      deltas.add(now, 1)
    }
  }
  addToCells(writer, owner, deltas.sums())
  return changed.length
}

function identity(row: Omit<Row, 'measures'>): string {
  return JSON.stringify([row.day, row.project, row.key, row.principal, row.model, row.item])
}

interface StoredDay extends UsageMeasures, Cost, Omit<Row, 'measures'> {}

function stored(writer: Writer, owner: UsageOwner, { report, from, to }: ReportedDays): Map<string, Row> {
  const rows = writer.all<StoredDay>(
    `SELECT day, project, key, principal, model, item, requests, input, cached, cache_write AS cacheWrite, output, cost,
       estimate, cost_nano AS costNano
     FROM usage_fact WHERE connection_id = ? AND day >= ? AND day < ? AND report = ?`,
    [owner.connectionId, from, to, report],
  )
  return new Map(
    rows.map(({ requests, input, cached, cacheWrite, output, cost, estimate, costNano, ...place }) => {
      const row = { ...place, measures: [requests, input, cached, cacheWrite, output, cost, estimate, costNano] }
      return [identity(row), row]
    }),
  )
}

/** The facts with numbered words; facts with the same dimensions are added up. Days outside the span are left out. */
function numbered(writer: Writer, owner: UsageOwner, { from, to, facts }: ReportedDays): Map<string, Row> {
  const within = facts.filter(({ day }) => day >= from && day < to)
  const numbers = Object.fromEntries(
    NAMED.map((dimension) => {
      const words = [...new Set(within.map((fact) => fact[dimension] ?? ''))]
      const ids = usageNames(writer, owner.clientId, dimension, words)
      return [dimension, new Map(words.map((word, n) => [word, ids[n] ?? 0]))]
    }),
  ) as Record<(typeof NAMED)[number], Map<string, number>>
  const rows = new Map<string, Row>()
  for (const fact of within) {
    const place = {
      day: fact.day,
      project: numbers.project.get(fact.project ?? '') ?? 0,
      key: numbers.key.get(fact.key ?? '') ?? 0,
      principal: numbers.principal.get(fact.principal ?? '') ?? 0,
      model: numbers.model.get(fact.model ?? '') ?? 0,
      item: fact.item,
    }
    const id = identity(place)
    const before = rows.get(id)
    const measures = KEPT_MEASURES.map((measure, n) => (fact[measure] ?? 0) + (before?.measures[n] ?? 0))
    measures.forEach(assertExact)
    rows.set(id, { ...place, measures: carried(measures) })
  }
  return rows
}

const [COST, COST_NANO] = [KEPT_MEASURES.indexOf('cost'), KEPT_MEASURES.indexOf('costNano')]

/** Normalizes the cost of measures, so that a fact that is reported again is found unchanged. */
function carried(measures: readonly number[]): readonly number[] {
  const { cost, costNano } = carriedCost({ cost: measures[COST] ?? 0, costNano: measures[COST_NANO] ?? 0 })
  return measures.with(COST, cost).with(COST_NANO, costNano)
}

const ROLLUPS: readonly UsageRollup[] = USAGE_ROLLUPS

interface Deltas {
  add(row: Row, sign: 1 | -1): void
  sums(): CellSum[]
}

/** Collects facts that are added (1) or taken back (-1) as sums of cells, one for each cell that changes. */
export function newDeltas(writer: Writer, clientId: number): Deltas {
  const [feature = 0] = usageNames(writer, clientId, 'feature', [''])
  const cells = new Map<string, { face: number; period: number; a: number; b: number; c: number; measures: number[] }>()
  return {
    add(row, sign) {
      const words: Readonly<Record<UsageDimension, number>> = { ...row, feature }
      const month = monthOfDay(row.day)
      for (const [face, { period, by }] of ROLLUPS.entries()) {
        const at = period === 'day' ? row.day : month
        const [first, second, third] = by
        const a = first === undefined ? 0 : words[first]
        const b = second === undefined ? 0 : words[second]
        const c = third === undefined ? 0 : words[third]
        const id = `${face} ${at} ${a} ${b} ${c}`
        let cell = cells.get(id)
        if (cell === undefined) {
          cell = { face, period: at, a, b, c, measures: KEPT_MEASURES.map(() => 0) }
          cells.set(id, cell)
        }
        // In place, since a year of an organization has a million of these sums.
        for (const [n, measure] of row.measures.entries()) {
          const sum = (cell.measures[n] ?? 0) + sign * measure
          assertExact(sum)
          cell.measures[n] = sum
        }
      }
    },
    sums: () =>
      [...cells.values()]
        .filter(({ measures }) => measures.some((measure) => measure !== 0))
        .toSorted((x, y) => x.face - y.face || x.period - y.period || x.a - y.a || x.b - y.b || x.c - y.c),
  }
}
