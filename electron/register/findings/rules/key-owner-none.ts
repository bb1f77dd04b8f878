import { isWorkspaceKey } from '../../facts/key-holder.ts'
import { defineRule, named, OWNER } from '../kit/rule.ts'

export const keyOwnerNone = defineRule({
  id: 'key-owner-none',
  title: 'Key without an owner',
  severity: 'high',
  certainty: 'certain',
  subject: 'key',
  looksFor: 'A key without an owner, as distinct from a key whose creator is unknown',
  reads: 'Key owners',
  remediation: 'Find out what uses the key, record a contact for it, and replace it with a service account key.',
  actions: ['key-rotate', 'key-disable', 'key-delete'],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST AC-2', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
  where: `k.owner_state = 'none' AND k.kind <> 'admin'`,
  evidence: { project: 'k.project_name', owner: OWNER, ofWorkspace: isWorkspaceKey('c.provider', 'k', 'NULL') },
  say: (e) => {
    const owner = named(e.owner, '')
    if (e.ofWorkspace === 1) return `It belongs to its workspace, and its creator${owner && ` ${owner}`} has left.`
    if (owner !== '') return `The provider reports ${owner} as its owner, and no list of the provider contains them.`
    return e.project === null
      ? 'The provider reports neither an owner nor a project.'
      : `The provider reports no owner: it belongs to the project ${named(e.project, 'without a name')}.`
  },
})
