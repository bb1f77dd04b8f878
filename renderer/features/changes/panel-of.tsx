import type { ReactElement } from 'react'

import { CertificatePanel } from '../federation/certificate-panel.tsx'
import { FederationPanel } from '../federation/panel.tsx'
import { KeyPanel } from '../keys/panel.tsx'
import { PersonPanel } from '../people/panel.tsx'
import { ProjectPanel } from '../projects/panel.tsx'
import type { PanelParams } from './opened.ts'

/** The panel that the search params open. */
export function findPanel(search: PanelParams, close: () => void): ReactElement | null {
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
