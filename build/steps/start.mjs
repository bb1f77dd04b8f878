import { spawn } from 'node:child_process'
import { join, resolve } from 'node:path'

import { findBrowser } from '../../electron/shell/chromium/find.ts'
import { projectNode } from '../project-node.mjs'
import { say } from '../say.mjs'
import { ensureBuilt } from './built.mjs'
import { electronBinary, RETRY } from './electron-binary.mjs'
import { installPackages, missingPackages } from './system-packages.mjs'

const root = resolve(import.meta.dirname, '../..')
const passed = process.argv.slice(2)

/** An Electron that ends this soon with an error never showed its window: then the browser does. */
const TOO_SOON_MS = 15_000

process.exitCode = await main()

async function main() {
  if (!ensureBuilt(root)) return 1
  if (!hasDisplay()) return overview()
  const electron = electronBinary(root)
  if (electron.path === undefined) return openInBrowser(electron.reason)
  say('the window opens in Electron')
  const start = performance.now()
  const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const code = await run(electron.path, [...flags, root, ...passed])
  if (code === 0 || performance.now() - start > TOO_SOON_MS) return code
  return openInBrowser(`Electron ended with code ${code}`)
}

async function openInBrowser(reason) {
  const wanted = { browser: true, tests: false }
  if (!(await installPackages(await missingPackages(wanted), wanted))) return 1
  say(`the window opens in ${await findBrowser()}, since ${reason} (to try again: ${RETRY})`)
  return run(projectNode(root), [join(root, 'out/node/open.js'), ...passed])
}

/** Without a display the terminal says what the window would; of the sample agency while the register is empty. */
async function overview() {
  const code = await run(projectNode(root), [
    join(root, 'out/node/cli.js'),
    'overview',
    '--sample-when-empty',
    ...passed,
  ])
  say('there is no display, so this is the terminal overview. For the window run this in a desktop session, or:')
  say('xvfb-run -a npm start')
  return code
}

function hasDisplay() {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY'])
}

function run(command, args) {
  return new Promise((settle) => {
    const child = spawn(command, args, { stdio: 'inherit', cwd: process.env['INIT_CWD'] ?? process.cwd() })
    // The terminal sends Ctrl+C to the child too; a signal sent to this process alone is passed on.
    process.on('SIGINT', () => undefined)
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    child.on('error', (error) => {
      say(`${command} could not be started: ${error.message}`)
      settle(1)
    })
    child.on('exit', (code) => settle(code ?? 1))
  })
}
