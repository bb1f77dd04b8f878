import { join } from 'node:path'

import type { Page } from 'playwright-core'

import type { ToShell } from '../../../shared/contract/control.ts'
import { copySample } from '../../e2e/sample.ts'
import { type Application, type ApplicationOptions, newHome, startApplication } from '../stand-in/application.ts'

export interface Opened {
  readonly application: Application
  readonly page: Page
}

/** The application with its first window answered by the service. */
export async function opened(options: ApplicationOptions = {}): Promise<Opened> {
  const application = await startApplication(options)
  const page = await application.firstWindow()
  await answered(page)
  return { application, page }
}

/** The application on the sample agency, which shows more than a first run. */
export async function openedSample(options: ApplicationOptions = {}): Promise<Opened> {
  const home = newHome()
  const profile = join(home, 'sample-agency')
  await copySample(profile)
  const application = await startApplication({ home, args: ['--profile', profile], ...options })
  const page = await application.firstWindow()
  await todayShown(page)
  return { application: { ...application, profile }, page }
}

/** Waits until the queue of Today is on screen. */
export async function todayShown(page: Page): Promise<void> {
  await page.locator('[data-entry]').first().waitFor()
}

/** Waits until the first run is on screen. */
export async function answered(page: Page): Promise<void> {
  await page.getByRole('button', { name: /sample agency/iu }).waitFor()
}

/** Presses an item of the application's menu by its words. */
export async function pressMenu(application: Application, label: string): Promise<void> {
  await application.evaluate(({ Menu }, words) => {
    const items = Menu.getApplicationMenu()?.items.flatMap(({ submenu }) => submenu?.items ?? []) ?? []
    const item = items.find((each) => each.label === words)
    if (item === undefined) throw new Error(`The menu has no item ${words}.`)
    item.click()
  }, label)
}

/** As if the service had sent it. */
export async function say(application: Application, message: ToShell): Promise<void> {
  await application.evaluate(({ UtilityProcess }, said) => UtilityProcess.$made.at(-1)?.emit('message', said), message)
}

/** The process of the service that was started last. */
export async function servicePid(application: Application): Promise<number> {
  return (await application.evaluate(({ UtilityProcess }) => UtilityProcess.$made.at(-1)?.pid)) ?? 0
}

/** The pages of the windows that are open, as the main process knows them. */
export async function places(application: Application): Promise<readonly string[]> {
  return application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
  )
}
