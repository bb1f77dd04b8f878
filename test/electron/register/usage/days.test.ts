import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { Reader } from '../../../../electron/register/db/handles.ts'
import { replaceUsageDays } from '../../../../electron/register/usage/days.ts'
import type { UsageFact } from '../../../../shared/domain/usage/fact.ts'
import { USAGE_ROLLUPS } from '../../../../shared/domain/usage/rollups.ts'
import { drillRuns, DRILL_LIMIT_MS } from '../../../drills/drill.ts'
import { newConnection, newRegister } from '../registers.ts'

const word = (...words: string[]) => fc.constantFrom(null, ...words)

const fact: fc.Arbitrary<UsageFact> = fc.record({
  day: fc.integer({ min: 20_760, max: 20_770 }),
  project: word('p1', 'p2'),
  key: word('k1', 'k2'),
  principal: word('u1'),
  model: word('m1', 'm2'),
  item: fc.constantFrom('', 'tokens'),
  requests: fc.nat(50),
  input: fc.nat(5000),
  cached: fc.nat(5000),
  cacheWrite: fc.nat(5000),
  output: fc.nat(5000),
  cost: fc.nat(1_000_000),
  estimate: fc.nat(1_000_000),
})

const reading = fc.record({
  report: fc.constantFrom('cost' as const, 'messages' as const),
  from: fc.integer({ min: 20_760, max: 20_768 }),
  length: fc.integer({ min: 1, max: 4 }),
  facts: fc.array(fact, { maxLength: 8 }),
})

const SUMS =
  'ifnull(sum(requests), 0) AS requests, ifnull(sum(input), 0) AS input, ifnull(sum(cached), 0) AS cached, ifnull(sum(cache_write), 0) AS cacheWrite, ifnull(sum(output), 0) AS output, ifnull(sum(cost), 0) AS cost, ifnull(sum(estimate), 0) AS estimate'

function readCells(reader: Reader, face: number): unknown {
  return reader.get(`SELECT ${SUMS} FROM usage_cell WHERE face = ?`, [face])
}

describe('days that a provider reports', () => {
  it(
    'replace earlier reports; every roll-up adds up to the facts, and no empty cell remains',
    () => {
      fc.assert(
        fc.property(fc.array(reading, { maxLength: 6 }), (readings) => {
          const register = newRegister()
          const owner = { clientId: 1, connectionId: newConnection(register) }
          const held = new Map<string, UsageFact[]>()
          for (const { report, from, length, facts } of readings) {
            const to = from + length
            register.transact((writer) => replaceUsageDays(writer, owner, { report, from, to, facts }))
            for (let day = from; day < to; day += 1) {
              held.set(
                `${report} ${day}`,
                facts.filter((one) => one.day === day),
              )
            }
            const again = register.transact((writer) => replaceUsageDays(writer, owner, { report, from, to, facts }))
            expect(again).toBe(0)
          }
          const all = [...held.values()].flat()
          const sum = (measure: keyof UsageFact): number => all.reduce((total, one) => total + Number(one[measure]), 0)
          const expected = {
            requests: sum('requests'),
            input: sum('input'),
            cached: sum('cached'),
            cacheWrite: sum('cacheWrite'),
            output: sum('output'),
            cost: sum('cost'),
            estimate: sum('estimate'),
          }
          const { reader } = register
          for (const { code } of USAGE_ROLLUPS) expect([code, readCells(reader, code)]).toEqual([code, expected])
          expect(reader.get(`SELECT ${SUMS} FROM usage_fact`)).toEqual(expected)
          const nothing =
            'requests = 0 AND input = 0 AND cached = 0 AND cache_write = 0 AND output = 0 AND cost = 0 AND estimate = 0'
          expect(reader.value(`SELECT count(*) FROM usage_cell WHERE ${nothing}`)).toBe(0)
        }),
        drillRuns('usage-days'),
      )
    },
    DRILL_LIMIT_MS,
  )
})
