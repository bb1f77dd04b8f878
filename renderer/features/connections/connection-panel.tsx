import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { ReactElement } from 'react'

import type { Connection } from '../../../shared/contract/connections.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'
import { providerWords } from '../../../shared/domain/providers/providers.ts'
import { api } from '../../data/api.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Named } from '../../ui/named.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { Nothing, PanelSection } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { syncWord } from '../../ui/words.ts'
import { When } from '../../ui/when.tsx'
import { RunningSync } from '../../entities/running-sync.tsx'
import { SyncButton } from './connection-list.tsx'
import { CoverageSection } from './coverage-section.tsx'
import { CredentialSection } from './credential-section.tsx'
import { DetailsSection } from './details-section.tsx'
import { findLastLack, FixButton, type PanelFix } from './fix-button.tsx'
import { HistorySection } from './history-section.tsx'
import { ProgressTable, SourceTable } from './connect/sources.tsx'

interface ConnectionPanelProps {
  readonly connection: Connection
  /** The running sync, or the last one that ended while the window was open. */
  readonly progress: SyncProgress | null
  readonly close: () => void
  readonly fix: PanelFix | undefined
  readonly setFix: (fix: PanelFix | undefined) => void
}

/** Everything about one connection. */
export function ConnectionPanel({ connection, progress, close, fix, setFix }: ConnectionPanelProps): ReactElement {
  const running = progress !== null && progress.phase !== 'done' ? progress : null
  return (
    <SidePanel
      kind="Connection"
      title={<Named text={connection.label} />}
      subtitle={
        <>
          {providerWords(connection.provider, connection.platform)}, <ClientMark client={connection.client} />
        </>
      }
      onClose={close}
    >
      <SyncSection connection={connection} running={running} setFix={setFix} />
      <CoverageSection connectionId={connection.id} />
      <CredentialSection connection={connection} replace={() => setFix('replace-key')} />
      <DetailsSection
        key={fix}
        connection={connection}
        editing={fix === 'edit-url' || fix === 'choose-file'}
        edited={() => setFix(undefined)}
      />
      <HistorySection connectionId={connection.id} />
      <RemoveSection connection={connection} close={close} />
    </SidePanel>
  )
}

interface SyncSectionProps {
  readonly connection: Connection
  readonly running: SyncProgress | null
  readonly setFix: (fix: PanelFix) => void
}

function SyncSection({ connection, running, setFix }: SyncSectionProps): ReactElement {
  const lack = findLastLack(connection)
  const { lastSync, lastAttempt } = connection
  const failed = lastAttempt !== null && lastAttempt.id !== lastSync?.id ? lastAttempt : null
  return (
    <PanelSection
      title={running ? 'Syncing' : 'Last sync'}
      actions={<SyncButton connection={connection} running={running !== null} />}
    >
      {running ? (
        <>
          <RunningSync progress={running} />
          <ProgressTable progress={running} />
        </>
      ) : (
        <>
          {failed === null ? null : (
            <p>
              <Status
                tone={syncWord(failed.state).tone}
              >{`Last sync: ${syncWord(failed.state).word.toLowerCase()}`}</Status>{' '}
              <When at={failed.finishedAt} />
            </p>
          )}
          {lack === null ? null : (
            <div className="c-form">
              <p className="c-prose">
                <Named text={lack.text} />
              </p>
              <div>
                <FixButton connection={connection} lack={lack} setFix={setFix} />
              </div>
            </div>
          )}
          {lastSync === null ? (
            <Nothing>Not synced yet.</Nothing>
          ) : (
            <>
              <p>
                <Status tone={syncWord(lastSync.state).tone}>{syncWord(lastSync.state).word}</Status>{' '}
                <When at={lastSync.finishedAt} />· snapshot # {lastSync.id}
              </p>
              <SourceTable sources={lastSync.sources} />
            </>
          )}
        </>
      )}
    </PanelSection>
  )
}

function RemoveSection({ connection, close }: Pick<ConnectionPanelProps, 'connection' | 'close'>): ReactElement {
  const [asking, ask] = useDisclosure(false)
  const label = visibleText(connection.label)
  return (
    <PanelSection title="Remove">
      <Nothing>Disconnects this organization and deletes its credential.</Nothing>
      <Button variant="default" className="c-danger" onClick={ask.open}>
        Remove connection
      </Button>
      <Confirm
        opened={asking}
        close={ask.close}
        title="Remove connection"
        verb="Remove connection"
        typed={label}
        danger
        act={async () => {
          await api.connection.remove({ id: connection.id })
          notifyDone({ message: `Removed ${label}` })
          close()
        }}
      >
        Its people, projects and keys are removed from every list, and its credential is deleted. Its synced data stays
        in the register’s history.
      </Confirm>
    </PanelSection>
  )
}
