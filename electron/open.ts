import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { keepFilesPrivate } from './service/kit/keep-files-private.ts'
import { resolveProfile } from './service/profile/place.ts'
import { openChromiumShell } from './shell/chromium/shell.ts'
import { findBrowser } from './shell/chromium/find.ts'
import { ServiceFailed } from './shell/service-link.ts'

keepFilesPrivate()

// Code that was compiled at one start is not compiled again at the next: the driver of the browser is seven megabytes.
// The thread of the service reads the variable; `npm start` has set it.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, '../../.cache/compile')
enableCompileCache()

/**
 * Opens the window in an installed browser and stays until it is closed: `open.js [--profile DIR] [--headless]`. Ends
 * with 0, or with 1 and the reason on the error stream.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { profile: { type: 'string' }, headless: { type: 'boolean', default: false } },
  })
  const browser = await findBrowser()
  if (browser === null) {
    return fail('no Chromium, Chrome or Edge is installed', 'Install one, or name it in CASTELLAN_BROWSER.')
  }
  const out = join(import.meta.dirname, '..')
  const opening = openChromiumShell({
    profile: resolveProfile(values.profile, process.env),
    parts: { renderer: join(out, 'renderer'), service: join(out, 'node/service-worker.js') },
    browser,
    headless: values.headless,
  })
  // A signal during opening closes the window once it is open: a half-started browser would outlive its shell.
  const close = (): void => {
    opening.then(
      (shell) => shell.close(),
      () => undefined,
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, close)
  const shell = await opening
  if (await shell.closed) return 0
  return fail('the service process ended', 'Saved data is intact. Start Castellan again.')
}

function fail(reason: string, hint: string): number {
  process.stderr.write(`castellan: ${reason}. ${hint}\n`)
  return 1
}

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof ServiceFailed) return fail(error.message.replace(/\.$/u, ''), error.hint)
  return fail(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error), '')
})
