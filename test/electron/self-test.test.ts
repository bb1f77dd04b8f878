import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { failedIn, leftIn, NAMES, startSelfTest } from './self-test-start.ts'

describe('the self-test of the application', () => {
  it('prints a line for each check, names no folder of the person, and leaves nothing behind', async () => {
    const { application, home, temporary } = await startSelfTest()
    expect([await application.ended, application.said()]).toEqual([0, ''])
    const printed = application.printed()
    const [head = '', ...lines] = printed.trimEnd().split('\n')
    expect(head).toMatch(/^Castellan \S+ self-test on Electron .*, SQLite 3\.\S+, linux \S+, not packaged$/u)
    const shown = lines
      .slice(0, -1)
      .map((line) => /^(ok|none|failed) +(.*?) {2,}\d+\.\d\d s {2}\S/u.exec(line)?.slice(1))
    expect(shown).toEqual(NAMES.map((name) => [name === 'keychain' ? 'none' : 'ok', name]))
    expect(lines.at(-1)).toMatch(/^24 ok, 0 failed, 1 none in \d+\.\d\d s$/u)
    for (const folder of [home, temporary]) expect(printed).not.toContain(folder)
    expect(leftIn(temporary)).toEqual([])
    expect(['.local', '.config/Castellan', 'profile'].filter((name) => existsSync(join(home, name)))).toEqual([])
  })

  it('fails and names the check when the process of the service ends', async () => {
    const { application, temporary } = await startSelfTest()
    await application.evaluate(({ UtilityProcess }) => {
      const timer = setInterval(() => {
        const pid = UtilityProcess.$made[1]?.pid
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
})
