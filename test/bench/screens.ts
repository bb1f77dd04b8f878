import type { Page } from 'playwright-core'

import { AREA_ENTRIES } from '../../renderer/app/areas.ts'
import { toSample } from './harness/measure.ts'
import type { Row } from './harness/report.ts'
import { within } from './harness/within.ts'
import type { Opened } from './window-page.ts'

/** Times that each screen is opened after the first. */
const TIMES = 5

/** Milliseconds that are waited for a screen: when it is opened for the first time, and again. */
const BOUNDS = { first: 10_000, again: 2000 } as const
/** The page has so much longer to answer that its time is up. */
const ANSWER_MS = 10_000
/** No round begins later, so that all screens together have a bound too. */
const LAST_ROUND_MS = 90_000

/** Every screen of the router, from Today, with which the window opens, to Today; what a path names is a key. */
const SCREENS = [...AREA_ENTRIES.map(({ path }) => path).filter((path) => path !== '/'), '/'].map((path) =>
  path.replace('$kind', 'key').replace('$id', '1'),
)

export interface OpenedScreens {
  readonly rows: readonly Row[]
  readonly notes: readonly string[]
}

/** Opens every screen of the window in turn, several times. A screen that does not settle counts with the bound. */
export async function openScreens(page: Page, say: (line: string) => void): Promise<OpenedScreens> {
  const rounds: (readonly Opened[])[] = []
  const late = new Set<string>()
  const begun = performance.now()
  for (let round = 0; round <= TIMES && (round < 2 || performance.now() - begun < LAST_ROUND_MS); round += 1) {
    say(`window: screens, round ${round} of ${TIMES}`)
    const bound = round === 0 ? BOUNDS.first : BOUNDS.again
    const opened: Opened[] = []
    for (const path of SCREENS) {
      const one = await within(
        bound + ANSWER_MS,
        `Opening ${path}`,
        page.evaluate(([to, most]) => window.bench.open(to, most), [path, bound] as const),
      )
      if (!one.isSettled) late.add(`${path}, ${round === 0 ? 'first' : 'again'}: ${bound / 1000} s`)
      opened.push(one)
    }
    rounds.push(opened)
  }
  return {
    rows: toRows(rounds),
    notes: [
      `A screen is opened by its address, every one of the router in turn, ${rounds.length - 1} times after the first; the time ends after the frame in which nothing of it is being read any more. Median and 95 of 100 are over the screens of a round. What was read before is shown from the window’s memory, and read again when it may have changed.`,
      late.size === 0
        ? `Every screen settled within ${BOUNDS.first / 1000} s when it was opened first, and within ${BOUNDS.again / 1000} s after that.`
        : `**Screens that did not settle within their bound**, which is their figure: ${[...late].join('; ')}.`,
    ],
  }
}

function toRows([first = [], ...again]: readonly (readonly Opened[])[]): readonly Row[] {
  const wholes = again.map((round) => round.map(({ rest }) => rest))
  return [
    {
      what: `opening a screen, median of ${SCREENS.length}`,
      unit: 'ms',
      ours: toSample(wholes.map((round) => findQuantile(round, 0.5))),
      target: 'screens-median',
    },
    {
      what: `opening a screen, 95 of 100 of ${SCREENS.length}`,
      unit: 'ms',
      ours: toSample(wholes.map((round) => findQuantile(round, 0.95))),
      target: 'screens-p95',
    },
    {
      what: 'opening a screen, its title',
      unit: 'ms',
      ours: toSample(again.flatMap((round) => round.map(({ title }) => title))),
    },
    {
      what: 'opening a screen for the first time, its title',
      unit: 'ms',
      ours: toSample(first.map(({ title }) => title)),
    },
    ...SCREENS.map((path, n): Row => ({
      what: `${path}, opened again`,
      unit: 'ms',
      ours: toSample(wholes.map((round) => round[n] ?? Number.NaN)),
    })),
    ...SCREENS.map((path, n): Row => ({
      what: `${path}, opened for the first time`,
      unit: 'ms',
      ours: toSample([first[n]?.rest ?? Number.NaN]),
    })),
  ]
}

/** By the nearest of the values. */
function findQuantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
