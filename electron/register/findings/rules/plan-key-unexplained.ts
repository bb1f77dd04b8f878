import { definePlanRule } from '../kit/planned.ts'

export const planKeyUnexplained = definePlanRule({
  id: 'plan-key-unexplained',
  title: 'Unplanned key',
  severity: 'medium',
  certainty: 'likely',
  doubt: 'Keys are matched with the plan by name, purpose and environment.',
  subject: 'key',
  reads: 'The active plan; keys of planned projects',
  remediation: 'Find out what the key is for, then add it to the plan or remove it.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST AC-2', 'NIST IA-5', 'CIS 5'],
})
