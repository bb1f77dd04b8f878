import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { linkOrigins } from '../../../../electron/register/remediation/named-rows.ts'
import { sendingRemediations } from '../../../../electron/register/remediation/store.ts'
import { keepAskedBack, listAskedBack } from '../../../../electron/register/team/asked.ts'
import { settleReading } from '../../../../electron/register/team/keys.ts'
import { addWaiting } from '../../../../electron/register/team/waiting.ts'
import type { RemediationKind } from '../../../../shared/decisions/remediation.ts'
import { getReading, user } from '../registers.ts'
import { contents, findProblems } from './contents.ts'
import { addClient, addConnection, decideIn, foundClientTeam, type Laptop } from './registers.ts'

const REQUEST = { method: 'DELETE', url: 'https://api.openai.com/v1/x', body: null }

/** The removal of an account, as an item. */
const removal = (connectionUid: string, remediationUid: string) => ({
  remediationUid,
  action: 'member-remove' as const,
  says: 'Remove Tomas from the organization.',
  connection: 'Acme',
  connectionUid,
  subject: { kind: 'principal' as const, named: { connectionUid, externalId: 'u2' } },
  values: {},
  origin: { kind: 'person' as const, named: { connectionUid, externalId: 'u2' } },
})

function addAccount({ register }: Laptop): void {
  register.transact((writer) =>
    writer.run("INSERT INTO principal (connection_id, external_id, kind) SELECT id, 'u2', 'user' FROM connection"),
  )
}

let uids = 0
const nextUid = (): string => createUid((uids += 1))

async function setUp() {
  const { team, anna, client, own, hers, exchangeAll: exchange } = await foundClientTeam()
  const connection = nextUid()
  addConnection(team.founder, 'acme', connection)
  let at = 10
  const decide = (laptop: Laptop, kind: RemediationKind, uid: string, beside: object) => {
    at += 1
    decideIn(laptop, { kind, client: 'acme', body: { ...removal(connection, uid), ...beside } }, at)
  }
  await exchange()
  addAccount(team.founder)
  return { team, founder: team.founder, anna, client, own, hers, connection, decide, exchange }
}

const ADDED = { state: 'waiting', outcome: null }
const items = ({ reader }: Register): readonly unknown[] =>
  reader.all('SELECT uid, state, outcome, added_by, sent_at FROM remediation ORDER BY uid')

describe('a change at a provider, in a team', () => {
  it('has in each register what its members did with it, under their names, and each verifies', async () => {
    const { founder, anna, own, hers, decide, exchange } = await setUp()
    addAccount(anna)
    const [first, second, third] = [nextUid(), nextUid(), nextUid()]
    decide(founder, 'remediation.added', first, ADDED)
    await exchange()
    decide(anna, 'remediation.withdrawn', first, { outcome: null, before: 'waiting' })
    await exchange()
    // Both add the same change without having seen the other's: the one that is placed first is on the list, and has what is done with the other.
    decide(founder, 'remediation.added', second, ADDED)
    decide(anna, 'remediation.added', third, ADDED)
    decide(anna, 'remediation.done-by-hand', third, { outcome: 'Marked.', previous: { ...ADDED, endedAt: null } })
    await exchange()
    const [asked] = listAskedBack(hers.reader)
    expect(asked).toMatchObject({ reason: 'decided-meanwhile', op: { kind: 'remediation.done-by-hand' } })
    expect(items(hers).at(-1)).toMatchObject({ state: 'waiting' })
    hers.transact((writer) => keepAskedBack(writer, asked!.uid, 20))
    await exchange()
    expect(items(own)).toEqual([
      { uid: first, state: 'withdrawn', outcome: null, added_by: 'Founder', sent_at: null },
      { uid: second, state: 'done', outcome: 'Marked.', added_by: 'Founder', sent_at: null },
    ])
    expect(contents(hers)).toEqual(contents(own))
    expect([...findProblems(own), ...findProblems(hers)]).toEqual([])
  })

  it.each([
    ['remediation.done', { outcome: 'It was removed.' }, 'done'],
    ['remediation.unsure', { outcome: 'No answer.' }, 'unsure'],
    ['remediation.deploying', { outcome: 'Made.', made: 'key_9', name: 'prod' }, 'deploying'],
  ] as const)(
    'that two members added and the later one sent stays on the list as what it became: %s',
    async (kind, beside, state) => {
      const { founder, anna, own, hers, decide, exchange } = await setUp()
      addAccount(anna)
      const [first, second] = [nextUid(), nextUid()]
      decide(founder, 'remediation.added', first, ADDED)
      decide(anna, 'remediation.added', second, ADDED)
      decide(anna, 'remediation.sending', second, { request: REQUEST })
      await exchange()
      const sending = { uid: first, state: 'sending', outcome: null, added_by: 'Founder', sent_at: 13 }
      expect([items(own), items(hers)]).toEqual([[sending], [sending]])
      // A device that ends in between answers for what it sent, under whichever name.
      expect([sendingRemediations(own.reader), sendingRemediations(hers.reader)].map(({ length }) => length)).toEqual([
        0, 1,
      ])
      decide(anna, kind, second, beside)
      await exchange()
      expect(items(own)).toMatchObject([{ uid: first, state, outcome: beside.outcome }])
      expect(contents(hers)).toEqual(contents(own))
      expect([...findProblems(own), ...findProblems(hers)]).toEqual([])
    },
  )

  it('whose account another register has not read yet is there once it has, as its members left it', async () => {
    const { founder, own, hers, connection: connectionUid, decide, exchange } = await setUp()
    const item = nextUid()
    decide(founder, 'remediation.added', item, ADDED)
    decide(founder, 'remediation.sending', item, { request: REQUEST })
    decide(founder, 'remediation.unsure', item, { outcome: 'No answer.' })
    await exchange()
    expect(items(hers)).toEqual([])
    expect(findProblems(hers)).toEqual([])
    hers.transact((writer) => {
      const connection = writer.value<number>('SELECT id FROM connection WHERE uid = ?', [connectionUid]) ?? 0
      applyReading(writer, getReading(connection, [{ source: 'users', facts: [user('u2')] }], 20), {
        settle: settleReading,
      })
      linkOrigins(writer)
    })
    expect(items(hers)).toMatchObject([{ uid: item, state: 'unsure', outcome: 'No answer.' }])
    expect(hers.reader.value('SELECT origin_kind FROM remediation')).toBe('person')
    expect(contents(hers)).toEqual(contents(own))
    expect([...findProblems(own), ...findProblems(hers)]).toEqual([])
  })

  it('that is being sent by another device is not taken for one that this device was sending when it ended', async () => {
    const { founder, anna, own, hers, decide, exchange } = await setUp()
    addAccount(anna)
    const item = nextUid()
    decide(founder, 'remediation.added', item, ADDED)
    decide(founder, 'remediation.sending', item, { request: REQUEST })
    expect(sendingRemediations(own.reader)).toEqual([1])
    await exchange()
    expect(items(hers)).toMatchObject([{ state: 'sending' }])
    expect([sendingRemediations(own.reader), sendingRemediations(hers.reader)]).toEqual([[1], []])
  })

  it('that names a row of another client changes nothing there, under whichever uid', async () => {
    const { team, founder, anna, own, hers, connection, decide, exchange } = await setUp()
    addAccount(anna)
    const known = nextUid()
    decide(founder, 'remediation.added', known, ADDED)
    const other = await team.openClient()
    await team.grant(other, anna, 'operator')
    addClient(founder, other, 'borealis')
    await exchange()
    // A changed program of Anna's places it in the log of the other client.
    const place = (kind: RemediationKind, body: object): void =>
      hers.transact((writer) =>
        addWaiting(writer, other, {
          kind,
          at: 99,
          subject: 'x',
          body: { v: 1, ...removal(connection, known), ...body },
        }),
      )
    place('remediation.withdrawn', { outcome: null, before: 'waiting' })
    place('remediation.added', ADDED)
    place('remediation.added', { ...ADDED, remediationUid: nextUid() })
    const before = contents(own)
    await exchange()
    expect(contents(own)).toEqual(before)
    expect(contents(hers)).toEqual(before)
    expect(items(own)).toMatchObject([{ uid: known, state: 'waiting' }])
    expect([...findProblems(own), ...findProblems(hers)]).toEqual([])
  })
})
