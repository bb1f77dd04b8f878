import { expect, it } from 'vitest'

import { createMemoryServer } from '../../../team/memory/memory-log.ts'
import { createReplica } from '../../../../electron/team/replica.ts'
import { checkStreams } from '../../../../electron/register/team-log/heads.ts'
import { HAS_OP, LAST_COUNT, createRegisterStore } from '../../../../electron/register/team-log/store.ts'
import { addPending } from '../../../../electron/register/team-log/pending.ts'
import type { Operation } from '../../../../shared/decisions/operations.ts'
import { EXCHANGED_KINDS } from '../../../../shared/team-log/rights.ts'
import type { ReplicaStore } from '../../../../shared/team/store.ts'
import { crypto, foundTeam, nextUuid, readAll, SERVER, toNote } from '../../team/world.ts'
import { newRegister } from '../registers.ts'

const server = createMemoryServer(SERVER, () => 0)
const team = await foundTeam(async (login, rights) => server.connect(login, rights))
const anna = await team.join('anna')
const client = await team.openClient()
await team.grant(client, anna, 'reviewer')
for (const text of ['a', 'b', 'c']) anna.decide(client, ...toNote(text))
await anna.exchange()
anna.decide(client, ...toNote('waits'))

const ALONE = { derive: () => undefined, changed: () => undefined }

/** What Anna holds, read into another store. */
function fill(store: ReplicaStore) {
  const { author, keys } = anna.replica
  const replica = createReplica({ crypto, author, keys, team: team.team, root: team.root, store })
  for (const pending of anna.replica.waiting(client, 9)) replica.wait(client, pending)
  for (const stream of [team.team, client]) {
    // In several batches, so that each goes on after the one before.
    for (const { entry } of readAll(anna.replica, stream)) expect(replica.take(stream, [entry]).stopped).toBeNull()
  }
  return replica
}

it('a register keeps what a device holds, as a store in memory does', () => {
  const register = newRegister()
  const store = createRegisterStore(register, ALONE)
  const filled = fill(store)
  for (const stream of [team.team, client]) {
    expect(readAll(filled, stream).map(({ verdict }) => verdict)).toEqual(
      readAll(anna.replica, stream).map(({ verdict }) => verdict),
    )
  }
  const { author, keys } = anna.replica
  const opened = createReplica({ crypto, author, keys, team: team.team, root: team.root, store })
  expect(opened.membership()).toEqual(anna.replica.membership())
  expect(Buffer.from(opened.stream(client).place.head).equals(anna.replica.stream(client).place.head)).toBe(true)
  expect(opened.waiting(client, 9)).toEqual(anna.replica.waiting(client, 9))
  expect(opened.compose(client, 9)).toMatchObject([{ seq: 3, deviceSeq: 3 }])
  const [entry] = opened.compose(client, 1)
  expect(opened.take(client, [entry!])).toMatchObject({ verdicts: [{ kind: 'effective' }], stopped: null })
  expect(opened.waiting(client, 9)).toEqual([])
  expect(checkStreams(register.reader)).toMatchObject({ entries: readAll(opened, team.team).length + 4, problems: [] })
})

it('a register keeps why a stream stopped, until it is read again', () => {
  const register = newRegister()
  const replica = fill(createRegisterStore(register, ALONE))
  const [first] = readAll(replica, client)
  replica.take(client, [{ ...first!.entry, seq: 9 }])
  const { author, keys } = anna.replica
  const joining = {
    crypto,
    author,
    keys,
    team: team.team,
    root: team.root,
    store: createRegisterStore(register, ALONE),
  }
  const opened = createReplica(joining)
  expect(opened.stream(client).stopped).toMatchObject({ reason: 'gap', seq: 3 })
  opened.resume(client)
  expect(createReplica(joining).stream(client).stopped).toBeNull()
})

it('an entry cannot be changed, and one that was changed outside the product is found', () => {
  const register = newRegister()
  fill(createRegisterStore(register, ALONE))
  const change = (set: string): void =>
    register.transact(
      (writer) => void writer.run(`UPDATE team_entry SET ${set} WHERE stream = ? AND seq = 1`, [client]),
    )
  expect(() => change("device = 'x'")).toThrow('cannot be changed')
  register.transact((writer) => writer.run('DROP TRIGGER team_entry_is_not_updated'))
  const said = (): readonly string[] => checkStreams(register.reader).problems.map(({ says }) => says)
  change(`device = '${nextUuid()}'`)
  expect(said()).toMatchObject([expect.stringContaining('are not those that this register read')])
  change(`device = '${anna.device}', operation = '{}'`)
  expect(said()).toMatchObject([expect.stringContaining('another operation than the one that was signed')])
  register.transact((writer) => writer.run('DELETE FROM team_entry WHERE stream = ? AND seq = 1', [client]))
  expect(said()).toMatchObject([expect.stringContaining('are missing'), expect.stringContaining('not those')])
})

it.each([
  ['whether an operation is placed', HAS_OP, 'team_entry_op'],
  ['the last count of a device', LAST_COUNT, 'team_entry_device'],
])('%s is read from its index', (_, sql, index) => {
  const { reader } = newRegister()
  const plan = reader.all<{ readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ['s', 'x'])
  expect(plan.map(({ detail }) => detail).join('\n')).toMatch(
    new RegExp(`SEARCH team_entry USING .*INDEX ${index}`, 'u'),
  )
})

/** Readings, and the frozen lines of a review, are in blobs beside their operations. */
const DECIDED = EXCHANGED_KINDS.filter((kind) => kind !== 'reading.taken' && kind !== 'review.opened')

it.each(DECIDED)('%s with half a character is not decided, since no entry could have it', (kind) => {
  const register = newRegister()
  const operation = { kind, at: 0, operator: 'Anna', client: null, subject: kind, body: { v: 1, note: '\ud83d' } }
  const decided = [{ operation: operation as unknown as Operation, seq: 1 }]
  expect(() => register.transact((writer) => addPending(writer, decided, '2026-11-27'))).toThrow(
    'no form that other devices read',
  )
})
