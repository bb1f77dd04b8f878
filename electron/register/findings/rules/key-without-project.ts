import { defineRule } from '../kit/rule.ts'

export const keyWithoutProject = defineRule({
  id: 'key-without-project',
  title: 'Key without a project',
  severity: 'medium',
  subject: 'key',
  looksFor: 'A user key of old, which belongs to no project',
  reads: 'Kinds of keys',
  remediation: 'Replace it by a key of one project, which can be limited, counted and removed by itself.',
  actions: ['key-rotate', 'key-delete'],
  controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.3', 'NIST AC-6', 'PCI 7.2.5', 'CIS 6'],
  where: `k.kind = 'organization'`,
  evidence: { ownerKind: 'k.owner_kind' },
  say: () => 'It belongs to no project and reaches whatever the organization has.',
})
