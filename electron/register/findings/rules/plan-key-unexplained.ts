import { definePlanRule } from '../kit/planned.ts'

export const planKeyUnexplained = definePlanRule({
  id: 'plan-key-unexplained',
  title: 'Key that no purpose of the plan explains',
  severity: 'medium',
  subject: 'key',
  reads: 'The plan in force. Keys of planned projects',
  remediation: 'Find out what the key is for and plan it, or remove it.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST AC-2', 'NIST IA-5', 'CIS 5'],
})
