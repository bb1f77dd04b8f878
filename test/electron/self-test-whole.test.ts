import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { resultIn, secretServiceMissing, withSecretService } from './secrets/secret-service.ts'
import { failedIn, leftIn, NAMES, startSelfTest } from './self-test-start.ts'
import { newHome, startApplication } from './stand-in/application.ts'

describe('the self-test of the application', () => {
  it('prints one line of JSON from a package, beside an application that is open, and changes nothing of its profile', async () => {
    const home = newHome()
    const env = { HOME: home, XDG_DATA_HOME: '', DBUS_SESSION_BUS_ADDRESS: '' }
    const open = await startApplication({ home, env, args: [] })
    await (await open.firstWindow()).getByRole('button', { name: /sample agency/iu }).waitFor()
    const profile = join(home, '.local/share/castellan')
    const files = (): readonly string[] => readdirSync(profile).toSorted()
    const before = files()
    expect(before).toContain('register.db')
    const { application } = await startSelfTest({
      home,
      isPackaged: true,
      args: ['--self-test=json', '--profile', home],
    })
    expect([await application.ended, application.said()]).toEqual([0, ''])
    const printed = application.printed()
    expect(printed.indexOf('\n')).toBe(printed.length - 1)
    const report = JSON.parse(printed) as Record<string, unknown> & { checks: { name: string; state: string }[] }
    expect(report).toMatchObject({ passed: true, platform: 'linux', arch: process.arch, packaged: true })
    expect(report.checks.map(({ name }) => name)).toEqual(NAMES)
    expect(files()).toEqual(before)
    expect(await open.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  })

  it('fails and names the check when the process of the service ends', async () => {
    const { application, temporary } = await startSelfTest()
    await application.evaluate(({ UtilityProcess }) => {
      const timer = setInterval(() => {
        const pid = UtilityProcess.$made[2]?.pid
        if (pid === undefined) return
        clearInterval(timer)
        process.kill(pid, 'SIGKILL')
      }, 5)
    })
    expect(await application.ended).toBe(1)
    const printed = application.printed()
    expect(failedIn(printed)[0]).toMatch(
      /^failed {2}service +\d+\.\d\d s {2}The service process of Castellan ended unexpectedly\.$/u,
    )
    expect(printed).toMatch(/^none {4}register .*not checked, since this was not ok: port$/mu)
    expect(leftIn(temporary)).toEqual([])
  })

  it('fails and names the window when its preload script is missing', async () => {
    const { application, temporary } = await startSelfTest({ isPreloadMissing: true })
    expect(await application.ended).toBe(1)
    const [line = '', ...more] = failedIn(application.printed())
    expect([line.replace(/\d+\.\d\d s/u, ''), more]).toEqual([
      expect.stringMatching(
        /^failed {2}(?:window|first screen) .*The preload script failed: ENOENT.*\(application\)\/out\/preload/u,
      ),
      [],
    ])
    expect(leftIn(temporary)).toEqual([])
  })

  it('fails when it is ended before its report, and leaves nothing behind', async () => {
    const { application, temporary } = await startSelfTest()
    await application.evaluate(({ app, BrowserWindow }) => {
      const timer = setInterval(() => {
        if (BrowserWindow.getAllWindows().length === 0) return
        clearInterval(timer)
        app.quit()
      }, 5)
    })
    expect([await application.ended, leftIn(temporary)]).toEqual([1, []])
  })

  it('puts back the text of the clipboard, and leaves a picture there as it is', async () => {
    const withText = await startSelfTest()
    await withText.application.evaluate(({ app, person }) => {
      person.clipboard = 'words of the person'
      app.once('quit', () => process.stderr.write(person.clipboard))
    })
    const withPicture = await startSelfTest()
    await withPicture.application.evaluate(({ person }) => {
      person.clipboardPicture = 'image/png'
    })
    expect([await withText.application.ended, withText.application.said()]).toEqual([0, 'words of the person'])
    expect(await withPicture.application.ended).toBe(0)
    expect(withPicture.application.printed()).toMatch(/^none {4}clipboard .*more than text/mu)
  })

  it('removes what a self-test left that was killed, and nothing of one that runs', async () => {
    const ended = spawn('true')
    await new Promise((settle) => ended.once('exit', settle))
    const { application, temporary } = await startSelfTest()
    const [killed, running] = [ended.pid, process.pid].map((pid) => join(temporary, `castellan-self-test-${pid}-abc`))
    for (const folder of [killed, running]) {
      mkdirSync(join(folder ?? '', 'profile'), { recursive: true })
      writeFileSync(join(folder ?? '', 'profile/register.db'), 'rest')
    }
    expect(await application.ended).toBe(0)
    expect(leftIn(temporary)).toEqual([`castellan-self-test-${process.pid}-abc`])
  })

  it.skipIf(secretServiceMissing() !== null)('has the keychain keep an entry, and leaves none in it', async () => {
    const home = newHome()
    const temporary = mkdtempSync(join(tmpdir(), 't-'))
    const { stdout } = await withSecretService(
      [process.execPath, join(import.meta.dirname, 'self-test-steps.ts'), home],
      { TMPDIR: temporary },
    )
    const { code, before, most, after, kept, checks } = resultIn<{
      code: number
      before: number
      most: number
      after: number
      kept: string
      checks: { name: string; state: string; detail: string }[]
    }>(stdout)
    // This session has no tray and no logind, and root's pages have no sandbox.
    const missing = ['tray', 'screen lock', ...(process.getuid?.() === 0 ? ['sandbox'] : [])]
    expect(code).toBe(0)
    expect(checks.filter(({ state }) => state !== 'ok').map(({ name }) => name)).toEqual(
      expect.arrayContaining(missing),
    )
    expect(checks.filter(({ state }) => state !== 'ok')).toHaveLength(missing.length)
    expect(checks.find(({ name }) => name === 'port')?.detail).toMatch(/with a keychain$/u)
    expect(most).toBeGreaterThan(before + 1)
    expect([after, kept]).toEqual([before, 'a secret value'])
  })
})
