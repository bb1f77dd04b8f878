import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from './fixtures.ts'
import { expectAccessible, go, picture } from './looking.ts'

const RECORDS = [
  {
    timestamp: '2026-11-03T10:00:00Z',
    feature: 'summarization',
    user_id: 'user-1',
    model: 'gpt-5.4',
    input_tokens: 1000,
    cost_estimate: 12.5,
    request_id: 'a',
  },
  {
    timestamp: '2026-11-03T10:01:00Z',
    feature: 'chat',
    user_id: 'user-2',
    model: 'gpt-5.4-mini',
    input_tokens: 500,
    cost_estimate: 2.25,
    request_id: 'b',
  },
  { timestamp: 'soon', feature: 'chat', request_id: 'c' },
]

test('usage records are taken in and added up, and what was refused is named', async ({ product }) => {
  const { page } = product
  const path = join(product.folder, 'usage.jsonl')
  writeFileSync(path, RECORDS.map((record) => JSON.stringify(record)).join('\n'))
  await page.getByRole('button', { name: /Explore the sample agency/u }).click()
  await expect(page.getByText('SAMPLE').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: 'By client' })).toBeVisible()
  await go(page, '/usage?client=northfold')
  await expect(page.getByText('No usage is known yet')).toBeVisible()
  await expect(page.getByText('Not recorded').first()).toBeVisible()
  await page.getByRole('button', { name: 'Take records in' }).click()
  const dialog = page.getByRole('dialog', { name: 'Take usage records in' })
  await dialog.getByLabel('Path of the file').fill(path)
  await dialog.getByRole('button', { name: 'Take in' }).click()
  await expect(dialog).toContainText('Read 3 rows, 2 counted, 0 counted before, 1 refused.')
  await expect(dialog).toContainText('Line 3: "soon" is no moment.')
  await expectAccessible(page, 'taking usage records in')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await page.getByRole('combobox', { name: 'Add up by' }).click()
  await page.getByRole('option', { name: 'Feature' }).click()
  await expect(page.getByRole('row', { name: /summarization/u })).toContainText('12.50')
  await expect(page.getByRole('row', { name: /^All/u })).toContainText('14.75')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectAccessible(page, `usage, ${colorScheme}`)
    await picture(page, `usage-month-${colorScheme}`)
  }
})
