import { readFileSync } from 'node:fs'

import { app, type WebContents } from 'electron'

import type { SandboxState } from '../../../shared/contract/app.ts'
import { explainNoSandbox, readSandbox } from '../sandbox.ts'

/** Returns whether the process of a loaded page is in Chromium's sandbox. Throws where its process is not known. */
export function findSandbox(contents: WebContents): SandboxState {
  if (app.commandLine.hasSwitch('no-sandbox')) return explainNoSandbox(process.getuid?.() === 0)
  const pid = contents.getOSProcessId()
  if (process.platform === 'linux') return readSandbox(readFileSync(`/proc/${pid}/status`, 'utf8'))
  const isOn = app.getAppMetrics().some((each) => each.pid === pid && each.sandboxed === true)
  return isOn ? { state: 'on', why: "the system limits the page's process" } : { state: 'off', why: null }
}
