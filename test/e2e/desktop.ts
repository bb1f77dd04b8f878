import type { Locator, Page } from '@playwright/test'

/** The desktop's part of the window's work, for tests. */
export interface Desktop {
  /** From now on records notifications as `title | body` instead of showing them. */
  watchNotifications(): Promise<void>
  /** The recorded notifications. */
  notifications(): Promise<readonly string[]>
  /** The text on the clipboard. */
  clipboard(): Promise<string>
  /**
   * Presses Save…, or another control, and answers the desktop's dialog, and its question whether to replace an existing
   * file.
   */
  saveTo(path: string, control?: Locator): Promise<void>
  /** Presses Choose folder… and answers the desktop's dialog with a folder. */
  chooseFolder(path: string): Promise<void>
}

/** The desktop of the Chromium shell: its page shows notifications, and another page asks for the file to save. */
export function pageDesktop(page: Page): Desktop {
  return {
    watchNotifications: () =>
      page.evaluate(() => {
        const reported: string[] = []
        class Recording extends EventTarget {
          constructor(title: string, { body = '' }: NotificationOptions = {}) {
            super()
            reported.push(`${title} | ${body}`)
          }
          close(): void {}
        }
        Object.assign(window, { Notification: Recording, reported })
      }),
    notifications: () => page.evaluate(() => (window as unknown as { readonly reported: string[] }).reported),
    clipboard: async () => {
      await page.context().grantPermissions(['clipboard-read'], { origin: new URL(page.url()).origin })
      return page.evaluate(() => navigator.clipboard.readText())
    },
    saveTo: (path, control = page.getByRole('button', { name: 'Save…' })) => answerDialog(page, control, path),
    chooseFolder: (path) => answerDialog(page, page.getByRole('button', { name: 'Choose folder…' }), path),
  }
}

async function answerDialog(page: Page, control: Locator, path: string): Promise<void> {
  const asked = page.context().waitForEvent('page')
  await control.click()
  const form = await asked
  await form.getByRole('textbox').fill(path)
  await form.getByRole('button', { name: 'Save' }).click()
  const replace = form.getByRole('button', { name: 'Replace the file' })
  const answered = await Promise.race([
    form.waitForEvent('close').then(() => true),
    replace.waitFor().then(
      () => false,
      () => true,
    ),
  ])
  if (!answered) await Promise.all([form.waitForEvent('close'), replace.click()])
}
