import { Button, Group } from '@mantine/core'
import { IconListSearch, IconRefresh, IconTool } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import { isShownBySync } from '../../../shared/domain/remediation/remediation.ts'
import { query } from '../../data/api.ts'
import { syncNow } from '../../data/sync-now.ts'
import { ConnectionFact } from '../../entities/connection-fact.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { Fact, Facts, PanelSection, TimeFact } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { When } from '../../ui/when.tsx'
import { SubjectLink } from '../../entities/subject-link.tsx'
import { OriginLink } from './links.tsx'
import { MarkDone } from './mark-done.tsx'
import { RotationActions } from './rotation.tsx'
import { ApprovalMark, ShownMark, StateMark } from './state-badge.tsx'
import { Withdraw } from './cancel.tsx'
import { approvalWord, needsApproval } from '../../entities/approval-labels.ts'
import { aboutState, canWithdraw, isOpenRemediation } from '../../entities/remediation-labels.ts'

interface RemediationPanelProps {
  readonly remediationId: number
  readonly onClose: () => void
  readonly preview: () => void
}

/** One change: what it does, its origin, its status and the next step. */
export function RemediationPanel({ remediationId, onClose, preview }: RemediationPanelProps): ReactElement {
  const list = useQuery(query.remediation.list.queryOptions({ input: { remediations: [remediationId], limit: 1 } }))
  const row = list.data?.rows.find((each) => each.remediationId === remediationId)
  return (
    <SidePanel
      kind="Change"
      title={row === undefined ? 'Change' : visibleText(row.says)}
      subtitle={row === undefined ? undefined : <ClientMark client={row.client} />}
      marks={row === undefined ? undefined : <Marks row={row} />}
      onClose={onClose}
    >
      {row !== undefined ? (
        <Details row={row} preview={preview} />
      ) : list.isError ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <Loading what="the change" rows={6} />
      ) : (
        <Empty icon={IconTool} title="Change not found">
          Choose another one in the list.
        </Empty>
      )}
    </SidePanel>
  )
}

function Marks({ row }: { readonly row: RemediationRow }): ReactElement {
  return (
    <>
      <StateMark row={row} />
      <ApprovalMark row={row} />
      <ShownMark row={row} />
    </>
  )
}

/** Who approved it last, and when. */
function ApprovalFact({ approval }: { readonly approval: NonNullable<RemediationRow['approval']> }): ReactElement {
  const { approved } = approval
  if (approved === null) return <span className="c-quiet">None</span>
  return (
    <>
      <When at={approved.at} />
      <span className="c-quiet">{` · by ${visibleText(approved.by)}`}</span>
    </>
  )
}

function Details({ row, preview }: { readonly row: RemediationRow; readonly preview: () => void }): ReactElement {
  const { connection } = row
  return (
    <>
      <PanelSection title="Status">
        <p className="c-prose">
          {needsApproval(row) ? `Nothing was sent. ${approvalWord(row.approval)?.about ?? ''}` : aboutState(row)}
        </p>
        {row.outcome === null ? null : (
          <p className="c-prose">
            <Named text={row.outcome} />
          </p>
        )}
        <Actions row={row} preview={preview} />
      </PanelSection>
      <PanelSection title="Subject">
        <Facts>
          <Fact name="Subject">
            <SubjectLink subject={row.subject} />
          </Fact>
          <ConnectionFact connection={connection} />
          <Fact name="Access">
            {connection.access === 'read-write' ? (
              'Read and write'
            ) : (
              <Status tone={isOpenRemediation(row.state) ? 'warn' : 'quiet'} plain>
                Read only: nothing is sent
              </Status>
            )}
          </Fact>
          <Fact name="From">
            <OriginLink origin={row.origin} />
          </Fact>
          <Fact name="Added">
            <When at={row.addedAt} />
            <span className="c-quiet">{` · by ${visibleText(row.addedBy)}`}</span>
          </Fact>
          {row.approval === null || (row.approval.state === 'notNeeded' && row.approval.approved === null) ? null : (
            <Fact name="Approval">
              <ApprovalFact approval={row.approval} />
            </Fact>
          )}
          {row.endedAt === null || isOpenRemediation(row.state) ? null : <TimeFact name="Ended" at={row.endedAt} />}
          {row.recorded === null ? null : (
            <Fact name="Provider log">
              <When at={row.recorded.at} />
              {row.recorded.by === null ? null : (
                <span className="c-quiet">{` · by ${visibleText(row.recorded.by)}`}</span>
              )}
            </Fact>
          )}
        </Facts>
      </PanelSection>
    </>
  )
}

function Actions({
  row,
  preview,
}: {
  readonly row: RemediationRow
  readonly preview: () => void
}): ReactElement | null {
  const { state } = row
  if (state === 'deploying') return <RotationActions row={row} />
  if (!isOpenRemediation(state)) return null
  return (
    <Group gap={6} my={8}>
      {state === 'waiting' || state === 'by-hand' ? (
        <Button leftSection={<IconListSearch size={14} aria-hidden />} onClick={preview}>
          {state === 'by-hand'
            ? 'Show the steps'
            : needsApproval(row) && row.approval?.own === false
              ? 'Preview and approve'
              : 'Preview'}
        </Button>
      ) : null}
      {state === 'unsure' ? (
        <>
          {isShownBySync(row.action) ? (
            <Button
              leftSection={<IconRefresh size={14} aria-hidden />}
              onClick={() => void syncNow({ connections: [row.connection.id] })}
            >
              Sync connection
            </Button>
          ) : null}
          <MarkDone row={row} />
        </>
      ) : null}
      {canWithdraw(state) ? <Withdraw row={row} /> : null}
    </Group>
  )
}
