import { readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { app, type BrowserWindow, session, utilityProcess, clipboard, nativeImage, Notification, Tray } from 'electron'

import { VERSION } from '../../../../shared/domain/version.ts'
import { type Checks, newChecks, NothingToCheck } from '../../self-test/checks.ts'
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
import { servePages } from '../protocol.ts'
import {
  checkClose,
  checkReopened,
  checkService,
  checkStart,
  type ServicePlace,
  startService,
  type TestedService,
} from './service-checks.ts'
import { checkWindow } from './window-checks.ts'
import { lockSession } from '../session.ts'
import type { FromKeychainTest, ToKeychainTest } from '../../../../shared/contract/self-test.ts'

const TEXT = 'Castellan self-test'

/** The formats that would be lost by restoring only text: images, files and rich text. */
const MORE_THAN_TEXT = ['image/png', 'text/html', 'text/rtf', 'text/uri-list']

/** Checks what the desktop offers to the application. */
async function checkDesktop(checks: Checks, trayIcon: string): Promise<void> {
  await checks.run('clipboard', async () => {
    for (const type of MORE_THAN_TEXT) {
      if (await clipboard.has(type)) throw new NothingToCheck('it contains more than text, which is left unchanged')
    }
    const before = await clipboard.readText()
    try {
      await clipboard.writeText(TEXT)
      if ((await clipboard.readText()) !== TEXT) throw new Error('A text was not returned.')
    } finally {
      if (before === '') clipboard.clear()
      else await clipboard.writeText(before)
    }
    if ((await clipboard.readText()) !== before) throw new Error('Its previous content was not restored.')
    return 'a text was written and read back, and the previous content was restored'
  })
  await checks.run('tray', () => {
    const image = nativeImage.createFromPath(trayIcon)
    if (image.isEmpty()) throw new Error('Its image cannot be read.')
    let tray: Tray
    try {
      tray = new Tray(image)
    } catch (error) {
      throw new NothingToCheck(error instanceof Error ? error.message : String(error))
    }
    tray.destroy()
    return 'an icon was made and removed'
  })
  await checks.run('notifications', () => {
    if (!Notification.isSupported()) throw new NothingToCheck('this desktop does not support them')
    return 'supported'
  })
}

export interface SelfTestOptions {
  /** The temporary folder, which contains everything that is written. */
  readonly folder: string
  /** The profile in it. */
  readonly profile: string
  readonly register: string
  readonly json: boolean
  readonly parts: Parts & {
    readonly preload: string
    readonly trayIcon: string
    /** Access to the keychain. */
    readonly keychain: string
  }
}

const LIMITS = { each: 25_000, all: 60_000 }

/** The limit for closing and removing everything at the end. */
const CLEANING_MS = 15_000

/** The objects that are open while the checks run. */
interface Opened {
  readonly services: TestedService[]
  window: BrowserWindow | null
}

/**
 * Checks everything that only a real Electron can show, on a temporary profile, and prints a report. Ends the
 * application with 0 when nothing failed, and with 1 otherwise.
 */
export async function runSelfTest(options: SelfTestOptions): Promise<void> {
  const { folder, json } = options
  const checks = newChecks(LIMITS)
  const opened: Opened = { services: [], window: null }
  // Its windows open and close, and it ends itself.
  app.on('window-all-closed', () => undefined)
  app.once('quit', () => removeFolder(folder))
  removeAtExit(folder)
  // A self-test that is ended before its report has failed.
  app.once('before-quit', (event) => {
    event.preventDefault()
    void checks.runLast('traces', CLEANING_MS, () => removeTraces(options, opened)).then(() => app.exit(1))
  })
  const sqlite = await runChecks(checks, options, opened)
  await checks.runLast('traces', CLEANING_MS, () => removeTraces(options, opened))
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
  await print((json ? formatJson : formatTable)(report))
  app.exit(isPassed(report) ? 0 : 1)
}

/** Runs the checks in the order in which the application starts, works and ends. Returns the version of SQLite. */
async function runChecks(checks: Checks, options: SelfTestOptions, opened: Opened): Promise<string | null> {
  const { profile, register, parts, folder } = options
  await checks.run('main process', () => `ready ${(performance.now() / 1000).toFixed(2)} s after its start`)
  await checks.run('keychain', async () => {
    const { state, detail } = await askKeychain(parts.keychain, { type: 'check' })
    if (state === 'none') throw new NothingToCheck(detail)
    if (state === 'failed') throw new Error(detail)
    return detail
  })
  const place: ServicePlace = { service: parts.service, profile, register, files: join(folder, 'files') }
  const first = startService(place)
  opened.services.push(first)
  await checkStart(checks, 'service', first)
  lockSession(session.defaultSession, false)
  servePages(session.defaultSession, parts.renderer)
  opened.window = await checkWindow(checks, parts.preload, (port) => first.link.connect(port))
  const sqlite = await checkService(checks, first, place)
  await checkDesktop(checks, parts.trayIcon)
  await checkClose(checks, 'close', 'service', first)
  if (checks.done.some(({ name, state }) => name === 'close' && state === 'ok')) {
    const second = startService(place)
    opened.services.push(second)
    await checkStart(checks, 'reopened register', second)
    await checkReopened(checks, second)
    await checkClose(checks, 'second close', 'reopened register', second)
  }
  return sqlite
}

/**
 * Closes what is still open, and removes the files of this self-test and of killed ones, except those that Electron
 * still uses.
 */
async function removeTraces(
  { folder, profile, parts }: SelfTestOptions,
  { services, window }: Opened,
): Promise<string> {
  for (const { link } of services) await link.close(2000)
  window?.destroy()
  const abandoned = findAbandoned()
  const profiles = [profile, ...abandoned.map((each) => join(each, basename(profile)))]
  const { state, detail } = await askKeychain(parts.keychain, { type: 'forget', profiles })
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

/** Asks a separate process about the keychain; it ends with the answer. */
function askKeychain(file: string, question: ToKeychainTest): Promise<FromKeychainTest> {
  const child = utilityProcess.fork(file, [], { serviceName: 'Castellan keychain', stdio: 'inherit' })
  const answer = Promise.withResolvers<FromKeychainTest>()
  child.on('message', (message: FromKeychainTest) => {
    answer.resolve(message)
    child.kill()
  })
  child.once('exit', () => answer.reject(new Error('The process that reaches the keychain ended without an answer.')))
  child.postMessage(question, [])
  return answer.promise
}
