import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { CertificateRow } from '../../../shared/contract/access.ts'
import { query } from '../../data/api.ts'
import { ConnectionFact } from '../../entities/connection-fact.tsx'
import { ProviderRecord } from '../../entities/provider-record.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { useNow } from '../../ui/now.ts'
import { Fact, Facts, PanelSection, TextFact, TimeFact } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Answer } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { certificateLabel } from './labels.ts'

interface CertificatePanelProps {
  readonly certificateId: number
  readonly onClose: () => void
}

/** Everything known about a certificate in one place: where it opens the API, until when, and who made it so. */
export function CertificatePanel({ certificateId, onClose }: CertificatePanelProps): ReactElement {
  const certificate = useQuery(query.access.certificate.queryOptions({ input: { certificateId } }))
  const now = useNow()
  const row = certificate.data
  const label = row === undefined ? undefined : certificateLabel(row, now)
  return (
    <SidePanel
      kind="Certificate"
      title={row === undefined ? 'Certificate' : <Named text={row.name} otherwise={row.externalId} />}
      subtitle={row === undefined ? undefined : <ClientMark client={row.client} />}
      marks={label === undefined ? undefined : <Status tone={label.tone}>{label.word}</Status>}
      onClose={onClose}
    >
      <Answer of={certificate} what="the certificate" rows={5}>
        {(data) => <Details row={data} />}
      </Answer>
    </SidePanel>
  )
}

function Details({ row }: { readonly row: CertificateRow }): ReactElement {
  return (
    <>
      <PanelSection title="About">
        <Facts>
          <Fact name="Opens">
            {row.project === null ? (
              'The organization'
            ) : (
              <Link to="/projects" search={{ project: row.project.id }} className="c-link">
                <Named text={row.project.name} />
              </Link>
            )}
          </Fact>
          <TimeFact name="Valid from" at={row.validAt} otherwise="Not reported" />
          <TimeFact name="Expires" at={row.expiresAt} otherwise="Not reported" />
          <TimeFact name="Created" at={row.createdAt} otherwise="Not reported" />
          <ConnectionFact connection={row.connection} />
          <TextFact name="Id" text={row.externalId} mono />
        </Facts>
      </PanelSection>
      <ProviderRecord about={{ certificate: row.certificateId }} />
    </>
  )
}
