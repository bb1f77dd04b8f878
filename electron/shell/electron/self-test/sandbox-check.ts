import type { BrowserWindow } from 'electron'

import { type Checks, NothingToCheck } from '../../self-test/checks.ts'
import { findSandbox } from '../sandbox.ts'

/** Checks whether the process of the page is in Chromium's sandbox, and reports why it is not. */
export async function checkSandbox(checks: Checks, window: BrowserWindow): Promise<void> {
  await checks.run(
    'sandbox',
    () => {
      const { state, why } = findSandbox(window.webContents)
      if (state === 'on') return `on: ${why ?? 'the page runs in it'}`
      if (why !== null) throw new NothingToCheck(`${state}: ${why}`)
      throw new Error('off, although nothing turned it off.')
    },
    ['window'],
  )
}
