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
import { within } from './harness/within.ts'
import { installPainting } from './painting-page.ts'
import { openScreens } from './screens.ts'
import { installWindow, type Lettered } from './window-page.ts'

const MILLION = 1_000_000
/** Of the register in which every screen is opened. */
const SCREENS_COUNT = 100_000

/** Milliseconds of work from the letter to its choices: what fits into one frame of a display. */
const PALETTE_LIMIT = 16
/** Milliseconds within which the page answers a letter; what is found may take two thirds of it. */
const LETTER_MS = 30_000
/** Times that each word is typed. */
const TIMES = 5

/** Typed a letter at a time: a key, a person, a project. */
const WORDS = ['prod-web-worker-3', 'person 7-12', 'billing 3'] as const

/** What is measured in the service alone, without a window. */
const QUESTIONS = ['prod', 'prod-web-worker-7', 'person 7-12', 'x9qa', 'nothing has this'] as const

/** Milliseconds that opening the window may take, and closing it, which waits for what the service still reads. */
const WINDOW_MS = 60_000

/** Opening every screen of a register of 100,000 keys and as many grants, and finding things in one of a million. */
export const windowBench: Bench = {
  name: 'window',
  about: 'from screen to screen, and the palette, in a big register',
  run: async (setting) => {
    Object.assign(process.env, NO_KEYCHAIN)
    const count = setting.quick ? SCREENS_COUNT : MILLION
    const screens = await copyProfile(setting, 'screens-profile', SCREENS_COUNT)
    await inService(screens, evaluate)
    setting.say('window: opening it for the screens')
    const opened = await inWindow(setting, screens, (page) => openScreens(page, setting.say))
    const searched = await copyProfile(setting, 'window-profile', count)
    setting.say('window: evaluating and asking the service')
    const served = await inService(searched, (api) => ask(setting, api))
    setting.say('window: opening it for the palette')
    const found = await inWindow(setting, searched, palette)
    return {
      rows: [...opened.rows, ...served, ...found],
      missing: [],
      notes: [
        `The register of the screens: ${describe(SCREENS_COUNT, screens)}. That of the service and the palette: ${describe(count, searched)}. Both are made by the sync’s own writing, in 40 organizations, their findings evaluated.`,
        'In the window: the built product in the Chromium shell, headless.',
        ...opened.notes,
        'A letter in the palette: choices are what the window knows by itself (pages, actions, clients, views); the search waits for a pause of 120 ms in typing, which is in its time. A display shows 60 frames a second, so a letter’s choices are there 16.7 ms later at best, however little the page works: the work is a row of its own.',
      ],
    }
  },
}

function describe(count: number, profile: string): string {
  const megabytes = (statSync(join(profile, 'register.db')).size / 1e6).toFixed(0)
  return `${count.toLocaleString('en')} keys and as many grants, ${megabytes} MB encrypted`
}

/** Findings are evaluated in it, and the window writes preferences; what is kept stays as it was made. */
async function copyProfile(setting: Setting, name: string, count: number): Promise<string> {
  const profile = await bigProfile(setting, {
    organizations: 40,
    people: count / 5,
    keys: count,
    grants: count,
    projects: 1000,
  })
  const copy = join(setting.scratch, name)
  mkdirSync(copy, { recursive: true })
  cpSync(profile, copy, { recursive: true, mode: 2 })
  return copy
}

type Api = Awaited<ReturnType<typeof openService>>['api']

async function inService<T>(profile: string, work: (api: Api) => Promise<T>): Promise<T> {
  const service = await openService({
    profile,
    mode: 'write',
    host: quietHost(),
    secrets: memoryStore('The benchmark uses no keychain.'),
  })
  try {
    return await work(service.api)
  } finally {
    await service.close()
  }
}

/** The first reading of the findings evaluates what is out of date. */
async function evaluate(api: Api): Promise<void> {
  await api.findings.list({ offset: 0, limit: 1 })
}

async function ask(setting: Setting, api: Api): Promise<readonly Row[]> {
  await evaluate(api)
  const time = async (what: string, work: () => Promise<unknown>, limit?: number): Promise<Row> => {
    const values: number[] = []
    await work()
    for (let n = 0; n < setting.runs; n += 1) values.push(await timed(work))
    return { what: `service, ${what}`, unit: 'ms', ours: toSample(values), ...(limit === undefined ? {} : { limit }) }
  }
  const rows = [
    await time('Today', () => api.today.list({ hidden: false })),
    await time('Today of one client', () => api.today.list({ client: 'client-3', hidden: false })),
    await time('the counts of the rail', () => api.counts.get({})),
  ]
  for (const query of QUESTIONS) {
    rows.push(await time(`search for “${query}”`, () => api.search.find({ query, limit: 20 }), PALETTE_LIMIT))
  }
  return rows
}

/** Opens the window on a profile, with what measures in the page; every wait has a bound. */
async function inWindow<T>(setting: Setting, profile: string, work: (page: Page) => Promise<T>): Promise<T> {
  const opened = await within(WINDOW_MS, 'Opening the window', openChromium(setting.root, profile, true))
  const { page } = opened
  try {
    await page.setViewportSize({ width: 1440, height: 900 })
    const rail = page.getByRole('navigation', { name: 'Areas' })
    await rail.getByRole('link', { name: 'Keys' }).waitFor({ timeout: WINDOW_MS })
    await page.evaluate(installPainting)
    await page.evaluate(installWindow)
    return await work(page)
  } finally {
    await within(WINDOW_MS, 'Closing the window', opened.close())
  }
}

async function palette(page: Page): Promise<Row[]> {
  const letters: Lettered[] = []
  const found: number[] = []
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or go to' }).waitFor()
  const letter = (text: string): Promise<Lettered> =>
    within(
      LETTER_MS,
      `Typing “${text}”`,
      page.evaluate((to) => window.bench.letter(to), text),
    )
  for (let round = 0; round < TIMES; round += 1) {
    for (const word of WORDS) {
      await letter('')
      for (let length = 1; length < word.length; length += 1) letters.push(await letter(word.slice(0, length)))
      await letter('')
      // Nothing that was found before is on the screen after another text.
      await page.getByRole('group', { name: 'Results' }).waitFor({ state: 'detached' })
      found.push(
        await within(
          LETTER_MS,
          `Searching for “${word}”`,
          page.evaluate((text) => window.bench.find(text), word),
        ),
      )
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
