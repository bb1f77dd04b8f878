import type { Page } from '@playwright/test'

import { expect, test, WHOLE } from './fixtures.ts'
import { go } from './looking.ts'

/** Pages of every kind: a queue, lists, a chart, a form, a document. */
const PAGES = [
  { path: '/', name: 'Today' },
  { path: '/keys', name: 'Keys' },
  { path: '/findings?view=all', name: 'Findings' },
  { path: '/rotation', name: 'Rotation' },
  { path: '/usage', name: 'Usage' },
  { path: '/connections', name: 'Connections' },
  { path: '/settings?section=policy', name: 'Settings' },
  { path: '/help', name: 'Help' },
]

test('pages keep to the criteria of structure, names, movement and help', WHOLE, async ({ agency: { page } }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  // With all motion: the fixture prefers less of it.
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  let names: readonly string[] = []
  for (const { path, name } of PAGES) {
    await go(page, path)
    await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)

    // 2.4.2: the title names the page, and what it is a page of.
    await expect(page, path).toHaveTitle(new RegExp(`^${name} — .*Castellan`, 'u'))
    // 3.2.3 and 3.2.6: the areas have one order, and help one place, on every page.
    const shown = await listRail(page)
    if (names.length === 0) names = shown
    expect(shown, path).toEqual(names)
    expect(shown.at(-2), path).toBe('Help for this page')
    // 2.4.6: one heading of the page; none is empty.
    await expect(page.getByRole('heading', { level: 1 }), path).toHaveCount(1)
    expect(
      (await page.getByRole('heading').allInnerTexts()).filter((text) => text.trim() === ''),
      path,
    ).toEqual([])

    expect(await findReordered(page), `1.3.2, ${path}`).toEqual([])
    expect(await findUnnamed(page), `2.5.3, ${path}`).toEqual([])
    expect(await findMoving(page), `2.2.2 and 2.3.1, ${path}`).toEqual([])
    // 1.4.5: no image of text; the pictures of the guide are what they show.
    const pictures = await page.locator('img').evaluateAll((all) => all.map((each) => each.getAttribute('src') ?? ''))
    expect(
      pictures.filter((address) => !/-(?:light|dark)-[\w-]+\.png$/u.test(address)),
      `1.4.5, ${path}`,
    ).toEqual([])
  }
})

test('focus, input and pointer do nothing that was not meant', WHOLE, async ({ agency: { page } }) => {
  await page.setViewportSize({ width: 1440, height: 900 })

  await test.step('3.2.1: the focus alone opens nothing and leads nowhere', async () => {
    await go(page, '/settings?section=policy')
    await expect(page.getByLabel('Admin keys', { exact: true })).toBeVisible()
    const before = page.url()
    for (let at = 0; at < 40; at += 1) {
      await page.keyboard.press('Tab')
      expect(page.url()).toBe(before)
    }
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })

  await test.step('3.2.2: input changes nothing until it is saved', async () => {
    const field = page.getByLabel('Admin keys', { exact: true })
    await field.fill('60')
    await expect(field).toBeFocused()
    await expect(page).toHaveURL(/section=policy$/u)
    await expect(page.getByRole('button', { name: 'Save policy' })).toBeEnabled()
    await field.fill('90')
  })

  await test.step('2.5.2: an action follows the release of the button, and is cancelled beside it', async () => {
    const link = page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name: 'People' })
    await link.hover()
    await page.mouse.down()
    await expect(page).toHaveURL(/settings/u)
    await page.mouse.move(900, 880)
    await page.mouse.up()
    await expect(page).toHaveURL(/settings/u)
  })

  await test.step('2.5.7: a column is moved without dragging', async () => {
    await go(page, '/keys')
    const heads = page.getByRole('columnheader')
    await expect(heads.nth(2)).toHaveText('Client')
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('button', { name: 'Move Client left' }).click()
    await page.keyboard.press('Escape')
    await expect(heads.nth(1)).toHaveText('Client')
  })

  await test.step('1.3.4: a window that is higher than wide shows the same', async () => {
    await page.setViewportSize({ width: 600, height: 1000 })
    await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible()
    await expect(page.getByRole('grid', { name: 'Keys' })).toBeVisible()
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  await test.step('1.4.12: wider spacing of text cuts no heading, button or tab', async () => {
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('* { line-height: 1.5; letter-spacing: 0.12em; word-spacing: 0.16em } p { margin-bottom: 2em }')
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    })
    for (const { path, name } of PAGES) {
      await go(page, path)
      await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      expect.soft(await findCut(page), path).toEqual([])
    }
    await page.evaluate(() => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1)
    })
  })

  await test.step('1.3.5: the field for the name of the person at the window is marked as one', async () => {
    await go(page, '/settings')
    await expect(page.getByLabel('Operator name')).toHaveAttribute('autocomplete', 'name')
  })

  await test.step('2.2.1: a message stays until it is dismissed, if that is wanted', async () => {
    await page.clock.install()
    await page.getByRole('switch', { name: 'Keep messages until they are dismissed' }).click()
    await page.getByLabel('Operator name').fill('Sam Operator')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const message = page.getByRole('region', { name: 'Messages' }).getByRole('listitem')
    await expect(message).toHaveText(/Saved the operator name/u)
    await page.clock.fastForward(60_000)
    await expect(message).toBeVisible()
  })

  await test.step('2.4.11: a message makes way for what has the focus', async () => {
    const messages = page.getByRole('region', { name: 'Messages' })
    const height = page.viewportSize()?.height ?? 0
    expect((await messages.boundingBox())?.y).toBeGreaterThan(height / 2)
    await page.evaluate(() => {
      const corner = document.createElement('button')
      corner.textContent = 'In the corner'
      corner.style.cssText = 'position: fixed; right: 40px; bottom: 24px; width: 120px; height: 24px'
      document.querySelector('main')?.append(corner)
      corner.focus()
    })
    await expect.poll(async () => (await messages.boundingBox())?.y).toBeLessThan(height / 2)
    await page.evaluate(() => (document.activeElement as HTMLElement).remove())
    await page.getByLabel('Operator name').focus()
    await expect.poll(async () => (await messages.boundingBox())?.y).toBeGreaterThan(height / 2)
    // In a list the focus stays, and its active cell moves under the message.
    await page.evaluate(() => {
      const list = document.createElement('div')
      list.tabIndex = 0
      for (const [id, bottom] of [
        ['cell-above', 600],
        ['cell-below', 24],
      ] as const) {
        const cell = document.createElement('div')
        cell.id = id
        cell.style.cssText = `position: fixed; right: 40px; bottom: ${bottom}px; width: 120px; height: 24px`
        list.append(cell)
      }
      list.setAttribute('aria-activedescendant', 'cell-above')
      list.addEventListener('keydown', ({ key }) =>
        list.setAttribute('aria-activedescendant', key === 'ArrowDown' ? 'cell-below' : 'cell-above'),
      )
      document.querySelector('main')?.append(list)
      list.focus()
    })
    await page.keyboard.press('ArrowDown')
    await expect.poll(async () => (await messages.boundingBox())?.y).toBeLessThan(height / 2)
    await page.keyboard.press('ArrowUp')
    await expect.poll(async () => (await messages.boundingBox())?.y).toBeGreaterThan(height / 2)
    await page.evaluate(() => (document.activeElement as HTMLElement).remove())
    await messages.getByRole('button', { name: 'Dismiss' }).click()
  })

  await test.step('1.4.13: Escape closes the tip of a chart and of an icon, wherever the focus is', async () => {
    await go(page, '/usage')
    const chart = page.getByRole('group', { name: /^Bars/u })
    await chart.hover()
    const tip = chart.locator('[class*="tip"]')
    await expect(tip).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(tip).toHaveCount(0)
    await go(page, '/settings?section=policy')
    const help = page.getByRole('button', { name: /^Help: /u }).first()
    await help.hover()
    await expect(page.getByRole('tooltip').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('tooltip')).toHaveCount(0)
  })

  await test.step('2.1.4: shortcuts of a single key are switched off and on', async () => {
    await go(page, '/help?section=shortcuts')
    const toggle = page.getByRole('switch', { name: 'Shortcuts of a single key' })
    await toggle.click()
    await expect(toggle).not.toBeChecked()
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('?')
    await page.keyboard.press('g')
    await page.keyboard.press('k')
    await expect(page).toHaveURL(/help/u)
    await expect(page.getByRole('complementary', { name: 'Help' })).toHaveCount(0)
    await toggle.click()
    await expect(toggle).toBeChecked()
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('g')
    await page.keyboard.press('k')
    await expect(page).toHaveURL(/keys/u)
  })
})

/** The links and buttons of the rail in their order, without numbers. */
async function listRail(page: Page): Promise<readonly string[]> {
  const names = await page
    .getByRole('navigation', { name: 'Areas' })
    .locator('.c-rail-nav a, .c-rail-foot button')
    .evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? each.textContent ?? ''))
  return names.map((name) => name.replaceAll(/[\d,]+.*$/gu, '').trim())
}

/** Elements that are shown in another order than they have in the markup. Messages are left out: each has its meaning alone. */
function findReordered(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((each) => {
        const { order, flexDirection, display } = getComputedStyle(each)
        if (each.closest('[aria-label="Messages"]') !== null) return false
        return order !== '0' || (display.includes('flex') && flexDirection.endsWith('-reverse'))
      })
      .map((each) => `${each.tagName} ${each.getAttribute('class') ?? ''}`),
  )
}

/** Buttons and links whose name does not contain what they show. */
function findUnnamed(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const plain = (text: string): string =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()
    return [...document.querySelectorAll<HTMLElement>('button[aria-label], a[aria-label]')]
      .filter((each) => each.checkVisibility())
      .map((each) => ({ shown: plain(each.innerText), name: plain(each.getAttribute('aria-label') ?? '') }))
      .filter(({ shown, name }) => /\p{L}{2}/u.test(shown) && !name.includes(shown))
      .map(({ shown, name }) => `${shown} / ${name}`)
  })
}

/** What moves without an end. */
function findMoving(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ playState, effect }) => playState === 'running' && effect?.getTiming().iterations === Infinity)
      .map(({ effect }) => (effect instanceof KeyframeEffect ? (effect.target?.getAttribute('class') ?? '') : '')),
  )
}

/** Headings, buttons, links, tabs and labels whose text is cut. Cells of lists are left out: their panels have the text. */
function findCut(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('h1, h2, h3, main button, main label, [role="tab"], .c-rail-link')]
      .filter((each) => each.checkVisibility() && each.closest('[role="grid"], .c-visually-hidden') === null)
      .filter((each) => {
        const { overflowX, overflowY } = getComputedStyle(each)
        const hides = [overflowX, overflowY].some((value) => value === 'hidden' || value === 'clip')
        return hides && (each.scrollWidth > each.clientWidth + 2 || each.scrollHeight > each.clientHeight + 4)
      })
      .map((each) => `${each.tagName} ${each.innerText.slice(0, 40)}`),
  )
}
