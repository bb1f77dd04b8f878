import { certaintyRank } from '../../../shared/domain/certainty.ts'
import type { Policy } from '../../../shared/domain/policy.ts'
import type { Writer } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'
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

/** True if a rule is among the quiet ones of the connection `c` under evaluation, in SQL. */
export function isQuiet(rule: string): string {
  return `instr(c.quiet_rules, '"${rule}"') > 0`
}

/**
 * Gives the findings of earlier evaluations the level of the next one, where the quiet rules are others than before.
 * Returns how many findings have another level now. A connection that was never evaluated has none, so the findings of
 * all others are not read for it.
 */
export function markEarlier(writer: Writer): number {
  const changed = writer.column<number>(
    `SELECT c.id FROM temp.f_connection c JOIN finding_evaluation e ON e.connection_id = c.id WHERE e.quiet_rules IS NOT c.quiet_rules`,
  )
  if (changed.length === 0) return 0
  const isQuietNow = `finding.rule IN (SELECT j.value FROM temp.f_connection c, json_each(c.quiet_rules) j WHERE c.id = finding.connection_id)`
  const { changes } = writer.run(
    `UPDATE finding SET quiet = NOT quiet WHERE connection_id IN (SELECT value FROM json_each(?)) AND quiet <> (${isQuietNow})`,
    [idsParam(changed)],
  )
  return changes
}
