import { Menu, nativeImage, Tray } from 'electron'

import { nounFor } from '../../../shared/domain/counted.ts'

/** The icon in the desktop's tray. It shows how many keys are due, and opens them. */
export interface Sign {
  setDue(count: number): void
  /** True if the system took it; a desktop of Linux takes one that it does not show. */
  readonly isTaken: boolean
}

export interface SignActions {
  readonly open: () => void
  readonly go: (to: string) => void
  readonly quit: () => void
}

/** Creates the icon. A desktop without a tray gets none; that is not an error. */
export function showSign(icon: string, actions: SignActions): Sign {
  let tray: Tray | null = null
  try {
    tray = new Tray(nativeImage.createFromPath(icon))
  } catch {
    return { setDue: () => undefined, isTaken: false }
  }
  const sign = tray
  const setDue = (count: number): void => {
    sign.setToolTip(`Castellan — ${dueText(count)}`)
    sign.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Castellan', click: actions.open },
        { label: dueText(count), enabled: count > 0, click: () => actions.go('/rotation') },
        { type: 'separator' },
        { label: 'Quit', click: actions.quit },
      ]),
    )
  }
  sign.on('click', actions.open)
  setDue(0)
  return { setDue, isTaken: true }
}

/** The number of due and overdue keys, in words. */
function dueText(count: number): string {
  if (count === 0) return 'No key is due'
  return `${count.toLocaleString('en')} ${nounFor(count, 'key is', 'keys are')} due`
}
