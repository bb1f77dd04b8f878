import { describe, expect, it } from 'vitest'

import type { Register } from '../../../../electron/register/register.ts'
import { checkJournal } from '../../../../electron/register/db/journal.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import { listChangedPrices } from '../../../../electron/register/team-log/priced.ts'
import { checkStreams } from '../../../../electron/register/team-log/heads.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { nextUuid } from '../../team/world.ts'
import { newBriefRegister } from '../registers.ts'
import { decideIn, foundRegisterTeam } from './registers.ts'

const added = { name: 'Acme', kind: 'client' as const, colour: '#117733', domains: [], notes: '' }
const view = { list: 'keys', search: {}, columns: null } as const

async function setUp() {
  const { team, registers } = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => 0)))
  const anna = await team.join('anna')
  const [client, other] = [await team.openClient(), await team.openClient()]
  await team.grant(client, anna, 'reviewer')
  const [own, hers] = [registers.get('Founder')!, registers.get('anna')!]
  for (const [slug, clientUid] of [
    ['acme', client],
    ['borealis', other],
  ] as const) {
    decideIn(own, 'Founder', { kind: 'client.added', client: slug, body: { ...added, clientUid } })
  }
  const exchangeAll = async (): Promise<void> => {
    for (const one of [team.founder, anna, team.founder]) {
      const { stopped, refused } = await one.exchange()
      expect([stopped, refused]).toEqual([[], []])
    }
  }
  return { team, anna, client, other, own, hers, exchangeAll }
}

const journal = ({ reader }: Register): readonly unknown[] =>
  reader.all('SELECT action, operator, client, subject, at FROM journal ORDER BY seq')
const clients = ({ reader }: Register): readonly unknown[] =>
  reader.all('SELECT slug, uid, name FROM client ORDER BY slug')

describe('what another device decided', () => {
  it('is carried out once in each register that may see it, with a row of the journal under the name of its author', async () => {
    const { client, own, hers, exchangeAll } = await setUp()
    hers.transact((writer) =>
      writer.run(
        "INSERT INTO client (slug, name, kind, colour, created_at, uid) VALUES ('acme', 'Mine', 'client', '#117733', 0, ?)",
        [createUid(0)],
      ),
    )
    await exchangeAll()
    decideIn(
      hers,
      'anna',
      { kind: 'view.saved', client: 'acme-2', body: { ...view, viewUid: createUid(1), name: 'Old keys' } },
      7,
    )
    decideIn(
      own,
      'Founder',
      {
        kind: 'budget.set',
        client: 'acme',
        body: {
          budgetUid: createUid(2),
          connectionUid: null,
          project: null,
          amount: 5_000_000,
          usd: '5.00',
          enforcement: 'alert',
          thresholds: [80],
        },
      },
      8,
    )
    await exchangeAll()
    await exchangeAll()
    // Anna sees one of the two clients; a client of her own had its slug.
    expect(clients(hers)).toEqual([
      { slug: 'acme', uid: expect.any(String) as string, name: 'Mine' },
      { slug: 'acme-2', uid: client, name: 'Acme' },
    ])
    expect(journal(hers)).toEqual([
      { action: 'client.added', operator: 'Founder', client: 'acme-2', subject: 'client.added', at: 0 },
      { action: 'view.saved', operator: 'anna', client: 'acme-2', subject: 'view.saved', at: 7 },
      { action: 'budget.set', operator: 'Founder', client: 'acme-2', subject: 'budget.set', at: 8 },
    ])
    expect(journal(own)).toContainEqual({
      action: 'view.saved',
      operator: 'anna',
      client: 'acme',
      subject: 'view.saved',
      at: 7,
    })
    for (const register of [own, hers]) {
      expect(register.reader.all('SELECT name FROM saved_view')).toEqual([{ name: 'Old keys' }])
      expect(register.reader.all('SELECT amount, set_by FROM budget')).toEqual([
        { amount: 5_000_000, set_by: 'Founder' },
      ])
      expect(register.reader.value('SELECT count(*) FROM team_pending')).toBe(0)
      expect(checkJournal(register.reader).problems).toEqual([])
      expect(checkStreams(register.reader).problems).toEqual([])
    }
  })

  it('has no effect on the rows of another client, also where it makes one under the uid of one of these', async () => {
    const { own, hers, exchangeAll } = await setUp()
    const viewUid = createUid(3)
    decideIn(own, 'Founder', { kind: 'view.saved', client: 'borealis', body: { ...view, viewUid, name: 'Secret' } })
    await exchangeAll()
    decideIn(hers, 'anna', { kind: 'view.saved', client: 'acme', body: { ...view, viewUid, name: 'Taken over' } })
    const [budgetUid, noted] = [createUid(4), 'after it']
    for (const [slug, amount] of [
      ['acme', 1],
      ['borealis', 2],
    ] as const) {
      decideIn(own, 'Founder', {
        kind: 'budget.set',
        client: slug,
        body: {
          budgetUid: amount === 1 ? budgetUid : createUid(9),
          connectionUid: null,
          project: null,
          amount,
          usd: '0.00',
          enforcement: 'alert',
          thresholds: [80],
        },
      })
    }
    hers.transact((writer) => {
      const { lastId } = writer.run(
        "INSERT INTO client (slug, name, kind, colour, created_at, uid) VALUES ('own', 'Own', 'client', '#117733', 0, ?)",
        [nextUuid()],
      )
      writer.run(
        "INSERT INTO budget (client_id, amount, enforcement, thresholds, set_at, set_by, uid) VALUES (?, 3, 'alert', '[]', 0, '', ?)",
        [lastId, budgetUid],
      )
    })
    decideIn(own, 'Founder', { kind: 'today.noted', client: 'acme', body: { entry: 'connection', note: noted } })
    await exchangeAll()
    const views = 'SELECT c.slug, v.name FROM saved_view v JOIN client c ON c.id = v.client_id ORDER BY v.name'
    expect(own.reader.all(views)).toEqual([
      { slug: 'borealis', name: 'Secret' },
      { slug: 'acme', name: 'Taken over' },
    ])
    expect(hers.reader.column('SELECT amount FROM budget ORDER BY amount')).toEqual([1, 3])
    expect(hers.reader.all('SELECT note FROM today_state')).toEqual([{ note: noted }])
  })

  it('notes the prices whose estimates have to follow: those of others, and own ones without effect', async () => {
    const { team, anna, client, own, hers, exchangeAll } = await setUp()
    const price = { model: 'gpt-5.4', from: '2026-11-15' } as const
    const rates = { input: 1, cached: 1, cacheWrite: 1, output: 1 }
    const set = { ...price, priceUid: createUid(5), microUsdPerMillion: rates }
    await exchangeAll()
    decideIn(own, 'Founder', { kind: 'price.set', client: 'acme', body: set })
    await exchangeAll()
    expect([own, hers].map(({ reader }) => listChangedPrices(reader))).toEqual([[], [{ client: 'acme', ...price }]])
    // Anna may review, and not set prices.
    decideIn(hers, 'anna', {
      kind: 'price.set',
      client: 'acme',
      body: { ...set, priceUid: createUid(6), from: '2026-11-20' },
    })
    await exchangeAll()
    expect(listChangedPrices(hers.reader)).toMatchObject([
      { from: '2026-11-15' },
      { client: 'acme', from: '2026-11-20' },
    ])
    expect(anna.replica.entries(client, 0, 9).at(-1)?.verdict).toMatchObject({ reason: 'not-allowed' })
    expect(team.founder.replica.stream(client).stopped).toBeNull()
  })
})
