import { count, defineRule } from '../kit/rule.ts'

export const lastUseNotReported = defineRule({
  id: 'last-use-not-reported',
  title: 'Key use not reported',
  severity: 'info',
  certainty: 'opinion',
  doubt: 'Nothing is wrong: it shows a limit of what can be known.',
  subject: 'connection',
  looksFor: 'Use that is not reported, so that no conclusion is possible',
  reads: 'Last use of keys',
  remediation: 'Ask the owners of these keys: the provider’s data does not show whether they are used.',
  actions: [],
  controls: ['NIST AC-2', 'CIS 5'],
  join: `JOIN (SELECT connection_id, count(*) AS keys FROM temp.f_key WHERE last_use_state = 'not-reported' GROUP BY connection_id) a ON a.connection_id = c.id`,
  where: 'a.keys > 0',
  evidence: { keys: 'a.keys' },
  say: (e) =>
    `The provider does not report when ${count(e.keys, 'key was', 'keys were')} last used, so unused keys cannot be found.`,
})
