import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { addFirstClient } from './connecting.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { expectAccessible, go } from './looking.ts'

test(
  'Electron offers to keep running and to start at login, both off by default, and a browser does not',
  WHOLE,
  async ({ product }) => {
    const first = product.page
    await addFirstClient(first, 'Acme Corp')
    const page = await product.reopen()
    await go(page, '/settings')
    await expect(page.getByLabel('Operator name')).toBeVisible()
    const keep = page.getByRole('switch', { name: 'Keep Castellan running in the tray when its window is closed' })
    const login = page.getByRole('switch', { name: 'Start Castellan at login' })
    if (product.application === null) {
      await expect(keep).toHaveCount(0)
      return
    }
    await expect(keep).not.toBeChecked()
    await expect(login).not.toBeChecked()
    await expectAccessible(page, 'the general settings')
    await login.focus()
    await page.keyboard.press('Space')
    await expect(login).toBeChecked()
    await expect(keep).not.toBeChecked()
    const stored = async (): Promise<unknown> =>
      JSON.parse(await readFile(join(product.profile, 'preferences.json'), 'utf8'))
    await expect.poll(stored).toMatchObject({ startAtLogin: true })
    expect(await stored()).not.toHaveProperty('keepRunning')
    const again = await product.reopen()
    await go(again, '/settings')
    await expect(again.getByRole('switch', { name: 'Start Castellan at login' })).toBeChecked()
  },
)
