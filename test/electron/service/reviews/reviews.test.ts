import { describe, expect, it } from 'vitest'

import { checkJournal } from '../../../../electron/register/db/journal.ts'
import { getReader } from '../../../../electron/service/core/context.ts'
import { grant, type Part } from '../../register/registers.ts'
import { CLIENT, full, readJournal, later, opened, without } from '../reviewing.ts'
import { acmeParts, DAY, NOON, refused, seeded } from '../seeded.ts'

describe('deciding', () => {
  it('writes one row of the journal for a batch, with its positions and the justification, and the chain holds', async () => {
    const of = await seeded()
    const { reviewId, rows } = await opened(of, 'roles')
    const { decided, batch } = await of.api.reviews.decide({
      reviewId,
      items: { search: 'okafor' },
      decision: 'change',
      to: 'owner',
      why: 'Takes over.',
    })
    expect(decided).toBe(1)
    const item = rows.find(({ name }) => name === 'Tomas Okafor')
    expect(readJournal(of, 'review.decided')).toEqual([
      expect.objectContaining({
        subject: 'Tomas Okafor',
        review: reviewId,
        positions: [item?.position],
        decision: 'change',
        to: 'owner',
        why: 'Takes over.',
        batch,
        self: [],
      }),
    ])
    expect(checkJournal(getReader(of.service.context)).problems).toEqual([])
    expect((await of.api.reviews.item({ itemId: item?.itemId ?? 0 })).record).toMatchObject({
      decision: 'change',
      to: 'owner',
      why: 'Takes over.',
      until: null,
      at: NOON,
      batch,
      batchSize: 1,
      selfReview: false,
    })
    await of.api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'Fine.' })
    expect(readJournal(of, 'review.decided')).toMatchObject([
      { positions: [item?.position] },
      { subject: rows.map(({ name }) => name).join('; '), positions: [[1, rows.length]], decision: 'keep' },
    ])
  })

  it('requires a justification to keep what is flagged and for every exception, and names the items', async () => {
    const of = await seeded()
    of.clock.now += 30 * DAY
    await of.api.findings.evaluate()
    const { reviewId, rows } = await opened(of, 'keys')
    const keep = { reviewId, items: {}, decision: 'keep' } as const
    expect(rows.some(({ flagged }) => flagged)).toBe(true)
    expect(await refused(of.api.reviews.decide(keep))).toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining('prod-web-api, Chatbot') as string,
      data: { field: 'why' },
    })
    expect(await refused(of.api.reviews.decide({ ...keep, items: [rows[0]?.itemId ?? 0], until: '2026-09-01' }))).toMatchObject({ code: 'INVALID', data: { field: 'why' } }) // prettier-ignore
    const fits = await of.api.reviews.decide({ ...keep, why: 'Until the new one is out.', until: '2026-09-01' })
    expect(fits.decided).toBe(rows.length)
  })

  it.each([
    [{ decision: 'change' }, 'to'],
    [{ decision: 'keep', to: 'owner' }, 'to'],
    [{ decision: 'remove', until: '2026-09-01', why: 'x' }, 'until'],
    [{ decision: 'keep', until: '2026-03-31', why: 'x' }, 'until'],
    [{ decision: 'keep', items: { search: 'nobody' } }, 'items'],
  ] as const)('refuses %o and names the field %s', async (wrong, field) => {
    const of = await seeded()
    const { reviewId } = await opened(of, 'roles')
    expect(await refused(of.api.reviews.decide({ reviewId, items: {}, ...wrong }))).toMatchObject({
      code: 'INVALID',
      data: { field },
    })
  })

  it('refuses a role for a key, items of another review, and a review that is not open', async () => {
    const of = await seeded()
    const keys = await opened(of, 'keys')
    const roles = await opened(of, 'roles')
    expect(
      await refused(of.api.reviews.decide({ reviewId: keys.reviewId, items: {}, decision: 'change', to: 'owner' })),
    ).toMatchObject({ code: 'INVALID', data: { field: 'decision' } })
    const foreign = [keys.rows[0]?.itemId ?? 0]
    expect(
      await refused(of.api.reviews.decide({ reviewId: roles.reviewId, items: foreign, decision: 'remove' })),
    ).toMatchObject({ code: 'NOT_FOUND' })
    await of.api.reviews.withdraw({ reviewId: roles.reviewId, why: 'Twice.' })
    expect(
      await refused(of.api.reviews.decide({ reviewId: roles.reviewId, items: {}, decision: 'remove' })),
    ).toMatchObject({ code: 'CONFLICT' })
  })

  it.each(['Mara Lindqvist', 'mara lindqvist ', 'MARA@agency.example'])(
    'marks what %j decides about herself',
    async (operator) => {
      const of = await seeded()
      await of.api.settings.set({ operator })
      const { reviewId } = await opened(of, 'roles')
      later(of)
      await of.api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'Fine.' })
      const { rows } = await of.api.reviews.items({ reviewId })
      expect(rows.map(({ name, record }) => [name, record?.selfReview])).toEqual([
        ['Mara Lindqvist', true],
        ['Tomas Okafor', false],
      ])
      expect((await of.api.reviews.get({ reviewId })).marks).toMatchObject([{ kind: 'self-review' }])
    },
  )

  it.each([
    ['Tomas Okafor', 'Ines', ['1 item is about the access of Tomas Okafor, who signed it.']],
    ['Ines', 'tomas@acme.example', ['1 item is about the access of tomas@acme.example, who acknowledged it.']],
    ['Ines', 'Jo', []],
  ])('marks items about who signs it, here %j, and who acknowledges it, here %j', async (signer, second, expected) => {
    const of = await seeded()
    await of.api.settings.set({ operator: 'Someone Else' })
    const { reviewId } = await opened(of, 'roles')
    later(of)
    await of.api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'Fine.' })
    await of.api.reviews.sign({ reviewId, as: signer })
    await of.api.reviews.acknowledge({ reviewId, as: second })
    const { marks } = await of.api.reviews.get({ reviewId })
    expect(marks.filter(({ kind }) => kind === 'self-review').map(({ says }) => says)).toEqual(expected)
  })

  it('is reverted as a batch, to the earlier decisions, until the review is signed', async () => {
    const of = await seeded()
    const { reviewId } = await opened(of, 'roles')
    const first = await of.api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'Fine.' })
    const second = await of.api.reviews.decide({ reviewId, items: { search: 'tomas' }, decision: 'remove' })
    const decisions = async () =>
      (await of.api.reviews.items({ reviewId })).rows.map(({ record }) => record?.decision ?? null)
    expect(await decisions()).toEqual(['keep', 'remove'])
    expect(await of.api.reviews.undo({ reviewId, batch: second.batch })).toEqual({ undone: 1 })
    expect(await decisions()).toEqual(['keep', 'keep'])
    expect(await refused(of.api.reviews.undo({ reviewId, batch: second.batch }))).toMatchObject({ code: 'CONFLICT' })
    expect(await of.api.reviews.undo({ reviewId, batch: first.batch })).toEqual({ undone: 2 })
    expect(await decisions()).toEqual([null, null])
    expect(readJournal(of, 'review.undone').map(({ batch, items }) => [batch, items])).toEqual([
      [second.batch, 1],
      [first.batch, 2],
    ])
  })
})

describe('a change of a role', () => {
  it('accepts the words that the provider publishes or shows, in any spelling, and no other', async () => {
    const of = await seeded()
    const own = acmeParts().map((part) =>
      part.source === 'users'
        ? { ...part, facts: [...part.facts, grant('u2', null, { roleRaw: 'Key keeper' })] }
        : part,
    )
    of.read(of.connections.acme, own)
    const { reviewId } = await opened(of, 'roles')
    const to = async (role: string): Promise<unknown> => {
      await of.api.reviews.decide({ reviewId, items: { search: 'tomas' }, decision: 'change', to: role })
      return (await of.api.reviews.items({ reviewId, search: 'tomas' })).rows[0]?.record?.to
    }
    expect([await to('owner'), await to(' Reader '), await to('key KEEPER')]).toEqual(['owner', 'reader', 'Key keeper'])
    const items = { search: 'tomas' }
    const offered = await of.api.reviews.roles({ reviewId, items })
    expect(offered.map(({ role }) => role).toSorted()).toEqual(['Key keeper', 'owner', 'reader'])
    expect(offered.find(({ role }) => role === 'owner')?.can).toMatch(/^full control/u)
    expect(offered.find(({ role }) => role === 'Key keeper')?.can).toBeNull()
    for (const { role } of offered) expect(await to(role)).toBe(role)
    // Words of files and older descriptions, which the API does not know.
    for (const word of ['admin', 'member']) expect(await refused(to(word))).toMatchObject({ code: 'INVALID' })
    expect(await refused(to('nonsense'))).toMatchObject({
      code: 'INVALID',
      message: '"nonsense" is not a role of the organization at OpenAI.',
      data: { field: 'to', hint: expect.stringContaining('owner') as string },
    })
  })
})

describe('signing', () => {
  it('requires a decision about every item, then a second name, and sets the day of the last review', async () => {
    const of = await seeded()
    const { reviewId, rows } = await opened(of, 'roles')
    later(of)
    await of.api.reviews.decide({ reviewId, items: [rows[0]?.itemId ?? 0], decision: 'unknown', why: 'Who is this?' })
    expect(await refused(of.api.reviews.sign({ reviewId, as: 'Mara' }))).toMatchObject({
      code: 'CONFLICT',
      message: '1 of 2 items is not decided.',
    })
    expect(await refused(of.api.reviews.acknowledge({ reviewId, as: 'Ines' }))).toMatchObject({ code: 'CONFLICT' })
    await of.api.reviews.decide({ reviewId, items: { decided: false }, decision: 'keep', why: 'Fine.' })
    const first = [rows[0]?.itemId ?? 0]
    await of.api.reviews.decide({ reviewId, items: first, decision: 'keep', why: 'A contractor.' })
    of.clock.now += DAY
    const signed = await of.api.reviews.sign({ reviewId, as: 'Mara', carry: 'Not needed after all.' })
    expect(signed.carried).toBeNull()
    expect(signed).toMatchObject({ state: 'signed', signed: { by: 'Mara', at: of.clock.now }, acknowledged: null })
    const people = await of.api.people.list({ client: CLIENT })
    expect(people.rows.map(({ lastReviewedOn }) => lastReviewedOn)).toEqual(['2026-04-02', '2026-04-02'])
    expect(await refused(of.api.reviews.acknowledge({ reviewId, as: ' MARA ' }))).toMatchObject({ code: 'CONFLICT' })
    expect(await of.api.reviews.acknowledge({ reviewId, as: 'Ines' })).toMatchObject({
      state: 'acknowledged',
      acknowledged: { by: 'Ines' },
    })
    const { operator } = await of.api.settings.get({})
    const { row, marks } = await of.api.reviews.get({ reviewId })
    expect([row.signed?.operator, row.acknowledged?.operator]).toEqual([operator, operator])
    expect(marks.find(({ kind }) => kind === 'same-operator')?.says).toContain(operator)
    expect(await refused(of.api.reviews.undo({ reviewId, batch: 1 }))).toMatchObject({ code: 'CONFLICT' })
    expect(await refused(of.api.reviews.withdraw({ reviewId, why: 'Late.' }))).toMatchObject({ code: 'CONFLICT' })
  })

  it('carries items that need more information only with a reason, which is part of the evidence', async () => {
    const of = await seeded()
    const { reviewId, rows } = await opened(of, 'roles')
    later(of)
    const ask = { reviewId, items: { search: rows[0]?.name }, decision: 'unknown' } as const
    expect(await refused(of.api.reviews.decide(ask))).toMatchObject({ code: 'INVALID', data: { field: 'why' } })
    await of.api.reviews.decide({ ...ask, why: 'Which team is this?' })
    await of.api.reviews.decide({ reviewId, items: { decided: false }, decision: 'keep', why: 'Fine.' })
    expect((await of.api.reviews.get({ reviewId })).row).toMatchObject({
      decided: 1,
      decisions: { unknown: 1, keep: 1 },
    })
    expect(await refused(of.api.reviews.sign({ reviewId, as: 'Mara' }))).toMatchObject({
      code: 'CONFLICT',
      message: '1 item still needs more information.',
    })
    const signed = await of.api.reviews.sign({ reviewId, as: 'Mara', carry: 'The owner is away.' })
    expect(signed).toMatchObject({ state: 'signed', carried: 'The owner is away.' })
    expect(readJournal(of, 'review.signed')).toMatchObject([{ unknown: 1, carried: 'The owner is away.' }])
    expect((await of.api.evidence.verifyRegister()).problems).toEqual([])
  })

  it('shows how far each reviewer is, last active first', async () => {
    const of = await seeded()
    const { reviewId, rows } = await opened(of, 'roles')
    const items = rows.map(({ itemId }) => itemId)
    await of.api.settings.set({ operator: 'Ines Duarte' })
    later(of)
    await of.api.reviews.decide({ reviewId, items, decision: 'keep', why: 'Fine.' })
    await of.api.settings.set({ operator: 'Ben Ito' })
    later(of)
    const { batch } = await of.api.reviews.decide({ reviewId, items: items.slice(1), decision: 'unknown', why: 'Who?' })
    const ben = { reviewer: 'Ben Ito', decided: 0, questions: 1, lastAt: of.clock.now }
    const ines = { reviewer: 'Ines Duarte', decided: 1, questions: 0, lastAt: of.clock.now - 3_600_000 }
    expect((await of.api.reviews.get({ reviewId })).row.reviewers).toEqual([ben, ines])
    expect((await of.api.reviews.list({})).rows[0]?.reviewers).toEqual([ben, ines])
    await of.api.reviews.undo({ reviewId, batch })
    expect((await of.api.reviews.get({ reviewId })).row.reviewers).toEqual([{ ...ines, decided: 2 }])
  })

  it('remembers the role at the last signed review, for the next one', async () => {
    const of = await seeded()
    const first = await opened(of, 'roles')
    later(of)
    await of.api.reviews.decide({ reviewId: first.reviewId, items: {}, decision: 'keep', why: 'Fine.' })
    await of.api.reviews.sign({ reviewId: first.reviewId, as: 'Mara' })
    of.clock.now += 90 * DAY
    of.read(of.connections.acme, promoted())
    const second = await opened(of, 'roles')
    expect(second.rows.map(({ name, facts }) => [name, facts.roleBefore?.raw, facts.roleNow?.raw])).toEqual([
      ['Mara Lindqvist', 'owner', 'owner'],
      ['Tomas Okafor', 'reader', 'owner'],
    ])
    expect((await of.api.reviews.get({ reviewId: second.reviewId })).previousReviewId).toBe(first.reviewId)
  })
})

/** Acme once Tomas owns it. */
const promoted = (): Part[] =>
  acmeParts().map((part) =>
    part.source === 'users'
      ? {
          ...part,
          facts: part.facts.map((fact) =>
            (fact.type === 'principal' && fact.externalId === 'u2') ||
            (fact.type === 'grant' && fact.principal === 'u2')
              ? { ...fact, roleRaw: 'owner', level: 'owner' as const }
              : fact,
          ),
        }
      : part,
  )

describe('what was decided', () => {
  it('stays open until a sync verifies it, with the residual access in words, then the hours that it took', async () => {
    const of = await seeded()
    const { reviewId } = await opened(of, 'roles')
    await of.api.reviews.decide({ reviewId, items: { search: 'tomas' }, decision: 'remove' })
    await of.api.reviews.decide({ reviewId, items: { search: 'mara' }, decision: 'keep', why: 'Fine.' })
    const tomas = async () => (await of.api.reviews.items({ reviewId, search: 'tomas' })).rows[0]?.closure
    expect(await tomas()).toEqual({
      state: 'pending',
      syncId: null,
      at: null,
      hours: null,
      residual: ['The account is still in the organization.', 'The role is reader.'],
    })
    expect((await of.api.reviews.get({ reviewId })).row.pending).toBe(1)
    later(of, 90 * 60_000)
    const removed = without(acmeParts(), 'u2')
    // A list that was not read shows nothing.
    of.read(
      of.connections.acme,
      removed.map((part) => (part.source === 'users' ? { ...part, state: 'failed' as const } : part)),
    )
    expect(await tomas()).toMatchObject({ state: 'pending' })
    const syncId = of.read(of.connections.acme, removed)
    expect(await tomas()).toEqual({ state: 'done', syncId, at: of.clock.now, hours: 1.5, residual: [] })
    expect((await of.api.reviews.get({ reviewId })).row.pending).toBe(0)
    expect((await of.api.reviews.items({ reviewId, closure: 'done' })).total).toBe(1)
  })

  it('is done for a change once the role is the requested one', async () => {
    const of = await seeded()
    const { reviewId } = await opened(of, 'roles')
    await of.api.reviews.decide({ reviewId, items: { search: 'tomas' }, decision: 'change', to: 'Owner' })
    of.read(of.connections.acme, acmeParts())
    const tomas = async () => (await of.api.reviews.items({ reviewId, search: 'tomas' })).rows[0]?.closure
    expect(await tomas()).toMatchObject({ state: 'pending', residual: ['The role is reader.'] })
    of.read(of.connections.acme, promoted())
    expect(await tomas()).toMatchObject({ state: 'done' })
  })

  it('requires that an administrator has no path to the role left', async () => {
    const of = await seeded()
    const twice = full().map((part) =>
      part.source === 'group-users'
        ? { ...part, facts: [...part.facts, { type: 'membership' as const, group: 'g1', member: 'u1' }] }
        : part,
    )
    of.read(of.connections.acme, twice)
    const { reviewId } = await opened(of, 'admins')
    const removal = { reviewId, items: { search: 'mara' }, decision: 'remove' } as const
    expect(await refused(of.api.reviews.decide(removal))).toMatchObject({
      code: 'INVALID',
      message: 'Removing an owner or admin needs a justification: Mara Lindqvist.',
      data: { field: 'why' },
    })
    await of.api.reviews.decide({ ...removal, why: 'Left the agency.' })
    const mara = async () => (await of.api.reviews.items({ reviewId, search: 'mara' })).rows[0]?.closure
    expect((await mara())?.residual).toHaveLength(2)
    const demoted = twice.map((part) =>
      part.source === 'users'
        ? {
            ...part,
            facts: part.facts.map((fact) =>
              fact.type === 'grant' && fact.principal === 'u1'
                ? { ...fact, roleRaw: 'reader', level: 'reader' as const, impliedRoleRaw: null, impliedLevel: null }
                : fact,
            ),
          }
        : part,
    )
    of.read(of.connections.acme, demoted)
    expect(await mara()).toMatchObject({
      state: 'pending',
      residual: ['The role is owner through the group Operators.'],
    })
    of.read(
      of.connections.acme,
      demoted.map((part) => (part.source === 'group-users' ? { ...part, facts: [] } : part)),
    )
    expect(await mara()).toMatchObject({ state: 'done' })
  })

  it('closes a membership and a key with their own lists', async () => {
    const of = await seeded()
    const membership = await opened(of, 'membership')
    const keys = await opened(of, 'keys')
    await of.api.reviews.decide({ reviewId: membership.reviewId, items: {}, decision: 'remove' })
    await of.api.reviews.decide({ reviewId: keys.reviewId, items: { search: 'dev-' }, decision: 'remove' })
    const closed = async (reviewId: number) => (await of.api.reviews.items({ reviewId, closure: 'done' })).total
    of.read(
      of.connections.acme,
      acmeParts().map((part) => (part.source === 'project-users' ? { ...part, facts: [] } : part)),
    )
    expect([await closed(membership.reviewId), await closed(keys.reviewId)]).toEqual([1, 0])
    of.read(of.connections.acme, without(acmeParts(), 'key_2'))
    expect(await closed(keys.reviewId)).toBe(1)
  })
})
