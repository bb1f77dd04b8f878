import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { gathered } from '../fakes.ts'
import { openOn } from './alerts-child.ts'

const child = join(import.meta.dirname, 'alerts-child.ts')

it('a sent alert stays recorded though the process is killed the moment it was sent', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-alerts-'))
  const profile = join(folder, 'profile')
  const records = (name: string, cost: number): string => {
    const path = join(folder, name)
    writeFileSync(path, `timestamp,cost,request_id\n2026-11-03,${cost},${name}\n`)
    return path
  }
  const running = spawn(process.execPath, [child, profile, records('first.csv', 81)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(running, 'exit')
  const [reported] = (await once(running.stdout, 'data')) as [Buffer]
  running.kill('SIGKILL')
  await ended
  expect(reported.toString()).toBe('Acme: 80 % of the month is spent\n')

  const titles: string[] = []
  const service = await openOn(profile, (title) => titles.push(title))
  try {
    expect(await service.api.budgets.check()).toEqual({ reported: 0 })
    expect((await service.api.budgets.list({}))[0]).toMatchObject({
      percent: 81,
      reported: [{ threshold: 50 }, { threshold: 80 }],
    })
    await gathered(await service.api.usage.import({ client: 'acme', path: records('second.csv', 15) }))
    expect(titles).toEqual(['Acme: 95 % of the month is spent'])
  } finally {
    await service.close()
  }
})
