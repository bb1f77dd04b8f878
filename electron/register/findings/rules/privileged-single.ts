import { defineRule, named } from '../kit/rule.ts'

export const privilegedSingle = defineRule({
  id: 'privileged-single',
  title: 'Only one owner or admin',
  severity: 'medium',
  certainty: 'opinion',
  doubt: 'One administrator may be enough for a small organization.',
  subject: 'connection',
  looksFor: 'Too many owners and admins, or exactly one',
  reads: 'Organization roles, direct and through groups',
  remediation: 'Give a second person the role, so that control of the organization does not depend on one login.',
  actions: [],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.8.2', 'NIST AC-2'],
  join: `JOIN (SELECT connection_id, count(*) AS people, max(name) AS name FROM temp.f_principal WHERE kind = 'user' AND privileged = 1 GROUP BY connection_id) a ON a.connection_id = c.id`,
  where: 'a.people = 1',
  evidence: { person: 'a.name' },
  say: (e) => `Only ${named(e.person, 'one person')} administers the organization.`,
})
