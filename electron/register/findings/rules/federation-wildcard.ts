import { WILD_PINS } from '../../../../shared/domain/federation/workload.ts'
import { count, defineRule } from '../kit/rule.ts'

export const federationWildcard = defineRule({
  id: 'federation-wildcard',
  title: 'Federation rule that names no repository',
  severity: 'high',
  certainty: 'certain',
  subject: 'principal',
  among: 'accounts',
  looksFor: 'Access without a key: federation rules that are too open, and service accounts that administer',
  reads: 'Federation rules and their issuers',
  remediation:
    'Name the repository and the branch or environment in the subject of the rule, or remove the rule. Tokens that were issued stay valid until they expire.',
  actions: ['federation-delete', 'principal'],
  controls: [
    'NIS2 11.2.2',
    'SOC 2 CC6.1',
    'SOC 2 CC6.3',
    'ISO 27001 A.5.15',
    'ISO 27001 A.5.17',
    'NIST AC-6',
    'NIST IA-5',
    'CIS 5',
  ],
  join: `JOIN (SELECT account_id, count(*) AS rules, min(workload) AS workload FROM temp.f_federation
    WHERE live = 1 AND pin IN (${WILD_PINS.map((pin) => `'${pin}'`).join(', ')}) GROUP BY account_id) a ON a.account_id = p.id`,
  where: 'true',
  evidence: { rules: 'a.rules', workload: 'a.workload' },
  say: (e) =>
    Number(e.rules) === 1
      ? `It can be used without a key by ${String(e.workload)}.`
      : `It can be used without a key by ${count(e.rules, 'rule', 'rules')} that name no repository, one of them for ${String(e.workload)}.`,
})
