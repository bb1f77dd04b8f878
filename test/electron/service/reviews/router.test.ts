import { describe, expect, it } from 'vitest'

import { makeRegister } from '../../../../electron/service/core/context.ts'
import { CLIENT, full, readJournal, later, leave, named, opened } from '../reviewing.ts'
import { acmeParts, DAY, refused, seeded } from '../seeded.ts'

describe('the population of a review', () => {
  it.each([
    ['admins', ['Ines Duarte', 'Mara Lindqvist']],
    ['roles', ['Ines Duarte', 'Mara Lindqvist', 'Tomas Okafor', 'deploy, Chatbot']],
    ['membership', ['deploy, Chatbot', 'Tomas Okafor, Chatbot']],
    ['keys', ['dev-web-api, Chatbot', 'prod-web-api, Chatbot']],
  ] as const)('of %s is exactly the expected people', async (kind, expected) => {
    const of = await seeded()
    of.read(of.connections.acme, full())
    const { row, rows } = await opened(of, kind)
    expect(named(rows).toSorted()).toEqual([...expected].toSorted())
    expect(row).toMatchObject({ kind, state: 'open', items: expected.length, decided: 0, override: null })
    expect(rows.map(({ position }) => position)).toEqual(rows.map((_, index) => index + 1))
  })

  it('is frozen: later changes of the subjects do not change it', async () => {
    const of = await seeded()
    of.read(of.connections.acme, full())
    const { rows, reviewId } = await opened(of, 'roles')
    of.read(of.connections.acme, acmeParts())
    const after = await of.api.reviews.items({ reviewId, limit: 500 })
    expect(after.rows.map(({ facts }) => facts)).toEqual(rows.map(({ facts }) => facts))
  })

  it('shows every path, the role, the owner and the findings of an item', async () => {
    const of = await seeded()
    of.read(of.connections.acme, full())
    const { rows } = await opened(of, 'admins')
    const ines = rows.find(({ name }) => name === 'Ines Duarte')
    expect(ines?.facts).toMatchObject({
      principal: { kind: 'user', externalId: 'u3', email: 'ines@acme.example' },
      roleNow: { raw: 'owner', level: 'owner' },
      roleBefore: null,
      privileged: true,
      paths: [
        { via: 'group', name: 'Operators', role: { raw: 'owner', level: 'owner' } },
        { via: 'direct', name: null, role: { raw: 'reader', level: 'reader' } },
      ],
      lastUse: { state: 'not-reported' },
      cost30Micros: null,
    })
    of.clock.now += 30 * DAY
    await of.api.findings.evaluate()
    const keys = await opened(of, 'keys')
    const prod = keys.rows.find(({ name }) => name === 'prod-web-api')
    expect(prod?.facts.findings.map(({ rule }) => rule)).toContain('rotation-overdue')
    expect(prod).toMatchObject({ flagged: true, facts: { key: { owner: null, dueOn: '2026-04-11' } } })
    expect(keys.rows.find(({ name }) => name === 'dev-web-api')?.facts.key?.owner).toBe('Tomas Okafor')
  })

  it('contains the remaining access of a leaver', async () => {
    const of = await seeded()
    expect((await of.api.reviews.schedule({ client: CLIENT })).find(({ kind }) => kind === 'departed')).toMatchObject({
      dueOn: null,
      overdue: false,
    })
    leave(of, 'tomas@acme.example')
    const due = (await of.api.reviews.schedule({ client: CLIENT }))[0]
    expect(due).toMatchObject({ kind: 'departed', dueOn: '2026-04-01', overdue: false, everyMonths: null })
    const { rows, reviewId } = await opened(of, 'departed')
    expect(named(rows)).toEqual(['Tomas Okafor', 'dev-web-api, Chatbot'])
    expect(rows[0]?.facts.employment).toMatchObject({ status: 'departed', source: 'people.csv' })
    later(of)
    await of.api.reviews.decide({ reviewId, items: {}, decision: 'remove' })
    await of.api.reviews.sign({ reviewId, as: 'Mara' })
    const after = (await of.api.reviews.schedule({ client: CLIENT })).find(({ kind }) => kind === 'departed')
    expect(after).toMatchObject({ dueOn: null, last: { reviewId, on: '2026-04-01' } })
  })
})

describe('opening a review', () => {
  it('refuses where a list was not fully read, unless a reason is given, which is kept and journaled', async () => {
    const of = await seeded()
    of.read(
      of.connections.acme,
      acmeParts().map((part) => (part.source === 'users' ? { ...part, state: 'failed' as const, facts: [] } : part)),
    )
    const opening = { kind: 'admins', client: CLIENT } as const
    const plan = await of.api.reviews.plan(opening)
    expect(plan.obstacles).toEqual([expect.stringMatching(/^Users in .*: it could not be read completely\.$/u)])
    expect(plan).toMatchObject({ items: 1, administrators: 1 })
    expect(await refused(of.api.reviews.open(opening))).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('Users in') as string,
    })
    const row = await of.api.reviews.open({ ...opening, override: 'The provider is down.' })
    expect(row.override).toBe('The provider is down.')
    const [reported] = readJournal(of, 'review.opened')
    expect(reported).toMatchObject({
      review: row.reviewId,
      override: 'The provider is down.',
      obstacles: plan.obstacles,
    })
    const { sources } = await of.api.reviews.get({ reviewId: row.reviewId })
    expect(sources.find(({ source }) => source === 'users')).toMatchObject({ state: 'failed', origin: 'api' })
  })

  it('of which something is not read here yet is neither decided, signed nor acknowledged', async () => {
    const of = await seeded()
    const { reviewId } = await opened(of, 'admins')
    makeRegister(of.service.context).transact((writer) => {
      const left = "INSERT INTO review_left (review_id, position, item_id, line) VALUES (?, 99, 9999, '{}')"
      writer.run(left, [reviewId])
    })
    for (const act of [
      of.api.reviews.decide({ reviewId, items: {}, decision: 'keep' }),
      of.api.reviews.sign({ reviewId, as: 'Mara' }),
      of.api.reviews.acknowledge({ reviewId, as: 'Tomas' }),
    ])
      expect(await refused(act)).toMatchObject({
        code: 'CONFLICT',
        message: expect.stringMatching(/^1 item of .* is not read here yet\.$/u) as string,
      })
  })

  it('refuses where no administrator is known, and where nothing was ever synced', async () => {
    const of = await seeded()
    const plan = await of.api.reviews.plan({ kind: 'keys', client: 'borealis' })
    expect(plan.obstacles).toEqual([expect.stringMatching(/^No administrator of .* is known\.$/u)])
    await of.api.client.add({ name: 'Cyan', slug: 'cyan', domains: [] })
    expect((await of.api.reviews.plan({ kind: 'keys', client: 'cyan' })).obstacles).toEqual([
      'The client has no connection.',
    ])
    await of.api.connection.add({ client: 'cyan', provider: 'openai', label: 'Cyan' })
    expect((await of.api.reviews.plan({ kind: 'keys', client: 'cyan' })).obstacles).toContain('Cyan was never read.')
  })

  it('does not ask for a reason where nothing blocks it, and keeps none', async () => {
    const of = await seeded()
    expect(await of.api.reviews.open({ kind: 'admins', client: CLIENT, override: 'Whatever.' })).toMatchObject({
      override: null,
    })
  })

  it('allows one open review of a kind for a client', async () => {
    const of = await seeded()
    const { reviewId } = await opened(of, 'keys')
    expect(await refused(of.api.reviews.open({ kind: 'keys', client: CLIENT }))).toMatchObject({ code: 'CONFLICT' })
    await of.api.reviews.withdraw({ reviewId, why: 'Opened by mistake.' })
    expect(await of.api.reviews.open({ kind: 'keys', client: CLIENT })).toMatchObject({ state: 'open' })
    const all = await of.api.reviews.list({})
    expect(all.rows.map(({ state }) => state)).toEqual(['open', 'withdrawn'])
    expect(all.rows[1]?.override).toBe('Opened by mistake.')
  })

  it('closes an empty review immediately, reports that, and counts it as the last of its kind', async () => {
    const of = await seeded()
    const row = await of.api.reviews.open({ kind: 'departed', client: CLIENT })
    expect(row).toMatchObject({ state: 'empty', items: 0, decided: 0 })
    expect(readJournal(of, 'review.empty')).toMatchObject([{ review: row.reviewId, kind: 'departed' }])
    const [scheduled] = (await of.api.reviews.schedule({ client: CLIENT })).filter(({ kind }) => kind === 'departed')
    expect(scheduled?.last).toEqual({ reviewId: row.reviewId, on: '2026-04-01' })
  })
})

describe('the schedule', () => {
  it('counts months from the first sync, then from the last signed review, and shows what is overdue', async () => {
    const of = await seeded()
    await of.api.policy.set({ client: CLIENT, values: { reviewAdminsMonths: 2, reviewer: 'Mara' } })
    const dues = async () =>
      Object.fromEntries(
        (await of.api.reviews.schedule({ client: CLIENT })).map((row) => [row.kind, [row.dueOn, row.overdue]]),
      )
    expect(await dues()).toEqual({
      departed: [null, false],
      admins: ['2026-06-01', false],
      keys: ['2026-05-01', false],
      roles: ['2026-07-01', false],
      membership: ['2026-07-01', false],
    })
    of.clock.now = Date.UTC(2026, 5, 2, 12)
    expect(await dues()).toMatchObject({ admins: ['2026-06-01', true], keys: ['2026-05-01', true] })
    const pressing = await of.api.reviews.schedule({})
    expect(pressing.slice(0, 4).map(({ client, kind }) => `${client.slug} ${kind}`)).toEqual([
      'acme keys',
      'borealis admins',
      'borealis keys',
      'acme admins',
    ])
    const { entries } = await of.api.today.list({ client: CLIENT })
    expect(entries.filter(({ kind }) => kind === 'review').map(({ says }) => says)).toEqual([
      'The review of keys is overdue by 32 days',
      'The review of administrators is overdue by 1 day',
    ])
    await of.api.findings.evaluate()
    const overdue = await of.api.findings.list({ client: CLIENT, rule: 'review-overdue' })
    expect(overdue.rows.map(({ says }) => says)).toEqual(['Overdue since 1 May 2026: Keys, Administrators.'])

    const { reviewId, row } = await opened(of, 'admins')
    expect(row).toMatchObject({ dueOn: '2026-06-01', overdue: true })
    later(of)
    await of.api.reviews.decide({ reviewId, items: {}, decision: 'keep', why: 'Still in charge.' })
    await of.api.reviews.sign({ reviewId, as: 'Mara' })
    expect(await dues()).toMatchObject({ admins: ['2026-08-02', false] })
    const after = await of.api.findings.list({ client: CLIENT, rule: 'review-overdue' })
    expect(after.rows.map(({ says }) => says)).toEqual(['Overdue since 1 May 2026: Keys.'])
    expect(readJournal(of, 'review.signed')).toMatchObject([{ as: 'Mara', items: 1, kept: 1, overdue: true }])
  })
})

describe('a review of one client', () => {
  it('contains no item of another, and lists obey the scope', async () => {
    const of = await seeded()
    const { rows } = await opened(of, 'keys')
    expect(new Set(rows.map(({ facts }) => facts.connection.id))).toEqual(new Set([of.connections.acme]))
    expect((await of.api.reviews.list({ client: 'borealis' })).total).toBe(0)
    expect(await refused(of.api.reviews.list({ client: 'nobody' }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(of.api.reviews.get({ reviewId: 99 }))).toMatchObject({ code: 'NOT_FOUND' })
    expect(await refused(of.api.reviews.item({ itemId: 99 }))).toMatchObject({ code: 'NOT_FOUND' })
  })
})
