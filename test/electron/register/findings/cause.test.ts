import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { setPolicyValues } from '../../../../electron/register/clients/policy.ts'
import type { Reader } from '../../../../electron/register/db/handles.ts'
import { findingNames } from '../../../../electron/register/findings/acceptance.ts'
import { RULES } from '../../../../electron/register/findings/rules.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { acceptanceTable } from '../../../../electron/register/rows/findings.ts'
import { addDays, toLocalDay } from '../../../../shared/domain/day.ts'
import { settle } from '../../../fixtures/decided-rows.ts'
import { openForRehearsals, getReading, insertConnection, user } from '../registers.ts'
import { ago, applyWorld, AT, DAY, evaluateAt, splitParts, type World } from './worlds.ts'

const UNTIL = addDays(toLocalDay(AT), 400)

/** The open findings of a register as every register of a team has to have them. */
function listOpen(reader: Reader): readonly unknown[] {
  return reader.all(
    `SELECT rule, name, cause, first_seen_at, first_sync, accepted_until FROM finding WHERE resolved_at IS NULL ORDER BY rule, name`,
  )
}

function readAgain(register: Register, connectionId: number, world: World, day: number): void {
  register.transact((writer) => applyReading(writer, getReading(connectionId, splitParts(world), AT + day * DAY)))
}

/** Accepts the risk of the open finding of a rule in one register, or ends it; returns the decision for others. */
function decide(register: Register, rule: string, until: string | null) {
  const id = register.reader.value<number>('SELECT id FROM finding WHERE rule = ? AND resolved_at IS NULL', [rule]) ?? 0
  const name = findingNames(register.reader, [id]).get(id)
  if (name === undefined) throw new Error(`No finding of ${rule} is open.`)
  const { cause, connectionUid: _, ...named } = name
  return (other: Register): void => {
    const connectionUid = other.reader.value<string>('SELECT uid FROM connection') ?? ''
    const body = { findingNamed: { ...named, connectionUid }, cause, rule, connection: 'Acme' }
    const at = { client: 'acme', at: AT }
    other.transact((writer) => {
      if (until === null) settle(writer, 'finding.reopened', at, body)
      else settle(writer, 'finding.accepted', at, { ...body, says: 'Old.', until, reason: 'Known.' })
    })
  }
}

const accepted = (register: Register, rule: string): readonly (string | null)[] =>
  register.reader.column('SELECT accepted_until FROM finding WHERE rule = ? AND resolved_at IS NULL', [rule])

const unused: World = { keys: [{ name: 'ci', lastUse: { state: 'known', at: ago(20) } }] }

it('a risk that one of three members accepts is accepted in the registers of all, whenever each first evaluated it', () => {
  const [anna, ben, cy] = [applyWorld(unused), applyWorld(unused), applyWorld(unused)]
  anna.register.transact((writer) => evaluateAt(writer, anna.connectionId, AT + 26 * DAY))
  ben.register.transact((writer) => evaluateAt(writer, ben.connectionId, AT + 40 * DAY))
  const accept = decide(anna.register, 'key-unused', UNTIL)
  for (const { register } of [anna, ben, cy]) accept(register)
  // No evaluation of the third one has found it yet.
  expect([accepted(anna.register, 'key-unused'), accepted(ben.register, 'key-unused')]).toEqual([[UNTIL], [UNTIL]])
  readAgain(cy.register, cy.connectionId, unused, 41)
  expect(accepted(cy.register, 'key-unused')).toEqual([UNTIL])
  expect(acceptanceTable.copies(cy.register.reader)).toEqual([])
  for (const { register, connectionId } of [anna, ben]) readAgain(register, connectionId, unused, 41)
  expect(listOpen(ben.register.reader)).toEqual(listOpen(anna.register.reader))
  expect(listOpen(cy.register.reader)).toEqual(listOpen(anna.register.reader))
  const reopen = decide(ben.register, 'key-unused', null)
  for (const { register } of [anna, ben, cy]) {
    reopen(register)
    expect(accepted(register, 'key-unused')).toEqual([null])
  }
})

describe('an acceptance', () => {
  it('of what a day brings ends with its due day: the next one is another finding', () => {
    const { register, connectionId } = applyWorld(unused)
    register.transact((writer) => evaluateAt(writer, connectionId, AT + 26 * DAY))
    decide(register, 'key-unused', UNTIL)(register)
    const usedAgain: World = { keys: [{ name: 'ci', lastUse: { state: 'known', at: AT + 27 * DAY } }] }
    readAgain(register, connectionId, usedAgain, 28)
    expect(accepted(register, 'key-unused')).toEqual([])
    register.transact((writer) => evaluateAt(writer, connectionId, AT + 80 * DAY))
    expect(accepted(register, 'key-unused')).toEqual([null])
  })

  it('holds for another use of the key that was read at one time with its being unused again', () => {
    const { register, connectionId } = applyWorld(unused)
    register.transact((writer) => evaluateAt(writer, connectionId, AT + 26 * DAY))
    decide(register, 'key-unused', UNTIL)(register)
    readAgain(register, connectionId, { keys: [{ name: 'ci', lastUse: { state: 'known', at: ago(10) } }] }, 40)
    expect(accepted(register, 'key-unused')).toEqual([null])
    expect(acceptanceTable.copies(register.reader)).toEqual([])
  })

  it('of a state holds for its subject and rule until its day, also where the state returns meanwhile', () => {
    const outside: World = { people: [user('eve', { email: 'eve@elsewhere.example' })] }
    const { register, connectionId } = applyWorld(outside)
    decide(register, 'person-outside-domains', UNTIL)(register)
    readAgain(register, connectionId, { people: [user('eve', { email: 'eve@acme.example' })] }, 1)
    expect(accepted(register, 'person-outside-domains')).toEqual([])
    readAgain(register, connectionId, outside, 2)
    expect(accepted(register, 'person-outside-domains')).toEqual([UNTIL])
    expect(acceptanceTable.copies(register.reader)).toEqual([])
  })

  it('is the same before and after a policy with other days', () => {
    const { register, connectionId } = applyWorld(unused)
    register.transact((writer) => evaluateAt(writer, connectionId, AT + 26 * DAY))
    decide(register, 'key-unused', UNTIL)(register)
    register.transact((writer) => {
      setPolicyValues(writer, 0, { unusedFlagDays: 40 })
      evaluateAt(writer, connectionId, AT + 27 * DAY)
    })
    expect(accepted(register, 'key-unused')).toEqual([UNTIL])
  })
})

const lastUse = fc.oneof(
  fc.integer({ min: -120, max: 0 }).map((days) => ({ state: 'known' as const, at: AT + days * DAY })),
  fc.constant({ state: 'never' as const }),
)
/** A project that becomes idle on a day, and for another reason at the sync after it. */
const IDLE_TWICE: readonly World[] = (
  [
    [0, 0],
    [-75, 61],
    ['never', 75],
  ] as const
).map(([used, age]) => ({
  keys: [
    {
      name: 'ci',
      lastUse: used === 'never' ? { state: 'never' } : { state: 'known', at: AT + used * DAY },
      createdAt: ago(age),
    },
  ],
  people: [user('eve', { email: 'eve@elsewhere.example' })],
}))
const world: fc.Arbitrary<World> = fc.record({
  keys: fc
    .tuple(lastUse, fc.integer({ min: 0, max: 300 }))
    .map(([used, age]) => [{ name: 'ci', lastUse: used, createdAt: ago(age) }]),
  people: fc.constantFrom('eve@elsewhere.example', 'eve@acme.example').map((email) => [user('eve', { email })]),
})

it('registers with the same readings have the same findings, causes and days, whichever evaluations came between', () => {
  const register = openForRehearsals((writer) => insertConnection(writer, 'first'))
  const readings = fc.array(world, { minLength: 1, maxLength: 4 })
  const days = fc.array(fc.integer({ min: 0, max: 59 }), { maxLength: 4 })
  fc.assert(
    fc.property(readings, days, days, (list, first, second) => {
      const run = (between: readonly number[]): readonly unknown[] =>
        register.rehearse((writer) => {
          const connection = insertConnection(writer, 'acme')
          for (const [index, one] of list.entries()) {
            applyReading(writer, getReading(connection, splitParts(one), AT + index * 15 * DAY))
            const own = between.filter((day) => Math.floor(day / 15) === index).toSorted((a, b) => a - b)
            for (const day of own) evaluateAt(writer, connection, AT + (day + 0.5) * DAY)
          }
          evaluateAt(writer, connection, AT + 90 * DAY)
          return listOpen(writer)
        })
      expect(run(second)).toEqual(run(first))
      expect(run([])).toEqual(run(first))
    }),
    { numRuns: 15, examples: [[[...IDLE_TWICE], [], [29]]] },
  )
})

it('a rule whose condition has the time of the evaluation or an event has a cause', () => {
  const timed = RULES.filter(({ where, join = '' }) => /:now|:today|max\(e\.at\)/u.test(where + join))
  // People who leave on a day are known to one register only; access that ends on a day is a state of its subject.
  expect(timed.filter(({ due }) => due === undefined).map(({ id }) => id)).toEqual([
    'leaver-with-access',
    'federation-admin',
    'service-account-admin',
    'key-beside-federation',
    'archived-project-members',
  ])
  const later = RULES.filter(({ due }) => due !== undefined && /:now|:today/u.test(due.cause + due.at))
  expect(later.map(({ id }) => id)).toEqual([])
})
