import type { UsageFact } from './fact.ts'
import type { USAGE_MEASURES } from './rollups.ts'

/** The measures: requests, tokens, and money in micro-USD. */
export type UsageMeasures = Pick<UsageFact, (typeof USAGE_MEASURES)[number]>

export function getSum(rows: readonly UsageMeasures[]): UsageMeasures {
  const sum = (measure: keyof UsageMeasures): number => rows.reduce((total, row) => total + row[measure], 0)
  return {
    requests: sum('requests'),
    input: sum('input'),
    cached: sum('cached'),
    cacheWrite: sum('cacheWrite'),
    output: sum('output'),
    cost: sum('cost'),
    estimate: sum('estimate'),
  }
}
