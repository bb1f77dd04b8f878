import { ask } from './ask.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { go } from './looking.ts'

test('a view is saved, changed, reset, and is a tab and an address', WHOLE, async ({ agency }) => {
  const { page } = agency
  await page.getByRole('link', { name: 'Keys', exact: true }).click()
  const views = page.getByRole('navigation', { name: 'Views' })
  const status = page.getByRole('status').filter({ hasText: /keys?$/u })
  await views.getByRole('link', { name: 'Production' }).click()
  await expect(page).toHaveURL(/environment=production/u)
  await expect(status).not.toHaveText('137 keys')
  const production = (await status.textContent()) ?? ''
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByLabel('Name of the view').fill('Mine')
  await page.keyboard.press('Enter')
  await expect(views.getByRole('link', { name: 'Mine' })).toHaveAttribute('aria-current', 'page')
  await expect(page).toHaveURL(/saved=Mine/u)

  await page.getByRole('searchbox', { name: 'Search keys' }).fill('claims')
  await expect(page.getByText('Changed', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Reset view' }).click()
  await expect(page.getByText('Changed', { exact: true })).toBeHidden()
  await expect(status).toHaveText(production)
  await views.getByRole('link', { name: 'All', exact: true }).click()
  await expect(status).toHaveText('137 keys')
  await views.getByRole('link', { name: 'Mine' }).click()
  await expect(status).toHaveText(production)
  await page.getByRole('button', { name: 'Actions on the view Mine' }).click()
  await page.getByRole('menuitem', { name: 'Remove view' }).click()
  await expect(views.getByRole('link', { name: 'Mine' })).toBeHidden()
})

test('a view of Rotation keeps its list and filters for a client, and is a tab, an entry of the palette and an address', async ({
  agency,
}) => {
  const { page, profile } = agency
  await go(page, '/rotation?view=all&client=northfold&environment=production')
  const views = page.getByRole('navigation', { name: 'Views' })
  const status = page.getByRole('status').filter({ hasText: /keys?$/u })
  await expect(views.getByRole('link', { name: 'Production' })).toHaveAttribute('aria-current', 'page')
  const production = (await status.textContent()) ?? ''
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByLabel('Name of the view').fill('Mine')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/saved=Mine/u)
  const address = new URL(page.url())

  await page.getByRole('link', { name: 'Overdue' }).click()
  await expect(page).not.toHaveURL(/saved=/u)
  // The tab of a view keeps the focus when it leads to another list.
  const mine = views.getByRole('link', { name: 'Mine' })
  await mine.press('Enter')
  await expect(page).toHaveURL(/saved=Mine/u)
  await expect(mine).toBeFocused()
  await go(page, '/keys')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or go to' }).fill('Rotation: Mine')
  await page.getByRole('option', { name: /Rotation: Mine/u }).click()
  await expect(page).toHaveURL(/\/rotation.*view=all/u)
  await expect(page).toHaveURL(/client=northfold/u)
  await expect(status).toHaveText(production)

  await go(page, `${address.pathname}${address.search}`)
  await expect(views.getByRole('link', { name: 'Mine' })).toHaveAttribute('aria-current', 'page')
  const due = await ask(profile, 'due', '--client', 'northfold', '--view', 'Mine')
  expect(`${due.length} keys`).toBe(production)
})
