import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { findElectron } from '../../build/steps/electron-binary.mjs'
import { findBrowser } from '../../electron/shell/chromium/find.ts'
import { castellan } from './harness/castellan.ts'
import { findProgram, timeCommand } from './harness/command.ts'
import { evict } from './harness/evict.ts'
import { race, type Sample } from './harness/measure.ts'
import { NO_KEYCHAIN } from './harness/profile.ts'
import type { Bench, Row, Setting } from './harness/report.ts'
import { openScreen, type Screen } from './harness/screen.ts'
import type { TargetId } from './targets.ts'

/** Colours from which on there is a line of text on the screen. */
const TEXT = 40
/** Colours from which on there are rows of Today: its frame has fewer, with one line of text. */
const ROWS = 200
const LONGEST_MS = 120_000

/** From the command to the window with Today in it, and to the terminal's help. */
export const start: Bench = {
  name: 'start',
  about: 'from the command to the window on the screen, and to the help of the terminal',
  run: async (setting) => {
    const { root, scratch, say } = setting
    const profile = join(scratch, 'sample')
    await castellan(root, ['sample', '--profile', profile], join(scratch, 'sample.txt'))
    const samples = await race(
      {
        help: () => castellan(root, ['--help'], join(scratch, 'help.txt')),
        node: () => timeCommand(process.execPath, ['-e', '0']),
      },
      setting.runs,
    )
    const rows: Row[] = [row('`castellan --help`', samples.help, 'node -e 0', samples.node)]
    const xvfb = await findProgram('Xvfb')
    if (xvfb === null) {
      return { rows, missing: [{ name: 'Xvfb (a screen for the window)', install: 'apt-get install xvfb' }], notes: [] }
    }
    say('start: windows')
    const screen = await openScreen()
    try {
      const shown = await windows(setting, screen, profile)
      const { browser } = shown
      for (const { what, sample, target } of shown.ours) {
        rows.push(
          browser === null
            ? row(what, sample, 'node -e 0', samples.node)
            : { ...row(what, sample, 'the browser alone with a line of text', browser), ...(target && { target }) },
        )
      }
      return {
        rows,
        missing: [],
        notes: [
          `The window is the ${findElectron(root) === null ? 'Chromium shell, since Electron’s binary is missing' : 'Electron shell'}; its screen is Xvfb, looked at every 10 ms from outside. “The window” is the first time that its rail is there with a line of text beside it, “rows” that the rows of Today are. Earlier figures (981 ms) were of the browser’s error page, which the window showed first.`,
          'Warm is the second start of a profile and later ones. Cold is a start without the browser’s own folder of the profile (first window of it), with the built product and the register dropped from the system’s file cache; the browser itself and Node stay in it.',
          '`npm start` is npm, the check whether the build is up to date, the browser and the service; the row below it leaves npm and the check out.',
        ],
      }
    } finally {
      await screen.close()
    }
  },
}

function row(what: string, ours: Sample, name: string, sample: Sample): Row {
  return { what, unit: 'ms', ours, peer: { name, sample }, isFloor: true }
}

interface Shown {
  readonly ours: readonly { readonly what: string; readonly sample: Sample; readonly target?: TargetId }[]
  readonly browser: Sample | null
}

/** What is waited for on the screen. */
type Stage = 'line' | 'window' | 'rows'

const isThere: Readonly<Record<Stage, (screen: Screen) => boolean>> = {
  line: (screen) => screen.colours() >= TEXT,
  window: (screen) => screen.hasRail() && screen.colours() >= TEXT,
  rows: (screen) => screen.hasRail() && screen.colours() >= ROWS,
}

async function windows(setting: Setting, screen: Screen, profile: string): Promise<Shown> {
  const { root, scratch } = setting
  const npm = ['start', '--', '--profile', profile]
  const open = [join(root, 'out/node/open.js'), '--profile', profile]
  const browserFolder = join(profile, 'chromium')
  const page = join(scratch, 'page.html')
  writeFileSync(
    page,
    '<!doctype html><title>A line</title><p style="margin:220px 380px;font:20px sans-serif">The browser, a line of text and nothing else: what any window costs.</p>',
  )
  const browser = await findBrowser()
  const samples = await race(
    {
      cold: async () => {
        rmSync(browserFolder, { recursive: true, force: true })
        await evict([...filesUnder(join(root, 'out')), join(profile, 'register.db')])
        return untilShown(screen, 'rows', 'npm', npm, root)
      },
      warm: () => untilShown(screen, 'rows', 'npm', npm, root),
      bare: () => untilShown(screen, 'rows', process.execPath, open, root),
      window: () => untilShown(screen, 'window', process.execPath, open, root),
      browser: () =>
        browser === null ? Promise.resolve(0) : untilShown(screen, 'line', browser, switches(scratch, page), root),
    },
    setting.runs,
  )
  return {
    ours: [
      { what: '`npm start`, cold, to the rows of Today', sample: samples.cold },
      { what: '`npm start`, warm, to the rows of Today', sample: samples.warm },
      { what: '`open.js` alone, warm, to the rows of Today', sample: samples.bare },
      { what: '`open.js` alone, warm, to the window on the screen', sample: samples.window, target: 'window-start' },
    ],
    browser: browser === null ? null : samples.browser,
  }
}

function switches(scratch: string, page: string): readonly string[] {
  return [
    `--user-data-dir=${join(scratch, 'browser')}`,
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--window-size=1360,860',
    `--app=file://${page}`,
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
  ]
}

/** Milliseconds from the command until the stage is on the screen; then everything that it started is ended. */
async function untilShown(
  screen: Screen,
  stage: Stage,
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<number> {
  const before = performance.now()
  const child = spawn(command, args, {
    cwd,
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, ...NO_KEYCHAIN, DISPLAY: screen.display },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  try {
    while (!isThere[stage](screen)) {
      if (child.exitCode !== null || performance.now() - before > LONGEST_MS) {
        throw new Error(`${command} ${args.join(' ')} showed no window.`)
      }
      await sleep(10)
    }
    return performance.now() - before
  } finally {
    end(child)
    await ended
    while (screen.colours() > 2) await sleep(50)
  }
}

/** The whole group of a process that was started as the leader of one. */
function end(child: ChildProcess): void {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
