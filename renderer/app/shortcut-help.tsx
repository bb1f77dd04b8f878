import { Modal } from '@mantine/core'
import type { ReactElement } from 'react'

import { ShortcutList } from '../entities/shortcut-list.tsx'

interface ShortcutHelpProps {
  readonly opened: boolean
  readonly close: () => void
}

/** The shortcuts of the window, over any page. */
export function ShortcutHelp({ opened, close }: ShortcutHelpProps): ReactElement {
  return (
    <Modal opened={opened} onClose={close} title="Shortcuts" size={620}>
      <ShortcutList />
    </Modal>
  )
}
