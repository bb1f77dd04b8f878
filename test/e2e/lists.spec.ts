import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Locator, Page } from '@playwright/test'

import { addDays, toLocalDay } from '../../shared/domain/day.ts'
import { ask } from './ask.ts'
import { countInput } from './counting.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { lookAt } from './looking.ts'

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
  await expect(status).toHaveText('137 keys')
  await expect(grid).toHaveAttribute('aria-rowcount', '138')

  await test.step('move, jump to the end and back', async () => {
    await grid.focus()
    const first = await findFocused(grid)
    await page.keyboard.press('End')
    await expect.poll(() => findFocused(grid)).not.toBe(first)
    await expect(grid.locator('tr[aria-rowindex="138"]')).toBeVisible()
    await page.keyboard.press('Home')
    await expect.poll(() => findFocused(grid)).toBe(first)
  })

  await test.step('go to a row', async () => {
    await page.keyboard.press('Control+g')
    await page.getByLabel('Go to row').fill('90')
    await page.keyboard.press('Enter')
    await expect(grid.locator('tr[aria-rowindex="91"]')).toBeVisible()
    await expect(grid).toBeFocused()
    // Rows beyond those in view follow, so that a turn of the wheel shows no gap.
    await expect(grid.locator('tr[aria-rowindex="86"]:not([aria-busy])')).toBeAttached()
  })

  await test.step('select and copy; the paste is a table', async () => {
    await page.keyboard.press('Home')
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    await expect(page.getByText('2 selected')).toBeVisible()
    await page.keyboard.press('Control+c')
    await expect(page.getByText('Copied 2 keys')).toBeVisible()
    await expectToStayUnderThePointer(page)
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
    await expect(page.getByText('137 selected')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByText('137 selected')).toBeHidden()
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

  await test.step('the panel follows the list, and steps through it', async () => {
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    const heading = page.getByRole('complementary').getByRole('heading', { level: 2 })
    await expect(heading).toBeFocused()
    // Until the key was read, the panel is named after its kind.
    await expect(heading).not.toHaveText('Key')
    const first = (await heading.textContent()) ?? ''
    await grid.focus()
    await page.keyboard.press('j')
    await expect(heading).not.toHaveText(first)
    await expect(grid).toBeFocused()
    await page.keyboard.press('k')
    await expect(heading).toHaveText(first)
    await page.getByRole('button', { name: 'Next row' }).press('Enter')
    await expect(heading).not.toHaveText(first)
    await page.keyboard.press('[')
    await expect(heading).toHaveText(first)
    const edge = page.getByRole('separator', { name: 'Width of the panel' })
    const before = Number(await edge.getAttribute('aria-valuenow'))
    await edge.press('ArrowLeft')
    await expect(edge).toHaveAttribute('aria-valuenow', String(before + 24))
    await grid.focus()
    await page.keyboard.press('Escape')
    await expect(heading).toBeHidden()
  })

  await test.step('a row has its actions beside it under the pointer and the focus', async () => {
    const beside = page.locator('[data-row-actions] button')
    await grid.focus()
    await page.keyboard.press('Home')
    await expect(beside).toHaveCount(3)
    const isIn = async (index: number): Promise<boolean> => {
      const row = grid.locator(`tr[data-index="${index}"]`)
      const [box, icon] = [await row.boundingBox(), await beside.first().boundingBox()]
      return box !== null && icon !== null && icon.y >= box.y && icon.y + icon.height <= box.y + box.height
    }
    await expect.poll(() => isIn(0)).toBe(true)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => isIn(1)).toBe(true)
    await grid.locator('tr[data-index="4"]').hover()
    await expect.poll(() => isIn(4)).toBe(true)
    await page.mouse.move(0, 0)
    await page.getByRole('searchbox', { name: 'Search keys' }).focus()
    await expect(beside).toHaveCount(0)
  })

  await test.step('a row has a menu by right click, Menu key and Shift+F10; a slash leads to the search; a column is resized', async () => {
    const openers = [
      () => grid.locator('tr[data-index="0"] td').nth(1).click({ button: 'right' }),
      () => page.keyboard.press('ContextMenu'),
      () => page.keyboard.press('Shift+F10'),
    ]
    for (const open of openers) {
      await open()
      const menu = page.getByRole('menu', { name: 'Actions on the key' })
      await expect.poll(() => menu.evaluate((element) => element.contains(document.activeElement))).toBe(true)
      await page.keyboard.press('ArrowDown')
      await expect(page.getByRole('menuitem', { name: 'Mark rotated today' })).toBeFocused()
      await page.keyboard.press('Escape')
      await expect(menu).toBeHidden()
      await expect(grid).toBeFocused()
    }
    await page.keyboard.press('/')
    await expect(page.getByRole('searchbox', { name: 'Search keys' })).toBeFocused()
    await grid.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowUp')
    const header = page.getByRole('columnheader', { name: 'Key', exact: true })
    const width = async (): Promise<number> => (await header.boundingBox())?.width ?? 0
    const before = await width()
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(width).toBeGreaterThan(before + 10)
    await page.keyboard.press('Shift+Enter')
    await expect.poll(width).not.toBe(before + 16)
  })

  await test.step('selected rows are exported to a file', async () => {
    await page.keyboard.press('Home')
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowDown')
    await page.getByRole('group', { name: 'Selected keys' }).getByRole('button', { name: 'Export…' }).press('Enter')
    const path = join(agency.folder, 'keys.csv')
    await agency.desktop.saveTo(path, page.getByRole('menuitem', { name: 'As CSV, for a spreadsheet' }))
    await expect(page.getByText(/^Exported 2 keys to /u)).toBeVisible()
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^"Key","Client","Project"/u)
    await grid.focus()
    await page.keyboard.press('Escape')
  })

  await test.step('sort from the header, filter into the address', async () => {
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/sort=name/u)
    await expect(page.getByRole('columnheader', { name: 'Key', exact: true })).toHaveAttribute('aria-sort', 'ascending')
    await page.getByRole('button', { name: 'Rotation', exact: true }).press('Enter')
    await page.getByRole('menuitemcheckbox', { name: 'Overdue' }).press('Enter')
    await expect(page).toHaveURL(/rotation=overdue(?:&|$)/u)
    await expect(status).not.toHaveText('137 keys')
    const overdue = await status.textContent()
    await page.getByRole('menuitemcheckbox', { name: /^Due/u }).press('Enter')
    await expect(page).toHaveURL(/rotation=overdue,due/u)
    await expect(status).not.toHaveText(overdue ?? '')
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox', { name: 'Search keys' }).fill('nothing is called this')
    await expect(page.getByRole('heading', { name: 'No keys match the filters' })).toBeVisible()
    await page.getByRole('button', { name: 'Clear filters' }).last().click()
    await expect(status).toHaveText('137 keys')
    await expect(page.getByRole('searchbox', { name: 'Search keys' })).toHaveValue('')
  })
})

test('the structure and the calendar are used by keyboard alone', WHOLE, async ({ agency }) => {
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
    await expect(page.getByRole('grid', { name: 'Keys due this week' })).toBeVisible()
    await page.getByRole('link', { name: 'Calendar', exact: true }).click()
    const busy = page.getByRole('button', { name: /\d (?:overdue|due|planned)/u }).first()
    await busy.press('Enter')
    await expect(page).toHaveURL(/on=\d{4}-\d{2}-\d{2}/u)
    // A day of the previous month switches the sheet to that month, so the selected day is located again.
    const chosen = page.getByRole('button', { pressed: true, name: /\d (?:overdue|due|planned)/u })
    await expect(chosen).toHaveCount(1)
    const counts = [...((await chosen.textContent()) ?? '').matchAll(/(\d+) (?:overdue|due|planned)/gu)]
    const reported = counts.reduce((sum, [, count]) => sum + Number(count), 0)
    const days = page.getByRole('grid', { name: /^Keys due on/u })
    await expect(days).toHaveAttribute('aria-rowcount', String(reported + 1))
    await chosen.press('ArrowRight')
    await expect(chosen).not.toBeFocused()
  })

  await test.step('Export calendar opens the export in the calendar format', async () => {
    await page.getByRole('link', { name: 'Export calendar' }).press('Enter')
    await expect(page).toHaveURL(/\/files\?(?:.*&)?format=ics/u)
    await expect(page.getByRole('radio', { name: 'Calendar' })).toBeChecked()
    await expect(page.getByRole('region', { name: 'Preview' })).toContainText('BEGIN:VCALENDAR')
  })
})

test('the production keys of a client, and who can touch them, take three steps', async ({ agency }) => {
  const { page, profile } = agency
  let steps = 0
  const step = async (act: () => Promise<void>): Promise<void> => {
    steps += 1
    await act()
  }
  await step(() => page.keyboard.press('Control+4'))
  const client = new URL(page.url()).searchParams.get('client') ?? ''
  expect(client).not.toBe('')
  await step(async () => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('combobox', { name: 'Search or go to' })).toBeFocused()
    await page.keyboard.type('grants')
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/access/u)
  })
  await step(() =>
    page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Production keys' }).click(),
  )
  expect(steps).toBeLessThanOrEqual(3)
  await expect(page).toHaveURL(/environment=production/u)
  const status = page.getByRole('status').filter({ hasText: /grants$/u })

  // The truth, from the whole lists of keys and grants.
  const keys = await ask<{ environment: string | null; projectId: number | null; connectionId: number }>(
    profile,
    'key',
    'list',
    '--client',
    client,
  )
  const production = keys.filter(({ environment }) => environment === 'production')
  const projects = new Set(production.flatMap(({ projectId }) => (projectId === null ? [] : [projectId])))
  const whole = new Set(production.flatMap((key) => (key.projectId === null ? [key.connectionId] : [])))
  const grants = await ask<{ projectId: number | null; connectionId: number; level: string }>(
    profile,
    'access',
    'list',
    '--client',
    client,
  )
  const touching = grants.filter(({ projectId, connectionId, level }) =>
    projectId === null ? whole.has(connectionId) && ['owner', 'admin'].includes(level) : projects.has(projectId),
  )
  expect(touching.length).toBeGreaterThan(0)
  await expect(status).toHaveText(`${touching.length} grants`)
})

test('one of the keys that are due this week is marked rotated after three actions', async ({ agency }) => {
  const { page, profile } = agency
  // The truth, from the whole list of keys: due from today until the same weekday of the next week.
  const today = toLocalDay(Date.now())
  const until = addDays(today, 7)
  const readDue = async (): Promise<readonly string[]> =>
    (await ask<{ id: number; name: string; dueOn: string | null }>(profile, 'key', 'list')).flatMap(({ name, dueOn }) =>
      dueOn !== null && dueOn >= today && dueOn <= until ? [name] : [],
    )
  const due = await readDue()
  expect(due.length).toBeGreaterThan(1)

  const input = await countInput(page)
  await page.getByRole('link', { name: 'Rotation', exact: true }).click()
  const grid = page.getByRole('grid', { name: 'Keys due this week' })
  const status = page.getByRole('status').filter({ hasText: /keys?$/u })
  await expect(status).toHaveText(`${due.length} keys`)
  const row = grid.locator('tr[data-index="0"]')
  await row.locator('td').nth(1).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Mark rotated today' }).click()
  await expect(page.getByText(/ marked rotated, due again /u)).toBeVisible()
  const { clicks, keys } = await input()
  expect(clicks + keys).toBeLessThanOrEqual(3)
  await expect(status).toHaveText(due.length === 2 ? '1 key' : `${due.length - 1} keys`)
  expect((await readDue()).length).toBe(due.length - 1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(status).toHaveText(`${due.length} keys`)
  expect((await readDue()).toSorted()).toEqual([...due].toSorted())
})

test('the Markdown register of one client takes two actions', async ({ agency }) => {
  const { page, profile, desktop, folder } = agency
  const path = join(folder, 'one-client.md')
  const input = await countInput(page)
  await desktop.saveTo(path, page.getByRole('button', { name: 'Export register of Quillmarsh Mutual…' }))
  await expect(page.getByText('Saved the register of Quillmarsh Mutual as')).toBeVisible()
  const { clicks, keys } = await input()
  // The button, and Save in the dialog of the desktop.
  expect(clicks + keys + 1).toBeLessThanOrEqual(2)

  // The truth, from the whole list of keys.
  const text = (await readFile(path, 'utf8')).replaceAll('\\', '')
  const all = await ask<{ externalId: string; client: string; status: string }>(profile, 'key', 'list')
  const own = all.filter(({ client, status }) => client === 'quillmarsh-mutual' && status === 'active')
  expect(own.length).toBeGreaterThan(10)
  expect(own.filter(({ externalId }) => !text.includes(externalId))).toEqual([])
  const others = all.filter(({ client }) => client !== 'quillmarsh-mutual')
  expect(others.filter(({ externalId }) => text.includes(externalId))).toEqual([])
})

test('selected keys are marked rotated as one batch, and undone together', WHOLE, async ({ agency }) => {
  const { page } = agency
  await page.getByRole('link', { name: 'Keys', exact: true }).click()
  const grid = page.getByRole('grid', { name: 'Keys' })
  await grid.focus()
  const first = await findFocused(grid)
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowDown')
  await page.getByRole('group', { name: 'Selected keys' }).getByRole('button', { name: 'Mark rotated…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Mark 2 keys rotated' })
  await expect(dialog.getByLabel('Reason')).toBeFocused()
  await expect(dialog.getByRole('button', { name: 'Mark rotated' })).toBeDisabled()
  await page.keyboard.type('Ticket 12')
  await lookAt(page, 'keys-mark-selected')
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 keys marked rotated')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await grid.focus()
  await page.keyboard.press('Home')
  await expect.poll(() => findFocused(grid)).toBe(first)
})

/** Messages that come, and the one that leaves for them, move no other while the pointer is on them. */
async function expectToStayUnderThePointer(page: Page): Promise<void> {
  const messages = page.getByRole('region', { name: 'Messages' })
  const buttons = messages.getByRole('button', { name: 'Dismiss' })
  const first = await buttons.boundingBox()
  await buttons.hover()
  for (const count of [2, 3]) {
    await page.keyboard.press('Control+c')
    await expect(buttons).toHaveCount(count)
    expect(await buttons.first().boundingBox()).toEqual(first)
  }
  const [, second, third] = await Promise.all((await buttons.all()).map((button) => button.boundingBox()))
  await page.keyboard.press('Control+c')
  await expect.poll(() => buttons.first().boundingBox()).toEqual(second)
  expect(await buttons.nth(1).boundingBox()).toEqual(third)
  await expect(buttons).toHaveCount(3)
  await page.mouse.move(0, 0)
  await expect.poll(() => buttons.first().boundingBox()).toEqual(first)
}
