import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Locator } from '@playwright/test'

import { expect, test, WHOLE } from './fixtures.ts'
import { expectAccessible, go, lookAt, picture } from './looking.ts'

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

test('usage records are imported and added up, and each refused record is named', WHOLE, async ({ agency }) => {
  const { page } = agency
  const path = join(agency.folder, 'usage.jsonl')
  writeFileSync(path, RECORDS.map((record) => JSON.stringify(record)).join('\n'))
  await go(page, '/usage?client=northfold')
  await expect(page.getByRole('heading', { name: 'Billed, over time' })).toBeVisible()
  await page.getByRole('button', { name: 'Import records' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import usage records' })
  await dialog.getByLabel('Path of the file').fill(path)
  await dialog.getByRole('button', { name: 'Import records' }).click()
  await expect(dialog).toContainText('Read 3 rows, 2 counted, 0 counted before, 1 rejected.')
  await expect(dialog).toContainText('Line 3: "soon" is not a valid date or time.')
  await expectAccessible(page, 'importing usage records')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await page.getByRole('combobox', { name: 'Group by' }).click()
  await page.getByRole('option', { name: 'Feature' }).click()
  await expect(page.getByRole('row', { name: /summarization/u })).toContainText('12.50')
  await expect(page.getByRole('row', { name: /^All/u })).toContainText('14.75')
  await expect(page.getByRole('heading', { name: 'Internal records, over time' })).toBeVisible()
})

test('usage over time is opened by mouse and keyboard, copied, and shown in pairs', WHOLE, async ({ agency }) => {
  const { page } = agency
  await page.setViewportSize({ width: 1440, height: 900 })
  await go(page, '/usage?client=acme-corp&stretch=90-days')
  const picture90 = page.getByRole('img', { name: /By project, .* totals \$/u })
  await expect(picture90).toBeVisible()
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText(/\$[\d,.]+ in \w+ \d{4}/u)

  const bars = page.getByRole('group', { name: /^Bars/u })
  await bars.focus()
  // The first key press selects today; the same weekday a week before has complete data.
  for (let n = 0; n < 8; n += 1) await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowUp')
  await expect(bars).toContainText(/\d+ \w+ \d{4}, .+: \$[\d.,]+\. Total \$[\d.,]+/u)
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary')
  await expect(panel.getByRole('heading', { name: 'In all' })).toBeVisible()
  await expect(panel.getByRole('heading', { name: /^Key/u })).toBeVisible()
  expect(page.url()).toMatch(/at=\d{4}-\d\d-\d\d/u)
  await lookAt(page, 'usage-over-time')
  await page.keyboard.press('Escape')
  await expect(panel).toBeHidden()

  await page.getByRole('button', { name: 'Copy chart as image' }).click()
  await expect(page.getByText('Copied the chart as an image')).toBeVisible()
  await page.getByText('Table', { exact: true }).click()
  await page.getByRole('button', { name: 'Copy table as CSV' }).click()
  await expect(page.getByText('Copied the table as CSV')).toBeVisible()
  await page
    .getByRole('button', { name: /, ChatBot: \$.*details/u })
    .first()
    .click()
  await expect(page.getByRole('complementary', { name: 'ChatBot' })).toBeVisible()
  await page.keyboard.press('Escape')

  await page.getByText('Tokens', { exact: true }).click()
  await page.getByRole('combobox', { name: 'Stack by' }).click()
  await page.getByRole('option', { name: 'Kind of token' }).click()
  await expect(page.getByRole('columnheader', { name: 'Input from a cache' })).toBeVisible()
  await expectAccessible(page, 'usage by kind of token, as a table')

  const pairs = page.getByRole('region', { name: /by (?:model|key),/u })
  await pairs.scrollIntoViewIfNeeded()
  await expect(pairs.getByRole('columnheader', { name: 'gpt-5.4-mini' })).toBeVisible()
  await pairs.getByText('Features by key').click()
  await expect(pairs.getByRole('row', { name: /report-writing/u })).toBeVisible()
  await picture(page, 'usage-pairs-dark')
})

test(
  'finance sees last month’s spend by project with share and difference in two clicks, and the report in one more',
  WHOLE,
  async ({ agency }) => {
    const { page, desktop } = agency
    await page.setViewportSize({ width: 1440, height: 900 })
    await go(page, '/')
    let clicks = 0
    const click = async (target: Locator): Promise<void> => {
      clicks += 1
      await target.click()
    }
    await click(page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name: 'Usage' }))
    await click(page.getByRole('button', { name: /^Show \w+ \d{4}$/u }).first())
    await expect(page.getByRole('region', { name: 'Summary' })).toContainText(
      /\$[\d,.]+ in \w+ \d{4}, (?:[+−±]\d+ % on|compared with) /u,
    )
    const rows = page.getByRole('region', { name: /^Billed by project, / })
    await expect(rows.getByRole('columnheader', { name: 'Share' })).toBeVisible()
    await expect(rows.getByRole('columnheader', { name: 'Difference' })).toBeVisible()
    await expect(rows.getByRole('row', { name: /^All/u })).toContainText('100.0 %')
    expect(clicks).toBe(2)
    await click(page.getByRole('link', { name: /^Report for / }))
    await expect(page.getByRole('heading', { name: /^Spend by project, / })).toBeVisible()
    expect(clicks).toBe(3)
    await lookAt(page, 'report-for-finance')
    await page.goBack()

    // What drove it leads to that project alone, and the filter leads back.
    const [driver] = await page.getByRole('region', { name: 'What drove it' }).getByRole('link').all()
    const name = await driver?.innerText()
    await driver?.click()
    await expect(rows.getByRole('row')).toHaveCount(3)
    await page.getByRole('button', { name: `Show all, not only ${name ?? ''}` }).click()

    // The numbers are sorted by the service.
    await rows.getByRole('button', { name: 'Difference' }).click()
    await expect(page).toHaveURL(/sort=difference/u)
    await expect(rows.getByRole('columnheader', { name: 'Difference' })).toHaveAttribute('aria-sort', 'descending')

    // The chart is by client, and is saved as it is shown.
    const legend = page.getByRole('list', { name: 'Parts of the chart' })
    await legend.getByRole('button').first().click()
    await expect(legend.getByRole('button', { name: 'Show all' })).toBeVisible()
    const path = join(agency.folder, 'chart.svg')
    await page.getByRole('button', { name: 'Save chart…' }).click()
    await desktop.saveTo(path, page.getByRole('menuitem', { name: /SVG/u }))
    await expect(page.getByText(/Saved the chart to/u)).toBeVisible()
    expect(readFileSync(path, 'utf8')).toMatch(/^<\?xml .*\n<svg [^]*Spend by client[^]*all clients/u)
    await lookAt(page, 'usage-spend')
  },
)
