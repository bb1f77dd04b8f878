import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

test('the risk of a finding is accepted with a reason by keyboard alone, and that is undone', async ({ agency }) => {
  const { page } = agency
  await page.keyboard.press('g')
  await page.keyboard.press('f')
  await expect(page.getByRole('heading', { level: 1, name: 'Findings' })).toBeVisible()
  const rules = page.getByRole('grid', { name: 'Findings by rule' })
  // The list draws only the rows in view.
  await page.getByRole('searchbox', { name: 'Search subjects' }).fill('Quillmarsh on')
  // The rows before the search would move under the pointer.
  await expect(rules).toHaveAttribute('aria-rowcount', '3')
  await rules.getByRole('row', { name: /Too many owners and admins/u }).click()
  const list = page.getByRole('grid', { name: 'Findings', exact: true })
  await expect(list.getByRole('row', { name: /Quillmarsh on OpenAI/u })).toBeVisible()
  await list.focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary', { name: 'Too many owners and admins' })
  await expect(panel.getByText('5 people administer the organization; the policy allows 4.')).toBeVisible()
  await expect(panel.getByRole('button', { name: 'Change role…' })).toBeVisible()
  await panel.getByRole('button', { name: 'Accept risk…' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('Two of them are on call')
  await panel.getByRole('form', { name: 'Accept risk' }).getByRole('button', { name: 'Accept risk' }).focus()
  await page.keyboard.press('Enter')
  await expect(panel.getByText('Accepted', { exact: true })).toBeVisible()
  await expect(panel.getByText('Two of them are on call')).toBeVisible()
  await expect(page.getByText('No findings match the filters')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(panel.getByText('Open', { exact: true })).toBeVisible()
  await expect(list.getByRole('row', { name: /Quillmarsh on OpenAI/u })).toBeVisible()
})

test(
  'the risk of the selected findings alone is accepted, with a typed word for a critical one, and that is undone',
  WHOLE,
  async ({ agency }) => {
    const { page } = agency
    await go(page, '/findings?view=all')
    const list = page.getByRole('grid', { name: 'Findings', exact: true })
    const rows = list.getByRole('row', { name: /Critical/u })
    await expect(rows.first()).toBeVisible()
    const count = Number(await list.getAttribute('aria-rowcount'))
    await list.focus()
    await page.keyboard.press('Space')
    await page.getByRole('group', { name: 'Selected findings' }).getByRole('button', { name: 'Accept risk…' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Accept risk for 1 finding' })
    await expect(dialog.getByRole('textbox', { name: 'Reason' })).toBeFocused()
    await lookAt(page, 'findings-accept-selected')
    await page.keyboard.type('It is replaced with the old system')
    await expect(dialog.getByRole('button', { name: 'Accept risk' })).toBeDisabled()
    await dialog.getByRole('textbox', { name: /Type ACCEPT 1 to confirm/u }).fill('ACCEPT 1')
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(list).toHaveAttribute('aria-rowcount', String(count - 1))
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(list).toHaveAttribute('aria-rowcount', String(count))
  },
)

test('the trend has time on its horizontal axis and a table twin', WHOLE, async ({ agency }) => {
  const { page } = agency
  await go(page, '/findings?view=trend')
  const chart = page.getByRole('img', { name: /open findings? on/u })
  await expect(chart).toBeVisible()
  await page.getByRole('group', { name: /arrow keys choose a day/u }).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByText(/^\d+ \w{3} \d{4}: \d+ open findings?/u)).toBeVisible()
  await lookAt(page, 'findings-trend')
  await page.getByText('Table', { exact: true }).click()
  await expect(page.getByRole('columnheader', { name: 'Critical' })).toBeVisible()
})

test(
  'the findings of another policy are previewed, and are those after it is saved',
  WHOLE,
  async ({ agency: { page } }) => {
    const readCount = async (): Promise<number> => {
      const link = page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name: /^Findings/u })
      return Number(/\d+/u.exec((await link.textContent()) ?? '')?.[0])
    }
    await go(page, '/settings?section=policy')
    const preview = page.getByRole('button', { name: 'Preview findings' })
    await expect(preview).toBeDisabled()
    const before = await readCount()
    const field = page.getByLabel('Admin keys', { exact: true })
    await field.fill('10')
    await preview.press('Enter')
    // It keeps the focus while it computes, so that it can be pressed again.
    await expect(preview).toBeFocused()
    const words = page.getByText(/^With these values: /u)
    await expect(words).toBeVisible()
    const [more = '0', fewer = '0'] =
      /([\d,]+) findings? more(?:, ([\d,]+) fewer)?/u.exec((await words.textContent()) ?? '')?.slice(1) ?? []
    expect(Number(more)).toBeGreaterThan(0)
    await expect(page.getByRole('listitem').filter({ hasText: /^Acme Corp: \d+ findings? more/u })).toBeVisible()
    await lookAt(page, 'settings-policy-preview')
    // Another value is another question.
    await field.fill('11')
    await expect(words).toBeHidden()
    await field.fill('10')
    await expect(words).toBeVisible()
    expect(await readCount()).toBe(before)

    await page.getByRole('button', { name: 'Save policy' }).click()
    await expect(page.getByText('Policy saved.')).toBeVisible()
    await expect.poll(readCount).toBe(before + Number(more) - Number(fewer ?? 0))
  },
)
