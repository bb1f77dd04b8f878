import { capitalize } from '../../../../shared/domain/capitalize.ts'
import { WILD_PINS } from '../../../../shared/domain/federation/workload.ts'
import { REPLACES_KEY } from '../../access/federated.ts'
import { EFFECTIVE_GRANTS, PRIVILEGED_GRANTS } from '../../facts/grant-now.ts'
import { count, defineRule, type Evidence, named, NO_DECOY, type Rule } from '../kit/rule.ts'

function limitWords({ level, roleLevel }: Evidence): string {
  return roleLevel === null || roleLevel === level ? '' : `, limited by the scopes of the rule to ${String(level)},`
}

/** Rules about access without a key: federation rules and the service accounts behind them. */
export const FEDERATION_RULES: readonly Rule[] = [
  defineRule({
    id: 'federation-wildcard',
    rank: 150,
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
  }),
  defineRule({
    id: 'federation-admin',
    rank: 160,
    title: 'Administration by federation',
    severity: 'high',
    certainty: 'certain',
    subject: 'principal',
    among: 'accounts',
    looksFor: 'Access without a key: federation rules that are too open, and service accounts that administer',
    reads: 'Federation rules, and the roles of their service accounts',
    remediation: 'Lower the scope of the rule or the role of its account: a pipeline rarely has to administer.',
    actions: ['federation-delete'],
    controls: [
      'NIS2 11.3',
      'SOC 2 CC6.1',
      'SOC 2 CC6.3',
      'ISO 27001 A.8.2',
      'NIST AC-6',
      'PCI 7.2.5',
      'CIS 5',
      'CIS 6',
    ],
    // SQLite takes the columns beside `min` from the row with the minimum, so the role and the workload are of one path.
    join: `JOIN (SELECT e.principal_id, e.via_role AS workload, e.role_raw AS role, e.level AS level, e.project_id IS NULL AS organization,
        (SELECT x.level FROM ${EFFECTIVE_GRANTS} x WHERE x.principal_id = e.principal_id AND x.project_id IS e.project_id
          AND x.role_raw = e.role_raw AND x.via <> 'federation') AS role_level,
        min((e.project_id IS NOT NULL) || ifnull(e.via_role, '')) FROM temp.f_account s
      CROSS JOIN ${EFFECTIVE_GRANTS} e ON e.principal_id = s.id
      WHERE e.via = 'federation' AND e.level IN ('owner', 'admin') GROUP BY e.principal_id) a ON a.principal_id = p.id`,
    where: 'true',
    evidence: {
      workload: 'a.workload',
      role: 'a.role',
      level: 'a.level',
      roleLevel: 'a.role_level',
      organization: 'a.organization',
    },
    say: (e) =>
      `${capitalize(String(e.workload))} can administer ${
        e.organization === 1 ? 'the organization' : 'a project'
      } through it, with the role ${String(e.role)}${limitWords(e)} and without a key.`,
  }),
  defineRule({
    id: 'service-account-admin',
    rank: 170,
    title: 'Service account that administers the organization',
    severity: 'high',
    certainty: 'certain',
    subject: 'principal',
    among: 'accounts',
    looksFor: 'Access without a key: federation rules that are too open, and service accounts that administer',
    reads: 'Service accounts and their roles on the organization',
    remediation: 'Lower its role: a program rarely has to administer people, keys and limits.',
    actions: ['principal'],
    controls: [
      'NIS2 11.3',
      'SOC 2 CC6.1',
      'SOC 2 CC6.3',
      'ISO 27001 A.8.2',
      'NIST AC-6',
      'PCI 7.2.5',
      'CIS 5',
      'CIS 6',
    ],
    join: `JOIN (SELECT e.principal_id, min(e.role_raw) AS role FROM temp.f_account s
        CROSS JOIN ${PRIVILEGED_GRANTS} e ON e.connection_id = s.connection_id AND e.principal_id = s.id
      WHERE e.project_id IS NULL GROUP BY e.principal_id) a ON a.principal_id = p.id`,
    where: 'true',
    evidence: { role: 'a.role' },
    say: (e) => `It holds the role ${String(e.role)} on the organization, and no person signs in as it.`,
  }),
  defineRule({
    id: 'federation-any-branch',
    rank: 370,
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
  }),
  defineRule({
    id: 'key-beside-federation',
    rank: 380,
    title: 'Key beside a federation rule',
    severity: 'medium',
    certainty: 'likely',
    doubt: 'Another program may still use the key.',
    subject: 'key',
    looksFor: 'Access without a key: federation rules that are too open, and service accounts that administer',
    reads: 'Owners of keys; federation rules',
    remediation: 'Check that the workload uses the federation rule, then delete the key.',
    actions: ['key-disable', 'key-delete'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
    join: `JOIN (SELECT DISTINCT s.id, s.connection_id, s.external_id FROM temp.f_federation f
        CROSS JOIN temp.f_account s ON s.id = f.account_id WHERE f.live = 1) o
      ON o.connection_id = k.connection_id AND o.external_id = k.owner_external_id`,
    where: `k.owner_kind = 'service-account' AND ${NO_DECOY} AND EXISTS (SELECT 1 FROM federation_version f WHERE ${REPLACES_KEY})`,
    evidence: { workload: `(SELECT min(f.workload) FROM federation_version f WHERE ${REPLACES_KEY})` },
    say: (e) => `Its service account can be used without a key by ${String(e.workload)}, and the key is left.`,
  }),
  defineRule({
    id: 'federation-issuer-off',
    rank: 680,
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
  }),
  defineRule({
    id: 'federation-token-long',
    rank: 690,
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
  }),
]
