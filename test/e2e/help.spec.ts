import { join } from 'node:path'

import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

test(
  'help opens by the palette, by keys and by address, and each part of it is accessible at two widths',
  WHOLE,
  async ({ agency: { page, profile } }) => {
    await test.step('the palette and the keys open the guide, whose links open the pages', async () => {
      await page.keyboard.press('Control+K')
      await page.getByRole('combobox', { name: 'Search or go to' }).fill('licences')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible()
      await page.getByRole('link', { name: 'Show keys that are due' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Rotation' })).toBeVisible()
      await page.keyboard.press('g')
      await page.keyboard.press('h')
      await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible()
    })

    await test.step('every link of the guide opens a page', async () => {
      const links = page.locator('.c-help-panel').getByRole('link')
      const places = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''))
      expect(places.length).toBeGreaterThan(15)
      for (const place of places) {
        await go(page, place)
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
        await expect(page.getByText('Page not found')).toHaveCount(0)
      }
    })

    await test.step('the shortcuts are the same as in the dialog', async () => {
      await go(page, '/help?section=shortcuts')
      const inPage = await page.locator('.c-help-panel').locator('dl').allInnerTexts()
      await page.keyboard.press('?')
      const dialog = page.getByRole('dialog', { name: 'Shortcuts' })
      await expect(dialog).toBeVisible()
      expect(await dialog.locator('dl').allInnerTexts()).toEqual(inPage)
      await page.keyboard.press('Escape')
    })

    await test.step('the licences list the bundled packages, and one opens by keyboard', async () => {
      await go(page, '/help?section=licences')
      const licence = page.locator('details', { hasText: /^react-dom - / })
      await expect(licence).toHaveCount(1)
      await licence.locator('summary').focus()
      await page.keyboard.press('Enter')
      await expect(licence.getByText('Permission is hereby granted')).toBeVisible()
      for (const name of ['better-sqlite3 - ', 'zod - ', 'undici - ', '@mantine/core - '])
        await expect(page.getByText(name)).toHaveCount(1)
    })

    await test.step('about shows versions, the profile and the log file', async () => {
      await go(page, '/help?section=about')
      const panel = page.locator('.c-help-panel')
      await expect(panel.getByText(profile, { exact: true })).toBeVisible()
      await expect(panel.getByText(join(profile, 'castellan.log'), { exact: true })).toBeVisible()
      await expect(panel.getByText(/Node \d+\.\d+\.\d+, SQLite 3\.\d+\.\d+/u)).toBeVisible()
      await expect(panel.getByText('Castellan does not look for updates.')).toBeVisible()
      await panel.getByRole('link', { name: 'Show all licences' }).click()
      await expect(
        page.getByRole('navigation', { name: 'Help' }).getByRole('link', { name: 'Licences' }),
      ).toHaveAttribute('aria-current', 'page')
    })

    await test.step('at both widths, in both schemes', async () => {
      for (const width of [1440, 1024]) {
        await page.setViewportSize({ width, height: 800 })
        for (const section of ['guide', 'shortcuts', 'licences', 'about']) {
          await go(page, `/help?section=${section}`)
          await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
          await lookAt(page, `help-${section}-${width}`)
        }
      }
    })
  },
)

test('unreadable licences are reported, with a button to try again', WHOLE, async ({ agency: { page } }) => {
  await page.evaluate(() => {
    const real = window.fetch
    window.fetch = () => {
      window.fetch = real
      return Promise.reject(new TypeError('Failed to fetch'))
    }
  })
  await go(page, '/help?section=licences')
  await page.getByText('The licences could not be read.').waitFor()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('Castellan is free software under the MIT licence.')).toBeVisible()
})
