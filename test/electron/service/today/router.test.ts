import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { evaluateNow } from '../../../../electron/service/findings/findings.ts'
import type { TodayEntry } from '../../../../shared/contract/today.ts'
import { depart } from '../../register/leavers/depart.ts'
import { key } from '../../register/registers.ts'
import { placeSample } from '../../../sample-profile.ts'
import { acmeParts, DAY, NOON, refused, type Seeded, seeded } from '../seeded.ts'

const CREDENTIAL = 'sk-admin-0123456789abcdef'

/** The two clients of `seeded`, each with a credential, and their findings evaluated. */
async function agency(): Promise<Seeded> {
  const of = await seeded()
  for (const id of Object.values(of.connections)) {
    await of.api.connection.setCredential({ id, credential: CREDENTIAL })
  }
  evaluateNow(of.service.context)
  return of
}

async function listEntries({ api }: Seeded, more: object = {}): Promise<TodayEntry[]> {
  return (await api.today.list(more)).entries
}

const overdue = 'keys-overdue-other'

describe('Today', () => {
  it('has one row for an overdue key: it is not a finding or a reminder as well', async () => {
    const of = await agency()
    const entries = await listEntries(of, { client: 'borealis' })
    const about = entries.filter(({ says, detail }) => `${says} ${detail}`.includes('prod-search-index'))
    expect(about).toMatchObject([
      {
        entryId: overdue,
        says: 'Key prod-search-index is past its rotation date by 31 days',
        action: { label: 'Rotate…', target: { to: 'key' } },
        clients: [{ slug: 'borealis' }],
        hidden: null,
      },
    ])
    expect(
      entries.some(({ action: { target } }) => target.to === 'findings' && target.rule === 'rotation-overdue'),
    ).toBe(false)
  })

  it('has one row for a leaver, who is in no finding and with their keys in no other row', async () => {
    const of = await agency()
    of.read(
      of.connections.acme,
      acmeParts().map((part) =>
        part.source === 'project-keys'
          ? {
              ...part,
              facts: [
                key('key_2', {
                  name: 'tomas-laptop',
                  createdAt: Date.UTC(2025, 0, 1),
                  ownerState: 'known',
                  owner: { externalId: 'u2', kind: 'user', name: 'Tomas Okafor', email: 'tomas@acme.example' },
                }),
              ],
            }
          : part,
      ),
    )
    const { rows } = await of.api.people.list({ search: 'tomas' })
    makeRegister(of.service.context).transact((writer) => depart(writer, rows[0]?.personId ?? 0))
    evaluateNow(of.service.context)
    const entries = await listEntries(of, { client: 'acme' })
    expect(entries[0]).toMatchObject({
      kind: 'leaver',
      band: 'now',
      risk: 'critical',
      says: 'Tomas Okafor left 90 days ago and still has access',
      action: { label: 'Remove access…', target: { to: 'leaver', personId: rows[0]?.personId } },
    })
    expect(entries[0]?.detail).toMatch(/^1 account, 1 personal key/u)
    expect(entries.filter(({ kind }) => kind === 'keys')).toEqual([])
    expect(entries.filter(({ says }) => /tomas/iu.test(says))).toHaveLength(1)
    // Accepting that the account stays does not accept that its key is overdue.
    const { rows: findings } = await of.api.findings.list({ client: 'acme', rule: 'leaver-with-access' })
    await of.api.findings.accept({
      findingId: findings[0]?.findingId ?? 0,
      until: '2026-05-01',
      reason: 'Handover',
      confirm: 'ACCEPT 1',
    })
    const left = (await listEntries(of, { client: 'acme' })).filter(({ says }) => /tomas/iu.test(says))
    expect(left).toMatchObject([
      { kind: 'keys', says: expect.stringContaining('Key tomas-laptop is past its rotation date') },
    ])
  })

  it('has another sentence for a connection without a key, an old sync and a partial one, with the reason', async () => {
    const of = await seeded()
    const said = async (client: string): Promise<unknown[]> =>
      (await listEntries(of, { client }))
        .filter(({ kind }) => kind === 'connection')
        .map(({ says, detail, action }) => [says, detail, action.label])
    expect(await said('acme')).toEqual([
      [expect.stringMatching(/ has no admin key$/u), 'Last sync 1 Apr 2026, 2 keys may have changed since', 'Add key…'],
    ])
    await of.api.connection.setCredential({ id: of.connections.acme, credential: CREDENTIAL })
    expect(await said('acme')).toEqual([])
    of.clock.now += 8 * DAY
    expect(await said('acme')).toEqual([
      [expect.stringMatching(/ was not synced for 8 days$/u), expect.stringContaining('1 Apr 2026'), 'Open connection'],
    ])
    of.read(of.connections.acme, [
      { source: 'projects', facts: [] },
      { source: 'users', state: 'denied', facts: [] },
    ])
    expect((await said('acme'))[0]).toEqual([
      expect.stringMatching(/ was synced only in part$/u),
      expect.stringMatching(/ · denied$/u),
      'Open connection',
    ])
    const { clients } = await of.api.today.list({})
    expect(clients.map(({ client, sync }) => [client.slug, sync.state])).toContainEqual(['acme', 'partial'])
  })

  it('has no number, instead of zero, for clients that are not connected or were never synced', async () => {
    const of = await agency()
    await of.api.client.add({ name: 'Corvid' })
    await of.api.client.add({ name: 'Dune' })
    await of.api.connection.add({ client: 'dune', provider: 'openai', credential: CREDENTIAL })
    const { clients } = await of.api.today.list({})
    const shown = Object.fromEntries(
      clients.map(({ client, people, keys, sync }) => [client.slug, [people, keys, sync.state]]),
    )
    expect(shown).toEqual({
      acme: [2, 2, 'complete'],
      borealis: [expect.any(Number), 1, 'complete'],
      corvid: [null, null, 'none'],
      dune: [null, null, 'never'],
    })
    expect((await listEntries(of, { client: 'dune' })).map(({ says }) => says)).toEqual([
      expect.stringMatching(/was never synced$/u),
    ])
  })

  it('ranks clients by what they need, most pressing first', async () => {
    const of = await agency()
    const { clients } = await of.api.today.list({})
    const weights = clients.map(({ now, week }) => now * 1000 + week)
    expect(weights).toEqual(weights.toSorted((a, b) => b - a))
  })
})

describe('an entry of Today', () => {
  it('is snoozed until a day, in its scope alone, and returns on that day', async () => {
    const of = await agency()
    await of.api.today.snooze({ entry: overdue, until: '2026-04-08', reason: 'Next week' })
    expect((await listEntries(of)).map(({ entryId }) => entryId)).not.toContain(overdue)
    expect((await of.api.today.list({})).hidden).toBe(1)
    const [hidden] = await listEntries(of, { hidden: true })
    expect(hidden).toMatchObject({ entryId: overdue, hidden: { until: '2026-04-08', reason: 'Next week', at: NOON } })
    of.clock.now += 7 * DAY
    expect((await listEntries(of)).map(({ entryId }) => entryId)).toContain(overdue)
  })

  it('returns before its day when its facts get worse: another key is overdue', async () => {
    const of = await agency()
    await of.api.today.dismiss({ entry: overdue, reason: 'Agreed' })
    of.clock.now += 3 * DAY
    expect((await listEntries(of)).map(({ entryId }) => entryId)).not.toContain(overdue)
    // The key of Acme is due on 11 April.
    of.clock.now += 9 * DAY
    const entries = await listEntries(of)
    expect(entries.find(({ entryId }) => entryId === overdue)?.clients.map(({ slug }) => slug)).toEqual(['acme'])
    expect((await listEntries(of, { hidden: true })).map(({ clients }) => clients.map(({ slug }) => slug))).toEqual([
      ['borealis'],
    ])
  })

  it('is hidden for one client and stays for another', async () => {
    const of = await agency()
    of.clock.now += 12 * DAY
    const clientsOf = async () =>
      (await listEntries(of)).find(({ entryId }) => entryId === overdue)?.clients.map(({ slug }) => slug)
    expect((await clientsOf())?.toSorted()).toEqual(['acme', 'borealis'])
    await of.api.today.dismiss({ client: 'acme', entry: overdue, reason: 'Agreed' })
    expect(await clientsOf()).toEqual(['borealis'])
    await of.api.today.restore({ client: 'acme', entry: overdue })
    expect((await clientsOf())?.toSorted()).toEqual(['acme', 'borealis'])
  })

  it('keeps its note and contact, also while it is hidden, and every decision is in the audit log', async () => {
    const of = await agency()
    await of.api.today.note({ entry: overdue, note: 'Waits for the vendor', contact: 'Mara Lind' })
    await of.api.today.snooze({ entry: overdue, until: '2026-04-08' })
    await of.api.today.restore({ entry: overdue })
    expect((await listEntries(of)).find(({ entryId }) => entryId === overdue)).toMatchObject({
      note: 'Waits for the vendor',
      contact: 'Mara Lind',
      hidden: null,
    })
    const rows = makeRegister(of.service.context).reader.all(
      "SELECT action, client, subject FROM journal WHERE action LIKE 'today.%' ORDER BY seq",
    )
    const subject = 'Key prod-search-index is past its rotation date by 31 days'
    expect(rows).toEqual(
      ['today.noted', 'today.snoozed', 'today.restored'].map((action) => ({ action, client: 'borealis', subject })),
    )
  })

  it('that is not there, or of another client, is refused, and so is a day that has passed', async () => {
    const of = await agency()
    expect(await refused(of.api.today.dismiss({ entry: 'leaver-99', reason: 'x' }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await refused(of.api.today.dismiss({ client: 'acme', entry: overdue, reason: 'x' }))).toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await refused(of.api.today.restore({ entry: overdue }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(of.api.today.snooze({ entry: overdue, until: '2026-04-01' }))).toMatchObject({
      code: 'INVALID',
    })
    expect(await refused(of.api.today.list({ client: 'nobody' }))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is left out while its risk is accepted', async () => {
    const of = await agency()
    const { rows } = await of.api.findings.list({ client: 'borealis', rule: 'rotation-overdue' })
    await of.api.findings.accept({
      findingId: rows[0]?.findingId ?? 0,
      until: '2026-05-01',
      reason: 'Frozen',
      confirm: 'ACCEPT 1',
    })
    expect((await listEntries(of)).map(({ entryId }) => entryId)).not.toContain(overdue)
  })
})

describe('a row that joins several subjects', () => {
  /** The sample agency, with its first such row: its id is that of no matter. */
  async function joined() {
    const { service, clock } = await seeded()
    const { api } = service
    await placeSample(service)
    await api.app.openSample()
    const { entries } = await api.today.list({})
    const row = entries.find(({ entryId }) => /^(?:leavers|findings-(?:critical|high|medium))$/u.test(entryId))
    if (row === undefined) throw new Error('The sample has no joined row.')
    return { api, clock, entries, entry: row.entryId }
  }

  it('is hidden as one, listed by its subjects, and returned whole by an undo or by its name', async () => {
    const { api, entries, entry } = await joined()
    const { at } = await api.today.dismiss({ entry, reason: 'Agreed' })
    const { entries: hidden } = await api.today.list({ hidden: true })
    expect(hidden.length).toBeGreaterThan(1)
    expect(hidden.map(({ entryId }) => entryId)).not.toContain(entry)
    await api.today.restore({ entry, at })
    expect((await api.today.list({})).entries).toEqual(entries)
    await api.today.dismiss({ entry, reason: 'Agreed' })
    await api.today.restore({ entry })
    expect((await api.today.list({})).entries).toEqual(entries)
  })

  it('is returned by an undo without what was hidden before it', async () => {
    const { api, clock, entry } = await joined()
    await api.today.dismiss({ entry, reason: 'Agreed' })
    const [first] = (await api.today.list({ hidden: true })).entries
    await api.today.restore({ entry: first?.entryId ?? '' })
    const before = (await api.today.list({ hidden: true })).entries.map(({ entryId }) => entryId)
    clock.now += 1000
    const { at } = await api.today.snooze({ entry: first?.entryId ?? '', until: '2027-12-31' })
    await api.today.restore({ entry: first?.entryId ?? '', at })
    expect((await api.today.list({ hidden: true })).entries.map(({ entryId }) => entryId)).toEqual(before)
  })

  it('of which one subject was returned hides that one again, at the clients where it was hidden', async () => {
    const { api, entry } = await joined()
    await api.today.dismiss({ entry, reason: 'Agreed' })
    const [first] = (await api.today.list({ hidden: true })).entries
    if (first === undefined) throw new Error('Nothing is hidden.')
    await api.today.restore({ entry: first.entryId })
    const only = first.clients.map(({ slug }) => slug)
    await api.today.dismiss({ entry: first.entryId, reason: 'Agreed', only })
    expect((await api.today.list({ hidden: true })).entries.map(({ entryId }) => entryId)).toContain(first.entryId)
  })
})

describe('an undo of a decision about a row of several clients', () => {
  /** A row of at least two clients, with those. */
  async function shared() {
    const of = await agency()
    of.clock.now += 12 * DAY
    const entry = (await listEntries(of)).find(({ clients }) => clients.length > 1)
    if (entry === undefined) throw new Error('No row is of several clients.')
    const [one = '', other = ''] = entry.clients.map(({ slug }) => slug)
    return { ...of, entry: entry.entryId, one, other }
  }

  it('has what each client had noted, and a note alone leaves the contacts', async () => {
    const { api, entry, one, other } = await shared()
    await api.today.note({ client: one, entry, note: 'Ask first', contact: 'Mara' })
    await api.today.note({ client: other, entry, contact: 'Ines' })
    const { before } = await api.today.note({ entry, note: 'Both' })
    const contactAt = async (client: string) =>
      (await api.today.list({ client })).entries.find(({ entryId }) => entryId === entry)
    expect(await contactAt(one)).toMatchObject({ note: 'Both', contact: 'Mara' })
    expect(await contactAt(other)).toMatchObject({ note: 'Both', contact: 'Ines' })
    for (const { client, ...state } of before) await api.today.note({ ...state, only: [client] })
    expect(await contactAt(one)).toMatchObject({ note: 'Ask first', contact: 'Mara' })
    expect(await contactAt(other)).toMatchObject({ note: '', contact: 'Ines' })
  })

  it('has how each client had hidden it', async () => {
    const { api, entry, one, other } = await shared()
    await api.today.dismiss({ client: one, entry, reason: 'Agreed' })
    await api.today.snooze({ client: other, entry, until: '2027-12-31', reason: 'Later' })
    const { before } = await api.today.restore({ entry })
    expect(before.toSorted((a, b) => a.reason.localeCompare(b.reason))).toEqual([
      { client: one, entry, until: null, reason: 'Agreed' },
      { client: other, entry, until: '2027-12-31', reason: 'Later' },
    ])
  })
})

describe('a connection that was read in part', () => {
  it('has the reason that its page gives, and stays hidden until another list is not read', async () => {
    const of = await agency()
    const read = (lists: Readonly<Partial<Record<'users' | 'invites' | 'groups', 'denied' | 'failed'>>>): void => {
      of.clock.now += 1000
      const unread = Object.entries(lists) as ['users' | 'invites' | 'groups', 'denied' | 'failed'][]
      of.read(of.connections.acme, [
        { source: 'projects', facts: [] },
        ...unread.map(([source, state]) => ({ source, state, facts: [] })),
      ])
    }
    const find = async (hidden: boolean) =>
      (await listEntries(of, { client: 'acme', hidden })).find(({ kind }) => kind === 'connection')
    read({ users: 'denied', invites: 'denied' })
    const entry = (await find(false))?.entryId ?? ''
    await of.api.today.dismiss({ entry, reason: 'Agreed' })
    read({ users: 'denied', invites: 'failed' })
    expect(await find(false)).toBeUndefined()
    expect((await find(true))?.detail).toMatch(/ 1 other list was not read either\.$/u)
    read({ users: 'denied', invites: 'failed', groups: 'failed' })
    expect((await find(false))?.entryId).toBe(entry)
  })
})

describe('Today of the sample agency', () => {
  it('is a queue that a person reads, in which every entry has a sentence and leads somewhere', async () => {
    const { service } = await seeded()
    await placeSample(service)
    await service.api.app.openSample()
    const { entries, sample } = await service.api.today.list({})
    expect(sample).toBe(true)
    expect(entries.length).toBeGreaterThan(3)
    expect(entries.length).toBeLessThanOrEqual(24)
    expect(new Set(entries.map(({ entryId }) => entryId)).size).toBe(entries.length)
  })
})
