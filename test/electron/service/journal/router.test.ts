import { describe, expect, it } from 'vitest'

import { journal, type JournalEntry } from '../../../../electron/register/db/journal.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { refused, NOON, seeded, type Seeded } from '../seeded.ts'

const client = 'acme'

const list = async ({ api }: Seeded, input: Parameters<Seeded['api']['journal']['list']>[0] = {}) =>
  (await api.journal.list(input)).rows
const newest = async (of: Seeded) => (await list(of, { limit: 1 }))[0]
const undo = ({ api }: Seeded, entry: number | undefined) => api.journal.undo({ entry: entry ?? 0 })

/** A row of the audit log as another part of Castellan writes it. */
function note({ service }: Seeded, action: string, about: Pick<JournalEntry, 'client' | 'body'>): number {
  return makeRegister(service.context).transact((writer) =>
    journal(writer, { at: NOON, operator: 'Mara', action, subject: 'keys.csv', ...about }),
  )
}

describe('the audit log', () => {
  it('lists entries newest first, in words, with the client, and what can be undone', async () => {
    const of = await seeded()
    await of.api.client.update({ slug: client, notes: 'Asked' })
    await of.api.policy.set({ values: { adminKeyDays: 50 } })
    const [policy, changed, ...earlier] = await list(of)
    expect(policy).toMatchObject({ action: 'policy.changed', says: 'Policy changed', client: null, whyNot: null })
    expect(changed).toMatchObject({ says: 'Client changed', client: { slug: client }, whyNot: null })
    expect(policy?.entry).toBe((changed?.entry ?? 0) + 1)
    expect(earlier.find(({ action }) => action === 'sync.applied')?.whyNot).toMatch(
      /^It is what the provider reported\./u,
    )
  })

  it('is limited to a client, and searched by the words for people, the subject and the operator', async () => {
    const of = await seeded()
    await of.api.client.update({ slug: client, notes: 'Asked' })
    await of.api.client.update({ slug: 'borealis', notes: 'Asked' })
    expect((await list(of, { client })).every((row) => row.client?.slug === client)).toBe(true)
    expect((await list(of, { search: 'client CHANGED' })).map((row) => row.client?.slug)).toEqual(['borealis', client])
    expect((await list(of, { client, search: 'client changed' })).map(({ action }) => action)).toEqual([
      'client.changed',
    ])
    const { operator, subject } = (await newest(of)) ?? {}
    expect(await list(of, { search: subject ?? '' })).not.toEqual([])
    const own = await list(of, { search: operator ?? '' })
    expect(own.length).toBeGreaterThan(1)
    expect(new Set(own.map((row) => row.operator))).toEqual(new Set([operator]))
    expect(await list(of, { search: '%' })).toEqual([])
  })

  it('has the action itself for one that another version recorded, and does not undo it', async () => {
    const of = await seeded()
    const entry = note(of, 'toString', { client, body: {} })
    expect(await newest(of)).toMatchObject({ says: 'toString', whyNot: 'Another version of Castellan recorded it.' })
    expect(await refused(undo(of, entry))).toMatchObject({ code: 'CONFLICT' })
  })
})

describe('undoing an entry of the audit log', () => {
  it('is an entry of its own, which can be undone like any other', async () => {
    const of = await seeded()
    const notes = async (): Promise<string | undefined> => (await of.api.client.get({ slug: client })).notes
    const before = await notes()
    await of.api.client.update({ slug: client, notes: 'Asked' })
    const done = await newest(of)
    expect(await undo(of, done?.entry)).toEqual({ undone: done })
    expect(await notes()).toBe(before)
    const undone = await newest(of)
    expect(undone).toMatchObject({ action: 'client.changed', entry: (done?.entry ?? 0) + 1, whyNot: null })
    await undo(of, undone?.entry)
    expect(await notes()).toBe('Asked')
  })

  it('is refused the second time, with the entry that undid it', async () => {
    const of = await seeded()
    await of.api.client.archive({ slug: client })
    const entry = (await newest(of))?.entry ?? 0
    await undo(of, entry)
    expect(await refused(undo(of, entry))).toMatchObject({
      code: 'CONFLICT',
      message: `Entry ${entry} of the audit log cannot be undone. Entry ${entry + 1} undid, changed or ended it.`,
    })
    expect((await list(of)).find((row) => row.entry === entry)?.whyNot).toBe(
      `Entry ${entry + 1} undid, changed or ended it.`,
    )
  })

  it('is done once where two ask at the same time', async () => {
    const of = await seeded()
    const { viewId } = await of.api.views.save({ client, list: 'keys', name: 'Prod', search: { q: 'prod' } })
    await of.api.views.remove({ viewId })
    const entry = (await newest(of))?.entry
    const results = await Promise.allSettled([undo(of, entry), undo(of, entry)])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect((await of.api.views.list({ client })).map(({ name }) => name)).toEqual(['Prod'])
  })

  it('has the checks of the act: a plan that is active is not removed', async () => {
    const of = await seeded()
    const { row } = await of.api.plan.create({ client, from: { kind: 'adopt' } })
    const created = await newest(of)
    await of.api.plan.setActivated({ planId: row.planId, active: true })
    expect(created).toMatchObject({ action: 'plan.created', whyNot: null })
    const { message, code } = await refused(undo(of, created?.entry))
    expect({ message, code }).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/ is active\.$/u) as string,
    })
    expect(await of.api.plan.list({ client })).toHaveLength(1)
  })

  it('is refused for a batch of a review that ended', async () => {
    const of = await seeded()
    const { reviewId } = await of.api.reviews.open({ client, kind: 'keys', override: 'For this test.' })
    await of.api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'In use.' })
    const decided = await newest(of)
    expect(decided).toMatchObject({ action: 'review.decided', whyNot: null })
    await of.api.reviews.withdraw({ reviewId, why: 'Opened by mistake.' })
    const shown = (await list(of)).find(({ entry }) => entry === decided?.entry)
    expect(shown?.whyNot).toBe(`Entry ${(decided?.entry ?? 0) + 1} undid, changed or ended it.`)
    expect(await refused(undo(of, decided?.entry))).toMatchObject({ code: 'CONFLICT' })
  })

  it('is refused for a number that no entry has', async () => {
    const of = await seeded()
    expect(await refused(undo(of, 999_999))).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is refused where the value before was set by the sample or by an import, which record none', async () => {
    const of = await seeded()
    const set = async (contact: string): Promise<void> => {
      const keys = await of.api.keys.list({ client, search: 'prod-web-api' })
      await of.api.rotation.set({ keyId: keys.rows[0]?.keyId ?? 0, contact })
    }
    const imported = note(of, 'file.imported', {
      client,
      body: { organizations: [{ connection: of.connections.acme }] },
    })
    await set('Mara')
    const because = `Entry ${imported} had set it without recording the value. Change it where it is listed.`
    const first = await newest(of)
    expect(first?.whyNot).toBe(because)
    expect(await refused(undo(of, first?.entry))).toMatchObject({
      code: 'CONFLICT',
      message: `Entry ${first?.entry ?? 0} of the audit log cannot be undone. ${because}`,
    })
    // What a later entry replaced is recorded.
    await set('Ines')
    expect(await newest(of)).toMatchObject({ whyNot: null })
    note(of, 'sample.loaded', { client: null, body: {} })
    expect((await list(of, { search: 'key.described' })).map(({ whyNot }) => whyNot)).toEqual([
      null,
      expect.stringMatching(/^Entry \d+ undid, changed or ended it\.$/u),
    ])
    await set('Tomas')
    expect((await newest(of))?.whyNot).toMatch(/ without recording the value\. /u)
  })

  it('is not hindered by an import of another connection', async () => {
    const of = await seeded()
    note(of, 'file.imported', { client: null, body: { organizations: [{ connection: of.connections.borealis }] } })
    const [key] = (await of.api.keys.list({ client, search: 'prod-web-api' })).rows
    await of.api.rotation.set({ keyId: key?.keyId ?? 0, contact: 'Mara' })
    expect(await newest(of)).toMatchObject({ action: 'key.described', whyNot: null })
  })
})
