import { Button, Table } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { Connection } from '../../../shared/contract/connections.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'
import { providerWords } from '../../../shared/domain/providers/providers.ts'
import { sourceLabel } from '../../../shared/domain/source.ts'
import { query } from '../../data/api.ts'
import { syncNow } from '../../data/sync-now.ts'
import { useInfo } from '../../data/use-info.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { notifyFailed } from '../../ui/notify.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { syncWord } from '../../ui/words.ts'
import { When } from '../../ui/when.tsx'
import { describeCompleteness, getReadingEnd } from '../../entities/completeness.ts'
import { credentialWords } from '../../entities/connection-summary.ts'
import { RunningSync } from '../../entities/running-sync.tsx'
import type { SyncLack } from '../../../shared/domain/sync-lack.ts'
import { findLastLack, FixButton, type PanelFix } from './fix-button.tsx'

interface ConnectionListProps {
  readonly connections: readonly Connection[]
  readonly progress: readonly SyncProgress[]
  readonly openId: number | undefined
  readonly open: (id: number | undefined) => void
  readonly setFix: (id: number, fix: PanelFix) => void
}

export function ConnectionList({ connections, progress, openId, open, setFix }: ConnectionListProps): ReactElement {
  // The list shows what distinguishes connections; the panel beside it shows the rest.
  const compact = openId !== undefined
  return (
    <section className="c-card c-scroll c-connections">
      <Table.ScrollContainer minWidth={openId === undefined ? 860 : 620} type="native">
        <Table className="c-table" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Connection</Table.Th>
              <Table.Th>Client</Table.Th>
              <Table.Th>Last sync</Table.Th>
              {compact ? null : (
                <>
                  <Table.Th>Completeness</Table.Th>
                  <Table.Th>Credential</Table.Th>
                </>
              )}
              <Table.Th>
                <span className="c-visually-hidden">Actions</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {connections.map((each) => (
              <ConnectionRow
                key={each.id}
                connection={each}
                running={
                  progress.find(({ connectionId, phase }) => connectionId === each.id && phase !== 'done') ?? null
                }
                isOpen={each.id === openId}
                compact={compact}
                open={() => open(each.id === openId ? undefined : each.id)}
                setFix={(fix) => setFix(each.id, fix)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  )
}

interface ConnectionRowProps {
  readonly connection: Connection
  readonly running: SyncProgress | null
  readonly isOpen: boolean
  readonly compact: boolean
  readonly open: () => void
  readonly setFix: (fix: PanelFix) => void
}

function ConnectionRow({ connection, running, isOpen, compact, open, setFix }: ConnectionRowProps): ReactElement {
  const lack = running === null ? findLastLack(connection) : null
  const credential = credentialWords(connection.credential)
  return (
    <Table.Tr data-open={isOpen || undefined}>
      <Table.Th scope="row">
        <button type="button" className="c-link" aria-expanded={isOpen} onClick={open}>
          <Named text={connection.label} />
        </button>
        <span className="c-sub">
          {providerWords(connection.provider, connection.platform)}
          {connection.organizationId === null ? null : (
            <>
              {' · '}
              <Named text={connection.organizationId} mono />
            </>
          )}
        </span>
      </Table.Th>
      <Table.Td>
        <ClientMark client={connection.client} />
      </Table.Td>
      {running ? (
        <Table.Td colSpan={compact ? 1 : 2}>
          <RunningSync progress={running} />
        </Table.Td>
      ) : (
        <>
          <Table.Td>
            <LastSync connection={connection} lack={lack} />
          </Table.Td>
          {compact ? null : (
            <Table.Td>
              <LastCompleteness connection={connection} />
            </Table.Td>
          )}
        </>
      )}
      {compact ? null : (
        <Table.Td>
          <Status tone={credential.tone} plain>
            {credential.word}
          </Status>
          <span className="c-sub c-mono">{credential.detail}</span>
        </Table.Td>
      )}
      <Table.Td className="c-row-actions">
        {lack === null ? (
          <SyncButton connection={connection} running={running !== null} />
        ) : (
          <FixButton connection={connection} lack={lack} setFix={setFix} />
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function LastSync({
  connection: { lastSync, lastAttempt },
  lack,
}: {
  readonly connection: Connection
  readonly lack: SyncLack | null
}): ReactElement {
  const shown = lastAttempt ?? lastSync
  if (shown === null) return <span className="c-quiet">Never</span>
  const { tone, word } = syncWord(shown.state)
  return (
    <span>
      <Status tone={tone} plain>
        {word}
      </Status>
      <span className="c-sub">
        <When at={shown.finishedAt} />
        {shown.origin === 'file' ? ', from a file' : null}
      </span>
      {lack === null ? null : (
        <span className="c-sub">
          <Named text={lack.text} />
        </span>
      )}
    </span>
  )
}

/** The completeness of the last attempt; where that read nothing, also of the sync before it, with its age. */
function LastCompleteness({
  connection: { lastSync, lastAttempt },
}: {
  readonly connection: Connection
}): ReactElement {
  const shown = lastAttempt ?? lastSync
  if (shown === null) return <span className="c-quiet">–</span>
  const { tone, text } = describeCompleteness(shown.sources)
  const missing = shown.sources.filter((each) => getReadingEnd(each) === 'notRead')
  const detail = missing.map(({ source, state, reason }) => `${sourceLabel(source)}: ${reason ?? state}`).join('\n')
  return (
    <>
      <Status tone={tone} plain title={detail === '' ? undefined : visibleText(detail)}>
        {text}
      </Status>
      {lastSync === null || lastSync.id === shown.id ? null : (
        <span className="c-sub">
          {describeCompleteness(lastSync.sources).text} <When at={lastSync.finishedAt} />
        </span>
      )}
    </>
  )
}

interface SyncButtonProps {
  readonly connection: Connection
  readonly running: boolean
}

/** Starts the sync of a connection, or stops a running one; absent in the sample. */
export function SyncButton({ connection, running }: SyncButtonProps): ReactElement | null {
  const cancel = useMutation(query.sync.cancel.mutationOptions({ onError: notifyFailed }))
  const label = visibleText(connection.label)
  const isSample = useInfo()?.sample === true
  if (running) {
    return (
      <Button
        size="compact-xs"
        variant="default"
        loading={cancel.isPending}
        aria-label={`Cancel the sync of ${label}`}
        onClick={() => cancel.mutate({ connectionId: connection.id })}
      >
        Cancel
      </Button>
    )
  }
  // The sample's connections have no keys, and are never synced.
  if (isSample) return null
  const missing = connection.credential.state === 'none'
  return (
    <Button
      size="compact-xs"
      variant="default"
      disabled={missing}
      title={missing ? 'Add an API key first' : undefined}
      aria-label={`Sync now: ${label}`}
      onClick={() => void syncNow({ connections: [connection.id] })}
    >
      Sync now
    </Button>
  )
}
