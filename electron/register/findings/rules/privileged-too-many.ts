import { count, defineRule } from '../kit/rule.ts'

export const privilegedTooMany = defineRule({
  id: 'privileged-too-many',
  title: 'Too many owners and admins',
  severity: 'medium',
  certainty: 'certain',
  subject: 'connection',
  looksFor: 'Too many owners and admins, or exactly one',
  reads: 'Organization roles, direct and through groups',
  remediation: 'Lower the role of people who do not administer it; members can still be granted single projects.',
  actions: ['privileged'],
  controls: ['NIS2 11.3', 'SOC 2 CC6.3', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.5', 'CIS 5', 'CIS 6'],
  join: `JOIN (SELECT connection_id, count(*) AS people FROM temp.f_principal WHERE kind = 'user' AND privileged = 1 GROUP BY connection_id) a ON a.connection_id = c.id`,
  where: 'a.people > c.max_privileged',
  evidence: { people: 'a.people', most: 'c.max_privileged' },
  say: (e) =>
    `${count(e.people, 'person administers', 'people administer')} the organization; the policy allows ${e.most}.`,
})
