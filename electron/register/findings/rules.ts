import type { Rule } from './kit/rule.ts'
import { ADMIN_KEYS_RULES } from './rules/admin-keys.ts'
import { CONNECTIONS_RULES } from './rules/connections.ts'
import { FEDERATION_RULES } from './rules/federation.ts'
import { KEYS_RULES } from './rules/keys.ts'
import { LIMITS_RULES } from './rules/limits.ts'
import { PEOPLE_RULES } from './rules/people.ts'
import { PLAN_RULES } from './rules/plan.ts'
import { PRIVILEGES_RULES } from './rules/privileges.ts'
import { PROJECTS_RULES } from './rules/projects.ts'

/** All rules, in the order of their ranks. A new rule is an entry in the file of its subject, with its test cases. */
export const RULES: readonly Rule[] = [
  ...ADMIN_KEYS_RULES,
  ...CONNECTIONS_RULES,
  ...FEDERATION_RULES,
  ...KEYS_RULES,
  ...LIMITS_RULES,
  ...PEOPLE_RULES,
  ...PLAN_RULES,
  ...PRIVILEGES_RULES,
  ...PROJECTS_RULES,
].toSorted((a, b) => a.rank - b.rank)

const BY_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]))

/** The rule with an id; undefined for one that a newer version wrote. */
export function parseRule(id: string): Rule | undefined {
  return BY_ID.get(id)
}
