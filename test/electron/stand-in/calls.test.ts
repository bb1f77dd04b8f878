import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { electronCalls } from './calls.ts'
import { explainRefusal, findDeclaration, formatSystems } from './declared.ts'
import { EMULATED } from './sentences.ts'

const uses = electronCalls()

describe('the stand-in for Electron', () => {
  it('follows sentences of the documentation of the installed Electron about the same call', () => {
    const wrong = Object.entries(EMULATED).filter(
      ([call, sentence]) => findDeclaration(call)?.text.includes(sentence) !== true,
    )
    expect(wrong).toEqual([])
  })

  it('refuses a call or an event on a system that does not have it', () => {
    const on = (call: string, platform: string): string | null => explainRefusal(call, { platform, isReady: true })
    expect(on("PowerMonitor 'lock-screen'", 'linux')).toBe(
      "Electron has PowerMonitor 'lock-screen' on darwin, win32 only.",
    )
    expect(on("PowerMonitor 'lock-screen'", 'darwin')).toBeNull()
    expect(on('App.setAppUserModelId', 'linux')).toBe('Electron has App.setAppUserModelId on win32 only.')
    expect(on("PowerMonitor 'suspend'", 'linux')).toBeNull()
  })

  it('refuses a call that the documentation has before or after the start only', () => {
    const at = (call: string, isReady: boolean): string | null => explainRefusal(call, { platform: 'linux', isReady })
    for (const call of ['App.enableSandbox', 'Protocol.registerSchemesAsPrivileged'])
      expect(at(call, true)).toBe(`Electron has ${call} only before the application is ready.`)
    for (const call of ['UtilityProcess.fork', 'Session.defaultSession'])
      expect(at(call, false)).toBe(`Electron has ${call} only once the application is ready.`)
    expect(at('Dialog.showErrorBox', false)).toBeNull()
  })

  it('emulates every call, property and event of Electron that the application uses', () => {
    expect(uses.length).toBeGreaterThan(60)
    const missing = uses.filter(({ call }) => !call.startsWith('new ') && !Object.hasOwn(EMULATED, call))
    expect(missing).toEqual([])
  })

  it('is documented with the systems of every such call beside a test, none missing: npm run e2e -- --all writes it', () => {
    const rows = readFileSync('docs/electron-calls.md', 'utf8').matchAll(
      /^\| `(?<call>[^`]+)` \| (?<systems>[^|]+) \| .*\| (?<tests>[^|]+) \|$/gmu,
    )
    const documented = [...rows].map(({ groups }) => ({ ...groups }))
    expect(documented.map(({ call, systems }) => ({ call, systems }))).toEqual(
      uses.map(({ call }) => ({ call, systems: formatSystems(call) })),
    )
    expect(documented.filter((row) => row['tests'] === '**none**')).toEqual([])
  })
})
