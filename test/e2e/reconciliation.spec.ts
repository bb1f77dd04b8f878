import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test, WHOLE } from './fixtures.ts'
import { expectAccessible, go, lookAt, picture } from './looking.ts'

/** The previous month: all of its days are over. */
const MONTH = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 1, 1)).toISOString().slice(0, 7)

const record = (id: string, day: number, cost: number | null): string =>
  JSON.stringify({
    timestamp: `${MONTH}-${String(day).padStart(2, '0')}T10:00:00Z`,
    request_id: id,
    project: day % 2 === 0 ? 'writing' : 'Somewhere',
    model: 'gpt-5.4',
    input_tokens: 1_000_000,
    ...(cost === null ? {} : { cost_estimate: cost }),
  })

test(
  'internal records of a watched folder are reconciled with billing; a pinned price estimates those without a cost; an undone import leaves no data',
  WHOLE,
  async ({ agency }) => {
    const { page } = agency
    await page.setViewportSize({ width: 1440, height: 900 })

    const folder = join(agency.folder, 'records')
    mkdirSync(folder)
    const lines = Array.from({ length: 12 }, (_, n) => record(`r${n}`, n + 1, n === 3 ? null : 20))
    writeFileSync(join(folder, 'app.jsonl'), `${lines.join('\n')}\n`)
    writeFileSync(join(folder, 'bad.csv'), 'a,b\n1,2\n')
    await go(page, `/usage/reconciliation?client=northfold&month=${MONTH}`)
    await expect(page.getByRole('link', { name: 'Reconciliation' })).toHaveAttribute('aria-current', 'page')
    await page.getByRole('button', { name: 'Watch folder' }).click()
    const dialog = page.getByRole('dialog', { name: 'Watch folder' })
    await dialog.getByLabel('Path of the folder').fill(join(agency.folder, 'nowhere'))
    await dialog.getByRole('button', { name: 'Watch folder', exact: true }).click()
    await expect(dialog).toContainText('does not exist')
    await expectAccessible(page, 'watching a folder')
    await dialog.getByLabel('Path of the folder').fill(folder)
    await dialog.getByRole('button', { name: 'Watch folder', exact: true }).click()
    const row = page.getByRole('row', { name: /^\/.*records/u })
    await expect(row).toContainText('Not imported', { timeout: 30_000 })
    await expect(row).toContainText('No column contains the time of the request')

    await expect(page.getByRole('row', { name: /^Somewhere/u })).toContainText('No project has this id or name')
    await expect(page.getByText(/of the internal records is an estimate/u)).toBeVisible()
    // Records may refer to a project by its name, in any case.
    await expect(page.getByRole('row', { name: /^Writing/u })).toContainText('102.50')
    await page.getByRole('button', { name: 'Pin price' }).click()
    const pin = page.getByRole('dialog', { name: 'Pin price' })
    await pin.getByLabel('Model').fill('gpt-5.4')
    await pin.getByLabel('From', { exact: false }).first().fill(`${MONTH}-01`)
    await pin.getByLabel('Input').fill('7.5')
    await pin.getByLabel('Output').fill('30')
    await expectAccessible(page, 'pinning a price')
    await pin.getByRole('button', { name: 'Pin price', exact: true }).click()
    await expect(page.getByText(/≈ 7\.50 USD of the internal records is an estimate/u)).toBeVisible()

    await page.getByRole('radiogroup', { name: 'Show days as' }).getByText('Table').click()
    await expect(page.getByRole('row', { name: new RegExp(`^${MONTH}-04`, 'u') })).toContainText('7.50')
    await expect(page).toHaveURL(/show=table/u)
    await page.getByRole('radiogroup', { name: 'Show days as' }).getByText('Chart').click()
    await go(page, `/usage/reconciliation?month=${MONTH}`)
    await expect(page.getByRole('button', { name: 'Copy chart as image' })).toBeVisible()
    await lookAt(page, 'reconciliation')
    await page.getByRole('heading', { name: 'Pinned prices' }).scrollIntoViewIfNeeded()
    await picture(page, 'coverage-below-dark')
    const imported = page.getByRole('row', { name: /^app\.jsonl/u })
    await expect(imported).toContainText('Imported')
    await imported.getByRole('button', { name: 'Undo import of app.jsonl' }).click()
    const undo = page.getByRole('dialog', { name: 'Undo import' })
    await expectAccessible(page, 'undoing an import')
    await undo.getByRole('button', { name: 'Undo import' }).click()
    await expect(imported).toContainText('Undone')
    await expect(page.getByRole('row', { name: /^Somewhere/u })).toHaveCount(0)
    await page.getByRole('button', { name: /^Remove .*records$/u }).click()
    await page
      .getByRole('dialog', { name: 'Stop watching this folder' })
      .getByRole('button', { name: 'Stop watching' })
      .click()
    await expect(page.getByText(/No watched folders/u)).toBeVisible()
  },
)
