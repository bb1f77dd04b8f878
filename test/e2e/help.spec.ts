import { join } from 'node:path'

import { expect, test, WHOLE } from './fixtures.ts'
import { expectAccessible, go, lookAt } from './looking.ts'

test(
  'help is beside the work: at what concerns the page, the column, the value, the rule or the empty list',
  WHOLE,
  async ({ agency: { page } }) => {
    const help = page.getByRole('complementary', { name: 'Help' })
    const here = help.locator('[data-here]')
    await page.setViewportSize({ width: 1440, height: 900 })

    await test.step('? opens the task of the page beside it, and Escape returns to where it was', async () => {
      await go(page, '/keys')
      const grid = page.getByRole('grid', { name: 'Keys' })
      await grid.focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('?')
      await expect(here).toHaveText('4. Read who has access')
      await expect(here).toBeFocused()
      const [work, panel] = [await page.getByRole('main').boundingBox(), await help.boundingBox()]
      expect((work?.x ?? 0) + (work?.width ?? 0)).toBeLessThanOrEqual((panel?.x ?? 0) + 1)
      await lookAt(page, 'help-beside')
      await page.keyboard.press('Escape')
      await expect(help).toHaveCount(0)
      await expect(grid).toBeFocused()
    })

    await test.step('? on the heading of a list explains its column, as does the menu of columns', async () => {
      for (let line = 0; line < 4; line += 1) await page.keyboard.press('ArrowUp')
      await page.keyboard.press('?')
      await expect(here).toContainText('Key: the name of the key')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Columns' }).press('Enter')
      await page.getByRole('button', { name: 'Help: Contact' }).press('Enter')
      await expect(here).toContainText('Contact: who is asked about the key')
      expect(await page.locator('th[data-column]:not([data-help])').count()).toBe(0)
    })

    await test.step('a link in it opens a page of the window or of the guide, and the way back is there', async () => {
      await help.getByRole('button', { name: 'All tasks of the guide' }).click()
      await help.getByRole('link', { name: 'Open Leavers' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Leavers' })).toBeVisible()
      await help.getByRole('button', { name: '7. Accept a risk' }).click()
      await expect(here).toHaveText('7. Accept a risk')
      await help.getByRole('button', { name: 'Back in the guide' }).click()
      await expect(help.getByRole('heading', { name: 'Guide: twelve tasks' })).toBeFocused()
    })

    await test.step('a search finds a paragraph by its words', async () => {
      await help.getByRole('searchbox', { name: 'Search the guide' }).fill('days ceiling interval')
      await help.getByRole('button', { name: /^Ceiling for any interval/u }).click()
      await expect(here).toContainText('the longest interval that a key can be given')
    })

    await test.step('a rule, a value of the policy and an empty list lead to their paragraphs', async () => {
      await go(page, '/findings?view=all&rule=privileged-too-many')
      await page.getByRole('row', { name: /Too many owners/u }).click()
      await page.getByRole('button', { name: 'Help: Too many owners and admins' }).click()
      await expect(here).toHaveText('privileged-too-many')
      await go(page, '/settings?section=policy')
      await page.getByRole('button', { name: 'Help: Most admin keys' }).click()
      await expect(here).toContainText('Most admin keys (maxAdminKeys)')
      await go(page, '/keys?q=nothing-has-this-name')
      await page.getByRole('button', { name: 'Show in the guide' }).click()
      await expect(here).toContainText('No rows: keys appear with the first sync')
    })

    await test.step('in a narrow window it is a sheet', async () => {
      await page.setViewportSize({ width: 1024, height: 700 })
      await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible()
      await expectAccessible(page, 'help as a sheet')
      const search = page.getByRole('searchbox', { name: 'Search the guide' })
      await search.fill('days')
      await page.keyboard.press('Escape')
      await expect(search).toHaveValue('')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    })
  },
)

test(
  'the page of the help opens by the palette, by keys and by address, and each part of it is accessible at two widths',
  WHOLE,
  async ({ agency: { page, profile } }) => {
    await test.step('the palette and the keys open it, and its links open the pages', async () => {
      await page.keyboard.press('Control+K')
      await page.getByRole('combobox', { name: 'Search or go to' }).fill('licences')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible()
      await page.getByRole('link', { name: 'Guide' }).click()
      await page.getByRole('link', { name: 'Open Rotation' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Rotation' })).toBeVisible()
      await page.keyboard.press('g')
      await page.keyboard.press('h')
      await expect(page.getByRole('heading', { level: 1, name: 'Help' })).toBeVisible()
    })

    await test.step('every link of the guide opens a page', async () => {
      const links = page.locator('.c-help-panel').getByRole('link')
      await expect(links.first()).toBeVisible()
      const places = await links.evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''))
      expect(places.length).toBeGreaterThan(9)
      for (const place of places) {
        await go(page, place)
        await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
        await expect(page.getByText('Page not found')).toHaveCount(0)
      }
    })

    await test.step('the shortcuts are the same as beside the page', async () => {
      await go(page, '/help?section=shortcuts')
      const inPage = await page.locator('.c-help-panel').locator('dl').allInnerTexts()
      await page.keyboard.press('?')
      const beside = page.getByRole('complementary', { name: 'Help' })
      await beside.getByText('Shortcuts', { exact: true }).click()
      await expect(beside.locator('dl').first()).toBeVisible()
      expect(await beside.locator('dl').allInnerTexts()).toEqual(inPage)
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
      await expect(
        panel.getByText(/^Castellan does not look for updates, and this build has no release key/u),
      ).toBeVisible()
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
