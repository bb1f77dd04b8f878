import { describe, expect, it } from 'vitest'

import { checkJournal } from '../../../../electron/register/db/journal.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { checkLogs } from '../../../../electron/register/team/heads.ts'
import { listChangedPrices } from '../../../../electron/register/team/priced.ts'
import { listNoEffect } from '../../../../electron/register/team/summary.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { newBriefRegister } from '../registers.ts'
import { findProblems } from './contents.ts'
import { addClient, decideIn, expectWhole, foundRegisterTeam, nextUuid, RefusedHere } from './registers.ts'

const view = { list: 'keys', search: {}, columns: null } as const
const budget = (amount: number) => ({
  budgetUid: createUid(amount),
  connectionUid: null,
  project: null,
  amount,
  usd: '0.00',
  enforcement: 'alert' as const,
  thresholds: [80],
})

/** The founder has two clients, of which Anna reviews one. */
async function setUp() {
  const team = await foundRegisterTeam(() => closeAfterTest(newBriefRegister(() => 0)))
  const anna = await team.join('anna')
  const [client, other] = [await team.openClient(), await team.openClient()]
  await team.grant(client, anna, 'reviewer')
  addClient(team.founder, client, 'acme')
  addClient(team.founder, other, 'borealis')
  const exchangeAll = async (): Promise<void> => {
    for (const one of [team.founder, anna, team.founder]) expectWhole(await one.exchange(), one)
  }
  return { team, founder: team.founder, anna, client, own: team.founder.register, hers: anna.register, exchangeAll }
}

const journal = ({ reader }: Register): readonly unknown[] =>
  reader.all('SELECT action, operator, client, subject, at FROM journal ORDER BY seq')

describe('what another device decided', () => {
  it('is carried out once in each register that may see it, with a row of the audit log under the name of its author', async () => {
    const { founder, anna, client, own, hers, exchangeAll } = await setUp()
    hers.transact((writer) =>
      writer.run(
        "INSERT INTO client (slug, name, kind, colour, created_at, uid) VALUES ('acme', 'Mine', 'client', '#117733', 0, ?)",
        [createUid(0)],
      ),
    )
    await exchangeAll()
    const saved = { ...view, viewUid: createUid(1), name: 'Old keys' }
    decideIn(anna, { kind: 'view.saved', client: 'acme-2', body: saved }, 7)
    decideIn(founder, { kind: 'budget.set', client: 'acme', body: budget(5) }, 8)
    await exchangeAll()
    await exchangeAll()
    // Anna sees one of the two clients; a client of her own had its slug.
    expect(hers.reader.all('SELECT slug, uid, name FROM client ORDER BY slug')).toEqual([
      { slug: 'acme', uid: expect.any(String) as string, name: 'Mine' },
      { slug: 'acme-2', uid: client, name: 'acme' },
    ])
    expect(journal(hers)).toEqual([
      { action: 'client.added', operator: 'Founder', client: 'acme-2', subject: 'client.added', at: 0 },
      { action: 'view.saved', operator: 'anna', client: 'acme-2', subject: 'view.saved', at: 7 },
      { action: 'budget.set', operator: 'Founder', client: 'acme-2', subject: 'budget.set', at: 8 },
    ])
    const hersInOwn = { action: 'view.saved', operator: 'anna', client: 'acme', subject: 'view.saved', at: 7 }
    expect(journal(own)).toContainEqual(hersInOwn)
    for (const register of [own, hers]) {
      expect(register.reader.all('SELECT name FROM saved_view')).toEqual([{ name: 'Old keys' }])
      expect(register.reader.all('SELECT amount, set_by FROM budget')).toEqual([{ amount: 5, set_by: 'Founder' }])
      expect(register.reader.value('SELECT count(*) FROM team_waiting')).toBe(0)
      expect(checkJournal(register.reader).problems).toEqual([])
      expect(checkLogs(register.reader).problems).toEqual([])
    }
  })

  it('has no effect on the rows of another client, also where it makes one under the uid of one of these', async () => {
    const { founder, anna, own, hers, exchangeAll } = await setUp()
    const viewUid = createUid(3)
    decideIn(founder, { kind: 'view.saved', client: 'borealis', body: { ...view, viewUid, name: 'Secret' } })
    await exchangeAll()
    decideIn(anna, { kind: 'view.saved', client: 'acme', body: { ...view, viewUid, name: 'Taken over' } })
    const taken = budget(1)
    decideIn(founder, { kind: 'budget.set', client: 'acme', body: taken })
    decideIn(founder, { kind: 'budget.set', client: 'borealis', body: budget(2) })
    hers.transact((writer) => {
      const { lastId } = writer.run(
        "INSERT INTO client (slug, name, kind, colour, created_at, uid) VALUES ('own', 'Own', 'client', '#117733', 0, ?)",
        [nextUuid()],
      )
      writer.run(
        "INSERT INTO budget (client_id, amount, enforcement, thresholds, set_at, set_by, uid) VALUES (?, 3, 'alert', '[]', 0, '', ?)",
        [lastId, taken.budgetUid],
      )
    })
    decideIn(founder, { kind: 'today.noted', client: 'acme', body: { entry: 'connection', note: 'after it' } })
    await exchangeAll()
    const views = 'SELECT c.slug, v.name FROM saved_view v JOIN client c ON c.id = v.client_id ORDER BY v.name'
    expect(own.reader.all(views)).toContainEqual({ slug: 'borealis', name: 'Secret' })
    expect(hers.reader.all('SELECT note FROM today_state')).toEqual([{ note: 'after it' }])
    expect(
      hers.reader.value("SELECT amount FROM budget b JOIN client c ON c.id = b.client_id WHERE c.slug = 'own'"),
    ).toBe(3)
  })

  it('notes the prices whose estimates have to follow: those of others, and own ones that were refused', async () => {
    const { team, founder, anna, client, own, hers, exchangeAll } = await setUp()
    await team.grant(client, anna, 'operator')
    const price = { model: 'gpt-5.4', from: '2026-11-15' } as const
    const rates = { input: 1, cached: 1, cacheWrite: 1, output: 1 }
    const set = { ...price, priceUid: createUid(5), microUsdPerMillion: rates }
    await exchangeAll()
    decideIn(founder, { kind: 'price.set', client: 'acme', body: set })
    await exchangeAll()
    expect([own, hers].map(({ reader }) => listChangedPrices(reader))).toEqual([[], [{ client: 'acme', ...price }]])
    decideIn(anna, { kind: 'price.set', client: 'acme', body: { ...set, priceUid: createUid(6), from: '2026-11-20' } })
    await team.grant(client, anna, 'viewer')
    await exchangeAll()
    expect(listChangedPrices(hers.reader)).toMatchObject([
      { from: '2026-11-15' },
      { client: 'acme', from: '2026-11-20' },
    ])
    expect(
      hers.reader.column("SELECT date(from_day * 86400, 'unixepoch') FROM price_pin WHERE client_id IS NOT NULL"),
    ).toEqual(['2026-11-15'])
    expect(listNoEffect(hers.reader, anna.device, 9)).toMatchObject([{ reason: 'no-right', op: { kind: 'price.set' } }])
    expect(listNoEffect(own.reader, founder.device, 9)).toEqual([])
  })
})

it('what a member’s role does not allow is refused before it is written, and what it did not allow any more goes to its author', async () => {
  const { team, founder, anna, client, hers, exchangeAll } = await setUp()
  await exchangeAll()
  const change = (notes: string): void => decideIn(anna, { kind: 'client.changed', client: 'acme', body: { notes } })
  expect(() => change('No right')).toThrow(RefusedHere)
  await team.grant(client, anna, 'lead')
  await exchangeAll()
  change('Decided as lead')
  await team.grant(client, anna, 'viewer')
  const { refused } = await anna.exchange()
  expect(refused).toMatchObject([{ log: client, reason: 'no-right', op: { kind: 'client.changed' } }])
  expect(hers.reader.value('SELECT notes FROM client')).toBe('')
  // It does not go out by itself when the role comes back.
  await team.grant(client, anna, 'lead')
  await exchangeAll()
  expect(founder.register.reader.value("SELECT notes FROM client WHERE slug = 'acme'")).toBe('')
  expect(findProblems(hers)).toEqual([])
})
