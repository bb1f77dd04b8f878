import type { Locator } from '@playwright/test'

import { expect, test } from './fixtures.ts'

/** The focused row or line, as assistive technology reports it. */
async function findFocused(focused: Locator): Promise<string> {
  return focused.evaluate((element) => {
    const id = element.getAttribute('aria-activedescendant')
    const active = id === null ? null : document.querySelector(`[id="${id}"]`)
    return (active?.closest('tr') ?? active)?.textContent ?? ''
  })
}

test('a list is used by keyboard alone', async ({ agency }) => {
  const { page } = agency
  await page.getByRole('link', { name: 'Keys', exact: true }).click()
  const grid = page.getByRole('grid', { name: 'Keys' })
  const status = page.getByRole('status').filter({ hasText: /keys$/u })
  await expect(status).toHaveText('400 keys')
  await expect(grid).toHaveAttribute('aria-rowcount', '401')

  await test.step('move, jump to the end and back', async () => {
    await grid.focus()
    const first = await findFocused(grid)
    await page.keyboard.press('End')
    await expect.poll(() => findFocused(grid)).not.toBe(first)
    await expect(grid.locator('tr[aria-rowindex="401"]')).toBeVisible()
    await page.keyboard.press('Home')
    await expect.poll(() => findFocused(grid)).toBe(first)
  })

  await test.step('go to a row', async () => {
    await page.keyboard.press('Control+g')
    await page.getByLabel('Go to row').fill('200')
    await page.keyboard.press('Enter')
    await expect(grid.locator('tr[aria-rowindex="201"]')).toBeVisible()
    await expect(grid).toBeFocused()
  })

  await test.step('select and copy; the paste is a table', async () => {
    await page.keyboard.press('Home')
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    await expect(page.getByText('2 selected')).toBeVisible()
    await page.keyboard.press('Control+c')
    await expect(page.getByText('Copied 2 keys')).toBeVisible()
    const search = page.getByRole('searchbox', { name: 'Search keys' })
    await search.evaluate((field) => {
      field.addEventListener('paste', (event) => {
        event.preventDefault()
        field.setAttribute('data-pasted', (event as ClipboardEvent).clipboardData?.getData('text/plain') ?? '')
      })
    })
    await search.press('Control+v')
    await expect(search).toHaveAttribute('data-pasted', /^Key\tClient\tProject/u)
    const lines = (await search.getAttribute('data-pasted'))?.split('\n') ?? []
    expect(lines).toHaveLength(3)
    await grid.focus()
    await page.keyboard.press('Control+a')
    await expect(page.getByText('400 selected')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByText('400 selected')).toBeHidden()
  })

  await test.step('the panel takes the focus and returns it, by Escape and by Back', async () => {
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary')
    await expect(panel.getByRole('heading', { level: 2 })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(panel).toBeHidden()
    await expect(grid).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(panel).toBeVisible()
    await page.goBack()
    await expect(panel).toBeHidden()
    await expect(grid).toBeFocused()
  })

  await test.step('sort from the header, filter into the address', async () => {
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/sort=name/u)
    await expect(page.getByRole('columnheader', { name: 'Key' })).toHaveAttribute('aria-sort', 'ascending')
    await page.getByRole('button', { name: 'Rotation', exact: true }).press('Enter')
    await page.getByRole('menuitemradio', { name: 'Overdue' }).press('Enter')
    await expect(page).toHaveURL(/rotation=overdue/u)
    await expect(status).not.toHaveText('400 keys')
    await page.getByRole('searchbox', { name: 'Search keys' }).fill('nothing is called this')
    await expect(page.getByRole('heading', { name: 'No keys match the filters' })).toBeVisible()
    await page.getByRole('button', { name: 'Clear filters' }).last().click()
    await expect(status).toHaveText('400 keys')
    await expect(page.getByRole('searchbox', { name: 'Search keys' })).toHaveValue('')
  })
})

test('the structure and the calendar are used by keyboard alone', async ({ agency }) => {
  const { page } = agency

  await test.step('open a project in the tree and show it', async () => {
    await page.getByRole('link', { name: 'Projects', exact: true }).click()
    await page.getByRole('link', { name: 'Tree', exact: true }).click()
    const tree = page.getByRole('tree')
    await tree.focus()
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    const project = page.locator('[role="treeitem"][aria-level="3"][aria-expanded="true"]')
    await expect(project).toBeVisible()
    await expect(page.locator('[role="treeitem"][aria-level="4"]').first()).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/project=\d+/u)
    await expect(page.getByRole('complementary').getByRole('heading', { name: /^People/u })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(tree).toBeFocused()
  })

  await test.step('choose a day of the calendar and see its keys', async () => {
    await page.getByRole('link', { name: 'Rotation', exact: true }).click()
    await expect(page.getByText('Overdue', { exact: true }).first()).toBeVisible()
    await page.getByText('Calendar', { exact: true }).click()
    const busy = page.getByRole('button', { name: /\d (?:overdue|due|planned)$/u }).first()
    await busy.press('Enter')
    await expect(page).toHaveURL(/on=\d{4}-\d{2}-\d{2}/u)
    // A day of the previous month switches the sheet to that month, so the selected day is located again.
    const chosen = page.getByRole('button', { pressed: true, name: /\d (?:overdue|due|planned)$/u })
    await expect(chosen).toHaveCount(1)
    const reported = Number(/(\d[\d,]*) (?:overdue|due|planned)$/u.exec((await chosen.textContent()) ?? '')?.[1])
    const days = page.getByRole('grid', { name: /^Keys due on/u })
    await expect(days).toHaveAttribute('aria-rowcount', String(reported + 1))
    await chosen.press('ArrowRight')
    await expect(chosen).not.toBeFocused()
  })
})
