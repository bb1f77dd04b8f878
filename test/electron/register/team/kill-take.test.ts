import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { expect, it } from 'vitest'

import { createUid } from '../../../../electron/register/db/uid.ts'
import { DRILL_LIMIT_MS, drill } from '../../../drills/drill.ts'
import { makeRandom } from '../../../providers/random.ts'
import { contents, findProblems } from './contents.ts'
import { type History, openAt, takeHistory, toText, toWritten } from './kill-take-child.ts'
import { addClient, decideIn, foundRegisterTeam, type Laptop } from './registers.ts'

/** A register in which decisions wait, and the logs of the others that it has not read yet. */
async function setUp(): Promise<{ readonly path: string; readonly history: History }> {
  const team = await foundRegisterTeam()
  const anna = await team.join('anna')
  const client = await team.openClient()
  await team.grant(client, anna, 'lead')
  const { founder } = team
  addClient(founder, client, 'acme')
  await founder.exchange()
  await anna.exchange()
  const decide = (laptop: Laptop, at: number): void => {
    const view = { viewUid: createUid(at), list: 'keys', name: `View ${at % 7}`, search: {}, columns: null } as const
    decideIn(laptop, { kind: 'view.saved', client: 'acme', body: view }, at)
    decideIn(laptop, { kind: 'client.changed', client: 'acme', body: { name: `Acme ${at}` } }, at)
    const values = { maxPrivileged: 1 + (at % 9) }
    decideIn(laptop, { kind: 'policy.changed', client: 'acme', body: { values } }, at)
  }
  for (let at = 1; at <= 12; at += 1) {
    decide(anna, at)
    // A batch for each, so that there is much to be killed between.
    await anna.exchange()
  }
  for (let at = 13; at <= 15; at += 1) decide(founder, at)
  const history: History = {
    team: team.team,
    device: founder.device,
    root: toText(team.root),
    logs: founder.store.logs().map(({ log }) => {
      const held = anna.store.log(log)!
      return { log, keys: held.keys.map(toText), batches: anna.store.batches(log, 0, 999).map(toWritten) }
    }),
  }
  founder.register.close()
  anna.register.close()
  return { path: founder.register.path, history }
}

it(
  'a register whose process is killed while it takes a history goes on from where it was, to the same tables',
  async () => {
    const { count, seed } = drill('kill-takes')
    const random = makeRandom(seed)
    const { path, history } = await setUp()
    const folder = mkdtempSync(join(tmpdir(), 'castellan-kill-'))
    const file = join(folder, 'history.json')
    writeFileSync(file, JSON.stringify(history))
    const copy = (name: string): string => {
      const to = join(folder, `${name}.db`)
      copyFileSync(path, to)
      return to
    }
    const whole = openAt(copy('whole'))
    const start = performance.now()
    await takeHistory(whole, history, () => undefined)
    const took = performance.now() - start
    const expected = contents(whole)
    expect(findProblems(whole)).toEqual([])
    whole.close()
    let killed = 0
    for (let n = 0; n < count; n += 1) {
      const to = copy(String(n))
      const child = spawn(process.execPath, [`${import.meta.dirname}/kill-take-child.ts`, to, file], {
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      const exited = once(child, 'exit')
      await once(child.stdout, 'data')
      await sleep(random() * took)
      child.kill('SIGKILL')
      const [, signal] = (await exited) as [number | null, string | null]
      if (signal === 'SIGKILL') killed += 1
      const register = openAt(to)
      // What is there at this moment holds together.
      expect(findProblems(register)).toEqual([])
      await takeHistory(register, history, () => undefined)
      expect(findProblems(register)).toEqual([])
      expect(contents(register)).toEqual(expected)
      register.close()
    }
    expect(killed).toBeGreaterThan(0)
  },
  DRILL_LIMIT_MS,
)
