import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { REASON_SHOWN } from '../../../electron/shell/exit-code.ts'
import { app, recorded } from './parts/fake-electron.ts'

vi.mock('electron', async () => import('./parts/fake-electron.ts'))
vi.mock('electron-store', () => ({
  default: class {
    get(): unknown {
      return undefined
    }
    set(): void {
      // Nothing reads it.
    }
  },
}))

beforeEach(() => {
  app.removeAllListeners()
  recorded.forked.length = 0
  recorded.errorBoxes.length = 0
  recorded.exit = null
})

afterEach(() => {
  vi.unstubAllEnvs()
})

/** The service's process of a shell that was just opened. */
async function openShell() {
  const { openElectronShell } = await import('../../../electron/shell/electron.ts')
  openElectronShell({
    profile: '/profiles/one',
    parts: { renderer: '/out', service: '/out/service.js', preload: '/out/preload.cjs', trayIcon: '/out/tray.png' },
  })
  const [service] = recorded.forked
  if (service === undefined) throw new Error('The shell started no service.')
  return service.child
}

describe('the main process ends with the code that says that it showed the reason', () => {
  it('when the register cannot be opened', async () => {
    const child = await openShell()
    child.emit('message', { type: 'failed', message: 'Another Castellan holds this profile.', hint: 'Close it.' })
    await vi.waitFor(() => expect(recorded.errorBoxes).toHaveLength(1))
    child.emit('exit', 1)
    await vi.waitFor(() => expect(recorded.exit).toBe(REASON_SHOWN))
  })

  it('when the service ends unexpectedly after it was ready', async () => {
    const child = await openShell()
    child.emit('message', { type: 'ready' })
    child.emit('exit', 9)
    await vi.waitFor(() => expect(recorded.exit).toBe(REASON_SHOWN))
    expect(recorded.errorBoxes).toHaveLength(1)
  })

  it('when the folder of the profile cannot be made', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'castellan-main-')), 'file')
    writeFileSync(file, '')
    vi.stubEnv('CASTELLAN_PROFILE', join(file, 'profile'))
    const mask = process.umask()
    await import('../../../electron/main.ts')
    process.umask(mask)
    expect(recorded.errorBoxes.map(([title]) => title)).toEqual(['Castellan cannot start'])
    expect(recorded.exit).toBe(REASON_SHOWN)
  })
})
