import { expect, test, WHOLE } from './fixtures.ts'
import { go, lookAt } from './looking.ts'

test('changes are chosen by days and by syncs, filtered by kind, opened and copied', WHOLE, async ({ agency }) => {
  const { page } = agency
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('link', { name: 'Changes', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Changes' })).toBeVisible()
  const syncs = page.getByRole('region', { name: 'Syncs' })
  const list = page.getByRole('grid', { name: 'Changes' })

  await test.step('all changes, from before the first sync', async () => {
    await expect(list).toBeVisible()
    const before = (await list.getAttribute('aria-rowcount')) ?? ''
    await syncs.getByRole('radio', { name: 'From before the first sync' }).check()
    await expect(page.getByText('between the first sync and now')).toBeVisible()
    await expect(list).not.toHaveAttribute('aria-rowcount', before)
  })

  await test.step('one kind alone, by keyboard', async () => {
    const all = Number(await list.getAttribute('aria-rowcount')) - 1
    const chip = page.getByRole('button', { name: /Access gained \d/u })
    const count = Number((await chip.innerText()).replaceAll(/\D/gu, ''))
    expect(count).toBeLessThan(all)
    await chip.focus()
    await page.keyboard.press('Space')
    await expect(chip).toHaveAttribute('aria-pressed', 'true')
    await expect(list).toHaveAttribute('aria-rowcount', String(count + 1))
    await expect(page).toHaveURL(/kinds=/u)
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect(list).toHaveAttribute('aria-rowcount', String(all + 1))
  })

  await test.step('the changes of one sync, as many as in the timeline', async () => {
    const sync = syncs.getByRole('button', { name: /\d changes?/u }).first()
    const brought = /(?<count>\d+) changes?/u.exec(await sync.innerText())?.groups?.['count']
    await sync.click()
    await expect(list).toHaveAttribute('aria-rowcount', String(Number(brought) + 1))
  })

  await test.step('a person in the panel, and back to the row', async () => {
    await syncs.getByRole('radio', { name: 'From before the first sync' }).check()
    await page.getByRole('button', { name: /Access gained \d/u }).click()
    await list.focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('complementary')
    await expect(panel).toBeVisible()
    await expect(page).toHaveURL(/(?:person|project)=\d/u)
    await page.keyboard.press('Escape')
    await expect(panel).toBeHidden()
    await expect(list).toBeFocused()
  })

  await test.step('all shown changes, on the clipboard as Markdown', async () => {
    await page.getByRole('button', { name: 'Copy as Markdown' }).click()
    await expect(page.getByText('Copied the changes as Markdown')).toBeVisible()
  })

  await test.step('no changes between a sync and itself', async () => {
    const sync = syncs
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: /\d changes?/u }) })
      .first()
    await sync.getByRole('radio', { name: /^From the sync/u }).check()
    await expect(page.getByText(/Nothing changed between sync \d+ and sync \d+/u)).toBeVisible()
    await page.getByRole('button', { name: 'Show all changes' }).click()
    await expect(list).toBeVisible()
  })

  await test.step('no changes since the last signed review of a client without one', async () => {
    await go(page, '/changes?client=acme-corp')
    await expect(list).toBeVisible()
    // The label of a segment covers its radio button.
    await page.getByText('Last review', { exact: true }).click()
    await expect(page).toHaveURL(/review=/u)
    await expect(page.getByText('between the last signed review and now').first()).toBeVisible()
    await expect(page.getByRole('heading', { name: 'No review was signed yet' })).toBeVisible()
    await lookAt(page, 'changes-without-review')
    await page.getByText('30 days', { exact: true }).click()
    await expect(list).toBeVisible()
  })
})

test('an entry of the audit log is undone by keyboard, and its row then shows what undid it', async ({
  agency: { page },
}) => {
  const { keyboard } = page
  await page.setViewportSize({ width: 1440, height: 900 })
  const queue = page.getByRole('region', { name: 'What to do first' })
  await queue.locator('[data-says]').first().focus()
  await keyboard.press('n')
  await page.getByRole('dialog', { name: 'Add note' }).getByLabel('Contact').fill('Mara Lind')
  await keyboard.press('Enter')
  await expect(queue.getByText('Contact: Mara Lind')).toBeVisible()

  await go(page, '/changes/audit')
  const list = page.getByRole('grid', { name: 'Audit log' })
  const noted = list.getByRole('row', { name: /Note on an entry of Today/u })
  await expect(noted).toHaveCount(1)
  await list.focus()
  await keyboard.press('Shift+F10')
  const menu = page.getByRole('menu', { name: 'Actions on the entry' })
  await expect.poll(() => menu.evaluate((element) => element.contains(document.activeElement))).toBe(true)
  await keyboard.press('ArrowDown')
  await expect(menu.getByRole('menuitem', { name: 'Undo entry' })).toBeFocused()
  await keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Undo entry' })
  await expect(dialog.getByText(/^Note on an entry of Today: /u)).toBeVisible()
  await lookAt(page, 'changes-audit-undo')
  await dialog.getByRole('button', { name: 'Undo entry' }).focus()
  await keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(noted).toHaveCount(2)
  await expect(noted.last()).toContainText(/Entry \d+ undid, changed or ended it\./u)
  await lookAt(page, 'changes-audit-undone')

  await page.getByRole('searchbox', { name: 'Search the audit log' }).fill('no such entry')
  await expect(page.getByRole('heading', { name: 'No entries match the filters' })).toBeVisible()
  await lookAt(page, 'changes-audit-empty')
  await page.getByRole('search').getByRole('button', { name: 'Clear filters' }).click()
  await expect(noted).toHaveCount(2)
})
