import { Button, Group } from '@mantine/core'
import type { ReactElement } from 'react'

import type { CheckedConnection, Connection } from '../../../../shared/contract/connections.ts'
import type { SyncProgress } from '../../../../shared/contract/sync.ts'
import { readsFile } from '../../../../shared/domain/providers/providers.ts'
import { groupProgress, type SyncEnding, type SyncGroup } from '../../../entities/sync-groups.ts'
import { plural, wholeNumber } from '../../../ui/relative.ts'
import { Status, type Tone } from '../../../ui/status.tsx'
import { visibleText } from '../../../ui/text.ts'
import classes from './connect.module.css'

interface ConnectProgressProps {
  readonly connection: Connection
  readonly checked: CheckedConnection | null
  /** Null until the sync has reported itself. */
  readonly progress: SyncProgress | null
  /** Left out once the sync has ended. */
  readonly cancel?: () => void
}

/** The progress of the first sync, by group of lists. */
export function ConnectProgress({ connection, checked, progress, cancel }: ConnectProgressProps): ReactElement {
  const ended = progress?.phase === 'done'
  const groups = groupProgress(progress?.sources ?? [], getEnding(progress))
  return (
    <div className="c-form" aria-busy={!ended}>
      <ul className={classes['rows']} aria-label="First sync" aria-live="polite">
        {checked === null ? null : (
          <li>
            <span>{acceptedText(connection, checked)}</span>
            <Status tone="good" plain>
              ok
            </Status>
          </li>
        )}
        {groups.map((group) => (
          <li key={group.label} data-state={group.state}>
            <span>{group.label}</span>
            <GroupState group={group} />
          </li>
        ))}
      </ul>
      {cancel === undefined ? null : (
        <Group justify="flex-end">
          <Button variant="default" onClick={cancel}>
            Cancel sync
          </Button>
        </Group>
      )}
    </div>
  )
}

function getEnding(progress: SyncProgress | null): SyncEnding {
  if (progress?.phase !== 'done') return 'underWay'
  const state = progress.result?.state
  return state === 'complete' || state === 'partial' ? 'answered' : 'failed'
}

function acceptedText({ provider }: Connection, { organization }: CheckedConnection): string {
  const accepted = readsFile(provider) ? 'File read' : 'Key accepted'
  if (organization === null) return accepted
  return `${accepted}, organization ${visibleText(organization.name ?? organization.externalId)}`
}

const TONES: Readonly<Record<SyncGroup['state'], Tone>> = {
  next: 'quiet',
  reading: 'info',
  read: 'good',
  partial: 'warn',
  notRead: 'warn',
  notOffered: 'quiet',
}

function GroupState({ group: { state, rows } }: { readonly group: SyncGroup }): ReactElement {
  const words = {
    next: 'next',
    reading: `${plural(rows, 'row')} …`,
    read: `${wholeNumber(rows)} read`,
    partial: `${wholeNumber(rows)} read, not complete`,
    notRead: 'not read',
    notOffered: 'not offered',
  }
  return (
    <Status tone={TONES[state]} plain>
      {words[state]}
    </Status>
  )
}
