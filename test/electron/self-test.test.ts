import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { failedIn, leftIn, NAMES, startSelfTest } from './self-test-start.ts'

const isRoot = process.getuid?.() === 0

/** A copy of the built product without one of its files. */
function copyWithout(file: string): string {
  const [root, copy] = [resolve(import.meta.dirname, '../..'), mkdtempSync(join(tmpdir(), 'c-'))]
  cpSync(join(root, 'out'), join(copy, 'out'), { recursive: true })
  cpSync(join(root, 'package.json'), join(copy, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  rmSync(join(copy, 'out', file))
  return copy
}

describe('the self-test of the application', () => {
  it('prints a line for each check, names no folder of the person, and leaves nothing behind', async () => {
    const kept = mkdtempSync(join(tmpdir(), 'k-'))
    const args = ['--self-test', `--self-test-keep=${kept}`]
    const { application, home, temporary } = await startSelfTest({ args })
    expect([await application.ended, application.said()]).toEqual([0, ''])
    const printed = application.printed()
    const [head = '', ...lines] = printed.trimEnd().split('\n')
    expect(head).toMatch(/^Castellan \S+ self-test on Electron .*, SQLite 3\.\S+, linux \S+, not packaged$/u)
    const shown = lines
      .slice(0, -1)
      .map((line) => /^(ok|none|failed) +(.*?) {2,}\d+\.\d\d s {2}\S/u.exec(line)?.slice(1))
    // The desktop of this test has no keychain and no D-Bus.
    const missing = ['keychain', 'tray', 'screen lock', ...(isRoot ? ['sandbox'] : [])]
    const isMissing = (name: string): boolean => missing.includes(name)
    expect(shown).toEqual(NAMES.map((name) => [isMissing(name) ? 'none' : 'ok', name]))
    expect(printed).toMatch(/^ok {6}entry points .* all 14 ran: main, service, /mu)
    const sandbox = isRoot ? /^none {4}sandbox .* off: Chromium has none for root/mu : /^ok {6}sandbox /mu
    expect(printed).toMatch(sandbox)
    expect(lines.at(-1)).toMatch(isRoot ? /^31 ok, 0 failed, 4 none in/u : /^32 ok, 0 failed, 3 none in/u)
    expect(readdirSync(kept).toSorted()).toEqual(['self-test.json', 'window.png'])
    expect(readFileSync(join(kept, 'window.png')).subarray(1, 4).toString('latin1')).toBe('PNG')
    const report = readFileSync(join(kept, 'self-test.json'), 'utf8')
    for (const folder of [home, temporary]) expect(report).not.toContain(folder)
    for (const folder of [home, temporary]) expect(printed).not.toContain(folder)
    expect(leftIn(temporary)).toEqual([])
    expect(['.local', '.config/Castellan', 'profile'].filter((name) => existsSync(join(home, name)))).toEqual([])
  })

  it('fails and names the file of the thread if it is missing', async () => {
    const { application } = await startSelfTest({ root: copyWithout('main/thread.js') })
    expect(await application.ended).toBe(1)
    expect(failedIn(application.printed())).toEqual([
      expect.stringMatching(/^failed {2}register .*main\/thread\.js cannot be read \(ENOENT\)\./u),
    ])
  })
})
