import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type Application, type ApplicationOptions, newHome, startApplication } from './stand-in/application.ts'

export interface Started {
  readonly application: Application
  readonly home: string
  /** The folder for temporary files. */
  readonly temporary: string
}

/** Starts the self-test for a person who has a home, a folder for temporary files, and no keychain. */
export async function startSelfTest(options: ApplicationOptions = {}): Promise<Started> {
  const home = options.home ?? newHome()
  const temporary = mkdtempSync(join(tmpdir(), 't-'))
  const env = { HOME: home, TMPDIR: temporary, XDG_DATA_HOME: '', DBUS_SESSION_BUS_ADDRESS: '' }
  const application = await startApplication({ args: ['--self-test'], ...options, home, env })
  return { application, home, temporary }
}

/** The lines of the report about what failed. */
export function failedIn(printed: string): readonly string[] {
  return printed.split('\n').filter((line) => line.startsWith('failed '))
}

/** Folders of self-tests that are left. */
export function leftIn(temporary: string): readonly string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('castellan-self-test-'))
}

/** The checks, in their order. */
export const NAMES = [
  'main process',
  'keychain',
  'libsodium',
  'service',
  'window',
  'first screen',
  'content policy',
  'module scripts and fonts',
  'local storage',
  'preload',
  'picture',
  'sandbox',
  'port',
  'register',
  'encryption',
  'list',
  'usage reader',
  'backup',
  'evidence',
  'export',
  'print',
  'clipboard',
  'tray',
  'screen lock',
  'notifications',
  'idle',
  'menu',
  'second start',
  'entry points',
  'quit',
  'store',
  'reopened register',
  'integrity',
  'second close',
  'traces',
]
