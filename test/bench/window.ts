import { cpSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import type { Page } from 'playwright-core'

import { memoryStore } from '../../electron/secrets/secret-store.ts'
import { openService } from '../../electron/service/process/open.ts'
import { openChromium } from '../e2e/open-chromium.ts'
import { timed, toSample } from './harness/measure.ts'
import { bigProfile, NO_KEYCHAIN } from './harness/profile.ts'
import { quietHost } from './harness/quiet-host.ts'
import type { Bench, Row, Setting } from './harness/report.ts'
import { installWindow, type Lettered, type Opened } from './window-page.ts'
import { installPainting } from './painting-page.ts'

const MILLION = 1_000_000
const QUICK = 100_000

/** Milliseconds, from the click to the frame with the page. */
const ROUTE_LIMIT = 50
/** Milliseconds of work from the letter to its choices: what fits into one frame of a display. */
const PALETTE_LIMIT = 16
/** Times that each page is opened after the first, and that each word is typed. */
const TIMES = 7

const PAGES = [
  ['/people', 'People'],
  ['/keys', 'Keys'],
  ['/projects', 'Projects'],
  ['/findings', 'Findings'],
  ['/reviews', 'Reviews'],
  ['/rotation', 'Rotation'],
  ['/leavers', 'Leavers'],
  ['/remediation', 'Remediation'],
  ['/usage', 'Usage'],
  ['/', 'Today'],
] as const

/** Typed a letter at a time: a key, a person, a project. */
const WORDS = ['prod-web-worker-3', 'person 7-12', 'billing 3'] as const

/** What is measured in the service alone, without a window. */
const QUESTIONS = ['prod', 'prod-web-worker-7', 'person 7-12', 'x9qa', 'nothing has this'] as const

/** Going from page to page and finding things in a register of a million grants and a million keys. */
export const windowBench: Bench = {
  name: 'window',
  about: 'from page to page, and the palette, in a big register',
  run: async (setting) => {
    const count = setting.quick ? QUICK : MILLION
    const profile = await bigProfile(setting, {
      organizations: 40,
      people: count / 5,
      keys: count,
      grants: count,
      projects: 1000,
    })
    // Findings are evaluated in it, and the window writes preferences; what is kept stays as it was made.
    const copy = join(setting.scratch, 'window-profile')
    mkdirSync(copy, { recursive: true })
    cpSync(profile, copy, { recursive: true, mode: 2 })
    Object.assign(process.env, NO_KEYCHAIN)
    const served = await inService(setting, copy)
    return {
      rows: [...served, ...(await inWindow(setting, copy))],
      missing: [],
      notes: [
        `The register: ${count.toLocaleString('en')} keys and as many grants in 40 organizations, its findings evaluated; ${(statSync(join(copy, 'register.db')).size / 1e6).toFixed(0)} MB encrypted.`,
        `In the window: the built product in the Chromium shell, headless. A page is opened by a click in the rail; the time ends after the frame that shows its title, or its content. The first row of each is the median over all pages of ${TIMES} times each; a page’s first opening, which loads its code, is a row of its own. What was read before is shown from the window’s memory while it is read again.`,
        'A letter in the palette: choices are what the window knows by itself (pages, actions, clients, views); the search waits for a pause of 120 ms in typing, which is in its time. A display shows 60 frames a second, so a letter’s choices are there 16.7 ms later at best, however little the page works: the work is a row of its own.',
      ],
    }
  },
}

async function inService(setting: Setting, profile: string): Promise<Row[]> {
  setting.say('window: evaluating and asking the service')
  const service = await openService({
    profile,
    mode: 'write',
    host: quietHost(),
    secrets: memoryStore('The benchmark uses no keychain.'),
  })
  try {
    const { api } = service
    // Evaluates what is out of date.
    await api.findings.list({ offset: 0, limit: 1 })
    const ask = async (what: string, work: () => Promise<unknown>, limit?: number): Promise<Row> => {
      const values: number[] = []
      await work()
      for (let n = 0; n < setting.runs; n += 1) values.push(await timed(work))
      return { what: `service, ${what}`, unit: 'ms', ours: toSample(values), ...(limit === undefined ? {} : { limit }) }
    }
    const rows = [
      await ask('Today', () => api.today.list({ hidden: false })),
      await ask('Today of one client', () => api.today.list({ client: 'client-3', hidden: false })),
      await ask('the counts of the rail', () => api.counts.get({})),
    ]
    for (const query of QUESTIONS) {
      rows.push(await ask(`search for “${query}”`, () => api.search.find({ query, limit: 20 }), PALETTE_LIMIT))
    }
    return rows
  } finally {
    await service.close()
  }
}

async function inWindow(setting: Setting, profile: string): Promise<Row[]> {
  setting.say('window: opening it')
  const opened = await openChromium(setting.root, profile, true)
  const { page } = opened
  try {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page
      .getByRole('navigation', { name: 'Areas' })
      .getByRole('link', { name: 'Keys' })
      .waitFor({ timeout: 120_000 })
    await page.evaluate(installPainting)
    await page.evaluate(installWindow)
    return [...(await routes(setting, page)), ...(await palette(page))]
  } finally {
    await opened.close()
  }
}

async function routes(setting: Setting, page: Page): Promise<Row[]> {
  const first: Opened[] = []
  const again = new Map<string, Opened[]>(PAGES.map(([path]) => [path, []]))
  for (let round = 0; round <= TIMES; round += 1) {
    setting.say(`window: round ${round} of ${TIMES}`)
    for (const [path] of PAGES) {
      const one = await page.evaluate((to) => window.bench.open(to), path)
      if (round === 0) first.push(one)
      else again.get(path)?.push(one)
    }
  }
  const all = [...again.values()].flat()
  return [
    { what: 'another page, its title', unit: 'ms', ours: toSample(all.map(({ title }) => title)), limit: ROUTE_LIMIT },
    { what: 'another page for the first time, its title', unit: 'ms', ours: toSample(first.map(({ title }) => title)) },
    ...PAGES.map(([path, name]): Row => ({
      what: `${name}, read again whole`,
      unit: 'ms',
      ours: toSample((again.get(path) ?? []).map(({ rest }) => rest)),
    })),
    ...PAGES.map(([, name], n): Row => ({
      what: `${name}, read for the first time`,
      unit: 'ms',
      ours: toSample([first[n]?.rest ?? Number.NaN]),
    })),
  ]
}

async function palette(page: Page): Promise<Row[]> {
  const letters: Lettered[] = []
  const found: number[] = []
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or go to' }).waitFor()
  for (let round = 0; round < TIMES; round += 1) {
    for (const word of WORDS) {
      await page.evaluate((text) => window.bench.letter(text), '')
      for (let length = 1; length < word.length; length += 1) {
        letters.push(await page.evaluate((text) => window.bench.letter(text), word.slice(0, length)))
      }
      await page.evaluate((text) => window.bench.letter(text), '')
      // Nothing that was found before is on the screen after another text.
      await page.getByRole('group', { name: 'Results' }).waitFor({ state: 'detached' })
      found.push(await page.evaluate((text) => window.bench.find(text), word))
    }
  }
  return [
    {
      what: 'palette, the page’s work from a letter to its choices',
      unit: 'ms',
      ours: toSample(letters.map(({ work }) => work)),
      limit: PALETTE_LIMIT,
    },
    {
      what: 'palette, a letter to the frame with its choices',
      unit: 'ms',
      ours: toSample(letters.map(({ painted }) => painted)),
    },
    { what: 'palette, a word to what is found', unit: 'ms', ours: toSample(found) },
  ]
}
