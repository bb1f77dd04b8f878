import { costOfNano } from '../../../shared/domain/usage/cost.ts'
import type { UsageFact } from '../../../shared/domain/usage/fact.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import { parseNanoUsd } from '../../../shared/domain/text/money.ts'
import type { ReadUsage, UsageOutcome } from '../kit/usage.ts'
import { openFileUsage } from './open.ts'
import type { FileUsage } from './schema.ts'
import { FileRefused } from '../kit/errors.ts'

const REPORTS = ['cost', 'completions'] as const

/** One fact for each combination of dimensions: rows of the same one are added up. */
function toFacts(rows: readonly FileUsage[]): readonly UsageFact[] {
  const facts = new Map<string, UsageFact>()
  // Rows and credits of one place may pass what is exact in between.
  const nanos = new Map<string, bigint>()
  for (const row of rows) {
    const place = {
      day: dayNumber(Date.parse(row.day)),
      project: row.project ?? null,
      key: row.key ?? null,
      principal: row.principal ?? null,
      model: row.model ?? null,
      item: row.item ?? '',
    }
    const id = JSON.stringify(place)
    const before = facts.get(id)
    const nano = (nanos.get(id) ?? 0n) + (parseNanoUsd(row.costUsd) ?? 0n)
    nanos.set(id, nano)
    facts.set(id, {
      ...place,
      requests: row.requests + (before?.requests ?? 0),
      input: row.input + (before?.input ?? 0),
      cached: row.cached + (before?.cached ?? 0),
      cacheWrite: row.cacheWrite + (before?.cacheWrite ?? 0),
      output: row.output + (before?.output ?? 0),
      ...costOfNano(nano),
      estimate: 0,
    })
  }
  return [...facts.values()]
}

const NOTHING = { requests: 0, input: 0, cached: 0, cacheWrite: 0, output: 0 }

/**
 * Imports the usage of a connection's file: all its days, however old, since a file may correct any. Days before its
 * first and after its last are kept.
 */
export const fileUsage: ReadUsage = async (access, _span, take, signal) => {
  signal.throwIfAborted()
  try {
    const rows = await openFileUsage(access, signal)
    if (rows === null) return outcomes({ state: 'unavailable', reason: 'The file leaves out "usage".' })
    const facts = toFacts(rows)
    if (facts.length === 0) return outcomes({ state: 'complete', reason: null, readTo: null })
    const from = facts.reduce((first, { day }) => Math.min(first, day), Number.POSITIVE_INFINITY)
    const to = facts.reduce((last, { day }) => Math.max(last, day), 0) + 1
    take({ report: 'cost', from, to, facts: facts.map((fact) => ({ ...fact, ...NOTHING })) })
    take({ report: 'completions', from, to, facts: facts.map((fact) => ({ ...fact, cost: 0, costNano: 0 })) })
    return outcomes({ state: 'complete', reason: null, readFrom: from, readTo: to })
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof FileRefused)) throw error
    return outcomes({ state: 'failed', reason: error.message })
  }
}

function outcomes(end: Omit<UsageOutcome, 'report'>): readonly UsageOutcome[] {
  return REPORTS.map((report) => ({ report, ...end }))
}
