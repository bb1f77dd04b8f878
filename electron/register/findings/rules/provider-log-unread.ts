import { defineRule } from '../kit/rule.ts'

export const providerLogUnread = defineRule({
  id: 'provider-log-unread',
  title: 'Provider log off or not readable',
  severity: 'low',
  certainty: 'certain',
  subject: 'connection',
  looksFor: 'What a provider’s own log shows: changes outside the register, and whether it can be read',
  reads: 'The last sync’s reading of the provider log, and its gaps',
  remediation:
    'Turn on the log in the settings of the organization, or use a credential that may read it: without it, no record shows who changed access.',
  actions: [],
  controls: ['SOC 2 CC7.2', 'ISO 27001 A.8.15', 'NIST AU-2', 'PCI 10.2.1'],
  join: "JOIN sync_source s ON s.sync_id = c.sync_id AND s.source = 'audit-log'",
  where: "s.state <> 'complete'",
  evidence: { state: 's.state', reason: 's.reason' },
  say: (e) => (e.reason === null ? 'The log of the provider could not be read.' : String(e.reason)),
})
