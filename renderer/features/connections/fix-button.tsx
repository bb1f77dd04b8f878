import { Button } from '@mantine/core'
import type { ReactElement } from 'react'

import type { Connection } from '../../../shared/contract/connections.ts'
import { fixLabel, listFixes, type ConnectionFix } from '../../../shared/domain/connection-fault.ts'
import { findLack, type SyncLack } from '../../../shared/domain/sync-lack.ts'
import { syncNow } from '../../data/sync-now.ts'
import { visibleText } from '../../ui/text.ts'

/** A fix with a form. */
export type PanelFix = Exclude<ConnectionFix, 'retry'>

/** Why the last sync of a connection is not complete; null for a complete one, and before the first. */
export function findLastLack({ lastAttempt }: Connection): SyncLack | null {
  return lastAttempt === null ? null : findLack(lastAttempt)
}

interface FixButtonProps {
  readonly connection: Connection
  readonly lack: SyncLack
  readonly setFix: (fix: PanelFix) => void
}

/** The button that fixes a connection whose last sync was not complete. */
export function FixButton({ connection, lack, setFix }: FixButtonProps): ReactElement {
  const [fix] = listFixes(lack.fault, connection.baseUrl !== null)
  const isMissing = connection.credential.state === 'none' && fix === 'retry'
  const shown = isMissing ? 'replace-key' : fix
  return (
    <Button
      size="compact-xs"
      variant="default"
      aria-label={`${fixLabel(shown)}: ${visibleText(connection.label)}`}
      onClick={() => {
        if (shown === 'retry') void syncNow({ connections: [connection.id] })
        else setFix(shown)
      }}
    >
      {fixLabel(shown)}
    </Button>
  )
}
