import { definePlanRule } from '../kit/planned.ts'

export const planKeyRenamed = definePlanRule({
  id: 'plan-key-renamed',
  title: 'Key name differs from the plan',
  severity: 'low',
  certainty: 'likely',
  doubt: 'The planned key is matched by purpose and environment.',
  subject: 'key',
  reads: 'The active plan; keys of planned projects, with their purpose and environment',
  remediation:
    'Open the plan’s drift and confirm whether it is the planned key; use the planned name at the next rotation.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST AC-2', 'NIST IA-5', 'CIS 5'],
})
