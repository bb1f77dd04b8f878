import { count, defineRule } from '../kit/rule.ts'

export const adminKeysTooMany = defineRule({
  id: 'admin-keys-too-many',
  title: 'Too many admin keys',
  severity: 'medium',
  certainty: 'certain',
  subject: 'connection',
  looksFor: 'Admin keys that are old, unused, expiring or too numerous',
  reads: 'Admin keys',
  remediation: 'Delete the keys without a known purpose; one key for each automation is enough.',
  actions: ['admin-keys'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.2', 'NIST AC-6', 'CIS 5'],
  join: `JOIN (SELECT connection_id, count(*) AS keys FROM temp.f_key WHERE kind = 'admin' GROUP BY connection_id) a ON a.connection_id = c.id`,
  where: 'a.keys > c.max_admin_keys',
  evidence: { keys: 'a.keys', most: 'c.max_admin_keys' },
  say: (e) => `There are ${count(e.keys, 'admin key', 'admin keys')}; the policy allows ${e.most}.`,
})
