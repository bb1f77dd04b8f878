import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { ALL_OPERATIONS } from '../../../shared/decisions/operations.ts'
import { findUnseen, type LastAbout, listSeen, listTopics, usesOn } from '../../../shared/decisions/topics.ts'
import { EXCHANGED_KINDS, type ExchangedKind, makeBody, UID } from '../team/bodies.ts'

const OTHER = '01890000-0000-7000-8000-00000000bbbb'

interface Placed {
  readonly kind: ExchangedKind
  readonly body: Readonly<Record<string, unknown>>
  readonly member: string
  /** Which of the operations before its author had in sight; null for none. */
  readonly on: number | null
}

/** Places operations in their order as a device does: those that count are the last about their topics. Returns which count. */
function place(list: readonly Placed[], isAgency = false): readonly boolean[] {
  const last = new Map<string, LastAbout>()
  return list.map(({ kind, body, member, on }, order) => {
    const asking = { kind, body, member, onOrder: on, isAgency }
    if (findUnseen(asking, (topic) => last.get(topic) ?? null) !== null) return false
    for (const { name, value } of listTopics({ kind, body }, isAgency)) {
      last.set(name, { hash: String(order), order, member, value })
    }
    return true
  })
}

const changed = (member: string, on: number | null, body: Readonly<Record<string, unknown>>): Placed => ({
  kind: 'client.changed',
  body: { v: 1, ...body },
  member,
  on,
})

describe.each(EXCHANGED_KINDS)('%s', (kind) => {
  const body = makeBody(kind)

  it('has a body of its schema in this test', () => {
    expect(ALL_OPERATIONS[kind].body.safeParse(body).error).toBeUndefined()
  })

  it('decides and sees at least one topic, and each has another name', () => {
    const topics = listTopics({ kind, body }, false).map(({ name }) => name)
    expect(topics.length).toBeGreaterThan(0)
    expect(new Set(topics).size).toBe(topics.length)
    expect(listSeen({ kind, body }, false).length).toBeGreaterThan(0)
  })

  it('names its topics without a number or a path of one register', () => {
    const local = { connection: 7, review: 7, remediation: 7, plan: 7, view: 7, budget: 7, price: 7, path: '/home/a' }
    const given = listTopics(
      { kind, body: { ...body, ...(kind.startsWith('finding') ? {} : pick(kind, local)) } },
      false,
    )
    expect(given).toEqual(listTopics({ kind, body }, false))
  })

  it('asks another member where its kind asks, and never where it does not', () => {
    const { conflict } = ALL_OPERATIONS[kind]
    const last = (): LastAbout => ({ hash: '', order: 5, member: 'anna', value: '"another value"' })
    const by = (member: string, onOrder: number | null) =>
      findUnseen({ kind, body, member, onOrder, isAgency: false }, last) !== null
    const isAsked = conflict === 'ask' && !/^(?:review|remediation)\./u.test(kind)
    expect(by('ben', 4)).toBe(isAsked)
    expect(by('ben', null)).toBe(isAsked)
    expect([by('ben', 5), by('anna', null)]).toEqual([false, false])
    expect(usesOn(kind) || conflict !== 'ask').toBe(true)
  })
})

/** The fields of a register's own that a kind has. */
function pick(kind: ExchangedKind, local: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { shape } = ALL_OPERATIONS[kind].body
  const own = Object.keys(local).filter((field) => field in shape && !['label', 'connectionUid'].includes(field))
  return Object.fromEntries(
    own
      .filter((field) => !(kind.startsWith('remediation') && field === 'connection'))
      .map((field) => [field, local[field]]),
  )
}

describe('fields of one subject', () => {
  it('two members who change other fields of a client are not asked', () => {
    expect(place([changed('anna', null, { name: 'A' }), changed('ben', null, { notes: 'b' })])).toEqual([true, true])
  })

  it('a member who changes a field that another set meanwhile is asked, with all fields of the operation', () => {
    const both = changed('ben', null, { name: 'B', notes: 'b' })
    expect(place([changed('anna', null, { name: 'A' }), both])).toEqual([true, false])
    expect(place([changed('anna', null, { name: 'A' }), { ...both, on: 0 }])).toEqual([true, true])
  })

  it('an equal value asks nothing, whatever its author had in sight', () => {
    const domains = (list: readonly string[]) => ({ domains: list, kind: 'client' })
    expect(
      place([changed('anna', null, domains(['a.example'])), changed('ben', null, domains(['a.example']))]),
    ).toEqual([true, true])
    expect(
      place([changed('anna', null, domains(['a.example'])), changed('ben', null, domains(['b.example']))]),
    ).toEqual([true, false])
  })

  it('a policy of a client that is replaced whole asks about each field, and one with `cleared` about those it has', () => {
    const policy = (member: string, body: Readonly<Record<string, unknown>>): Placed => ({
      kind: 'policy.changed',
      body,
      member,
      on: null,
    })
    const first = policy('anna', { values: { maxPrivileged: 3 }, cleared: [] })
    expect(place([first, policy('ben', { values: { adminKeyDays: 9 }, cleared: [] })])).toEqual([true, true])
    expect(place([first, policy('ben', { values: { adminKeyDays: 9 } })])).toEqual([true, false])
    expect(place([first, policy('ben', { values: { adminKeyDays: 9 } })], true)).toEqual([true, true])
    expect(place([first, policy('ben', { values: {}, cleared: ['maxPrivileged'] })])).toEqual([true, false])
  })

  it('activating a plan and deactivating another one are about the same thing', () => {
    const of = (kind: ExchangedKind, planUid: string, member: string): Placed => ({
      kind,
      body: makeBody(kind, { planUid }),
      member,
      on: null,
    })
    expect(place([of('plan.activated', UID, 'anna'), of('plan.activated', OTHER, 'ben')])).toEqual([true, false])
    expect(place([of('plan.activated', UID, 'anna'), of('plan.deactivated', OTHER, 'ben')])).toEqual([true, false])
  })

  it('a connection that two organizations of a plan are bound to is asked about', () => {
    const bound = (organization: string, member: string): Placed => ({
      kind: 'plan.bound',
      body: makeBody('plan.bound', { organization }),
      member,
      on: null,
    })
    expect(place([bound('Acme', 'anna'), bound('Borealis', 'ben')])).toEqual([true, false])
    expect(place([bound('Acme', 'anna'), bound(' acme ', 'ben')])).toEqual([true, true])
  })
})

const steps = fc.array(
  fc.record({
    member: fc.constantFrom('anna', 'ben', 'cy'),
    field: fc.constantFrom('name', 'notes', 'colour'),
    value: fc.constantFrom('a', 'b'),
    behind: fc.nat({ max: 4 }),
  }),
  { maxLength: 30 },
)

it('a field never changes from the value of one member to that of another who had not seen it', () => {
  fc.assert(
    fc.property(steps, (list) => {
      const placed = list.map(({ member, field, value, behind }, at) =>
        changed(member, at - 1 - behind < 0 ? null : at - 1 - behind, { [field]: value }),
      )
      const counts = place(placed)
      const held = new Map<string, { readonly at: number; readonly value: unknown; readonly member: string }>()
      const flips = [...placed.entries()].filter(([at, { body, member, on }]) => {
        if (counts[at] !== true) return false
        const [[field, value] = ['', null]] = Object.entries(body).filter(([name]) => name !== 'v')
        const before = held.get(field)
        held.set(field, { at, value, member })
        return before !== undefined && before.value !== value && before.member !== member && before.at > (on ?? -1)
      })
      expect(flips).toEqual([])
    }),
  )
})
