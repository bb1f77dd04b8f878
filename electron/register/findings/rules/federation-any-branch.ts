import { count, defineRule } from '../kit/rule.ts'

export const federationAnyBranch = defineRule({
  id: 'federation-any-branch',
  title: 'Federation rule for any branch',
  severity: 'medium',
  certainty: 'likely',
  doubt: 'A rule for every branch of a repository may be intended.',
  subject: 'principal',
  among: 'accounts',
  looksFor: 'Access without a key: federation rules that are too open, and service accounts that administer',
  reads: 'Federation rules and their issuers',
  remediation:
    'Name the branch or the environment in the subject of the rule: everyone who can push a branch can use it.',
  actions: ['federation-delete'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15', 'NIST AC-6', 'CIS 5'],
  join: `JOIN (SELECT account_id, count(*) AS rules, min(workload) AS workload FROM temp.f_federation
    WHERE live = 1 AND pin = 'repository' GROUP BY account_id) a ON a.account_id = p.id`,
  where: 'true',
  evidence: { rules: 'a.rules', workload: 'a.workload' },
  say: (e) =>
    Number(e.rules) === 1
      ? `It can be used without a key by ${String(e.workload)}.`
      : `It can be used without a key by ${count(e.rules, 'rule', 'rules')} for any branch, one of them for ${String(e.workload)}.`,
})
