import { Notification } from 'electron'

import type { NotificationWords } from '../../../shared/contract/control.ts'
import type { ShellLog } from '../shell.ts'

export interface Notifications {
  show(words: NotificationWords): void
  /** Closes the shown notifications. */
  closeAll(): void
}

/** Notifications of the desktop; a click on one opens its place. */
export function newNotifications(go: (to: string) => void, log: ShellLog): Notifications {
  /** Electron garbage-collects a notification without a reference, and its click handler with it. */
  const shown = new Set<Notification>()
  return {
    show: ({ title, body, to }) => {
      if (!Notification.isSupported()) return log.write('warn', 'notification.unsupported')
      const notification = new Notification({ title, body })
      shown.add(notification)
      const release = (): void => void shown.delete(notification)
      notification.on('click', () => {
        release()
        go(to)
      })
      notification.on('close', release)
      if (process.platform !== 'linux')
        notification.on('failed', (_event, error) => {
          release()
          log.write('warn', 'notification.failed', { error })
        })
      notification.show()
    },
    closeAll: () => {
      for (const notification of shown) notification.close()
    },
  }
}
