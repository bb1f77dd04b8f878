import { _electron as electron, type ElectronApplication, type Page } from '@playwright/test'

import { findElectron } from '../../build/steps/electron-binary.mjs'
import type { Desktop } from './desktop.ts'
import type { Opened } from './fixtures.ts'

/** Opens the built product in Electron. */
export async function openElectron(root: string, profile: string): Promise<Opened> {
  const executablePath = findElectron(root)
  if (executablePath === null) throw new Error('Electron is not here. Run: npm run setup -- --retry-electron')
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const application = await electron.launch({ executablePath, args: [...sandbox, root, '--profile', profile] })
  const page = await application.firstWindow()
  return { page, desktop: electronDesktop(application, page), close: () => application.close() }
}

/** The desktop that Electron's main process speaks to: its dialogs are answered and its notifications kept. */
function electronDesktop(application: ElectronApplication, page: Page): Desktop {
  return {
    watchNotifications: () =>
      application.evaluate(({ Notification }) => {
        const told: string[] = []
        Object.assign(globalThis, { told })
        Notification.prototype.show = function show() {
          told.push(`${this.title} | ${this.body}`)
        }
      }),
    notifications: () => application.evaluate(() => (globalThis as unknown as { readonly told: string[] }).told),
    clipboard: () => application.evaluate(({ clipboard }) => clipboard.readText()),
    saveTo: async (path) => {
      await application.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      }, path)
      await page.getByRole('button', { name: 'Save…' }).click()
    },
    chooseFolder: async (path) => {
      await application.evaluate(({ dialog }, folder) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] })
      }, path)
      await page.getByRole('button', { name: 'Choose…' }).click()
    },
  }
}
