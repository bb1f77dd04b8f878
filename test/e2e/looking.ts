import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

import { paleDisabledTexts } from './contrast.ts'
import { cutTexts } from './cut.ts'
import { expect } from './fixtures.ts'
import { smallTargets } from './targets.ts'

/** `CASTELLAN_SCREENSHOTS=DIR` also leaves a picture of every screen in both schemes. */
const pictures = process.env['CASTELLAN_SCREENSHOTS']

export async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return
  await mkdir(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

/** Runs axe on the screen once nothing moves, and checks the contrast of disabled controls. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await atRest(page)
  await expectNoViolation(page, what, 'everything')
}

/** Widths of narrower windows, in px. Tests measure the first, pictures are taken of both. */
const NARROWER = pictures === undefined ? [1024] : [1024, 720]

const SCHEMES = ['light', 'dark'] as const

/**
 * The schemes in which a screen is looked at: both for pictures and in the whole matrix. `npm test`, which has eight
 * minutes, takes one for each screen, by its name, so that half of all screens are seen in each.
 */
function listSchemes(name: string): readonly (typeof SCHEMES)[number][] {
  if (pictures !== undefined || process.env['CASTELLAN_E2E_ALL'] === '1') return SCHEMES
  const sum = Buffer.from(name).reduce((total, byte) => total + byte, 0)
  return [SCHEMES[sum % 2 === 0 ? 0 : 1]]
}

/**
 * Runs axe on the screen in its schemes, measures its targets, looks for texts with meaning that are cut, also in a
 * narrower window, and takes pictures.
 */
export async function lookAt(page: Page, name: string): Promise<void> {
  for (const [place, scheme] of listSchemes(name).entries()) {
    await page.emulateMedia({ colorScheme: scheme })
    await expect(page.locator(`html[data-mantine-color-scheme="${scheme}"]`)).toBeAttached()
    await atRest(page)
    await picture(page, `${name}-${scheme}`)
    const isFirst = place === 0
    // A scheme changes only colours, so the other rules are run in the first scheme only.
    await expectNoViolation(page, `${name}, ${scheme}`, isFirst ? 'everything' : 'colours')
    if (isFirst) {
      expect.soft(await smallTargets(page), `targets of ${name}`).toEqual([])
      expect.soft(await cutTexts(page), `cut texts of ${name}`).toEqual([])
    }
    if (isFirst || pictures !== undefined) await lookNarrower(page, `${name}-${scheme}`)
  }
}

async function lookNarrower(page: Page, name: string): Promise<void> {
  const size = page.viewportSize()
  if (size === null) return
  for (const width of NARROWER.filter((each) => each < size.width)) {
    await page.setViewportSize({ width, height: size.height })
    await atRest(page)
    await picture(page, `${name}-${width}`)
    expect.soft(await cutTexts(page), `cut texts of ${name} at ${width} px`).toEqual([])
    expect.soft(await findOuterScroll(page), `second scrollbars of ${name} at ${width} px`).toEqual([])
  }
  await page.setViewportSize(size)
}

/** What scrolls vertically around a page although the page scrolls by itself: a second scrollbar beside its own. */
function findOuterScroll(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const content = document.querySelector('#content')
    // A page whose body fills the window scrolls inside itself; in a low window, all of it scrolls.
    const fills = content !== null && content.querySelector('.c-page-fill') !== null && content.clientHeight >= 380
    // The first run has no content beside a frame, so there the window has the only scrollbar.
    const outer = { window: content === null ? null : document.scrollingElement, content: fills ? content : null }
    return Object.entries(outer).flatMap(([name, place]) =>
      place !== null && place.scrollHeight > place.clientHeight
        ? [`${name}: ${place.scrollHeight} of ${place.clientHeight} px`]
        : [],
    )
  })
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

/** Runs axe in the one page that the shell allows: its other mode opens a second one to gather results. */
async function axeFor(page: Page): Promise<AxeBuilder> {
  // Its source is long, and stays in a page until the page reloads.
  const isThere = await page.evaluate(() => 'axe' in window)
  return new AxeBuilder(isThere ? { page, axeSource: 'void 0' } : { page }).setLegacyMode()
}

/**
 * Waits until nothing is loading and nothing moves: rows of an older answer and text that fades in have too little
 * contrast. A transition begins some frames after its cause, so several frames without any are required.
 */
export async function atRest(page: Page): Promise<void> {
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

/** Follows an address without reloading the page. */
export async function go(page: Page, path: string): Promise<void> {
  const left = await page.evaluateHandle((to) => {
    const { pathname } = location
    const heading = document.querySelector('h1')
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
    return location.pathname === pathname ? null : heading
  }, path)
  // Until the other page is drawn, a click would reach the previous page, and navigate back to it.
  await page.waitForFunction((heading) => heading?.isConnected !== true, left)
}
