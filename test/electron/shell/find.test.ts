import { chmodSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { browserCandidates, findBrowser } from '../../../electron/shell/chromium/find.ts'

function program(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, name)
  writeFileSync(path, '#!/bin/sh\n')
  chmodSync(path, 0o755)
  return path
}

describe('the browser that shows the window', () => {
  it('is the one that is named, and no other when that is absent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'castellan-find-'))
    const named = program(folder, 'my-browser')
    expect(await findBrowser('linux', { PATH: '/usr/bin', CASTELLAN_BROWSER: named })).toBe(named)
    expect(await findBrowser('linux', { PATH: '/usr/bin', CASTELLAN_BROWSER: join(folder, 'absent') })).toBeNull()
  })

  it('is looked for in the path, Chromium before Chrome before Edge, a snap last', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'castellan-find-'))
    const snap = program(join(folder, 'snap'), 'chromium')
    const bin = join(folder, 'bin')
    mkdirSync(bin)
    symlinkSync(snap, join(bin, 'chromium'))
    const edge = program(bin, 'microsoft-edge')
    const first = browserCandidates('linux', { PATH: bin })
    expect(first.slice(0, 1)).toEqual([join(bin, 'chromium')])
    expect(await findBrowser('linux', { PATH: bin })).not.toBe(join(bin, 'chromium'))
    expect(first.indexOf(edge)).toBeGreaterThan(first.indexOf(join(bin, 'google-chrome')))
  })

  it('is looked for where macOS and Windows install it', () => {
    expect(browserCandidates('darwin', { HOME: '/Users/a' })).toContain(
      '/Users/a/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    )
    expect(browserCandidates('win32', { 'PROGRAMFILES(X86)': String.raw`C:\Program Files (x86)` })).toContain(
      String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
    )
  })
})
