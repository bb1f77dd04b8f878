import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

import { app, dialog } from 'electron'

import { ignoreClosedTerminal } from './service/kit/closed-terminal.ts'
import { keepFilesPrivate } from './service/kit/keep-files-private.ts'
import { openLog } from './service/log/log.ts'
import { profilePaths } from './service/profile/paths.ts'
import { resolveProfile } from './service/profile/place.ts'
import { type ElectronShellOptions, openElectronShell, prepareElectron } from './shell/electron/shell.ts'
import { REASON_SHOWN } from './shell/exit-code.ts'
import { newSelfTestFolder } from './shell/self-test/folder.ts'
import type { ShellLog } from './shell/shell.ts'
import { getTrayImage } from './shell/tray-image.ts'
import { explainVerb, findVerb, WRONG_CALL } from './shell/verb.ts'

keepFilesPrivate()
ignoreClosedTerminal()

/** Switches that let another program read the window; no fuse turns them off. */
const DEBUGGING = ['remote-debugging-port', 'remote-debugging-pipe']

const asked = readArguments()
if (asked.verb !== null) refuseVerb(asked.verb)
else if (asked.selfTest === null) start()
else testSelf(asked.selfTest)

/**
 * Opens the desktop application: the shell in this process, the service in another, joined by ports. Electron would
 * show a stack trace of an error here and keep running without a window; instead, people get a sentence, and the
 * process ends.
 */
function start(): void {
  try {
    const switched = DEBUGGING.find((name) => app.isPackaged && app.commandLine.hasSwitch(name))
    if (switched !== undefined) {
      return endBeforeWindow(
        `The installed application does not start with --${switched}.`,
        'Start it without this switch: with it, another program could read the window.',
      )
    }
    const profile = takeProfile()
    if (profile === null) return
    prepareElectron()
    if (app.requestSingleInstanceLock()) {
      void app
        .whenReady()
        .then(() => open(profile))
        .catch((error: unknown) => endBeforeWindow(getMessage(error), AGAIN))
    } else app.quit()
  } catch (error) {
    endBeforeWindow(getMessage(error), AGAIN)
  }
}

/** Returns the profile, which Electron's own data is in from now on; ends the application where it cannot be written. */
function takeProfile(): string | null {
  try {
    const profile = resolveProfile(asked.profile, process.env)
    keepElectronIn(profile)
    return profile
  } catch (error) {
    endBeforeWindow(getMessage(error), 'Check the folder of the profile, or name another: --profile FOLDER.')
    return null
  }
}

function open(profile: string): void {
  const { log: logFile } = profilePaths(profile)
  const log: ShellLog = {
    // The service may have started a new log file, so it is opened again for each of the few lines.
    write: (level, event, fields) => {
      const opened = openLog(logFile, { what: 'desktop', mayTurn: false })
      opened.write(level, event, fields)
      opened.close()
    },
  }
  // Electron would show a stack trace. The process continues, and the log has the trace.
  process.on('uncaughtException', (error) => {
    log.write('error', 'desktop.failed', { message: error.message, stack: error.stack ?? '' })
    dialog.showErrorBox('Castellan met an error', `${error.message}\n\nThe log has more: ${logFile}`)
  })
  openElectronShell({ profile, log, logFile, isHidden: asked.isHidden, parts: findParts() })
}

/** `--self-test`: opens the application on a temporary profile, beside other running ones, and checks it. */
function testSelf(form: 'table' | 'json'): void {
  const folder = newSelfTestFolder()
  const profile = join(folder, 'profile')
  keepElectronIn(profile)
  prepareElectron()
  app
    .whenReady()
    .then(async () => {
      const { runSelfTest } = await import('./shell/electron/self-test/self-test.ts')
      const { register, log: logFile } = profilePaths(profile)
      const parts = { ...findParts(), secrets: join(import.meta.dirname, 'self-test-secrets.js') }
      const { keep } = asked
      return runSelfTest({ folder, profile, register, logFile, keep, json: form === 'json', parts })
    })
    .catch((error: unknown) => {
      process.stderr.write(`The self-test failed: ${error instanceof Error ? error.message : String(error)}\n`)
      app.exit(1)
    })
}

interface Arguments {
  readonly profile: string | undefined
  /** True if it starts without a window, as at login. */
  readonly isHidden: boolean
  /** The form of the self-test's report; null without one. */
  readonly selfTest: 'table' | 'json' | null
  /** A folder for the self-test's report and picture; null: they are not kept. */
  readonly keep: string | null
  /** A verb of the terminal, which the installed application was given by mistake; null without one. */
  readonly verb: string | null
}

/** A packaged application has no script among its arguments (Electron, `process.argv`). */
function readArguments(): Arguments {
  const args = process.argv.slice(app.isPackaged ? 1 : 2)
  const { values, positionals } = parseArgs({
    args,
    options: {
      profile: { type: 'string' },
      hidden: { type: 'boolean' },
      'self-test': { type: 'boolean' },
      'self-test-keep': { type: 'string' },
    },
    strict: false,
    allowPositionals: true,
  })
  const { 'self-test': selfTest, 'self-test-keep': keep } = values
  return {
    profile: typeof values.profile === 'string' ? values.profile : undefined,
    isHidden: values.hidden === true,
    selfTest: selfTest === undefined ? null : selfTest === 'json' ? 'json' : 'table',
    keep: typeof keep === 'string' ? resolve(keep) : null,
    verb: app.isPackaged ? findVerb(positionals) : null,
  }
}

/** The window is on the path too, so that a script or an assistant may call it with a verb: it must not wait for an answer. */
function refuseVerb(verb: string): void {
  const { platform, env } = process
  const resources = join(import.meta.dirname, '../../..')
  process.stderr.write(explainVerb(verb, { resources, platform, appImage: env['APPIMAGE'] }))
  app.exit(WRONG_CALL)
}

/** Electron's own data is in the profile, so that each profile has one application and nothing is written elsewhere. */
function keepElectronIn(profile: string): void {
  const userData = join(profile, 'electron')
  mkdirSync(userData, { recursive: true, mode: 0o700 })
  app.setPath('userData', userData)
  app.setPath('sessionData', userData)
}

/** The parts of the built product beside this file. */
function findParts(): ElectronShellOptions['parts'] {
  const out = join(import.meta.dirname, '..')
  return {
    renderer: join(out, 'renderer'),
    service: join(out, 'main/service.js'),
    preload: join(out, 'preload/preload.cjs'),
    trayIcon: join(out, 'main', getTrayImage(process.platform)),
  }
}

const AGAIN = 'Start Castellan again. If it keeps failing, install it again; saved data stays.'

/** Shows why the application does not open its window, and ends it. Before it is ready, Linux would show nothing. */
async function showAndEnd(reason: string, hint: string): Promise<void> {
  await app.whenReady()
  dialog.showErrorBox('Castellan cannot start', `${reason}\n\n${hint}`)
  app.exit(REASON_SHOWN)
}

function endBeforeWindow(reason: string, hint: string): void {
  void showAndEnd(reason, hint)
}

function getMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
