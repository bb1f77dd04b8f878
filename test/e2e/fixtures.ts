import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { expect, test as base, type Page, type TestInfo } from '@playwright/test'

import type { Desktop } from './desktop.ts'
import { openChromium } from './open-chromium.ts'
import { type Application, openElectron } from './open-electron.ts'
import { copySample } from './sample.ts'

/** A shell that shows the product. */
export interface Opened {
  readonly page: Page
  readonly desktop: Desktop
  /** Electron's main process, real or simulated; null in the Chromium shell. */
  readonly application: Application | null
  close(): Promise<void>
}

export interface Product {
  /** The data folder of this test. */
  readonly profile: string
  /** A folder for the files of this test. */
  readonly folder: string
  /** The window. */
  readonly page: Page
  /** The desktop of the window. */
  readonly desktop: Desktop
  /** Electron's main process, when there is one. */
  readonly application: Application | null
  /** Closes the window and the register, and opens them again on the same data. */
  reopen(): Promise<Page>
}

const root = resolve(import.meta.dirname, '../..')

/**
 * The built product, in the Chromium shell or in Electron, by the project. It is closed and removed after the test, which
 * fails when the page threw or broke its content policy. `test.use({ headless: false })` shows it.
 *
 * - `product`: in its own empty profile.
 * - `colleague`: a second one at the same time, in a profile of its own.
 * - `agency`: in its own profile of the sample agency, with Today on screen.
 */
export const test = base.extend<{ product: Product; colleague: Product; agency: Product }>({
  product: ({ headless }, use, info) =>
    withProduct({ headless, info, profile: 'profile', prepare: async () => undefined }, use),
  colleague: ({ headless }, use, info) =>
    withProduct({ headless, info, profile: 'profile', prepare: async () => undefined }, use),
  agency: ({ headless }, use, info) =>
    withProduct({ headless, info, profile: 'profile/sample-agency', prepare: copySample }, async (product) => {
      await expect(product.page).toHaveTitle(/SAMPLE/u)
      await expect(product.page.getByText('SAMPLE').first()).toBeVisible()
      await expect(product.page.getByRole('heading', { name: /^Clients/u })).toBeVisible()
      await use(product)
    }),
})

interface Start {
  readonly headless: boolean
  readonly info: TestInfo
  /** The profile in the folder of the test; the product recognizes the sample agency's by its name. */
  readonly profile: string
  /** Creates the profile before the product opens it. */
  readonly prepare: (profile: string) => Promise<void>
}

async function withProduct(
  { headless, info, profile: name, prepare }: Start,
  use: (product: Product) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'castellan-e2e-'))
  const profile = join(folder, name)
  await prepare(profile)
  const open = async (): Promise<Opened> => {
    const isElectron = info.project.name.startsWith('electron')
    const window = await (isElectron
      ? openElectron(root, profile, folder, info.titlePath.slice(1).join(' > '))
      : openChromium(root, profile, headless))
    // Text that fades in or out would be reported as text without contrast; the window does not animate with this
    // preference.
    await window.page.emulateMedia({ reducedMotion: 'reduce' })
    return window
  }
  let opened = await open()
  const errors: string[] = []
  const watch = (page: Page): void => {
    page.on('pageerror', (error) => errors.push(error.stack ?? error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy/u.test(message.text())) errors.push(message.text())
    })
  }
  watch(opened.page)
  try {
    await use({
      profile,
      folder,
      get page() {
        return opened.page
      },
      get desktop() {
        return opened.desktop
      },
      get application() {
        return opened.application
      },
      reopen: async () => {
        await opened.close()
        opened = await open()
        watch(opened.page)
        return opened.page
      },
    })
  } finally {
    if (info.status !== info.expectedStatus) {
      await opened.page.screenshot({ path: info.outputPath('window.png') }).catch(() => undefined)
    }
    await opened.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
  expect(errors, 'errors in the page').toEqual([])
}

/** Marks a flow that runs with `npm run e2e -- --all`, but not with `npm test`, which has eight minutes. */
export const WHOLE = { tag: '@whole' } as const

export { expect }
