import { _electron as electron, type Page } from '@playwright/test'

import { findElectron } from '../../build/steps/electron-binary.mjs'
import { type Module, startStandIn } from '../electron/stand-in/start.ts'
import type { Desktop } from './desktop.ts'
import type { Opened } from './fixtures.ts'

/** An application whose main process runs functions of a test. */
export interface Application {
  evaluate<Value, Result>(run: (electron: Module, value: Value) => Result, value?: Value): Promise<Awaited<Result>>
  firstWindow(): Promise<Page>
  close(): Promise<void>
}

/** Opens the built product in Electron, or on the stand-in where its binary is not here. */
export async function openElectron(root: string, profile: string, home: string, test: string): Promise<Opened> {
  const application = await start(root, ['--profile', profile], home, test)
  const page = await application.firstWindow()
  return { page, application, desktop: electronDesktop(application, page), close: () => application.close() }
}

async function start(root: string, args: readonly string[], home: string, test: string): Promise<Application> {
  const executablePath = findElectron(root)
  if (executablePath === null) return startStandIn({ home, args, test })
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const real = await electron.launch({ executablePath, args: [...sandbox, root, ...args] })
  // The stand-in has the same functions as Electron, and a test on both uses no others.
  return real as unknown as Application
}

/** The desktop of Electron's main process: its dialogs are answered and its notifications recorded. */
function electronDesktop(application: Application, page: Page): Desktop {
  return {
    watchNotifications: () =>
      application.evaluate(({ Notification }) => {
        const shown: string[] = []
        Object.assign(globalThis, { shown })
        Notification.prototype.show = function show() {
          shown.push(`${this.title} | ${this.body}`)
        }
      }),
    notifications: () => application.evaluate(() => (globalThis as unknown as { readonly shown: string[] }).shown),
    clipboard: () => application.evaluate(({ clipboard }) => clipboard.readText()),
    saveTo: async (path, control = page.getByRole('button', { name: 'Save…' })) => {
      await application.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
      }, path)
      await control.click()
    },
    chooseFolder: async (path) => {
      await application.evaluate(({ dialog }, folder) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] })
      }, path)
      await page.getByRole('button', { name: 'Choose folder…' }).click()
    },
  }
}
