import { Group } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { KeyDetail } from '../../../shared/contract/keys.ts'
import { query } from '../../data/api.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Answer } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { FindingsLink } from '../../entities/finding-badge.tsx'
import { StartRemediation } from '../../entities/remediation-flow.tsx'
import { WhatCanBeDoneAbout } from '../../entities/what-can-be-done.tsx'
import { ProviderRecord } from '../../entities/provider-record.tsx'
import { RestrictionsAbout } from '../../entities/restrictions-about.tsx'
import { ReviewsAbout } from '../../entities/reviews-about.tsx'
import { KeyAbout } from './about.tsx'
import { RotationMark } from '../../entities/key-badges.tsx'
import { RotationHistory } from './rotation-history.tsx'
import { RotationSection } from './rotation-section.tsx'
import { KeyUsers } from './users.tsx'
import { keyWord } from '../../entities/key-labels.ts'

interface KeyPanelProps {
  readonly keyId: number
  readonly onClose: () => void
}

/** Everything known about a key, and the actions on its rotation. */
export function KeyPanel({ keyId, onClose }: KeyPanelProps): ReactElement {
  const key = useQuery(query.keys.get.queryOptions({ input: { keyId } }))
  const row = key.data?.row
  return (
    <SidePanel
      kind={row === undefined ? 'Key' : keyWord(row)}
      title={row === undefined ? 'Key' : <Named text={row.name} otherwise="No name" />}
      subtitle={row === undefined ? undefined : <ClientMark client={row.client} />}
      marks={row === undefined ? undefined : <Marks row={row} />}
      onClose={onClose}
    >
      <Answer of={key} what="the key" rows={6}>
        {(data) => (
          <>
            <RotationSection detail={data} />
            {data.row.status === 'active' ? (
              <Group gap={6} mb={12}>
                <StartRemediation
                  origin="key"
                  ids={[keyId]}
                  label="Rotate or delete key…"
                  variant="default"
                  icon={IconKey}
                />
              </Group>
            ) : null}
            <KeyUsers keyId={keyId} />
            <WhatCanBeDoneAbout kind="key" id={keyId} />
            <KeyAbout detail={data} />
            <ProviderRecord about={{ key: keyId }} />
            <RestrictionsAbout about={{ key: keyId }} />
            <ReviewsAbout about={{ keyId }} />
            <RotationHistory detail={data} />
          </>
        )}
      </Answer>
    </SidePanel>
  )
}

function Marks({ row }: { readonly row: KeyDetail['row'] }): ReactElement {
  return (
    <>
      <RotationMark rotation={row.rotation} plain={false} />
      {row.status === 'active' ? (
        <Status tone="good">Active</Status>
      ) : (
        <Status tone="quiet">
          <Named text={row.status} />
        </Status>
      )}
      <FindingsLink findings={row.findings} search={{ kind: ['key'], subject: row.keyId }} />
    </>
  )
}
