import { defineRule } from '../kit/rule.ts'

export const keyWithoutProject = defineRule({
  id: 'key-without-project',
  title: 'Key without a project',
  severity: 'medium',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'A legacy user key, which does not belong to a project',
  reads: 'Kinds of keys',
  remediation: 'Replace it with a project key, which can be limited, measured and removed separately.',
  actions: ['key-rotate', 'key-delete'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.3', 'NIST AC-6', 'PCI 7.2.5', 'CIS 6'],
  where: `k.kind = 'organization'`,
  evidence: { ownerKind: 'k.owner_kind' },
  say: () => 'It does not belong to a project and reaches everything in the organization.',
})
