import type { Page } from '@playwright/test'

/** What the desktop does for the window, as a test sees it. */
export interface Desktop {
  /** From now on keeps what would be shown as a notification, as `title | body`. */
  watchNotifications(): Promise<void>
  /** What was shown since. */
  notifications(): Promise<readonly string[]>
  /** Presses Save… and says where to, by the desktop's own dialog or by the window's. */
  saveTo(path: string): Promise<void>
}

/** The desktop of the Chromium shell: its page shows notifications, and asks for a path itself. */
export function pageDesktop(page: Page): Desktop {
  return {
    watchNotifications: () =>
      page.evaluate(() => {
        const told: string[] = []
        class Recording extends EventTarget {
          constructor(title: string, { body = '' }: NotificationOptions = {}) {
            super()
            told.push(`${title} | ${body}`)
          }
          close(): void {}
        }
        Object.assign(window, { Notification: Recording, told })
      }),
    notifications: () => page.evaluate(() => (window as unknown as { readonly told: string[] }).told),
    saveTo: async (path) => {
      await page.getByRole('button', { name: 'Save…' }).click()
      await page.getByLabel('Save to').fill(path)
      await page.getByRole('button', { name: 'Write the file' }).click()
    },
  }
}
