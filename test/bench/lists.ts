import { cpSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

import type { Page } from 'playwright-core'

import { openChromium } from '../e2e/open-chromium.ts'
import { drawer } from './big-register.ts'
import { warm } from './harness/evict.ts'
import { type Sample, toSample } from './harness/measure.ts'
import { bigProfile, NO_KEYCHAIN } from './harness/profile.ts'
import type { Bench, Row, Setting } from './harness/report.ts'
import type { SliceTimes } from './lists-service.ts'
import { installJumps, type JumpResult, type ScrollTo } from './lists-page.ts'
import { installPainting } from './painting-page.ts'
import type { TargetId } from './targets.ts'

const MILLION = 1_000_000
const QUICK = 100_000
/** Of the registers that are read in the service alone, to see what grows. */
const SMALLER = [10_000, 100_000]
/** From a jump to its rows on the screen, in milliseconds. */
const LIMIT = 100
/** Processes that read the lists in the service alone. */
const SERVICES = 3
/** Jumps for each list and way of jumping; the median is over all of them. */
const JUMPS = 25

const LISTS = ['keys', 'access', 'people'] as const
type List = (typeof LISTS)[number]

/** What is promised of the first rows in the service, of those on the screen, and of the scrollbar. */
const TARGETS = {
  keys: { first: 'first-keys', shown: 'shown-keys', scroll: 'scrollbar' },
  access: { first: 'first-access', shown: 'shown-access', scroll: undefined },
  people: { first: 'first-people', shown: 'shown-people', scroll: undefined },
} as const satisfies Readonly<Record<List, Readonly<Record<string, TargetId | undefined>>>>

/** The page of each list, and its title. */
const PAGES: Readonly<Record<List, readonly [path: string, title: string]>> = {
  keys: ['/keys', 'Keys'],
  access: ['/people/access', 'People'],
  people: ['/people', 'People'],
}

/** Jumping anywhere in lists of a million rows: in the service alone, and in the window from the jump to the paint. */
export const lists: Bench = {
  name: 'lists',
  about: 'jumping anywhere in long lists',
  run: async (setting) => {
    const keys = setting.quick ? QUICK : MILLION
    const profile = await bigProfile(setting, sizeOf(keys))
    const smaller: Row[] = []
    for (const count of setting.quick ? [] : SMALLER) {
      smaller.push(...toServiceRows(await inService(await bigProfile(setting, sizeOf(count))), count))
    }
    const served = await inService(profile)
    const shown = await inWindow(setting, profile)
    const rows: Row[] = LISTS.flatMap((list): Row[] =>
      shown.rows[list].map(({ how, sample, ...promised }) => ({
        what: toTitle(list, served.totals[list], how),
        unit: 'ms',
        ours: sample,
        ...promised,
      })),
    )
    return {
      rows: [
        ...smaller,
        ...toServiceRows(served, keys, true),
        ...rows,
        {
          what: 'memory of the service after reading all lists',
          unit: 'MB',
          ours: toSample([served.residentMegabytes]),
        },
      ],
      missing: [],
      notes: [
        `The register: ${(statSync(join(profile, 'register.db')).size / 1e6).toFixed(0)} MB encrypted, 40 organizations, made by the sync’s own writing.`,
        'In the window: the built product in the Chromium shell, headless. A jump by the scrollbar sets the scroll position of the list as dragging the thumb does; keys are pressed. The time ends after the frame in which every row of the view is there, with its own data; a row still on its way does not count.',
        `${JUMPS} jumps each; the first rows of a list and its whole order, which the first jump computes, are separate rows, read in ${SERVICES} new processes whose file is in the system’s cache. There is no peer: other tools page by 20 to 100 rows.`,
        ...shown.notes,
      ],
    }
  },
}

function sizeOf(keys: number): Parameters<typeof bigProfile>[1] {
  return { organizations: 40, people: keys / 5, keys, grants: keys, projects: Math.min(1000, keys / 50) }
}

function toTitle(list: List, total: number, what: string): string {
  return `${list[0]?.toUpperCase() + list.slice(1)} (${total.toLocaleString('en')}): ${what}`
}

function toServiceRows(served: SliceTimes, keys: number, isPromised = false): readonly Row[] {
  return LISTS.flatMap((list): Row[] => {
    const row = (what: string, times: readonly number[]): Row => ({
      what: toTitle(list, served.totals[list], `service, ${what}`),
      unit: 'ms',
      ours: toSample(times),
      growth: { work: `${list}: ${what}`, size: keys, by: 'keys of the register' },
    })
    return [
      { ...row('first rows', served.first[list]), ...(isPromised ? { target: TARGETS[list].first } : {}) },
      row('the whole order', served.whole[list]),
      row('100 rows anywhere', served.slices[list]),
    ]
  })
}

/** Several processes of their own, one after the other, so that memory is that of the lists and first rows are first. */
async function inService(profile: string): Promise<SliceTimes> {
  const runs: SliceTimes[] = []
  for (let run = 0; run < SERVICES; run += 1) runs.push(await oneService(profile))
  const together = (part: 'first' | 'whole' | 'slices'): SliceTimes['first'] => ({
    keys: runs.flatMap((each) => each[part].keys),
    access: runs.flatMap((each) => each[part].access),
    people: runs.flatMap((each) => each[part].people),
  })
  const residentMegabytes = Math.max(...runs.map((each) => each.residentMegabytes))
  const { totals } = runs[0]!
  return { first: together('first'), whole: together('whole'), slices: together('slices'), totals, residentMegabytes }
}

async function oneService(profile: string): Promise<SliceTimes> {
  await warm(join(profile, 'register.db'))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lists-service.ts'), profile, String(JUMPS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...NO_KEYCHAIN },
  })
  return JSON.parse(await text(child.stdout)) as SliceTimes
}

interface Shown {
  readonly rows: Readonly<
    Record<List, readonly (Pick<Row, 'limit' | 'target'> & { readonly how: string; readonly sample: Sample })[]>
  >
  readonly notes: readonly string[]
}

async function inWindow(setting: Setting, profile: string): Promise<Shown> {
  // The window writes (reminders, preferences); what is kept stays as it was made.
  const copy = join(setting.scratch, 'lists-profile')
  mkdirSync(copy, { recursive: true })
  cpSync(profile, copy, { recursive: true, mode: 2 })
  Object.assign(process.env, NO_KEYCHAIN)
  setting.say('lists: opening the window')
  const opened = await openChromium(setting.root, copy, true)
  const { page } = opened
  try {
    const rows: Partial<Record<List, Shown['rows'][List]>> = {}
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    for (const list of LISTS) rows[list] = await jumpIn(setting, page, list)
    const notes = errors.length === 0 ? [] : [`**Errors in the page:** ${errors.join('; ')}`]
    return {
      rows: rows as Shown['rows'],
      notes,
    }
  } finally {
    await opened.close()
  }
}

async function jumpIn(setting: Setting, page: Page, list: List): Promise<Shown['rows'][List]> {
  setting.say(`lists: jumping in ${list}`)
  const [path, title] = PAGES[list]
  // From a page without a list, so that no row of the one before is taken for one of this.
  await go(page, '/settings')
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  const opened = performance.now()
  await go(page, path)
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.locator('[role=grid] tr[data-index]:not([aria-busy])').first().waitFor({ timeout: 120_000 })
  const first = performance.now() - opened
  await page.evaluate(installPainting)
  await page.evaluate(installJumps)
  const draw = drawer(list.length)
  const jumps = async (to: () => ScrollTo): Promise<Sample> => {
    const values: number[] = []
    for (let n = 0; n < JUMPS; n += 1)
      values.push((await page.evaluate((where) => window.jumps.scroll(where), to())).ms)
    return toSample(values)
  }
  // The first jump waits for the whole order.
  await page.evaluate(() => window.jumps.scroll({ share: 0.5 }))
  const anywhere = await jumps(() => ({ share: draw() }))
  const wheel = await jumps(() => ({ pixels: 400 }))
  const presses = async (listKeys: (n: number) => string): Promise<Sample> => {
    const values: number[] = []
    for (let n = 0; n < JUMPS; n += 1) values.push((await press(page, listKeys(n))).ms)
    return toSample(values)
  }
  await page.locator('[role=grid]').focus()
  const ends = await presses((n) => (n % 2 === 0 ? 'Control+End' : 'Control+Home'))
  // The last jump was to the end, below which there is no page.
  await press(page, 'Control+Home')
  const pages = await presses(() => 'PageDown')
  return [
    { how: 'window, opening the list, first rows', sample: toSample([first]), target: TARGETS[list].shown },
    {
      how: 'window, scrollbar to anywhere',
      sample: anywhere,
      ...(TARGETS[list].scroll === undefined ? { limit: LIMIT } : { target: TARGETS[list].scroll }),
    },
    { how: 'window, Ctrl+End and Ctrl+Home', sample: ends, limit: LIMIT },
    { how: 'window, PageDown', sample: pages, limit: LIMIT },
    { how: 'window, a turn of the wheel', sample: wheel, limit: LIMIT },
  ]
}

/** The time counts from the key's own time stamp. */
async function press(page: Page, key: string): Promise<JumpResult> {
  await page.evaluate(() => window.jumps.awaitKey())
  await page.keyboard.press(key)
  return page.evaluate(() => window.jumps.afterKey())
}

/** Navigates as a link would, without reloading the page. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
  }, path)
}
