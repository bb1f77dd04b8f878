import { definePlanRule } from '../kit/planned.ts'

export const planKeyRenamed = definePlanRule({
  id: 'plan-key-renamed',
  title: 'Key under another name than planned',
  severity: 'low',
  subject: 'key',
  reads: 'The plan in force. Keys of planned projects, with their purpose and environment',
  remediation:
    'Open the drift of the plan and say whether it is the planned one; name it by the plan when it is rotated.',
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST AC-2', 'NIST IA-5', 'CIS 5'],
})
