import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { readEmployment, reportEmployment } from '../../../../electron/register/people/employment.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { mergeAway, mergePeople, mergesInto, splitPeople } from '../../../../electron/register/people/merge.ts'
import {
  decideMatch,
  matchIds,
  matchesById,
  proposePair,
  refreshMatches,
} from '../../../../electron/register/people/matches.ts'
import { wrongTallies } from '../facts/wrong-tallies.ts'
import { find } from '../../../../electron/register/read/search.ts'
import type { PrincipalFact } from '../../../../shared/domain/facts.ts'
import type { Employment } from '../../../../shared/domain/people/employment.ts'
import { newBriefRegister, newConnection, newRegister, getReading, user } from '../registers.ts'
import { drillRuns } from '../../../drills/drill.ts'

const AT = Date.UTC(2026, 10, 1, 12)
const TODAY = '2026-11-01'

let register: Register
let connection: number

beforeEach(() => {
  register = newRegister()
  connection = newConnection(register)
})

const EMPLOYED: Employment = {
  externalId: 'E1',
  name: 'Jane Doe',
  status: 'employed',
  department: null,
  manager: null,
  jobTitle: null,
  contractor: false,
  startsOn: null,
  endsOn: null,
}

function read(of: Register, into: number, people: readonly PrincipalFact[], at = AT): void {
  of.transact((writer) => applyReading(writer, getReading(into, [{ source: 'users', facts: people }], at)))
}

function findPersonId(externalId: string, of: Register = register): number {
  return of.reader.value<number>('SELECT person_id FROM principal WHERE external_id = ?', [externalId]) ?? 0
}

const merge = (keep: number, other: number, of: Register = register): number =>
  of.transact((writer) => mergePeople(writer, { keep, other, at: AT, by: 'Mara', uid: createUid(AT) }))
const split = (mergeId: number, of: Register = register): void =>
  of.transact((writer) => splitPeople(writer, mergeId, AT))

/** Everything that identifies people. */
function whoIsWho(of: Register): unknown {
  return {
    people: of.reader.all('SELECT * FROM person ORDER BY id'),
    addresses: of.reader.all('SELECT * FROM person_address ORDER BY address'),
    principals: of.reader.all('SELECT id, person_id FROM principal ORDER BY id'),
    employment: of.reader.all('SELECT * FROM employment ORDER BY person_id'),
    matches: of.reader.all('SELECT * FROM person_match ORDER BY id'),
  }
}

describe('a merge', () => {
  it('moves accounts, addresses and employment to the kept person, and a split returns them', () => {
    read(register, connection, [user('jane'), user('jd', { name: 'Jane Doe' })])
    const [jane, other] = [findPersonId('jane'), findPersonId('jd')]
    register.transact((writer) => reportEmployment(writer, other, { ...EMPLOYED, source: 'csv', at: AT, today: TODAY }))
    const before = whoIsWho(register)
    const id = merge(jane, other)
    expect(findPersonId('jd')).toBe(jane)
    expect(readEmployment(register.reader, [jane, other])).toEqual(
      new Map([[jane, expect.objectContaining({ externalId: 'E1', reportedAt: AT })]]),
    )
    expect(mergesInto(register.reader, jane)).toMatchObject([{ id, other, mergedBy: 'Mara' }])
    expect(mergeAway(register.reader, other)).toMatchObject({ id, kept: jane })
    split(id)
    expect(whoIsWho(register)).toEqual(before)
    expect(mergesInto(register.reader, jane)).toEqual([])
  })

  it('is not undone by a later sync, which links accounts under either address to the kept person', () => {
    read(register, connection, [user('jane'), user('jd')])
    const jane = findPersonId('jane')
    merge(jane, findPersonId('jd'))
    const second = newConnection(register, 'other')
    read(register, second, [user('jd-elsewhere', { email: 'JD@acme.example' })])
    read(register, connection, [user('jane', { name: 'Jane' }), user('jd', { email: 'jd.new@acme.example' })], AT + 1)
    expect([findPersonId('jd'), findPersonId('jd-elsewhere')]).toEqual([jane, jane])
  })

  it('returns accounts added since under an address of the other, and leaves those of the kept person', () => {
    read(register, connection, [user('jane'), user('jd')])
    const [jane, other] = [findPersonId('jane'), findPersonId('jd')]
    const id = merge(jane, other)
    read(register, newConnection(register, 'other'), [
      user('jd-elsewhere', { email: 'jd@acme.example' }),
      user('jane-elsewhere', { email: 'jane@acme.example' }),
    ])
    split(id)
    expect(['jane', 'jd', 'jd-elsewhere', 'jane-elsewhere'].map((one) => findPersonId(one))).toEqual([
      jane,
      other,
      other,
      jane,
    ])
  })

  it('is found under both names, and each under their own after a split', () => {
    read(register, connection, [user('jane', { name: 'Jane Doe' }), user('jd', { name: 'J. Dorset' })])
    const [jane, other] = [findPersonId('jane'), findPersonId('jd')]
    const found = (text: string): readonly number[] => find(register.reader, {}, text, 10).rows.map((hit) => hit.id)
    const id = merge(jane, other)
    expect(found('Dorset')).toEqual([jane])
    split(id)
    expect(found('Dorset')).toEqual([other])
  })

  it('makes the findings of the moved accounts stale', () => {
    read(register, connection, [user('jane'), user('jd')])
    const stale = (): unknown => register.reader.value('SELECT stale FROM finding_evaluation')
    expect(stale()).toBe(0)
    merge(findPersonId('jane'), findPersonId('jd'))
    expect(stale()).toBe(1)
  })
})

describe('a person of whom something is known', () => {
  it('stays when their last account turns out to belong to another person', () => {
    read(register, connection, [user('nameless', { email: null }), user('jane')])
    const nameless = findPersonId('nameless')
    register.transact((writer) =>
      reportEmployment(writer, nameless, { ...EMPLOYED, source: 'csv', at: AT, today: TODAY }),
    )
    read(register, connection, [user('nameless', { email: 'jane@acme.example' }), user('jane')], AT + 1)
    expect(findPersonId('nameless')).toBe(findPersonId('jane'))
    expect(readEmployment(register.reader, [nameless]).size).toBe(1)
  })

  it('stays when another person was merged into them', () => {
    read(register, connection, [user('nameless', { email: null }), user('ghost', { email: null }), user('jane')])
    merge(findPersonId('nameless'), findPersonId('ghost'))
    const people = [user('nameless', { email: 'jane@acme.example' }), user('ghost', { email: 'jane@acme.example' })]
    read(register, connection, [...people, user('jane')], AT + 1)
    expect(findPersonId('nameless')).toBe(findPersonId('jane'))
  })
})

describe('a decision about a person without an address', () => {
  it('stays when their last account turns out to belong to another person', () => {
    read(register, connection, [user('nameless', { email: null }), user('ghost', { email: null }), user('jane')])
    const [nameless, ghost] = [findPersonId('nameless'), findPersonId('ghost')]
    register.transact((writer) => proposePair(writer, nameless, ghost, 'same-name', AT))
    const [id = 0] = matchIds(register.reader, { state: 'open' })
    register.transact((writer) => decideMatch(writer, { id, state: 'rejected', at: AT, by: 'Mara' }))
    const people = [user('nameless', { email: 'jane@acme.example' }), user('ghost', { email: null }), user('jane')]
    read(register, connection, people, AT + 1)
    expect(findPersonId('nameless')).toBe(findPersonId('jane'))
    expect(matchIds(register.reader, { state: 'rejected' })).toEqual([id])
  })
})

describe('pairs', () => {
  it('that were rejected are never proposed again, also when one of them is merged', () => {
    read(register, connection, [user('jane', { name: 'Jane Doe' }), user('jd', { name: 'Jane Doe' })])
    expect(register.transact((writer) => refreshMatches(writer, AT))).toBe(1)
    const [id = 0] = matchIds(register.reader, { state: 'open' })
    expect(matchesById(register.reader, [id])).toMatchObject([{ reason: 'same-name', state: 'open' }])
    register.transact((writer) => decideMatch(writer, { id, state: 'rejected', at: AT, by: 'Mara' }))
    read(register, connection, [
      user('jane', { name: 'Jane Doe' }),
      user('jd', { name: 'Jane Doe' }),
      user('third', { name: 'Third' }),
    ])
    merge(findPersonId('third'), findPersonId('jd'))
    expect(register.transact((writer) => refreshMatches(writer, AT))).toBe(0)
    expect(matchIds(register.reader, { state: 'open' })).toEqual([])
  })
})

const drawn = fc.record({
  people: fc.integer({ min: 2, max: 6 }),
  employed: fc.array(fc.nat({ max: 5 }), { maxLength: 4 }),
  steps: fc.array(fc.tuple(fc.constantFrom('merge', 'split', 'read'), fc.nat({ max: 5 }), fc.nat({ max: 5 })), {
    maxLength: 12,
  }),
})

/** A register in which some people have an account, some have no address, and some are employed. */
function peopled(count: number, employed: readonly number[]): { readonly of: Register; readonly into: number } {
  const of = newBriefRegister(() => AT)
  const into = newConnection(of)
  read(of, into, accounts(count))
  of.transact((writer) => {
    for (const n of employed) {
      const person = findPersonId(`u${n % count}`, of)
      reportEmployment(writer, person, { ...EMPLOYED, externalId: `E${n}`, source: 'csv', at: AT, today: TODAY })
    }
  })
  return { of, into }
}

function accounts(count: number): readonly PrincipalFact[] {
  return Array.from({ length: count }, (_, n) => user(`u${n}`, { email: n % 3 === 2 ? null : `u${n}@acme.example` }))
}

describe('merges and splits, in any order', () => {
  it('restore the original state when all merges are undone, the last one first', () => {
    fc.assert(
      fc.property(drawn, ({ people, employed, steps }) => {
        const { of } = peopled(people, employed)
        const before = whoIsWho(of)
        const merges: number[] = []
        for (const [, x, y] of steps) {
          const [keep, other] = [findPersonId(`u${x % people}`, of), findPersonId(`u${y % people}`, of)]
          if (keep !== other) merges.push(merge(keep, other, of))
        }
        for (const id of merges.toReversed()) split(id, of)
        expect(whoIsWho(of)).toEqual(before)
        of.close()
      }),
      drillRuns('merge-people'),
    )
  })

  it('keep every account, address and employment with exactly one person who was not merged', () => {
    fc.assert(
      fc.property(drawn, ({ people, employed, steps }) => {
        const { of, into } = peopled(people, employed)
        const reported = of.reader.value('SELECT count(*) FROM person_address')
        let at = AT
        for (const [step, x, y] of steps) {
          const [keep, other] = [findPersonId(`u${x % people}`, of), findPersonId(`u${y % people}`, of)]
          const [merged] = mergesInto(of.reader, keep)
          if (step === 'merge' && keep !== other) merge(keep, other, of)
          if (step === 'split' && merged) split(merged.id, of)
          if (step === 'read') read(of, into, accounts(people), (at += 1))
          expect(wrongTallies(of)).toEqual([])
        }
        const astray = `SELECT count(*) FROM principal p WHERE p.person_id IS NULL
          OR EXISTS (SELECT 1 FROM person_merge g WHERE g.other_id = p.person_id AND g.split_at IS NULL)`
        expect(of.reader.value(astray)).toBe(0)
        expect(of.reader.value('SELECT count(*) FROM person_address')).toBe(reported)
        of.close()
      }),
      drillRuns('merge-people'),
    )
  })
})
