import { join } from 'node:path'

import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { copySample } from '../../e2e/sample.ts'
import { newHome, startApplication } from '../stand-in/application.ts'
import { openedSample, pressMenu, todayShown } from './desktop-parts.ts'

describe('About in the window', () => {
  it('shows that a switch turned the sandbox off', async () => {
    const home = newHome()
    const profile = join(home, 'sample-agency')
    await copySample(profile)
    const application = await startApplication({ home, args: ['--profile', profile, '--no-sandbox'] })
    const page = await application.firstWindow()
    await todayShown(page)
    await pressMenu(application, 'About Castellan')
    await expect.poll(() => readSandboxLine(page)).toMatch(/^Off: .*--no-sandbox was given$/u)
  })

  it('shows the sandbox as unknown where the process of the page cannot be read', async () => {
    const { application, page } = await openedSample()
    // The stand-in has the switch where root starts it, and does not know the process of a page.
    await application.evaluate(({ app }) => app.commandLine.removeSwitch('no-sandbox'))
    await page.reload()
    await todayShown(page)
    await pressMenu(application, 'About Castellan')
    await expect.poll(() => readSandboxLine(page)).toBe('Unknown: the process of the page cannot be read')
  })
})

async function readSandboxLine(page: Page): Promise<string | null> {
  return page
    .locator('dt', { hasText: /^Sandbox$/u })
    .locator('+ dd')
    .textContent()
}
