import { join, resolve } from 'node:path'

import { findBrowser } from '../../electron/shell/chromium/find.ts'
import { REASON_SHOWN } from '../../electron/shell/exit-code.ts'
import { projectNode } from '../project-node.mjs'
import { say } from '../say.mjs'
import { ensureBuilt } from './built.mjs'
import { hasDisplay } from './display.mjs'
import { electronBinary, electronEnvironment, fetchMeanwhile } from './electron-binary.mjs'
import { describeEnd, runWindow, toExitCode } from './run-window.mjs'
import { findSandboxProblem, suggestCommand } from './sandbox.mjs'
import { installPackages, missingPackages } from './system-packages.mjs'

const root = resolve(import.meta.dirname, '../..')
const passed = process.argv.slice(2)

/** Options that only Electron understands. */
const NO_SANDBOX = '--no-sandbox'
const passedElsewhere = passed.filter((argument) => argument !== NO_SANDBOX)

process.exitCode = await main()

/** Ends with 0 when the window was closed, with 1 when it could not be shown, or with a shell's code after a signal. */
async function main() {
  if (!ensureBuilt(root)) return 1
  if (!hasDisplay()) return printToday()
  const electron = await electronBinary(root, { later: true })
  if (electron.path === undefined) return openInBrowser(electron)
  const isRoot = process.getuid?.() === 0
  const problem = isRoot || passed.includes(NO_SANDBOX) ? null : findSandboxProblem(electron.path)
  return problem === null ? openInElectron(electron.path, isRoot ? [NO_SANDBOX] : []) : openInBrowser(problem)
}

/** The browser window opens only after an Electron that could not show why it ended. */
async function openInElectron(path, flags) {
  say('the window opens in Electron')
  const end = await runWindow(path, [...flags, root, ...passed], { keep: true, env: electronEnvironment() })
  if (end.code === REASON_SHOWN) return 1
  if (end.code === 0 || end.asked !== null) return toExitCode(end)
  const reason = describeEnd(end)
  return openInBrowser({ reason, todo: suggestCommand(reason, path) ?? 'npm start tries Electron again' })
}

async function openInBrowser({ reason, todo, isOld = false }) {
  const wanted = { browser: true, tests: false }
  if (!(await installPackages(await missingPackages(wanted), wanted))) {
    say(`the window does not open in Electron, since ${reason}; ${todo}`)
    return 1
  }
  say(`the window opens in ${await findBrowser()}, since ${reason}; ${todo}`)
  const closed = new AbortController()
  const fetched = isOld ? fetchMeanwhile(root, closed.signal) : undefined
  const end = await runWindow(projectNode(root), [join(root, 'out/node/open.js'), ...passedElsewhere])
  closed.abort()
  await fetched
  return toExitCode(end)
}

/** Without a display, prints Today on the terminal; that of the sample agency while the register is empty. */
async function printToday() {
  const end = await runWindow(projectNode(root), [
    join(root, 'out/node/cli.js'),
    'today',
    '--sample-when-empty',
    ...passedElsewhere,
  ])
  say('there is no display, so this is Today in the terminal. For the window run this in a desktop session, or:')
  say('xvfb-run -a npm start')
  return toExitCode(end)
}
