import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

test(
  'a budget is set, changed, undone and cleared; the other views show anomalies and rate limits',
  WHOLE,
  async ({ agency }) => {
    const { page } = agency
    await page.setViewportSize({ width: 1440, height: 900 })
    await go(page, '/usage/budgets')
    await expect(page.getByRole('heading', { level: 1, name: 'Usage' })).toBeVisible()
    await expect(page.getByRole('link', { name: 'Budgets' })).toHaveAttribute('aria-current', 'page')
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)

    await go(page, '/usage/budgets?client=northfold')
    await page.getByRole('button', { name: 'Set budget' }).first().click()
    await expect(page).toHaveURL(/add=true/u)
    const dialog = page.getByRole('dialog', { name: 'Set budget' })
    await dialog.getByRole('button', { name: 'Set budget' }).click()
    await expect(dialog).toContainText('Enter dollars and cents for a month')
    await dialog.getByLabel('Organization').click()
    await page
      .getByRole('option', { name: /OpenAI/u })
      .first()
      .click()
    await dialog.getByLabel('US dollars a month').fill('1,234.50')
    await dialog.getByLabel('Alert at (%)').fill('80 100')
    await lookAt(page, 'budgets-form')
    await dialog.getByRole('button', { name: 'Set budget' }).click()
    await expect(dialog).toBeHidden()
    const budgets = page.getByRole('region', { name: 'Budgets, this month' })
    const row = budgets.getByRole('row').filter({ hasText: '1,234.50' })
    await expect(row).toBeVisible()

    await row.getByRole('button', { name: /^Edit the budget/u }).click()
    const editing = page.getByRole('dialog', { name: 'Edit budget' })
    await expect(editing.getByLabel('Alert at (%)')).toHaveValue('80, 100')
    await lookAt(page, 'budgets-form-of-one')
    await editing.getByLabel('US dollars a month').fill('99')
    await editing.getByRole('button', { name: 'Save' }).click()
    const changed = budgets.getByRole('row').filter({ hasText: '99.00' })
    await expect(changed).toBeVisible()
    await page
      .getByRole('listitem')
      .filter({ hasText: 'to 99.00 USD a month' })
      .getByRole('button', { name: 'Undo' })
      .click()
    await expect(row).toBeVisible()
    await row.getByRole('button', { name: /^Clear the budget/u }).click()
    await expect(row).toBeHidden()

    await go(page, '/usage/budgets?view=anomalies')
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    await go(page, '/usage/budgets?view=rates')
    await expect(page.getByRole('grid', { name: 'Rate limits' })).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  },
)
