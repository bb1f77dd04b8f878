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

/** Colours from which on there is text on the screen. */
const TEXT = 40
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
      for (const [what, sample] of shown.ours) rows.push(row(what, sample, 'node -e 0', samples.node))
      if (shown.browser !== null) {
        for (const [what, sample] of shown.ours)
          rows.push(row(what, sample, 'the browser alone with a line of text', shown.browser))
      }
      return {
        rows,
        missing: [],
        notes: [
          `The window is the ${findElectron(root) === null ? 'Chromium shell, since Electron’s binary is missing' : 'Electron shell'}; its screen is Xvfb, looked at every 10 ms from outside. “On the screen” is the first time that text is in the middle of it.`,
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
  readonly ours: readonly (readonly [what: string, sample: Sample])[]
  readonly browser: Sample | null
}

async function windows(setting: Setting, screen: Screen, profile: string): Promise<Shown> {
  const { root, scratch } = setting
  const npm = ['start', '--', '--profile', profile]
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
        return untilShown(screen, 'npm', npm, root)
      },
      warm: () => untilShown(screen, 'npm', npm, root),
      bare: () => untilShown(screen, process.execPath, [join(root, 'out/node/open.js'), '--profile', profile], root),
      browser: () =>
        browser === null ? Promise.resolve(0) : untilShown(screen, browser, switches(scratch, page), root),
    },
    setting.runs,
  )
  return {
    ours: [
      ['`npm start`, cold, to the window on the screen', samples.cold],
      ['`npm start`, warm, to the window on the screen', samples.warm],
      ['`open.js` alone, warm, to the window on the screen', samples.bare],
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

/** Milliseconds from the command to text on the screen; then everything that it started is ended. */
async function untilShown(screen: Screen, command: string, args: readonly string[], cwd: string): Promise<number> {
  const before = performance.now()
  const child = spawn(command, args, {
    cwd,
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, ...NO_KEYCHAIN, DISPLAY: screen.display },
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  try {
    while (screen.colours() < TEXT) {
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
