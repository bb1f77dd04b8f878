import type { ReactElement } from 'react'

import type { Connection } from '../../../shared/contract/connections.ts'
import { useScope } from '../../data/scope.ts'
import { useClients } from '../../data/use-clients.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { visibleText } from '../../ui/text.ts'
import { ConnectFlow } from './connect/connect-flow.tsx'

interface ConnectDialogProps {
  readonly opened: boolean
  /** The connection whose key is replaced; null for a new connection. */
  readonly replaced: Connection | null
  readonly close: () => void
  readonly openToday: () => void
}

/** Connects an organization, or replaces a key, in a dialog. */
export function ConnectDialog({ opened, replaced, close, openToday }: ConnectDialogProps): ReactElement {
  const title = replaced === null ? 'Add connection' : `Replace key of ${visibleText(replaced.label)}`
  return (
    <Dialog opened={opened} onClose={close} title={title} size={620}>
      <InDialog replaced={replaced} close={close} openToday={openToday} />
    </Dialog>
  )
}

function InDialog({ replaced, close, openToday }: Omit<ConnectDialogProps, 'opened'>): ReactElement {
  const { client: scope } = useScope()
  const clients = useClients()
  const offered =
    replaced === null ? clients.filter(({ slug }) => scope === undefined || slug === scope) : [replaced.client]
  return (
    <ConnectFlow
      clients={offered}
      replaced={replaced}
      close={close}
      next={replaced === null ? { label: 'Open Today', go: openToday } : { label: 'Done', go: close }}
    />
  )
}
