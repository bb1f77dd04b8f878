import type { RemediationRow } from '../../../../shared/contract/remediation.ts'

/** A pending change, as the service returns it. */
export function toRemediation(change: Partial<RemediationRow> = {}): RemediationRow {
  return {
    remediationId: 1,
    client: { slug: 'acme', name: 'Acme', colour: '#136e80' },
    connection: { id: 1, label: 'Acme on OpenAI', provider: 'openai', organizationId: null, access: 'read-write' },
    action: 'member-remove',
    subject: { kind: 'principal', id: 7, name: 'Tomas Okafor' },
    values: {},
    origin: { kind: 'finding', id: 3 },
    state: 'waiting',
    says: 'Remove Tomas Okafor from the organization',
    outcome: null,
    shown: null,
    recorded: null,
    secretHeld: false,
    approval: null,
    addedAt: 0,
    addedBy: 'Sam',
    endedAt: null,
    ...change,
  }
}
