import { randomBytes } from 'node:crypto'

import { expect, it } from 'vitest'

import { checkLogs } from '../../../../electron/register/team/heads.ts'
import { exchange } from '../../../../electron/team/exchange.ts'
import type { TeamStore } from '../../../../shared/team/store.ts'
import { findProblems } from './contents.ts'
import { addWaitingNote, decideIn, foundClientTeam, openStore, readFromZero } from './registers.ts'

async function setUp() {
  const found = await foundClientTeam()
  for (let n = 0; n < 3; n += 1) {
    await found.exchangeAll()
    decideIn(
      found.founder,
      { kind: 'today.noted', client: 'acme', body: { entry: 'connection', note: `Note ${n}` } },
      n,
    )
  }
  await found.exchangeAll()
  return found
}

const listHeads = (store: TeamStore, log: string): unknown =>
  store.heads(log, 0, 999).map(({ at, head }) => [at, Buffer.from(head).toString('hex')])

it('a register that is opened again holds what it held: logs, cards, keys, batches and heads', async () => {
  const { founder, client } = await setUp()
  const again = openStore(founder.register)
  expect(again.logs()).toEqual(founder.store.logs())
  for (const { log } of again.logs()) {
    expect(again.cards(log)).toEqual(founder.store.cards(log))
    expect(again.batches(log, 0, 999)).toEqual(founder.store.batches(log, 0, 999))
    expect(again.cards(log).at(-1)).toEqual(again.log(log)!.card)
  }
  expect(again.cursor()).toBe(founder.store.cursor())
  expect(again.batches(client, 1, 2).map(({ at }) => at)).toEqual([1, 2])
  expect(listHeads(again, client)).toEqual(listHeads(founder.store, client))
  expect(again.log(client)!.next).toBe(again.batches(client, 0, 999).length)
})

it('why a log stopped is kept until it is read on, and its cards are followed where it is not held', async () => {
  const { founder, anna, client, exchangeAll } = await setUp()
  anna.store.stop(client, { reason: 'gap', at: 9, placedBy: 'castellan_x' })
  expect(openStore(anna.register).log(client)!.stop).toEqual({ reason: 'gap', at: 9, placedBy: 'castellan_x' })
  decideIn(founder, { kind: 'today.noted', client: 'acme', body: { entry: 'connection', note: 'Next' } })
  await exchangeAll()
  expect(anna.store.log(client)!.stop).toBeNull()
})

it('a batch of this device counts as sent only where it was noted before', async () => {
  const { founder, client } = await setUp()
  const [last] = founder.store.batches(client, 0, 999).slice(-1)
  expect(founder.store.wasSent(client, last!.at, last!.head)).toBe(true)
  expect(founder.store.wasSent(client, last!.at, new Uint8Array(32))).toBe(false)
  expect(founder.store.wasSent(client, last!.at + 1, last!.head)).toBe(false)
})

it('a copy of a profile that places is noticed, by the registers of both', async () => {
  const { founder, client } = await setUp()
  const copy = readFromZero(founder)
  // The copy has the same device, and the register of another place.
  const twin = { ...founder, store: copy.store, register: copy.register }
  addWaitingNote(twin, client, 'Of the copy')
  expect(await exchange(twin)).toMatchObject({ placed: 1 })
  expect(await founder.exchange()).toMatchObject({ isCopied: true })
  copy.register.close()
})

it('a batch cannot be changed, and what was changed outside the product is found', async () => {
  const { client, own } = await setUp()
  const says = (): readonly string[] => checkLogs(own.reader).problems.map((problem) => problem.says)
  expect(says()).toEqual([])
  const run = (sql: string): void => void own.transact((writer) => writer.run(sql, [client]))
  expect(() => run("UPDATE team_batch SET device = 'x' WHERE log = ? AND at = 3")).toThrow('cannot be changed')
  own.transact((writer) => writer.run('DROP TRIGGER team_batch_is_not_updated'))
  run("UPDATE team_operation SET no_effect = 'no-right' WHERE log = ? AND operation ->> '$.body.note' = 'Note 1'")
  expect(says()).toEqual([expect.stringContaining('has another effect than was noted')])
  run('UPDATE team_operation SET no_effect = NULL WHERE log = ? AND no_effect IS NOT NULL')
  run(
    "UPDATE team_operation SET operation = json_set(operation, '$.body.note', 'Forged') WHERE log = ? AND operation ->> '$.body.note' = 'Note 1'",
  )
  expect(says()).toContainEqual(expect.stringContaining('is not the one that was signed'))
  run('UPDATE team_batch SET signature = zeroblob(64) WHERE log = ? AND at = 2')
  expect(says()).toContainEqual(expect.stringContaining('is not signed by its device'))
  run('DELETE FROM team_batch WHERE log = ? AND at = 2')
  expect(says()).toContainEqual(expect.stringContaining('are missing'))
})

it('placing what waits folds nothing, and leaves tables as deciding made them', async () => {
  const { founder, own } = await setUp()
  for (let n = 0; n < 5; n += 1) {
    decideIn(founder, { kind: 'today.noted', client: 'acme', body: { entry: `connection-${n}`, note: 'x' } }, n)
  }
  const rows = (): unknown => own.reader.all('SELECT * FROM today_state ORDER BY entry')
  const before = rows()
  expect(await founder.exchange()).toMatchObject({ placed: 5, read: 0 })
  expect(rows()).toEqual(before)
  expect(findProblems(own)).toEqual([])
})

it('what is older than two weeks waits for its author’s word, and counts here until then', async () => {
  const { founder, own, client } = await setUp()
  decideIn(founder, { kind: 'today.noted', client: 'acme', body: { entry: 'connection-old', note: 'Old' } }, 100)
  const later = { ...founder, store: openStore(own, () => 100 + 15 * 86_400_000) }
  expect(await exchange(later)).toMatchObject({ placed: 0, refused: [] })
  expect(own.reader.all('SELECT log, asked, counts FROM team_waiting')).toEqual([
    { log: client, asked: 'old', counts: 1 },
  ])
  expect(own.reader.value("SELECT note FROM today_state WHERE entry = 'connection-old'")).toBe('Old')
  expect(findProblems(own)).toEqual([])
})

it('a decision with half a character is not decided, since no batch could have it', async () => {
  const { founder, own } = await setUp()
  const before = own.reader.value('SELECT count(*) FROM journal')
  for (const note of ['\ud83d', 'a\udc00b']) {
    const decided = { kind: 'today.noted' as const, client: 'acme', body: { entry: 'connection', note } }
    expect(() => decideIn(founder, decided)).toThrow(RangeError)
  }
  expect(own.reader.value('SELECT count(*) FROM journal')).toBe(before)
  expect(own.reader.value('SELECT count(*) FROM team_waiting')).toBe(0)
})

it('a decision that is longer than a batch can be is not decided', async () => {
  const { founder, own } = await setUp()
  const note = randomBytes(1_500_000).toString('base64')
  const decided = { kind: 'client.changed' as const, client: 'acme', body: { notes: note } }
  expect(() => decideIn(founder, decided)).toThrow(RangeError)
  expect(own.reader.value('SELECT count(*) FROM team_waiting')).toBe(0)
})
