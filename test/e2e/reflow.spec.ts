import type { Page } from '@playwright/test'

import { AREAS } from '../../renderer/app/areas.ts'
import { expect, test, WHOLE } from './fixtures.ts'
import { ask } from './ask.ts'
import { go, lookAt } from './looking.ts'
import { listPaths } from './paths.ts'

/** The narrowest window of WCAG 1.4.10, and a window of 1440 × 900 at 400 %. */
const SIZES = [
  { width: 320, height: 640 },
  { width: 360, height: 225 },
]

const PATHS = listPaths(AREAS)

/** How far the page can be scrolled sideways, in px: the window, and the page inside the frame. */
function findOverflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const places = [document.scrollingElement, document.querySelector('#content')]
    return Math.max(...places.map((place) => (place === null ? 0 : place.scrollWidth - place.clientWidth)))
  })
}

test(
  'no page scrolls sideways at 320 px and at 400 %, and its heading is on screen',
  WHOLE,
  async ({ agency: { page } }) => {
    const overflowing: string[] = []
    for (const size of SIZES) {
      await page.setViewportSize(size)
      for (const path of PATHS) {
        await go(page, path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
        const by = await findOverflow(page)
        if (by > 0) overflowing.push(`${path} at ${size.width} px: ${by} px`)
      }
    }
    expect(overflowing).toEqual([])
  },
)

/** Windows of 1280 × 1024, 1280 × 720 and 1440 × 900 at 400 % and 200 %. */
const LOW = [
  { width: 320, height: 256 },
  { width: 640, height: 360 },
  { width: 720, height: 450 },
]

const LEAST_ROWS = 5

/** The lists of the page that show fewer rows than five, or than they have; each is brought into view for that. */
function findFlatLists(page: Page): Promise<readonly string[]> {
  return page.evaluate((least) => {
    const isShown = (row: Element, frame: DOMRect): boolean => {
      const { top, bottom } = row.getBoundingClientRect()
      return top >= frame.top - 1 && bottom <= frame.bottom + 1
    }
    return [...document.querySelectorAll('#content [role="grid"], #content [role="tree"]')].flatMap((list) => {
      const rows = [...list.querySelectorAll('tbody tr, [role="treeitem"]')]
      const scroller = list.getAttribute('role') === 'tree' ? list : list.parentElement
      scroller?.scrollIntoView({ block: 'start' })
      const frame = scroller?.getBoundingClientRect() ?? new DOMRect()
      const shown = rows.filter((row) => isShown(row, frame)).length
      const isInView = frame.top < innerHeight && frame.bottom > 0
      if (isInView && shown >= Math.min(least, rows.length)) return []
      return [`${list.getAttribute('aria-label') ?? list.id}: ${shown} of ${rows.length} rows in ${frame.height} px`]
    })
  }, LEAST_ROWS)
}

test('every list has room for five rows from 200 % to 400 % zoom', async ({ agency: { page, profile } }) => {
  const [review] = await ask<{ readonly reviewId: number }>(profile, 'review', 'list')
  const flat: string[] = []
  for (const size of process.env['CASTELLAN_E2E_ALL'] === '1' ? LOW : LOW.slice(1, 2)) {
    await page.setViewportSize(size)
    for (const path of [...PATHS, `/reviews?review=${review?.reviewId ?? 1}`]) {
      await go(page, path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      flat.push(...(await findFlatLists(page)).map((list) => `${path} at ${size.width} × ${size.height}: ${list}`))
    }
  }
  expect(flat).toEqual([])
})

test(
  'the rail is words, icons or a sheet by the width of the window, and leads to every page',
  WHOLE,
  async ({ agency: { page } }) => {
    const rail = page.getByRole('navigation', { name: 'Areas' })
    await test.step('wide, and collapsed by a key that is remembered', async () => {
      await page.setViewportSize({ width: 1440, height: 900 })
      await expect(rail.getByText('People', { exact: true })).toBeInViewport()
      await page.keyboard.press('Control+\\')
      await expect(rail).toHaveAttribute('data-form', 'icons')
      await page.reload()
      await expect(rail).toHaveAttribute('data-form', 'icons')
      await lookAt(page, 'rail-icons')
      await page.getByRole('button', { name: 'Expand the rail' }).click()
      await expect(rail).toHaveAttribute('data-form', 'wide')
    })

    await test.step('icons under 900 px', async () => {
      await page.setViewportSize({ width: 880, height: 700 })
      await expect(rail).toHaveAttribute('data-form', 'icons')
      await rail.getByRole('link', { name: 'Keys', exact: true }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible()
    })

    await test.step('a sheet under 600 px, which closes when it has led to a page', async () => {
      await page.setViewportSize({ width: 360, height: 640 })
      await page.getByRole('button', { name: 'Open the menu' }).click()
      const sheet = page.getByRole('dialog')
      await expect(sheet).toBeVisible()
      await lookAt(page, 'rail-sheet')
      await sheet.getByRole('button', { name: 'More' }).click()
      await sheet.getByRole('link', { name: 'Plans' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Plans' })).toBeVisible()
      await expect(sheet).toBeHidden()
    })
  },
)
