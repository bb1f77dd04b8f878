import { expect, test } from './fixtures.ts'
import { expectAccessible, lookAt } from './looking.ts'

test('the palette announces the chosen entry', async ({ agency }) => {
  const { page } = agency
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Search or go to' })
  await expect(field).toBeFocused()
  const chosen = page.getByRole('option', { selected: true })
  await expect(chosen).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await expect(chosen).toHaveCount(1)
  const first = await chosen.innerText()
  await page.keyboard.press('ArrowDown')
  await expect(chosen).not.toHaveText(first)
  await expect(field).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? '-')
  await field.fill('Alice Dev')
  await expect(page.getByRole('group', { name: 'Results' })).toBeVisible()
  await expect(chosen).toHaveText(/Alice Dev/u)
  await expect(field).toHaveAttribute('aria-activedescendant', (await chosen.getAttribute('id')) ?? '-')
  await lookAt(page, 'palette')
  await field.fill('nothing has this name')
  await expect(page.getByText('No results')).toBeVisible()
  await expect(field).toHaveAttribute('aria-expanded', 'false')
  await expectAccessible(page, 'palette without choices')
})
