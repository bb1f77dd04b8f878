import type { ReactElement } from 'react'

import { Dialog } from '../../ui/dialog.tsx'
import { JoinForm } from './join-form.tsx'

interface JoinDialogProps {
  readonly opened: boolean
  readonly close: () => void
}

export function JoinDialog({ opened, close }: JoinDialogProps): ReactElement {
  return (
    <Dialog opened={opened} onClose={close} title="Join a team" size={520}>
      <JoinForm joined={close} close={close} />
    </Dialog>
  )
}
