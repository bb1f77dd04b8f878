import type { ReactElement } from 'react'

import type { Change } from '../../../shared/contract/changes.ts'
import { CertificatePanel } from '../federation/certificate-panel.tsx'
import { FederationPanel } from '../federation/panel.tsx'
import { KeyPanel } from '../keys/panel.tsx'
import { PersonPanel } from '../people/panel.tsx'
import { ProjectPanel } from '../projects/panel.tsx'
import type { ChangesSearch } from './search.ts'

type Opened = Pick<ChangesSearch, 'person' | 'key' | 'project' | 'rule' | 'certificate'>

export const CLOSED: Opened = {
  person: undefined,
  key: undefined,
  project: undefined,
  rule: undefined,
  certificate: undefined,
}

/** The panel that a change opens: its subject's; its project's without a subject or after its removal; else null. */
export function findSubject({ kind, subject, project }: Change): Partial<Opened> | null {
  if (subject.personId !== null) return { person: subject.personId }
  if (subject.kind === 'key' && kind !== 'key-removed') return { key: subject.id }
  if (subject.kind === 'federation' && kind !== 'federation-removed') return { rule: subject.id }
  if (subject.kind === 'certificate' && kind !== 'certificate-removed') return { certificate: subject.id }
  if (subject.kind === 'project') return kind === 'project-removed' ? null : { project: subject.id }
  return project === null ? null : { project: project.id }
}

/** The panel that the search params open. */
export function findPanel(search: Opened, close: () => void): ReactElement | null {
  if (search.person !== undefined) {
    return <PersonPanel key={`person-${search.person}`} personId={search.person} onClose={close} />
  }
  if (search.key !== undefined) return <KeyPanel key={`key-${search.key}`} keyId={search.key} onClose={close} />
  if (search.rule !== undefined) {
    return <FederationPanel key={`rule-${search.rule}`} federationId={search.rule} onClose={close} />
  }
  if (search.certificate !== undefined) {
    const { certificate } = search
    return <CertificatePanel key={`certificate-${certificate}`} certificateId={certificate} onClose={close} />
  }
  return search.project === undefined ? null : (
    <ProjectPanel key={`project-${search.project}`} projectId={search.project} onClose={close} />
  )
}
