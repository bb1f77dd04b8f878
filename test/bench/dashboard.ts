import { cpSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import type { Page } from 'playwright-core'

import { openChromium } from '../e2e/open-chromium.ts'
import { dashboardProfile } from './dashboard-register.ts'
import { installDashboard, type Painted } from './dashboard-page.ts'
import { installPainting } from './painting-page.ts'
import { toSample } from './harness/measure.ts'
import { NO_KEYCHAIN } from './harness/profile.ts'
import type { Bench, Row } from './harness/report.ts'

const RECORDS = 5_000_000
const QUICK = 200_000

/** From the choice to the picture, in milliseconds. */
const LIMIT = 100

/** Times that the page is opened, and that each dimension is chosen. */
const TIMES = 9

const MONTH = '2026-10'
const BEFORE = '2026-09'

const BY = ['model', 'key', 'feature', 'person', 'environment'] as const

/** The page about usage over millions of records: from going to it, or choosing another dimension, to the painted bars. */
export const dashboard: Bench = {
  name: 'dashboard',
  about: 'spend over time, in the window',
  run: async (setting) => {
    const records = setting.quick ? QUICK : RECORDS
    const profile = await dashboardProfile(setting, records)
    // The window writes (reminders, preferences); what is kept stays as it was made.
    const copy = join(setting.scratch, 'dashboard-profile')
    mkdirSync(copy, { recursive: true })
    cpSync(profile, copy, { recursive: true, mode: 2 })
    Object.assign(process.env, NO_KEYCHAIN)
    setting.say('dashboard: opening the window')
    const opened = await openChromium(setting.root, copy, true)
    try {
      const rows = await measure(opened.page, setting.say)
      return {
        rows,
        missing: [],
        notes: [
          `The register: ${records.toLocaleString('en')} usage records of 2,000 keys over 90 days, imported by the real import; ${(statSync(join(profile, 'register.db')).size / 1e6).toFixed(0)} MB encrypted.`,
          `In the window: the built product in the Chromium shell, headless, ${MONTH} by day. The time begins with the choice and ends after the frame that shows the bars, drawn from its own answer, which is awaited; the table of the month below them follows. ${TIMES} times each. Nothing that was read before is taken from the window's memory.`,
        ],
      }
    } finally {
      await opened.close()
    }
  },
}

async function measure(page: Page, say: (line: string) => void): Promise<Row[]> {
  await page.setViewportSize({ width: 1440, height: 900 })
  const opening: Painted[] = []
  const changes = new Map<string, Painted[]>(BY.map((by) => [by, []]))
  const go = (month: string, by: (typeof BY)[number] | 'project'): Promise<Painted> =>
    page.evaluate((to) => window.dashboard.go(to), place(month, by))
  for (let n = 0; n < TIMES; n += 1) {
    say(`dashboard: round ${n + 1} of ${TIMES}`)
    // A reloaded page has no data of earlier reads.
    await page.reload()
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await page.evaluate(installPainting)
    await page.evaluate(installDashboard)
    // The page's own code comes with another month and is not counted.
    await go(BEFORE, 'project')
    await page.evaluate(() => window.dashboard.leave())
    opening.push(await go(MONTH, 'project'))
    for (const by of BY) changes.get(by)?.push(await go(MONTH, by))
  }
  return [
    ...toRows('opening the dashboard', opening),
    ...BY.flatMap((by) => toRows(`changing to ${by}`, changes.get(by) ?? [])),
  ]
}

function toRows(what: string, painted: readonly Painted[]): readonly Row[] {
  return [
    { what, unit: 'ms', ours: toSample(painted.map(({ bars }) => bars)), limit: LIMIT },
    { what: `${what}, its table too`, unit: 'ms', ours: toSample(painted.map(({ rows }) => rows)) },
  ]
}

function place(month: string, by: (typeof BY)[number] | 'project'): { readonly path: string; readonly word: string } {
  return { path: `/usage?month=${month}&stack=${by}&by=${by}&source=claimed`, word: `By ${by}` }
}
