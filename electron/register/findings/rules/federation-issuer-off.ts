import { count, defineRule, named } from '../kit/rule.ts'

export const federationIssuerOff = defineRule({
  id: 'federation-issuer-off',
  title: 'Federation rules of a disabled issuer',
  severity: 'low',
  certainty: 'certain',
  subject: 'principal',
  among: 'accounts',
  looksFor: 'Access without a key: federation rules that are too open, and service accounts that administer',
  reads: 'Federation rules and their issuers',
  remediation: 'Remove the rules: they give access again as soon as the issuer is enabled.',
  actions: ['federation-delete'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'CIS 5'],
  join: `JOIN (SELECT account_id, count(*) AS rules, count(DISTINCT issuer) AS issuers, min(issuer) AS issuer
    FROM temp.f_federation WHERE status = 'active' AND issuer_status IN ('disabled', 'archived') GROUP BY account_id) a ON a.account_id = p.id`,
  where: 'true',
  evidence: { rules: 'a.rules', issuers: 'a.issuers', issuer: 'a.issuer' },
  say: (e) => {
    const [rules, issuers] = [Number(e.rules), Number(e.issuers)]
    const whose =
      issuers > 1
        ? `${count(issuers, 'issuer', 'issuers')} that are`
        : `the issuer ${named(e.issuer, 'without an address')}, which is`
    const until = `${rules === 1 ? 'It accepts' : 'They accept'} no token until ${issuers > 1 ? 'they are' : 'it is'} enabled again.`
    return `${count(rules, 'rule is', 'rules are')} left for ${whose} disabled or archived. ${until}`
  },
})
