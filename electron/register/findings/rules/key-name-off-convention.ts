import { proposeName } from '../../../../shared/domain/convention-name.ts'
import { defineRule } from '../kit/rule.ts'

export const keyNameOffConvention = defineRule({
  id: 'key-name-off-convention',
  title: 'Key name does not follow the convention',
  severity: 'low',
  certainty: 'opinion',
  doubt: 'A convention is a choice, and the default one is an example.',
  subject: 'key',
  looksFor: 'A key name that does not follow the convention, with the name it should have',
  reads: 'Names of keys and the pattern of the policy',
  remediation: 'Rename it to the proposed name, or use that name at the next rotation.',
  actions: ['key-rename'],
  controls: ['ISO 27001 A.5.15', 'NIST IA-5', 'CIS 5'],
  where: `k.follows_pattern = 0 AND k.kind <> 'admin'`,
  evidence: {
    pattern: 'c.key_name_pattern',
    name: 'k.name',
    project: 'k.project_name',
    environment: 'k.environment',
    team: 'k.team',
    purpose: 'k.purpose',
  },
  say: (e) => {
    const { name, unknown } = proposeName(e)
    if (name !== null) return `The name does not follow ${e.pattern}. It should be “${name}”.`
    return `The name does not follow ${e.pattern}. No name is proposed${unknown.length === 0 ? '' : `: its ${unknown.join(' and ')} ${unknown.length === 1 ? 'is' : 'are'} unknown`}.`
  },
})
