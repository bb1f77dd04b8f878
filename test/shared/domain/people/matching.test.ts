import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { addressVariant, nameWords } from '../../../../shared/domain/people/likeness.ts'
import { proposeMatches, type Likeness, type MatchContext } from '../../../../shared/domain/people/matching.ts'
import { anyString } from '../../../any-string.ts'

const context: MatchContext = {
  domains: new Set(['acme.example', 'agency.example']),
  isRejected: () => false,
}

function person(id: number, over: Partial<Likeness> = {}): Likeness {
  return { id, names: [], addresses: [], employee: null, holds: true, ...over }
}

const reasons = (...people: readonly Likeness[]): readonly string[] =>
  proposeMatches(people, context).map(({ a, b, reason }) => `${a} ${b} ${reason}`)

describe('two people who may be the same', () => {
  it('have the same address except for a tag, or for dots that Gmail ignores', () => {
    const jane = person(1, { addresses: ['jane@acme.example'] })
    expect(reasons(jane, person(2, { addresses: ['jane+ai@acme.example'] }))).toEqual(['1 2 plus-address'])
    const gmail = person(3, { addresses: ['jane.doe@gmail.com'] })
    expect(reasons(gmail, person(4, { addresses: ['janedoe@googlemail.com'] }))).toEqual(['3 4 gmail-dots'])
    expect(reasons(jane, person(5, { addresses: ['ja.ne@acme.example'] }))).toEqual([])
  })

  it('have the same full name, in any order, case and accent', () => {
    const zoe = person(1, { names: ['Zoë van Dijk'] })
    expect(reasons(zoe, person(2, { names: ['zoe VAN dijk'] }))).toEqual(['1 2 same-name'])
    expect(reasons(zoe, person(2, { names: ['van Dijk, Zoë'] }))).toEqual(['1 2 name-order'])
    expect(reasons(person(1, { names: ['Zoe'] }), person(2, { names: ['Zoe'] }))).toEqual([])
  })

  it('have the same part before the @ at two domains of the agency and its clients, unless their names differ', () => {
    const acme = person(1, { addresses: ['jane.doe@acme.example'] })
    const agency = person(2, { addresses: ['jane.doe@agency.example'] })
    expect(reasons(acme, agency)).toEqual(['1 2 same-local-part'])
    expect(reasons(acme, person(3, { addresses: ['jane.doe@elsewhere.example'] }))).toEqual([])
    expect(reasons({ ...acme, names: ['Jane Doe'] }, { ...agency, names: ['Janet Doering'] })).toEqual([])
    expect(
      reasons(person(1, { addresses: ['admin@acme.example'] }), person(2, { addresses: ['admin@agency.example'] })),
    ).toEqual([])
  })

  it('changed their surname and kept their number and given name', () => {
    const before = person(1, { names: ['Jane Doe'], employee: { source: 'scim', number: 'E7' } })
    const after = person(2, { names: ['Jane Smith'], employee: { source: 'csv', number: 'E7' } })
    expect(reasons(before, after)).toEqual(['1 2 renamed'])
    expect(reasons(before, { ...after, names: ['Otto Smith'] })).toEqual([])
  })

  it('are not proposed if one source gave them two numbers', () => {
    const one = person(1, { names: ['Jane Doe'], employee: { source: 'csv', number: 'E7' } })
    expect(reasons(one, person(2, { names: ['Jane Doe'], employee: { source: 'csv', number: 'E8' } }))).toEqual([])
    expect(reasons(one, person(2, { names: ['Jane Doe'], employee: { source: 'scim', number: 'x8' } }))).toHaveLength(1)
  })

  it('are not compared if neither holds anything', () => {
    const one = person(1, { names: ['Jane Doe'], holds: false })
    expect(reasons(one, person(2, { names: ['Jane Doe'], holds: false }))).toEqual([])
    expect(reasons(one, person(2, { names: ['Jane Doe'] }))).toHaveLength(1)
  })
})

const local = fc.constantFrom('jane', 'jane+ai', 'ja.ne', 'j.doe', 'doe.jane', 'admin', '__proto__', 'é‮')
const domain = fc.constantFrom('acme.example', 'agency.example', 'gmail.com', 'googlemail.com')
const address = fc.tuple(local, domain).map(([l, d]) => `${l}@${d}`)
const name = fc.oneof(
  fc.constantFrom('Jane Doe', 'Doe Jane', 'Jane Smith', 'constructor prototype', '<b>Jane</b> Doe', '=1+1', ''),
  anyString({ maxLength: 12 }),
)
const drawn = fc
  .array(
    fc.record({
      names: fc.array(name, { maxLength: 2 }),
      addresses: fc.uniqueArray(address, { maxLength: 2 }),
      employee: fc.option(fc.record({ source: fc.constantFrom('a', 'b'), number: fc.constantFrom('1', '2') })),
      holds: fc.boolean(),
    }),
    { maxLength: 11 },
  )
  .map((people) => people.map((one, index) => ({ ...one, id: index + 1 })))

describe('proposals, whatever the people', () => {
  it('do not depend on the order of the people, name each pair once, and pair no person with themselves', () => {
    fc.assert(
      fc.property(drawn, (people) => {
        const found = proposeMatches(people, context)
        expect(proposeMatches(people.toReversed(), context)).toEqual(found)
        expect(new Set(found.map(({ a, b }) => `${a} ${b}`)).size).toBe(found.length)
        expect(found.every(({ a, b }) => a < b)).toBe(true)
      }),
    )
  })

  it('never name a pair that was rejected, two numbers of one source, or two people who hold nothing', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 1, max: 3 }), (people, odd) => {
        const isRejected = (a: number, b: number): boolean => (a + b) % (odd + 1) === 0
        const byId = new Map(people.map((one) => [one.id, one]))
        for (const { a, b } of proposeMatches(people, { ...context, isRejected })) {
          const [one, other] = [byId.get(a), byId.get(b)]
          expect(isRejected(a, b)).toBe(false)
          expect(one?.holds === true || other?.holds === true).toBe(true)
          const isSameSource = one?.employee && one.employee.source === other?.employee?.source
          expect(isSameSource ? one.employee?.number === other?.employee?.number : true).toBe(true)
        }
      }),
    )
  })

  it('do not affect each other: fewer people give a subset of the proposals', () => {
    fc.assert(
      fc.property(drawn, (people) => {
        const all = new Set(proposeMatches(people, context).map(({ a, b }) => `${a} ${b}`))
        const some = proposeMatches(people.slice(1), context).map(({ a, b }) => `${a} ${b}`)
        expect(some.filter((pair) => !all.has(pair))).toEqual([])
      }),
    )
  })
})

describe('names and addresses for comparing', () => {
  it('are the same in letters of another style, as some people write them', () => {
    expect(nameWords('𝙰𝙽𝙽 𝘿oe')).toEqual(['ann', 'doe'])
  })

  it('do not change when normalized again', () => {
    fc.assert(
      fc.property(name, address, (text, mail) => {
        const words = nameWords(text)
        expect(nameWords(words.join(' '))).toEqual(words)
        expect(addressVariant(addressVariant(mail))).toBe(addressVariant(mail))
      }),
    )
  })
})
