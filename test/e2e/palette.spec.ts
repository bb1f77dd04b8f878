import { expect, test, WHOLE } from './fixtures.ts'
import { expectAccessible, go, lookAt } from './looking.ts'

test('the palette announces the chosen entry', WHOLE, async ({ agency }) => {
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

test('keys are for the palette from the moment that it opens', WHOLE, async ({ agency: { page } }) => {
  await page.evaluate(() => {
    const press = (key: string, more: KeyboardEventInit = {}): boolean =>
      document.body.dispatchEvent(
        new KeyboardEvent('keydown', {
          key,
          code: `Key${key.toUpperCase()}`,
          bubbles: true,
          cancelable: true,
          ...more,
        }),
      )
    press('k', { ctrlKey: true })
    for (const letter of 'gr') press(letter)
  })
  const field = page.getByRole('combobox', { name: 'Search or go to' })
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('gr')
  await page.keyboard.type('x')
  await expect(field).toHaveValue('grx')
  await expect(page.getByRole('heading', { level: 1, name: 'Rotation' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(field).toBeHidden()
})

test('the palette acts on the open key and offers it again, knows other words, and keeps its rows within itself', async ({
  agency: { page },
}) => {
  const field = page.getByRole('combobox', { name: 'Search or go to' })
  const options = page.getByRole('option')
  const type = async (text: string): Promise<void> => {
    await page.keyboard.press('Control+k')
    await field.fill(text)
  }
  await test.step('another word opens the area', async () => {
    await type('users')
    await expect(options.first()).toHaveText(/^People/u)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible()
  })
  await test.step('an action of the open key', async () => {
    await type('prod-claims-hotline')
    await expect(page.getByRole('group', { name: 'Results' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('complementary', { name: 'prod-claims-hotline' })).toBeVisible()
    await type('rotate')
    await expect(options.first()).toHaveText(/^Mark prod-claims-hotline rotated/u)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('form', { name: 'Mark rotated' })).toBeVisible()
  })
  await test.step('the key is offered again on another page, by its present name', async () => {
    await go(page, '/clients')
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('group', { name: 'Recent' }).getByRole('option').first()).toHaveText(
      /prod-claims-hotline/u,
    )
  })
  await test.step('a long result does not push the names of clients out of the palette', async () => {
    await field.fill('underwriting')
    await expect(page.getByRole('group', { name: 'Results' })).toBeVisible()
    const over = await options.evaluateAll(
      (all) =>
        all.filter((each) => each.scrollWidth > each.clientWidth || each.getBoundingClientRect().right > innerWidth)
          .length,
    )
    expect(over).toBe(0)
    const list = await page.locator('#palette-choices').evaluate((each) => each.getBoundingClientRect().right)
    const rights = await options.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().right))
    expect(Math.max(...rights)).toBeLessThanOrEqual(list)
  })
  await test.step('a colour scheme is chosen by its name', async () => {
    await field.fill('dark')
    await page.keyboard.press('Enter')
    await expect(page.locator('html[data-mantine-color-scheme="dark"]')).toBeAttached()
  })
})
