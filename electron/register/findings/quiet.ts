import { certaintyRank } from '../../../shared/domain/certainty.ts'
import type { Policy } from '../../../shared/domain/policy.ts'
import type { Writer } from '../db/handles.ts'
import { RULES } from './rules.ts'

/**
 * The condition of a finding `f` that is counted: in lists unless others are asked for, in badges, totals and trends.
 * The others are quiet: their rule is less certain than what the client's policy counts.
 */
export const COUNTED = 'f.quiet = 0'

/** The rules whose findings a policy leaves uncounted: by their certainty, or by name. */
export function quietRules(policy: Policy): readonly string[] {
  const least = certaintyRank(policy.countedFindings)
  return RULES.map(({ id, certainty }) => ({ id, isLess: certaintyRank(certainty) > least }))
    .filter(({ id, isLess }) => isLess || policy.quietRules.includes(id))
    .map(({ id }) => id)
}

/** Whether a rule is among the quiet ones of the connection `c` under evaluation, in SQL. */
export function isQuiet(rule: string): string {
  return `instr(c.quiet_rules, '"${rule}"') > 0`
}

/**
 * Gives the findings of the past the same level as the open ones, where the quiet rules are others than before. Returns
 * how many findings there are where they are.
 */
export function markEarlier(writer: Writer): number {
  const { changes } = writer.run(
    `UPDATE finding SET quiet = finding.rule IN (SELECT j.value FROM temp.f_connection c, json_each(c.quiet_rules) j
       WHERE c.id = finding.connection_id)
     WHERE connection_id IN (SELECT c.id FROM temp.f_connection c LEFT JOIN finding_evaluation e ON e.connection_id = c.id
       WHERE e.quiet_rules IS NOT c.quiet_rules)`,
  )
  return changes
}
