import type { PolicyOverride } from '../../../shared/domain/policy.ts'
import { policyLookup, setPolicyValues } from '../clients/policy.ts'
import type { Writer } from '../db/handles.ts'
import { deriveDue, deriveNames } from '../keys/derive-keys.ts'
import { evaluateFindings, type EvaluatedAt } from './evaluate.ts'

/** The policy that is tried: its owner (0: the agency), and the values that it would have; null: none of its own. */
export interface TriedPolicy {
  readonly owner: number
  readonly values: PolicyOverride | null
}

/** The rules of the findings that one connection would have more, and of those that it would have no longer. */
export interface Difference {
  readonly more: readonly string[]
  readonly fewer: readonly string[]
}

const KEYS = 'SELECT id FROM key WHERE connection_id = :connection AND standing = 1'

/**
 * Tries which counted findings of a connection another policy changes. It writes what saving the policy would write and
 * findings read (not the attribution of usage), so it runs in a transaction that is rolled back (`rehearse`). Findings
 * of connections do not depend on those of others.
 */
export function tryPolicy(writer: Writer, connectionId: number, policy: TriedPolicy, at: EvaluatedAt): Difference {
  evaluateFindings(writer, [connectionId], at)
  const before = countedFindings(writer, connectionId)
  setPolicyValues(writer, policy.owner, policy.values)
  deriveNames(writer, KEYS, { connection: connectionId })
  deriveDue(writer, policyLookup(writer), KEYS, { connection: connectionId })
  evaluateFindings(writer, [connectionId], at)
  const after = countedFindings(writer, connectionId)
  const without = (all: FindingKeys, others: FindingKeys): string[] =>
    [...all].flatMap(([id, rule]) => (others.has(id) ? [] : [rule]))
  return { more: without(after, before), fewer: without(before, after) }
}

/** Rules by rule and subject. */
type FindingKeys = ReadonlyMap<string, string>

function countedFindings(writer: Writer, connectionId: number): FindingKeys {
  const rows = writer.all<{ readonly rule: string; readonly subject: number }>(
    'SELECT rule, subject_id AS subject FROM finding WHERE connection_id = ? AND resolved_at IS NULL AND quiet = 0',
    [connectionId],
  )
  return new Map(rows.map(({ rule, subject }) => [`${rule} ${subject}`, rule]))
}
