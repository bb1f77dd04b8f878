import type { ReactElement } from 'react'

import { useInfo } from '../../data/use-info.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { RecoveryCode } from './recovery-code.tsx'

interface RecoveryDialogProps {
  readonly opened: boolean
  readonly close: () => void
}

export function RecoveryDialog({ opened, close }: RecoveryDialogProps): ReactElement {
  return (
    <Dialog opened={opened} onClose={close} title="Recovery code" size={520}>
      <RecoveryInDialog close={close} />
    </Dialog>
  )
}

function RecoveryInDialog({ close }: { readonly close: () => void }): ReactElement {
  // The state when the dialog opened: showing the code changes it, and must not change the dialog.
  const info = useInfo()
  return (
    <>
      <RecoveryAbout />
      <RecoveryCode first={info?.recoveryShown === false} done={close} />
    </>
  )
}

/** The purpose of the code, and where to keep it. */
export function RecoveryAbout(): ReactElement {
  return (
    <p className="c-prose">
      The register on disk is encrypted, and its key stays on this machine. The recovery code opens a copy of the
      register on another machine, or here if the key was lost. Keep it where you keep other recovery codes, apart from
      the register.
    </p>
  )
}
