import { DEFAULT_POLICY, withOverride, type Policy, type PolicyOverride } from '../../../shared/domain/policy.ts'
import type { Reader, Writer } from '../db/handles.ts'

/** The row of the agency's own policy. */
export const AGENCY = 0

export function policyValues(reader: Reader, clientId: number): PolicyOverride | null {
  const text = reader.value<string>('SELECT "values" FROM policy WHERE client_id = ?', [clientId])
  return text === undefined ? null : (JSON.parse(text) as PolicyOverride)
}

/** The policy that applies to a client (by id), or to the agency. */
export function effectivePolicy(reader: Reader, clientId: number = AGENCY): Policy {
  const agency = withOverride(DEFAULT_POLICY, policyValues(reader, AGENCY))
  return clientId === AGENCY ? agency : withOverride(agency, policyValues(reader, clientId))
}

/** Looks up the policy of a client, read once for each, for work over many rows. */
export function policyLookup(reader: Reader): (clientId: number) => Policy {
  const known = new Map<number, Policy>()
  return (clientId) => {
    const policy = known.get(clientId) ?? effectivePolicy(reader, clientId)
    known.set(clientId, policy)
    return policy
  }
}

/** The values to store: those of the agency stay where none is given, and those of a client replace its own. */
export function toStoredPolicy(reader: Reader, clientId: number, values: PolicyOverride | null): PolicyOverride | null {
  return clientId === AGENCY && values !== null ? { ...policyValues(reader, clientId), ...values } : values
}

export function setPolicyValues(writer: Writer, clientId: number, values: PolicyOverride | null): void {
  if (values === null) writer.run('DELETE FROM policy WHERE client_id = ?', [clientId])
  else {
    writer.run(
      'INSERT INTO policy (client_id, "values") VALUES (?, ?) ON CONFLICT (client_id) DO UPDATE SET "values" = excluded."values"',
      [clientId, JSON.stringify(values)],
    )
  }
}
