import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { drillRuns } from '../../../drills/drill.ts'
import { newBriefRegister, newConnection, type Part, getReading } from '../registers.ts'
import { someReading } from './draw-readings.ts'
import { listAccess, dueOfKey, isUnowned, type Model, newModel, take } from './model.ts'
import { wrongTallies } from '../facts/wrong-tallies.ts'
import { accessRows, keyRows, overlaps, peopleRows, searchable, currentRows, writtenBy } from './register-state.ts'

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

const apply = (register: Register, connectionId: number, parts: readonly Part[]): number =>
  register.transact((writer) => applyReading(writer, getReading(connectionId, parts)).syncId)

function assertSame(register: Register, connectionId: number, model: Model): void {
  expect(currentRows(register, connectionId)).toEqual(
    Object.fromEntries(Object.entries(model.standing).map(([kind, held]) => [kind, [...held.keys()].toSorted(byText)])),
  )
  expect(accessRows(register, connectionId)).toEqual(listAccess(model).toSorted(byText))
  const rotated = new Map(
    register.reader
      .all<{ key_id: string; on: string }>(
        'SELECT k.external_id AS key_id, max(r.rotated_on) AS "on" FROM rotation r JOIN key k ON k.id = r.key_id WHERE k.connection_id = ? GROUP BY k.id',
        [connectionId],
      )
      .map((row) => [row.key_id, row.on]),
  )
  expect(keyRows(register, connectionId)).toEqual(
    [...model.standing.key.values()]
      .map((held) => {
        const due = dueOfKey(held, rotated.get(held.fact.externalId) ?? null)
        const use = model.lastUse.get(held.fact.externalId) ?? { state: 'not-reported' }
        return {
          key: held.fact.externalId,
          standing: 1,
          unowned: isUnowned(model, held) ? 1 : 0,
          created_at: held.fact.createdAt,
          due_on: due.on,
          due_basis: due.basis,
          environment: due.environment,
          last_use_state: use.state === 'before' ? 'known' : use.state,
          last_used_at: use.state === 'known' || use.state === 'before' ? use.at : null,
          last_use_inexact: use.state === 'before' ? 1 : 0,
          name: held.fact.name,
        }
      })
      .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  )
}

/** States that no register may have, whatever was read. */
function findFaults(register: Register): unknown[] {
  const persons = Map.groupBy(peopleRows(register), (row) => row.address ?? row.principal)
  // One person for each address, and no person without an account.
  const split = [...persons].filter(([, rows]) => new Set(rows.map((row) => row.person)).size > 1)
  const nobody = [...persons.values()].flat().filter((row) => row.person === null)
  const notPeople = register.reader.column(
    "SELECT id FROM principal WHERE kind NOT IN ('user', 'invite') AND person_id IS NOT NULL",
  )
  return [
    ...split,
    ...nobody,
    ...notPeople,
    ...overlaps(register),
    ...searchable(register),
    ...wrongTallies(register),
    ...register.check(),
  ]
}

describe('a register after any readings', () => {
  it('holds the same facts as a simple model, and derives the same from them', () => {
    fc.assert(
      fc.property(fc.array(someReading, { minLength: 1, maxLength: 6 }), (readings) => {
        const register = newBriefRegister(() => 0)
        try {
          const connectionId = newConnection(register)
          const model = newModel()
          for (const parts of readings) {
            const sync = apply(register, connectionId, parts)
            take(model, parts, sync)
            assertSame(register, connectionId, model)
            expect(findFaults(register)).toEqual([])
          }
        } finally {
          register.close()
        }
      }),
      drillRuns('read-models'),
    )
  })

  it('is unchanged after the same reading again', () => {
    fc.assert(
      fc.property(fc.array(someReading, { minLength: 1, maxLength: 4 }), (readings) => {
        const register = newBriefRegister(() => 0)
        try {
          const connectionId = newConnection(register)
          for (const parts of readings) apply(register, connectionId, parts)
          const state = (): unknown => [
            currentRows(register, connectionId),
            accessRows(register, connectionId),
            keyRows(register, connectionId),
            peopleRows(register),
          ]
          const before = state()
          const again = apply(register, connectionId, readings.at(-1) ?? [])
          expect(writtenBy(register, again)).toBe(0)
          expect(state()).toEqual(before)
        } finally {
          register.close()
        }
      }),
      drillRuns('read-models'),
    )
  })

  it('closes nothing that an incomplete list reported last', () => {
    fc.assert(
      fc.property(
        someReading,
        someReading,
        fc.constantFrom('denied', 'failed', 'cancelled', 'unavailable'),
        (first, second, state) => {
          const register = newBriefRegister(() => 0)
          try {
            const connectionId = newConnection(register)
            apply(register, connectionId, first)
            const before = currentRows(register, connectionId)
            // Whatever else is reported: if no list is complete, everything stays current.
            apply(register, connectionId, [
              { source: 'organization', facts: [] },
              ...second.map((part) => ({ ...part, state: state as 'denied' })),
            ])
            const after = currentRows(register, connectionId)
            for (const [kind, ids] of Object.entries(before)) {
              expect(after[kind]).toEqual(expect.arrayContaining(ids))
            }
          } finally {
            register.close()
          }
        },
      ),
      drillRuns('read-models'),
    )
  })

  it('keeps connections separate, and links their people by address', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), someReading), { minLength: 2, maxLength: 6 }), (readings) => {
        const register = newBriefRegister(() => 0)
        try {
          const connections = [newConnection(register, 'acme'), newConnection(register, 'borealis')] as const
          const models = [newModel(), newModel()] as const
          for (const [isOther, parts] of readings) {
            const at = isOther ? 1 : 0
            const sync = apply(register, connections[at], parts)
            take(models[at], parts, sync)
            for (const n of [0, 1] as const) assertSame(register, connections[n], models[n])
            expect(findFaults(register)).toEqual([])
          }
        } finally {
          register.close()
        }
      }),
      drillRuns('read-models'),
    )
  })
})
