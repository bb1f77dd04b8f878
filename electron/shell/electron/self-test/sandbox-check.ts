import { readFileSync } from 'node:fs'

import { app, type BrowserWindow } from 'electron'

import { type Checks, NothingToCheck } from '../../self-test/checks.ts'
import { explainNoSandbox, readSandbox, type SandboxState } from '../../self-test/sandbox.ts'

/** Checks whether the process of the page is in Chromium's sandbox, and reports why it is not. */
export async function checkSandbox(checks: Checks, window: BrowserWindow): Promise<void> {
  await checks.run(
    'sandbox',
    () => {
      const { isOn, why } = findSandbox(window)
      if (isOn) return `on: ${why ?? 'the page runs in it'}`
      if (why !== null) throw new NothingToCheck(`off: ${why}`)
      throw new Error('off, although nothing turned it off.')
    },
    ['window'],
  )
}

function findSandbox(window: BrowserWindow): SandboxState {
  if (app.commandLine.hasSwitch('no-sandbox')) return explainNoSandbox(process.getuid?.() === 0)
  const pid = window.webContents.getOSProcessId()
  if (process.platform === 'linux') return readSandbox(readFileSync(`/proc/${pid}/status`, 'utf8'))
  const isOn = app.getAppMetrics().some((each) => each.pid === pid && each.sandboxed === true)
  return { isOn, why: isOn ? "the system limits the page's process" : null }
}
