import type { Change } from '../../../shared/contract/changes.ts'
import type { ChangesSearch } from './search.ts'

/** The search params that open a panel. */
export type PanelParams = Pick<ChangesSearch, 'person' | 'key' | 'project' | 'rule' | 'certificate'>

export const CLOSED: PanelParams = {
  person: undefined,
  key: undefined,
  project: undefined,
  rule: undefined,
  certificate: undefined,
}

/** The panel that a change opens: its subject's; its project's without a subject or after its removal; else null. */
export function findSubject({ kind, subject, project }: Change): Partial<PanelParams> | null {
  if (subject.personId !== null) return { person: subject.personId }
  if (subject.kind === 'key' && kind !== 'key-removed') return { key: subject.id }
  if (subject.kind === 'federation' && kind !== 'federation-removed') return { rule: subject.id }
  if (subject.kind === 'certificate' && kind !== 'certificate-removed') return { certificate: subject.id }
  if (subject.kind === 'project') return kind === 'project-removed' ? null : { project: subject.id }
  return project === null ? null : { project: project.id }
}
