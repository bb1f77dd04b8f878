import { beforeAll, describe, expect, it } from 'vitest'

import { createMemoryServer } from '../../team/memory/memory-log.ts'
import { createMemoryStore } from '../../team/memory/memory-store.ts'
import { createReplica } from '../../../electron/team/replica.ts'
import type { HeldEntry } from '../../../shared/team/store.ts'
import { VOID_WORDS } from '../../../shared/team/verdict.ts'
import { isWeighed } from '../../../shared/team/weigh.ts'
import { decideReviews } from './golden/decide-reviews.ts'
import { createUidOf, crypto, foundTeam, type Laptop, readAll, SERVER, type Team } from './world.ts'

const of = { team: null as unknown as Team, anna: null as unknown as Laptop, ben: null as unknown as Laptop }

beforeAll(async () => {
  const server = createMemoryServer(SERVER, () => 0)
  of.team = await foundTeam(async (login, rights) => server.connect(login, rights))
  of.anna = await of.team.join('anna')
  of.ben = await of.team.join('ben')
})

async function openClient(): Promise<string> {
  const client = await of.team.openClient()
  await of.team.grant(client, of.anna, 'reviewer')
  await of.team.grant(client, of.ben, 'lead')
  return client
}

const toWords = ({ verdict }: HeldEntry): string => (verdict.kind === 'void' ? verdict.reason : verdict.op.kind)

const exchangeAll = async (...order: readonly Laptop[]): Promise<void> => {
  for (const one of [...order, of.team.founder, of.anna, of.ben]) await one.exchange()
}

describe('a review that members of a team work on', () => {
  it('has an effect or is void for the reason of its rule, alike on every device and read again from the beginning', async () => {
    const client = await openClient()
    const { founder } = of.team
    const expected = await decideReviews(of.team, client, { founder, anna: of.anna, ben: of.ben })
    const words = readAll(founder.replica, client).map(toWords)
    expect(words).toEqual(expected.map(([kind, reason]) => reason ?? kind))
    for (const { replica } of [of.anna, of.ben]) expect(readAll(replica, client).map(toWords)).toEqual(words)
    // A device that held half of it, and one that holds nothing, conclude the same.
    const { author, keys, team } = founder.replica
    const entries = readAll(founder.replica, client).map(({ entry }) => entry)
    for (const held of [0, 7, 15]) {
      const store = createMemoryStore()
      const open = () => createReplica({ crypto, author, keys, team, root: of.team.root, store })
      open().take(
        team,
        readAll(founder.replica, team).map(({ entry }) => entry),
      )
      open().take(client, entries.slice(0, held))
      expect(open().take(client, entries.slice(held)).stopped).toBeNull()
      expect(readAll(open(), client).map(toWords)).toEqual(words)
    }
    for (const reason of words.filter((one) => !isWeighed(one))) {
      expect(VOID_WORDS[reason as keyof typeof VOID_WORDS]).toMatch(/^[A-Z].*\.$/u)
    }
  })

  it('counts no decision about an item that two members decided differently unseen, until one of them decides with both in sight', async () => {
    const client = await openClient()
    const { founder } = of.team
    const review = { reviewUid: createUidOf(client) }
    const frozen = { population: 'ab'.repeat(32), pieces: [{ inline: 'AAAA' }], previousUid: null, flagged: 0 }
    of.anna.decide(client, 'review.opened', {
      v: 1,
      ...review,
      ...frozen,
      kind: 'roles',
      dueOn: '2026-12-31',
      items: 1,
    })
    await exchangeAll(of.anna)
    const decide = (by: Laptop, decision: string): void =>
      void by.decide(client, 'review.decided', {
        v: 1,
        ...review,
        batchUid: createUidOf(client),
        positions: [1],
        decision,
        self: [],
      })
    const counts = { items: 1, kept: 1, changed: 0, removed: 0, unknown: 0, overdue: false, marks: [] }
    const sign = (by: Laptop): void =>
      void by.decide(client, 'review.signed', {
        v: 1,
        ...review,
        ...counts,
        kind: 'roles',
        as: 'x',
        on: '2026-12-01',
        dueOn: '2026-12-31',
      })
    decide(of.anna, 'keep')
    decide(founder, 'remove')
    await exchangeAll(of.anna)
    sign(of.anna)
    await exchangeAll(of.anna)
    decide(founder, 'remove')
    await exchangeAll()
    sign(of.anna)
    await exchangeAll(of.anna)
    expect(readAll(of.ben.replica, client).map(toWords)).toEqual([
      'review.opened',
      'review.decided',
      'review.decided',
      'review-undecided-items',
      'review.decided',
      'review.signed',
    ])
  })

  it('has no part in the reviews of another client, whatever an entry names', async () => {
    const [client, other] = [await openClient(), await openClient()]
    const review = { reviewUid: createUidOf(client) }
    const frozen = { population: 'ab'.repeat(32), previousUid: null, flagged: 0 }
    const pieces = [{ inline: 'AAAA' }]
    of.anna.decide(client, 'review.opened', {
      v: 1,
      ...review,
      ...frozen,
      pieces,
      kind: 'roles',
      dueOn: '2026-12-31',
      items: 1,
    })
    await exchangeAll(of.anna)
    of.anna.decide(other, 'review.withdrawn', { v: 1, ...review, why: 'x', items: 1, decided: 0 })
    of.anna.decide(other, 'review.opened', {
      v: 1,
      ...review,
      kind: 'roles',
      dueOn: '2026-12-31',
      items: 1,
      ...frozen,
    })
    await exchangeAll(of.anna)
    expect(readAll(of.ben.replica, other).map(toWords)).toEqual(['of-another-client', 'not-an-operation'])
  })
})
