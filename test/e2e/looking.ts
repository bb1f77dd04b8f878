import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

import { paleDisabledTexts } from './contrast.ts'
import { expect } from './fixtures.ts'

/** `CASTELLAN_SCREENSHOTS=DIR` also leaves a picture of every screen in both schemes. */
const pictures = process.env['CASTELLAN_SCREENSHOTS']

export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  await mkdir(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

/** Axe over what is on screen once nothing moves, and the contrast of what cannot be used now. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await atRest(page)
  await expectNoViolation(page, what, 'everything')
}

/** Axe, and a picture, of what is on screen, in both schemes. */
export async function lookAt(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    await expect(page.locator(`html[data-mantine-color-scheme="${scheme}"]`)).toBeAttached()
    await atRest(page)
    await picture(page, `${name}-${scheme}`)
    // A scheme changes colours and nothing else, so that the other rules have their answer from the first one.
    await expectNoViolation(page, `${name}, ${scheme}`, scheme === 'light' ? 'everything' : 'colours')
  }
}

/** The rules of axe that look at colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

async function expectNoViolation(page: Page, what: string, rules: 'everything' | 'colours'): Promise<void> {
  const axe = (await axeFor(page)).options({ resultTypes: ['violations'] })
  const { violations } = await (rules === 'colours' ? axe.withRules(COLOUR_RULES) : axe).analyze()
  const reported = violations.map(
    (v) => `${v.id}: ${v.nodes.map((node) => `${node.target.join(' ')} ${node.failureSummary ?? ''}`).join('; ')}`,
  )
  expect.soft(reported, what).toEqual([])
  expect.soft(await paleDisabledTexts(page), `disabled texts of ${what}`).toEqual([])
}

/** Axe in the one page that the shell allows: its other mode opens a second one to gather results. */
async function axeFor(page: Page): Promise<AxeBuilder> {
  // Its source is long, and stays in a page until that loads again.
  const isThere = await page.evaluate(() => 'axe' in window)
  return new AxeBuilder(isThere ? { page, axeSource: 'void 0' } : { page }).setLegacyMode()
}

/**
 * Waits until nothing is being read and nothing moves: rows of an older answer and text that fades in have too little
 * contrast. A transition begins some frames after what it is about, so several frames without any are waited for.
 */
async function atRest(page: Page): Promise<void> {
  await expect(page.locator('[data-stale]')).toHaveCount(0)
  await page.evaluate(async () => {
    const moves = (each: Animation): boolean =>
      each.playState === 'running' && each.effect?.getTiming().iterations !== Infinity
    for (let still = 0; still < 5; still += 1) {
      await new Promise((frame) => requestAnimationFrame(frame))
      if (document.getAnimations().some(moves)) still = 0
    }
  })
}

/** Goes where a link would, without loading the page anew. */
export async function go(page: Page, path: string): Promise<void> {
  const left = await page.evaluateHandle((to) => {
    const { pathname } = location
    const heading = document.querySelector('h1')
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
    return location.pathname === pathname ? null : heading
  }, path)
  // Until the other page is drawn, a click would reach the one that is left, and lead back to it.
  await page.waitForFunction((heading) => heading?.isConnected !== true, left)
}
