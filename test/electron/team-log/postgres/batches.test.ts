import { createHash, randomBytes, randomUUID } from 'node:crypto'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { startTeamPostgres, type TeamPostgres } from './database.ts'

let server: TeamPostgres
beforeAll(async () => {
  server = await startTeamPostgres()
})
afterAll(() => server.stop())

test('try', async () => {
  const team = await server.createTeam()
  const boss = team.open('boss')
  const log = randomUUID()
  const before = new Uint8Array(randomBytes(32))
  const first = { log, at: 0, before, card: null, device: team.describe('boss', 'boss').device, class: 'card' as const, change: null, box: new Uint8Array(100), signature: new Uint8Array(64) }
  console.log(await boss.heads(null))
  const a = await boss.append(first, [], { logins: [{ login: team.login('boss'), level: 3, wrap: new Uint8Array(5) }], approvals: false })
  console.log(a)
  console.log(await boss.heads(null), await boss.read(log, 0))
  let head = a.head!
  const t = performance.now()
  for (let at = 1; at <= 2000; at += 1) {
    const b = await boss.append({ ...first, at, before: head, card: a.head, class: 'ordinary' }, [], null)
    if (b.outcome !== 'placed') throw new Error(b.outcome)
    head = b.head!
  }
  console.log(2000 / ((performance.now() - t) / 1000), 'batches/s')
  const l = await boss.listen(() => console.log('heard'))
  console.log(l.isHeard)
  await l.close()
  console.log(await boss.listLogins(), await boss.listRights())
  expect(1).toBe(1)
})
