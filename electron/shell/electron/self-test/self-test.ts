import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { app, BrowserWindow, utilityProcess } from 'electron'

import { VERSION } from '../../../../shared/domain/version.ts'
import { type Checks, newChecks, NothingToCheck } from '../../self-test/checks.ts'
import { ENTRY_POINTS, tickEntryPoints } from '../../self-test/entry-points.ts'
import { findAbandoned, removeAtExit, removeFolder } from '../../self-test/folder.ts'
import {
  formatJson,
  formatTable,
  hideFolders,
  isPassed,
  type Machine,
  type SelfTestReport,
} from '../../self-test/report.ts'
import type { Parts } from '../../shell.ts'
import { type ElectronShell, openElectronShell } from '../shell.ts'
import { checkDesktop, checkReach, checkStore } from './desktop-checks.ts'
import { checkSandbox } from './sandbox-check.ts'
import {
  checkClose,
  checkReopened,
  checkService,
  checkStart,
  type ServicePlace,
  connectTo,
  NO_LOG,
  type ServiceConnection,
  startService,
} from './service-checks.ts'
import { checkPicture, checkWindow, followWindow } from './window-checks.ts'
import { newUnattended } from './unattended.ts'
import type { FromSecretsTest, ToSecretsTest } from '../../../../shared/contract/self-test.ts'

export interface SelfTestOptions {
  /** The temporary folder, which contains everything that is written. */
  readonly folder: string
  /** The profile in it. */
  readonly profile: string
  readonly register: string
  readonly logFile: string
  /** A folder that gets the report and a picture of the window; null: neither is kept. */
  readonly keep: string | null
  readonly json: boolean
  readonly parts: Parts & {
    readonly preload: string
    readonly trayIcon: string
    /** Access to the keychain and to libsodium. */
    readonly secrets: string
  }
}

const LIMITS = { each: 40_000, all: 180_000 }

/** The limit for closing and removing everything at the end. */
const CLEANING_MS = 15_000

/** The application while it is checked, and what the checks found that the report or the end needs. */
interface TestedParts {
  shell: ElectronShell | null
  /** Services without a window, on the register that the application closed. */
  readonly services: ServiceConnection[]
  readonly ended: Promise<number>
  /** True if its end was requested, or it is not open. */
  mayEnd: boolean
}

/**
 * Opens the application on a temporary profile, checks everything that only a real Electron can show, and prints a report.
 * Ends with 0 when nothing failed, and with 1 otherwise.
 */
export async function runSelfTest(options: SelfTestOptions): Promise<void> {
  const { folder, json, keep } = options
  const checks = newChecks(LIMITS)
  const ended = Promise.withResolvers<number>()
  const tested: TestedParts = { shell: null, services: [], ended: ended.promise, mayEnd: false }
  // A self-test that is ended before its report has failed.
  const giveUp = (): void => {
    void checks.runLast('traces', CLEANING_MS, () => removeTraces(options, tested)).then(() => app.exit(1))
  }
  const onExit = (code: number): void => {
    ended.resolve(code)
    if (!tested.mayEnd && code === 0) giveUp()
  }
  app.once('quit', () => removeFolder(folder))
  removeAtExit(folder)
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (tested.shell === null) giveUp()
  })
  const sqlite = await runChecks(checks, options, tested, onExit)
  await checks.runLast('traces', CLEANING_MS, () => removeTraces(options, tested))
  const report: SelfTestReport = {
    machine: describeMachine(sqlite),
    checks: checks.done.map((check) => ({
      ...check,
      detail: hideFolders(check.detail, {
        '(temporary folder)': folder,
        '(application)': app.getAppPath(),
        '(home folder)': homedir(),
      }),
    })),
    ms: performance.now(),
  }
  if (keep !== null) writeFileSync(join(keep, 'self-test.json'), formatJson(report))
  await print((json ? formatJson : formatTable)(report))
  app.exit(isPassed(report) ? 0 : 1)
}

/** Runs the checks in the order in which the application starts, works and ends. Returns the version of SQLite. */
async function runChecks(
  checks: Checks,
  options: SelfTestOptions,
  tested: TestedParts,
  onExit: (code: number) => void,
): Promise<string | null> {
  const { profile, register, logFile, parts, folder, keep } = options
  const ran = new Set(['main'])
  await checks.run('main process', () => `ready ${(performance.now() / 1000).toFixed(2)} s after its start`)
  for (const [name, type] of [
    ['keychain', 'check'],
    ['libsodium', 'seal'],
  ] as const) {
    await checks.run(name, async () => {
      const { state, detail } = await askSecrets(parts.secrets, { type })
      ran.add('self-test-secrets')
      if (state === 'none') throw new NothingToCheck(detail)
      if (state === 'failed') throw new Error(detail)
      return detail
    })
  }
  const place: ServicePlace = { service: parts.service, profile, register, files: join(folder, 'files') }
  mkdirSync(place.files, { recursive: true, mode: 0o700 })
  const person = newUnattended(place.files, onExit)
  const shell = openElectronShell({ profile, parts, log: NO_LOG, logFile, person, usesAllThreads: true })
  tested.shell = shell
  const [window] = BrowserWindow.getAllWindows()
  if (window === undefined) throw new Error('The application opened no window.')
  const opening = followWindow(window)
  const first = connectTo(shell.getService())
  await checkStart(checks, 'service', first)
  await checkWindow(checks, opening, parts.preload)
  await checkPicture(checks, window, keep)
  await checkSandbox(checks, window)
  const { sqlite, jobs } = await checkService(checks, first, place)
  await checkDesktop(checks, parts.trayIcon, shell.isTrayShown)
  await checkReach(checks, window)
  const isOk = (check: string): boolean => checks.done.some(({ name, state }) => name === check && state === 'ok')
  for (const name of jobs.length === 0 ? [] : ['thread', ...jobs]) ran.add(name)
  if (isOk('service')) ran.add('service')
  // The first screen needs the port that the preload script passes on.
  if (isOk('first screen')) ran.add('preload')
  await checks.run('entry points', () => tickEntryPoints(ENTRY_POINTS, ran), ['first screen', 'register'])
  await checkQuit(checks, tested, window)
  await checkStore(checks, profile)
  if (isOk('quit')) await checkAgain(checks, place, tested)
  return sqlite
}

/** Checks that the application quits as a person quits it: the window closes, and then the register. */
async function checkQuit(checks: Checks, tested: TestedParts, window: BrowserWindow): Promise<void> {
  tested.mayEnd = true
  await checks.run(
    'quit',
    async () => {
      app.quit()
      const code = await tested.ended
      if (code !== 0) throw new Error(`It ends with the exit code ${code}.`)
      if (!window.isDestroyed()) throw new Error('Its window is still open.')
      if (!(await tested.shell?.getService().ended)) throw new Error('Its service did not close the register.')
      return 'the window was closed, then the register, and the process of the service ended'
    },
    ['service'],
  )
}

/** Checks that another process of the service finds what the application wrote. */
async function checkAgain(checks: Checks, place: ServicePlace, { services }: TestedParts): Promise<void> {
  const second = startService(place)
  services.push(second)
  await checkStart(checks, 'reopened register', second)
  await checkReopened(checks, second)
  await checkClose(checks, 'second close', 'reopened register', second)
}

/**
 * Closes what is still open, and removes the files of this self-test and of killed ones, except those that Electron
 * still uses.
 */
async function removeTraces({ folder, profile, parts }: SelfTestOptions, tested: TestedParts): Promise<string> {
  tested.mayEnd = true
  const links = [
    ...(tested.shell === null ? [] : [tested.shell.getService()]),
    ...tested.services.map(({ link }) => link),
  ]
  for (const link of links) await link.close(2000)
  for (const window of BrowserWindow.getAllWindows()) window.destroy()
  const abandoned = findAbandoned()
  const profiles = [profile, ...abandoned.map((each) => join(each, basename(profile)))]
  const { state, detail } = await askSecrets(parts.secrets, { type: 'forget', profiles })
  for (const each of abandoned) removeFolder(each)
  for (const each of [profile, join(folder, 'files')]) {
    const kept = app.getPath('userData')
    const names = readdirSync(each).map((name) => join(each, name))
    for (const path of names) if (path !== kept) removeFolder(path)
  }
  if (state !== 'ok') throw new Error(`Entries of the keychain were not deleted: ${detail}`)
  return 'the temporary profile was removed, and the keychain has no entry of it'
}

function describeMachine(sqlite: string | null): Machine {
  const { electron = null, chrome = null, node, v8 } = process.versions as Record<string, string | undefined>
  return {
    castellan: VERSION,
    electron,
    chromium: chrome,
    node: node ?? '',
    v8: v8 ?? '',
    sqlite,
    platform: process.platform,
    arch: process.arch,
    packaged: app.isPackaged,
  }
}

/** Resolves when the text is written: on Windows a pipe accepts it later. */
function print(text: string): Promise<void> {
  return new Promise((settle) => process.stdout.write(text, () => settle()))
}

/** Asks a separate process about the keychain or libsodium; it ends with the answer. */
function askSecrets(file: string, question: ToSecretsTest): Promise<FromSecretsTest> {
  const child = utilityProcess.fork(file, [], { serviceName: 'Castellan self-test', stdio: 'inherit' })
  const answer = Promise.withResolvers<FromSecretsTest>()
  child.on('message', (message: FromSecretsTest) => {
    answer.resolve(message)
    child.kill()
  })
  child.once('exit', () =>
    answer.reject(new Error('The process for the keychain and libsodium ended without an answer.')),
  )
  child.postMessage(question, [])
  return answer.promise
}
