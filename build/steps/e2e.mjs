import { rmSync } from 'node:fs'
import { resolve } from 'node:path'

import { say } from '../say.mjs'
import { ensureBuilt } from './built.mjs'
import { ownDisplay } from './display.mjs'
import { callsFile, writeCallsDocument } from './electron-calls.mjs'
import { inKeychainSession } from './keychain-session.mjs'
import { running } from './running.mjs'
import { installPackages, missingPackages } from './system-packages.mjs'

const root = resolve(import.meta.dirname, '../..')
const LIMIT_MS = 3_600_000

process.exitCode = await main()

/**
 * `--all` runs every flow in both shells, and writes `docs/electron-calls.md` when the desktop's own tests have passed beside
 * it. `--pictures` runs them in the Chromium shell, with a keychain, and leaves pictures of every screen and dialog; with
 * `--guide` it takes those of README and guide. Other arguments go to Playwright.
 */
async function main() {
  const passed = process.argv.slice(2)
  const isAll = passed.includes('--all')
  const wanted = { browser: true, tests: true }
  if (!(await installPackages(await missingPackages(wanted), wanted))) return 1
  if (!ensureBuilt(root)) return 1
  const display = await ownDisplay()
  try {
    const env = { ...process.env, ...display.env }
    const rest = passed.filter((argument) => !['--all', '--pictures', '--guide'].includes(argument))
    if (passed.includes('--pictures')) return await takePictures(env, passed.includes('--guide'), rest)
    if (!isAll) return (await run('playwright', ['test', ...rest], env)).code
    const calls = callsFile(root)
    rmSync(calls, { force: true })
    const noting = { ...env, CASTELLAN_E2E_ALL: '1', STAND_IN_EXERCISED: calls }
    const windows = await run('playwright', ['test', ...rest], noting)
    const units = await run(
      'vitest',
      ['run', 'test/electron/main.test.ts', 'test/electron/self-test', 'test/electron/shell'],
      noting,
    )
    if (windows.code !== 0 || units.code !== 0) return 1
    writeCallsDocument(root)
    return 0
  } finally {
    display.end()
  }
}

async function takePictures(env, ofGuide, rest) {
  const folder = ofGuide
    ? resolve(root, 'docs/pictures')
    : (env.CASTELLAN_SCREENSHOTS ?? resolve(root, '.cache/pictures'))
  const where = ofGuide ? { CASTELLAN_GUIDE_PICTURES: folder } : { CASTELLAN_SCREENSHOTS: folder }
  const tests = ofGuide ? ['pictures.spec.ts'] : rest
  const session = inKeychainSession(['playwright', 'test', '--project=chromium', ...tests])
  try {
    const { code } = await run(session.program, session.args, { ...env, ...session.env, ...where })
    say(`pictures in ${folder}`)
    return code
  } finally {
    session.end()
  }
}

function run(command, args, env) {
  return running(command, args, { cwd: root, env, show: true, limit: LIMIT_MS })
}
