import { count, defineRule } from '../kit/rule.ts'

export const federationTokenLong = defineRule({
  id: 'federation-token-long',
  title: 'Federation token that lives too long',
  severity: 'low',
  certainty: 'certain',
  subject: 'principal',
  among: 'accounts',
  looksFor: 'Access without a key: federation rules that are too open, and service accounts that administer',
  reads: 'Lifetimes of federation rules, where the provider reports them (Anthropic)',
  remediation: 'Lower the lifetime of the tokens in the rule: one that leaks works until it expires.',
  actions: [],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5'],
  join: `JOIN (SELECT account_id, max(lifetime_seconds) AS seconds FROM temp.f_federation WHERE live = 1 GROUP BY account_id) a
    ON a.account_id = p.id`,
  where: 'a.seconds > c.federation_token_minutes * 60',
  evidence: { seconds: 'a.seconds', minutes: 'c.federation_token_minutes' },
  say: (e) =>
    `A token that it gets without a key lives ${count(Math.ceil(Number(e.seconds) / 60), 'minute', 'minutes')}; the policy allows ${count(e.minutes, 'minute', 'minutes')}.`,
})
