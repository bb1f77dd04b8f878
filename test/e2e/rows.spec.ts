import type { Page } from '@playwright/test'

import { AREAS } from '../../renderer/app/areas.ts'
import { expect, test } from './fixtures.ts'
import { go } from './looking.ts'
import { listPaths } from './paths.ts'

const isWhole = process.env['CASTELLAN_E2E_ALL'] === '1'

/** Rows of a list that are opened: the first ones, and some from further down, which have other things about them. */
const FIRST = isWhole ? 4 : 2
const FURTHER = isWhole ? 3 : 2

/** Presses keys that lead to rows further down, then opens the active row. */
async function openRow(page: Page, at: number): Promise<boolean> {
  const grid = page.getByRole('grid').first()
  await grid.focus()
  if (at >= FIRST) for (let n = FIRST; n <= at; n += 1) await page.keyboard.press('PageDown')
  else await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  return (await page.locator('aside[aria-labelledby]').count()) > 0
}

test('the panel of every kind of row is read without an error', async ({ agency: { page } }) => {
  const opened = new Map<string, number>()
  const alerts: string[] = []
  for (const path of listPaths(AREAS)) {
    await go(page, path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
    if ((await page.getByRole('grid').count()) === 0) continue
    for (let at = 0; at < FIRST + FURTHER; at += 1) {
      if (!(await openRow(page, at))) break
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      opened.set(path, at + 1)
      const said = await page.getByRole('alert').allInnerTexts()
      alerts.push(...said.map((text) => `${path}, row ${at + 1}: ${text}`))
      await page.keyboard.press('Escape')
    }
  }
  expect(alerts).toEqual([])
  expect([...opened.keys()].length, JSON.stringify([...opened])).toBeGreaterThan(10)
})
