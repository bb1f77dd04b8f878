import { describe, expect, it } from 'vitest'

import { createUidOf } from '../../../../electron/register/db/uid.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { linkOrigins } from '../../../../electron/register/remediation/named-rows.ts'
import { sendingRemediations } from '../../../../electron/register/remediation/store.ts'
import { settleReading } from '../../../../electron/register/team/keys.ts'
import type { RemediationKind } from '../../../../shared/decisions/remediation.ts'
import { getReading, user } from '../registers.ts'
import { readAll } from '../../team/world.ts'
import { contents, findProblems } from './contents.ts'
import { belong, decideIn, foundClientTeam } from './registers.ts'

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

function addAccount(register: Register): void {
  register.transact((writer) =>
    writer.run("INSERT INTO principal (connection_id, external_id, kind) SELECT id, 'u2', 'user' FROM connection"),
  )
}

async function setUp() {
  const { team, anna, client, own, hers, exchangeAll: exchange } = await foundClientTeam()
  const connection = createUidOf(client, 1)
  const connected = { provider: 'openai', platform: null, organizationId: null, label: 'Acme', baseUrl: null }
  decideIn(own, 'Founder', {
    kind: 'connection.added',
    client: 'acme',
    body: { ...connected, connectionUid: connection, access: 'read-write' },
  })
  let at = 10
  const decide = (register: Register, kind: RemediationKind, uid: string, beside: object) => {
    at += 1
    const operator = register === own ? 'Founder' : 'anna'
    decideIn(register, operator, { kind, client: 'acme', body: { ...removal(connection, uid), ...beside } }, at)
  }
  await exchange()
  addAccount(own)
  const item = (at: number): string => createUidOf(client, at)
  return { team, anna, own, hers, connection, item, decide, exchange }
}

const ADDED = { state: 'waiting', outcome: null }
const items = ({ reader }: Register): readonly unknown[] =>
  reader.all('SELECT uid, state, outcome, added_by, sent_at FROM remediation ORDER BY uid')

describe('a change at a provider, in a team', () => {
  it('has in each register what its members did with it, under their names, and each verifies', async () => {
    const { own, hers, item, decide, exchange } = await setUp()
    addAccount(hers)
    const [first, second, third] = [item(2), item(3), item(4)]
    decide(own, 'remediation.added', first, ADDED)
    await exchange()
    decide(hers, 'remediation.withdrawn', first, { outcome: null, before: 'waiting' })
    await exchange()
    // Both add the same change without having seen the other's: the one that is placed first is on the list, and has what was done with the other.
    decide(own, 'remediation.added', second, ADDED)
    decide(hers, 'remediation.added', third, ADDED)
    decide(hers, 'remediation.done-by-hand', third, { outcome: 'Marked.', previous: { ...ADDED, endedAt: null } })
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
      const { team, anna, own, hers, item, decide, exchange } = await setUp()
      addAccount(hers)
      belong(own, team, team.founder, 'Founder')
      belong(hers, team, anna, 'anna')
      const [first, second] = [item(2), item(3)]
      decide(own, 'remediation.added', first, ADDED)
      decide(hers, 'remediation.added', second, ADDED)
      decide(hers, 'remediation.sending', second, { request: REQUEST })
      await exchange()
      const sending = { uid: first, state: 'sending', outcome: null, added_by: 'Founder', sent_at: 13 }
      expect([items(own), items(hers)]).toEqual([[sending], [sending]])
      // A device that ends in between answers for what it sent, under whichever name.
      expect([sendingRemediations(own.reader), sendingRemediations(hers.reader)].map(({ length }) => length)).toEqual([
        0, 1,
      ])
      decide(hers, kind, second, beside)
      await exchange()
      expect(items(own)).toMatchObject([{ uid: first, state, outcome: beside.outcome }])
      expect(contents(hers)).toEqual(contents(own))
      expect([...findProblems(own), ...findProblems(hers)]).toEqual([])
    },
  )

  it('whose account another register has not read yet is there once it has, as its members left it', async () => {
    const { own, hers, connection: connectionUid, item: createItem, decide, exchange } = await setUp()
    const item = createItem(2)
    decide(own, 'remediation.added', item, ADDED)
    decide(own, 'remediation.sending', item, { request: REQUEST })
    decide(own, 'remediation.unsure', item, { outcome: 'No answer.' })
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
    const { team, anna, own, hers, item: createItem, decide, exchange } = await setUp()
    addAccount(hers)
    for (const [register, laptop] of [
      [own, team.founder],
      [hers, anna],
    ] as const) {
      const place = JSON.stringify({ device: laptop.replica.author.device })
      register.transact((writer) => writer.run("INSERT INTO meta (key, value) VALUES ('team', ?)", [place]))
    }
    const item = createItem(2)
    decide(own, 'remediation.added', item, ADDED)
    decide(own, 'remediation.sending', item, { request: REQUEST })
    expect(sendingRemediations(own.reader)).toEqual([1])
    await exchange()
    expect(items(hers)).toMatchObject([{ state: 'sending' }])
    expect([sendingRemediations(own.reader), sendingRemediations(hers.reader)]).toEqual([[1], []])
  })

  it('that names what another client has, or takes its name first, has no effect', async () => {
    const { team, anna, own, hers, connection, item, decide, exchange } = await setUp()
    addAccount(hers)
    const known = item(2)
    decide(own, 'remediation.added', known, ADDED)
    await exchange()
    const other = await team.openClient()
    await team.grant(other, anna, 'operator')
    await exchange()
    const change = { v: 1, ...removal(createUidOf(other, 5), createUidOf(other, 6)) }
    const whole = anna.decide(other, 'remediation.added', { ...change, ...ADDED })
    const tried = [
      anna.decide(other, 'remediation.withdrawn', {
        ...change,
        remediationUid: known,
        outcome: null,
        before: 'waiting',
      }),
      anna.decide(other, 'remediation.added', { ...change, ...ADDED, remediationUid: item(7) }),
      anna.decide(other, 'remediation.added', { ...change, ...ADDED, connectionUid: connection }),
      anna.decide(other, 'remediation.added', {
        ...change,
        ...ADDED,
        subject: { kind: 'connection', uid: connection },
      }),
      anna.decide(other, 'remediation.added', { ...change, ...ADDED, origin: { kind: 'plan', uid: item(8) } }),
      anna.decide(other, 'remediation.deployed', { ...change, deletionUid: item(9) }),
    ]
    await exchange()
    const verdicts = new Map(
      readAll(team.founder.replica, other).map(({ entry, verdict }) => [
        entry.op,
        verdict.kind === 'void' ? verdict.reason : verdict.kind,
      ]),
    )
    expect(verdicts.get(whole)).toBe('effective')
    expect(tried.map((op) => verdicts.get(op))).toEqual(tried.map(() => 'of-another-client'))
    expect(items(own)).toMatchObject([{ uid: known, state: 'waiting' }])
  })
})
