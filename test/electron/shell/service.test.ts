import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { REASON_SHOWN } from '../../../electron/shell/exit-code.ts'
import { type Application, startApplication } from '../stand-in/application.ts'
import { answered, opened, openedSample, say, servicePid, todayShown } from './desktop-parts.ts'
import { startBus } from './linux/private-bus.ts'
import { startLogind, startMutter, startScreenSaver } from './linux/services.ts'

/** The events of the log, with their texts. */
function logged(
  profile: string,
): readonly { readonly event: string; readonly code?: number; readonly said?: string }[] {
  const lines = readFileSync(join(profile, 'castellan.log'), 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => JSON.parse(line) as { event: string })
}

/** The files of the profile that a process has open. */
async function openFiles(application: Application): Promise<readonly string[]> {
  const folder = `/proc/${await servicePid(application)}/fd`
  const targets = readdirSync(folder).map((name) => {
    try {
      return readlinkSync(join(folder, name))
    } catch {
      return ''
    }
  })
  return targets.filter((target) => /register\.db|backups/u.test(target))
}

describe('the service of the application', () => {
  it('is a process of its own, which is given the profile and not the arguments', async () => {
    const { application } = await opened()
    const command = readFileSync(`/proc/${await servicePid(application)}/cmdline`, 'utf8').split('\0')
    expect(command).toContain('--max-semi-space-size=8')
    expect(command.filter((each) => each.includes('profile'))).toEqual([])
  })

  it('continues when Ctrl+C reaches every process of the terminal, until the shell closes it', async () => {
    const { application, page } = await openedSample()
    const pid = await servicePid(application)
    for (const signal of ['SIGINT', 'SIGHUP'] as const) process.kill(pid, signal)
    await page.getByRole('link', { name: 'People' }).first().click()
    await page.getByRole('row').nth(3).waitFor()
    expect(await servicePid(application)).toBe(pid)
    await application.close()
    expect(await application.ended).toBe(0)
  })

  it('may open its register late: the window waits for it, and is answered', async () => {
    const application = await startApplication()
    await application.evaluate(async ({ app }) => app.whenReady())
    const pid = await servicePid(application)
    process.kill(pid, 'SIGSTOP')
    const page = await application.firstWindow()
    await page.getByText('Opening the register…').waitFor()
    process.kill(pid, 'SIGCONT')
    await answered(page)
    expect(await application.errors()).toEqual([])
  })

  it('that dies is restarted when the person agrees, and its end is in the log with its last output', async () => {
    const { application, page } = await openedSample()
    const pid = await servicePid(application)
    await application.evaluate(({ UtilityProcess, person }) => {
      person.presses.push(0)
      UtilityProcess.$made[0]?.stderr?.emit('data', Buffer.from('RangeError: out of memory\n'))
    })
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => servicePid(application)).not.toBe(pid)
    await expect.poll(() => servicePid(application)).toBeGreaterThan(0)
    await todayShown(page)
    await page.getByRole('link', { name: 'People' }).first().click()
    await page.getByRole('row').nth(3).waitFor()
    const [asked] = await application.evaluate(({ person }) =>
      person.asked.map((each) => ('detail' in each ? each.detail : '')),
    )
    expect(asked).toMatch(/Saved data is intact[\s\S]*It wrote: RangeError: out of memory[\s\S]*castellan\.log/u)
    expect(logged(application.profile).filter(({ event }) => event === 'service.ended')).toEqual([
      expect.objectContaining({ said: 'RangeError: out of memory\n' }),
    ])
  })

  it('that dies again soon is not started a third time, and the application reports it and ends', async () => {
    const { application } = await opened()
    const first = await servicePid(application)
    await application.evaluate(({ person }) => person.presses.push(0))
    process.kill(first, 'SIGKILL')
    await expect.poll(async () => ![0, first].includes(await servicePid(application))).toBe(true)
    process.kill(await servicePid(application), 'SIGKILL')
    expect(await application.ended).toBe(REASON_SHOWN)
    expect(application.boxes()).toMatch(/ended again\. Saved data is intact\. The log: .*castellan\.log/u)
  })

  it('that dies ends the application when the person does not want it again', async () => {
    const { application } = await opened()
    process.kill(await servicePid(application), 'SIGKILL')
    expect(await application.ended).toBe(REASON_SHOWN)
  })
})

/** Clients, people and keys of the sample agency. */
const NAMES = /northfold|heliotide|alice|Analytics-/iu

describe('the lock', () => {
  it('by sleep, waking, a locked screen or idleness leaves nothing of the register on the page, in open files or on the clipboard', async () => {
    const [system, session] = [await startBus(), await startBus()]
    const logind = await startLogind(system.address)
    const screenSaver = await startScreenSaver(session.address)
    const mutter = await startMutter(session.address)
    const { application, page } = await openedSample({
      env: { DBUS_SYSTEM_BUS_ADDRESS: system.address, DBUS_SESSION_BUS_ADDRESS: session.address },
    })
    const connections = async (): Promise<readonly number[]> => [
      await system.connections(application.pid),
      await session.connections(application.pid),
    ]
    const reports: Readonly<Record<string, () => unknown>> = {
      suspend: () => application.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend')),
      resume: () => application.evaluate(({ powerMonitor }) => powerMonitor.emit('resume')),
      'a locked screen': () => logind.lockScreen(),
      'a request to lock': () => logind.askToLock(),
      sleep: () => logind.sleep(true),
      'the screen saver': () => screenSaver.activate(true),
      idleness: () => (mutter.idleSeconds = 3600),
    }
    await page.getByRole('link', { name: 'People' }).first().click()
    await expect.poll(connections).toEqual([1, 1])
    for (const [why, report] of Object.entries(reports)) {
      await page.getByRole('row').nth(3).waitFor()
      expect(await page.content()).toMatch(NAMES)
      expect((await openFiles(application)).length).toBeGreaterThan(0)
      const secret = 'C1-secret'
      await application.evaluate(({ clipboard }, text) => clipboard.writeText(text), secret)
      await say(application, { type: 'secret-copied', sha256: createHash('sha256').update(secret).digest('hex') })
      await report()
      await page.getByRole('heading', { level: 1, name: 'Castellan is locked' }).waitFor()
      const title = await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle())
      expect(`${await page.content()} ${page.url()} ${title}`).not.toMatch(NAMES)
      expect([why, await openFiles(application)]).toEqual([why, []])
      expect(await application.evaluate(({ clipboard }) => clipboard.readText())).toBe('')
      mutter.idleSeconds = 1
      await page.getByRole('button', { name: 'Unlock' }).click()
      await page.getByRole('row').nth(3).waitFor()
      expect(new URL(page.url()).pathname).toBe('/people')
    }
    await application.close()
    expect(await connections()).toEqual([0, 0])
  })
})
