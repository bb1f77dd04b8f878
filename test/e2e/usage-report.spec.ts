import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { toSheets } from '../electron/service/files-out/workbook.ts'
import { formatMonth } from '../../shared/domain/text/dates.ts'
import { startWithoutConnection } from './connecting.ts'
import { expect, test, type Product, WHOLE } from './fixtures.ts'
import { expectAccessible, go, lookAt } from './looking.ts'

/** The first of the running month, which budgets look at. */
const MONTH = new Date().toISOString().slice(0, 7)

interface Record {
  readonly id: string
  readonly feature: string
  readonly model: string
  readonly cost: number
}

async function take(product: Product, name: string, records: readonly Record[], says: string): Promise<void> {
  const { page, folder } = product
  const path = join(folder, name)
  const lines = records.map(({ id, feature, model, cost }) => ({
    timestamp: `${MONTH}-01T00:00:00Z`,
    request_id: id,
    feature,
    project: 'web-shop',
    model,
    input_tokens: 1000,
    output_tokens: 200,
    cost_estimate: cost,
  }))
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'))
  await go(page, '/usage?client=acme-corp')
  await page.getByRole('button', { name: 'Import records' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import usage records' })
  await dialog.getByLabel('Path of the file').fill(path)
  await dialog.getByRole('button', { name: 'Import records' }).click()
  await expect(dialog).toContainText(says)
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
}

async function save(product: Product, format: string, name: string): Promise<Buffer> {
  const { desktop, page, folder } = product
  const path = join(folder, name)
  await page.getByRole('combobox', { name: 'Format' }).click()
  await page.getByRole('option', { name: format, exact: true }).click()
  await desktop.saveTo(path)
  const result = page.locator('.c-result')
  await expect(result).toContainText(path, { timeout: 60_000 })
  const bytes = readFileSync(path)
  await expect(result).toContainText(createHash('sha256').update(bytes).digest('hex'))
  return bytes
}

test(
  'records are imported, a threshold is reported once, and the report for finance has their sums',
  WHOLE,
  async ({ product }) => {
    const { page } = product
    await page.setViewportSize({ width: 1440, height: 900 })

    await test.step('a client with a budget', async () => {
      await startWithoutConnection(page, 'Acme Corp', 'client-acme.example')
      await expect(page.getByRole('heading', { level: 1, name: /Today/u })).toBeVisible()
      await product.desktop.watchNotifications()
      await go(page, '/usage/budgets?client=acme-corp')
      await page.getByRole('button', { name: 'Set budget' }).first().click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('US dollars a month').fill('100')
      await dialog.getByLabel('Alert at (%)').fill('80')
      await dialog.getByRole('button', { name: /^(?:Set|Save)/u }).click()
      await expect(dialog).toBeHidden()
    })

    await test.step('records are imported; reconciliation shows them', async () => {
      const records = [
        { id: 'a', feature: 'summaries', model: 'gpt-5.4', cost: 40.25 },
        { id: 'b', feature: '=HYPERLINK("http://x")', model: 'gpt-5.4-mini', cost: 2.5 },
      ]
      await take(product, 'first.jsonl', records, 'Read 2 rows, 2 counted')
      expect(await product.desktop.notifications()).toEqual([])
      await go(page, `/usage/reconciliation?client=acme-corp&month=${MONTH}`)
      await expect(page.getByRole('row', { name: /web-shop/u })).toContainText('42.75')
    })

    await test.step('the threshold is crossed, and reported once', async () => {
      const more = [{ id: 'c', feature: 'summaries', model: 'gpt-5.4', cost: 41 }]
      await take(product, 'second.jsonl', more, '1 counted')
      await expect.poll(() => product.desktop.notifications()).toHaveLength(1)
      await take(product, 'third.jsonl', [{ id: 'd', feature: 'chat', model: 'gpt-5.4', cost: 1 }], '1 counted')
      await expect(page.getByText('84.75').first()).toBeVisible()
      expect(await product.desktop.notifications()).toEqual([
        `Acme Corp: 80 % of the month is spent | Acme Corp: 83.75 of 100.00 USD in ${MONTH}.`,
      ])
    })

    await test.step('the report for finance, as Markdown, Excel, HTML and PDF', async () => {
      await go(page, `/usage/reports?client=acme-corp&kind=monthly&source=claimed&period=${MONTH}`)
      await expect(
        page.getByRole('heading', { name: `Spend by project, ${formatMonth(MONTH)}: Acme Corp` }),
      ).toBeVisible()
      await expect(page.getByRole('row', { name: /^Total/u }).first()).toContainText('84.75')
      await lookAt(page, 'report-monthly')
      const md = (await save(product, 'Markdown', 'finance.md')).toString()
      expect(md).toMatch(/\| Acme Corp \| Internal records \| 84\.75 \| not read \|.* 4 \| 4,000 \| 0 \| 800 \|/u)
      expect(md).toMatch(/84\.75 USD in \w+ \d{4}, as far as it was read/u)
      expect(md).toMatch(/\*\*Total of what was read\*\* .*\*\*84\.75\*\*/u)
      expect(md).toMatch(/\*\*100\.00\*\* \| \*\*≥ 84 %\*\*/u)

      const sheets = toSheets(await save(product, 'Excel', 'finance.xlsx'))
      const [head = [], row = []] = sheets.get('Organizations') ?? []
      expect(row[head.indexOf('USD')]).toBe(84.75)
      expect(sheets.get('Features')?.flat()).toContain('=HYPERLINK("http://x")')

      const html = join(product.folder, 'finance.html')
      writeFileSync(html, await save(product, 'HTML', 'finance.html'))
      expect(readFileSync(html, 'utf8')).not.toMatch(/<script/iu)
      expect(readFileSync(html, 'utf8')).toContain('84.75')

      const pdf = await save(product, 'PDF', 'finance.pdf')
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    })

    await test.step('the audit log has the report; a schedule shows the due one', async () => {
      await go(page, '/usage/reports?view=settings&client=acme-corp')
      await page.getByLabel('Mark-up, %').fill('12.5')
      await page.getByLabel('Currency').fill('EUR')
      await page.getByLabel('1 USD is').fill('0,92')
      await page.getByLabel('Weekly, each Monday').check()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect(page.getByText('Saved report settings')).toBeVisible()
      await lookAt(page, 'report-settings')
      await go(page, '/usage/reports?view=made&client=acme-corp')
      await expect(page.getByRole('row', { name: /finance\.md/u })).toContainText('Markdown')
      await expect(page.getByRole('row', { name: /Weekly.*Due/u })).toBeVisible()
      await lookAt(page, 'reports-made')
      await go(page, `/usage/reports?client=acme-corp&kind=invoice&source=claimed&period=${MONTH}`)
      // 84.75 × 1.125 × 0.92 = 87.71625
      await expect(page.getByRole('row', { name: /^Total/u }).first()).toContainText('87.72')
      await expectAccessible(page, 'an invoice')
    })
  },
)
