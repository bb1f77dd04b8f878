import type { Locator, Page } from '@playwright/test'

import { expect, test } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

test('Today is worked by keys: move, look, snooze, note, dismiss, undo, and do the first thing', async ({
  agency: { page },
}) => {
  const { keyboard } = page
  await page.setViewportSize({ width: 1440, height: 900 })
  const queue = page.getByRole('region', { name: 'What to do first' })
  const rows = queue.getByRole('listitem')
  await expect(rows.first()).toBeVisible()
  const count = await rows.count()
  const sentences = await queue.locator('[data-says]').allTextContents()

  await test.step('J and K move the focus, O opens the panel, which follows, and Escape returns', async () => {
    await keyboard.press('j')
    await expect(queue.getByRole('button', { name: sentences[0] ?? '', exact: true })).toBeFocused()
    await keyboard.press('j')
    await keyboard.press('o')
    const panel = page.getByRole('complementary')
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText(sentences[1] ?? '')
    await expect(panel.getByText('Why here')).toBeVisible()
    await lookAt(page, 'today-panel')
    await keyboard.press('k')
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText(sentences[0] ?? '')
    await keyboard.press('Escape')
    await expect(panel).toBeHidden()
    await expect(queue.getByRole('button', { name: sentences[0] ?? '', exact: true })).toBeFocused()
  })

  await test.step('S snoozes until a day; the next row has the focus, and Undo returns the entry', async () => {
    await keyboard.press('s')
    const dialog = page.getByRole('dialog', { name: 'Snooze entry' })
    await expect(dialog).toBeVisible()
    await lookAt(page, 'today-snooze')
    await dialog.getByRole('button', { name: '3 days' }).click()
    await dialog.getByRole('button', { name: 'Snooze', exact: true }).click()
    await expect(rows).toHaveCount(count - 1)
    await expect(queue.locator('[data-says]').first()).toBeFocused()
    await expectToStayUnderThePointer(page, page.getByRole('button', { name: 'Undo' }))
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(rows).toHaveCount(count)
  })

  await test.step('N notes who takes care of it', async () => {
    await queue.locator('[data-says]').first().focus()
    await keyboard.press('n')
    const dialog = page.getByRole('dialog', { name: 'Add note' })
    await expect(dialog.getByRole('textbox').first()).toBeFocused()
    await keyboard.type('Waits for the client')
    await dialog.getByLabel('Contact').fill('Mara Lind')
    await keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(rows.first()).toContainText('Contact: Mara Lind')
  })

  await test.step('D dismisses with a reason; the entry is listed apart and can be returned', async () => {
    await queue.locator('[data-says]').last().focus()
    await keyboard.press('d')
    const dialog = page.getByRole('dialog', { name: 'Dismiss entry' })
    await expect(dialog.getByRole('textbox').first()).toBeFocused()
    await keyboard.type('Agreed with the client')
    await dialog.getByRole('button', { name: 'Dismiss entry' }).click()
    await expect(rows).toHaveCount(count - 1)
    await page.getByRole('link', { name: 'Show 1 snoozed or dismissed entry' }).click()
    await expect(rows).toHaveCount(1)
    await expect(rows.first()).toContainText('Agreed with the client')
    await lookAt(page, 'today-hidden')
    await queue.locator('[data-says]').first().focus()
    await keyboard.press('s')
    await expect(page).toHaveURL(/hidden=true$/u)
    await queue.getByRole('button', { name: /^Return to Today/u }).click()
    await expect(page.getByText('Nothing is snoozed or dismissed')).toBeVisible()
    await page.getByRole('link', { name: 'Back to Today' }).click()
    await expect(rows).toHaveCount(count)
  })

  await test.step('Enter does the action of the row', async () => {
    const action = await rows.first().getByRole('link').getAttribute('href')
    await queue.locator('[data-says]').first().focus()
    await keyboard.press('Enter')
    await expect.poll(() => new URL(page.url()).pathname).toBe(new URL(action ?? '', page.url()).pathname)
    await page.goBack()
    await expect(rows).toHaveCount(count)
  })

  await test.step('one client has its own queue', async () => {
    await go(page, '/keys')
    await go(page, '/')
    await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible()
    await page
      .getByRole('region', { name: /^Clients/u })
      .getByRole('button', { name: 'Acme Corp', exact: true })
      .click()
    await expect(page.getByRole('region', { name: /^Clients/u })).toBeHidden()
    await lookAt(page, 'today-client')
  })
})

/** A message makes way for what is focused under it, but not while the pointer is on it, and does once a key is used. */
async function expectToStayUnderThePointer(page: Page, button: Locator): Promise<void> {
  await button.hover()
  const before = await button.boundingBox()
  await page.evaluate(() => {
    const covered = document.createElement('button')
    covered.id = 'covered'
    covered.style.cssText = 'position:fixed;right:24px;bottom:24px;width:120px;height:24px'
    document.body.append(covered)
    covered.focus()
  })
  await page.evaluate(() => new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame))))
  expect(await button.boundingBox()).toEqual(before)
  await page.keyboard.press('Shift')
  await expect.poll(async () => (await button.boundingBox())?.y).toBeLessThan(before?.y ?? 0)
  await page.evaluate(() => document.querySelector('#covered')?.remove())
}
