import { expect, it } from 'vitest'

import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { createReplica, type Replica } from '../../../electron/team/replica.ts'
import type { Entry } from '../../../shared/team/entry.ts'
import type { ReplicaStore } from '../../../shared/team/store.ts'
import { crypto, foundTeam, type Laptop, readAll, SERVER, type Team, toNote } from './world.ts'

const server = createMemoryServer(SERVER, () => 0)
const team = await foundTeam(async (login, rights) => server.connect(login, rights))
const anna = await team.join('anna')
const client = await team.openClient()
await team.grant(client, anna, 'reviewer')
for (const text of ['a', 'b']) anna.decide(client, ...toNote(text))
await anna.exchange()

function openOver({ replica }: Laptop, { team: stream, root }: Team, store: ReplicaStore): Replica {
  return createReplica({ crypto, author: replica.author, keys: replica.keys, team: stream, root, store })
}

it('a replica that is opened over a filled store goes on where it was, with what waits and what stopped', () => {
  anna.decide(client, ...toNote('waits'))
  const stopped = anna.replica.take(client, [{ ...readAll(anna.replica, client)[0]!.entry, seq: 7 }])
  expect(stopped).toMatchObject({ verdicts: [], stopped: { reason: 'gap', seq: 2 } })
  const opened = openOver(anna, team, anna.store)
  expect(opened.membership()).toEqual(anna.replica.membership())
  expect(opened.stream(client)).toEqual(anna.replica.stream(client))
  expect(opened.stream(client).stopped?.reason).toBe('gap')
  expect(opened.listWaiting()).toEqual([])
  opened.resume(client)
  expect(opened.listWaiting()).toEqual([client])
  const [next] = opened.compose(client, 9) as [Entry]
  expect(next).toMatchObject({ seq: 2, deviceSeq: 2 })
  expect(opened.take(client, [next, { ...next, seq: 3 }])).toMatchObject({
    verdicts: [{ kind: 'effective' }, { kind: 'void', reason: 'not-signed' }],
    stopped: null,
  })
  expect(opened.waiting(client, 9)).toEqual([])
})

it('entries of a batch that one in it stops are kept up to that one', () => {
  const fresh = openOver(team.founder, team, team.founder.store)
  const [first, second] = readAll(anna.replica, client).map(({ entry }) => entry) as [Entry, Entry]
  const taken = fresh.take(client, [first, { ...second, seq: 5 }, second])
  expect(taken).toMatchObject({ verdicts: [{ kind: 'effective' }], stopped: { reason: 'gap', seq: 1 } })
  expect(fresh.stream(client).place.next).toBe(1)
})

it('a replica concludes nothing from entries that its store could not keep', () => {
  const full: ReplicaStore = {
    ...team.founder.store,
    take: () => {
      throw new Error('The disk is full.')
    },
  }
  const opened = openOver(team.founder, team, full)
  const before = [opened.membership(), opened.stream(team.team)]
  team.founder.decideTeam('member.roles-set', { memberUid: anna.member, roles: ['auditor'] })
  const entries = opened.compose(team.team, 1)
  expect(() => opened.take(team.team, entries)).toThrow('The disk is full.')
  expect([opened.membership(), opened.stream(team.team)]).toEqual(before)
  expect(opened.waiting(team.team, 9)).toHaveLength(1)
})

it('an entry that a register fails to carry out stops its stream, and no other', () => {
  const failing: ReplicaStore = {
    ...team.founder.store,
    take: () => {
      throw new RangeError('The value of "value" is out of range.')
    },
  }
  const opened = openOver(team.founder, team, failing)
  const { next } = opened.stream(team.team).place
  const entries = opened.compose(team.team, 1)
  expect(opened.take(team.team, entries)).toMatchObject({ verdicts: [], stopped: { reason: 'fault', seq: next } })
  expect(opened.stream(team.team).place.next).toBe(next)
  expect(opened.stream(opened.membership()!.agency).stopped).toBeNull()
  opened.resume(team.team)
})

it('a store whose entries of the team were changed is refused', () => {
  const { store: whole } = team.founder
  const changed: ReplicaStore = {
    ...team.founder.store,
    entries: (stream, from, most) =>
      whole
        .entries(stream, from, most)
        .map((held) => (held.entry.seq === 1 ? { ...held, entry: { ...held.entry, deviceSeq: 99 } } : held)),
  }
  const shorter: ReplicaStore = {
    ...changed,
    entries: (stream, from, most) => whole.entries(stream, from, most).slice(0, 2),
  }
  for (const store of [changed, shorter]) expect(() => openOver(team.founder, team, store)).toThrow('Restore a backup')
})
