import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { usageBy } from '../../../../electron/register/usage/by.ts'
import { usageChanges } from '../../../../electron/register/usage/changes.ts'
import { replaceUsageDays } from '../../../../electron/register/usage/days.ts'
import { usageInside } from '../../../../electron/register/usage/drill.ts'
import { lastUsageDay, usageSeries, usageTotal } from '../../../../electron/register/usage/series.ts'
import { USAGE_BY, USAGE_SHOWN } from '../../../../shared/contract/usage.ts'
import type { UsageFact } from '../../../../shared/domain/usage/fact.ts'
import { dayText, monthNumber, monthText } from '../../../../shared/domain/usage/rollups.ts'
import { newConnection, newRegister } from '../registers.ts'

const MONTH = monthNumber('2026-10') ?? 0
const FROM = Date.UTC(2026, 9, 1) / 86_400_000
const TO = Date.UTC(2026, 9, 31) / 86_400_000

const word = (...words: string[]) => fc.constantFrom(null, ...words)

const fact: fc.Arbitrary<UsageFact> = fc.record({
  day: fc.integer({ min: FROM, max: TO }),
  project: word('p1', 'p2', 'p3'),
  key: word('k1', 'k2', 'k3', 'k4'),
  principal: word('u1', 'u2'),
  model: word('m1', 'm2'),
  item: fc.constant(''),
  requests: fc.nat(50),
  input: fc.nat(5000),
  cached: fc.nat(5000),
  cacheWrite: fc.nat(5000),
  output: fc.nat(5000),
  cost: fc.nat(1_000_000),
  estimate: fc.nat(1_000_000),
})

const OF = {
  cost: (one: UsageFact) => one.cost,
  estimate: (one: UsageFact) => one.estimate,
  tokens: (one: UsageFact) => one.input + one.output,
  requests: (one: UsageFact) => one.requests,
}

function registerWith(facts: readonly UsageFact[]) {
  const register = newRegister()
  const connectionId = newConnection(register)
  register.transact((writer) =>
    replaceUsageDays(writer, { clientId: 1, connectionId }, { report: 'messages', from: FROM, to: TO + 1, facts }),
  )
  return register
}

const facts = fc.array(fact, { minLength: 1, maxLength: 30 })

describe('usage over time', () => {
  it('adds up to the facts in every period, for any number of lines and any grouping', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 1, max: 4 }), fc.constantFrom(...USAGE_SHOWN), (all, lines, shown) => {
        const { reader } = registerWith(all)
        for (const by of USAGE_BY) {
          const days = usageSeries(reader, { source: 'billed', over: 'day', from: FROM, to: TO }, { by, shown, lines })
          expect(days.periods).toHaveLength(31)
          for (const [n, period] of days.periods.entries()) {
            const sum = all
              .filter(({ day }) => dayText(day) === period)
              .reduce((total, one) => total + OF[shown](one), 0)
            const shownSum = days.lines.reduce(
              (total, line) => total + (line.values[n] ?? 0),
              days.other?.values[n] ?? 0,
            )
            expect([by, period, shownSum]).toEqual([by, period, sum])
          }
          for (const line of [...days.lines, ...(days.other === null ? [] : [days.other])]) {
            expect(line.values.reduce((total, value) => total + value, 0)).toBe(line.total)
          }
          const months = usageSeries(
            reader,
            { source: 'billed', over: 'month', from: MONTH - 11, to: MONTH },
            { by, shown, lines },
          )
          expect(months.lines.map(({ rowKey, total }) => [rowKey, total])).toEqual(
            days.lines.map(({ rowKey, total }) => [rowKey, total]),
          )
          expect(months.lines.map(({ values }) => values.at(-1))).toEqual(months.lines.map(({ total }) => total))
        }
      }),
      { numRuns: 12 },
    )
  })

  it('names and orders its lines like the rows of a month, and a span of days is the sum of its facts', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const { reader } = registerWith(all)
        for (const by of USAGE_BY) {
          const rows = new Map(
            usageBy(reader, { source: 'billed', over: 'month', from: MONTH, to: MONTH }, by).map(
              ({ rowKey, name, cost }) => [rowKey, [name, cost]],
            ),
          )
          const series = usageSeries(
            reader,
            { source: 'billed', over: 'day', from: FROM, to: TO },
            { by, shown: 'cost', lines: 1000 },
          )
          expect(new Map(series.lines.map(({ rowKey, name, cost }) => [rowKey, [name, cost]]))).toEqual(rows)
          expect(series.other).toBeNull()
        }
        const half = all.filter(({ day }) => day < FROM + 15)
        expect(usageTotal(reader, { source: 'billed', over: 'day', from: FROM, to: FROM + 14 }).cost).toBe(
          half.reduce((sum, { cost }) => sum + cost, 0),
        )
      }),
      { numRuns: 12 },
    )
  })

  it('splits each bar into parts that add up to it', () => {
    fc.assert(
      fc.property(facts, (all) => {
        const { reader } = registerWith(all)
        for (const by of ['project', 'key', 'principal', 'model', 'environment', 'connection'] as const) {
          const { lines } = usageSeries(
            reader,
            { source: 'billed', over: 'month', from: MONTH, to: MONTH },
            { by, shown: 'cost', lines: 3 },
          )
          for (const { rowKey, cost } of lines) {
            for (const period of [
              { over: 'month', from: MONTH, to: MONTH },
              { over: 'day', from: FROM, to: FROM },
            ] as const) {
              const inside = usageInside(reader, { ...period, source: 'billed' }, by, rowKey)
              for (const part of inside.parts) {
                expect(part.by).not.toBe(by)
                expect(part.rows.reduce((sum, row) => sum + row.cost, 0)).toBe(inside.total.cost)
              }
              const whole = period.over === 'month' ? cost : inside.total.cost
              expect(inside.total.cost).toBe(whole)
            }
          }
        }
      }),
      { numRuns: 12 },
    )
  })

  it('counts months without gaps', () => {
    const { reader } = registerWith([])
    const { periods } = usageSeries(
      reader,
      { source: 'billed', over: 'month', from: MONTH - 11, to: MONTH },
      { by: 'project', shown: 'cost', lines: 8 },
    )
    expect(periods).toEqual(Array.from({ length: 12 }, (_, n) => monthText(MONTH - 11 + n)))
  })
})

describe('lines of usage over time', () => {
  it('are added until the others are at most the given share, and hold all of what is asked for alone', () => {
    fc.assert(
      fc.property(facts, fc.integer({ min: 0, max: 60 }), (all, rest) => {
        const { reader } = registerWith(all)
        const span = { source: 'billed', over: 'day', from: FROM, to: TO } as const
        const whole = usageSeries(reader, span, { by: 'key', shown: 'cost', lines: 100 })
        const sum = whole.lines.reduce((total, line) => total + line.total, 0)
        const some = usageSeries(reader, span, { by: 'key', shown: 'cost', lines: 1, rest })
        expect((some.other?.total ?? 0) * 100).toBeLessThanOrEqual(rest * sum)
        const [, second] = whole.lines
        if (second === undefined) return
        const alone = usageSeries(reader, span, { by: 'key', shown: 'cost', lines: 1, only: [second.rowKey] })
        expect(alone.lines).toEqual([second])
        expect(alone.other).toBeNull()
      }),
      { numRuns: 20 },
    )
  })
})

describe('rows of a month beside other days', () => {
  it('have what each spent then, also rows that spent only then, and shares of all', () => {
    const spent = (day: number, project: string, cost: number): UsageFact => ({
      day,
      project,
      key: null,
      principal: null,
      model: null,
      item: '',
      requests: 1,
      input: 0,
      cached: 0,
      cacheWrite: 0,
      output: 0,
      cost,
      estimate: 0,
    })
    const register = newRegister()
    const connectionId = newConnection(register)
    const before = Date.UTC(2026, 8, 1) / 86_400_000
    register.transact((writer) =>
      replaceUsageDays(
        writer,
        { clientId: 1, connectionId },
        {
          report: 'messages',
          from: before,
          to: TO + 1,
          facts: [
            spent(before, 'ended', 500),
            spent(before, 'web', 100),
            spent(before + 20, 'web', 900),
            spent(FROM, 'web', 300),
            spent(FROM + 1, 'chat', 100),
          ],
        },
      ),
    )
    const span = { source: 'billed', over: 'month', from: MONTH, to: MONTH } as const
    const days = { source: 'billed', over: 'day', from: before, to: before + 9 } as const
    const compared = { ...days, from: FROM, to: FROM } as const
    const rows = usageChanges(register.reader, { shown: span, compared, other: days }, 'project')
    expect(rows.map(({ name, cost, before: was, difference, share }) => [name, cost, was, difference, share])).toEqual([
      ['web', 300, 100, 200, 750],
      ['chat', 100, 0, 0, 250],
      ['ended', 0, 500, -500, 0],
    ])
    const whole = usageChanges(
      register.reader,
      { shown: span, compared: span, other: { ...days, over: 'month', from: MONTH - 1, to: MONTH - 1 } },
      'client',
    )
    expect(whole.map(({ cost, before: was, difference }) => [cost, was, difference])).toEqual([[400, 1500, -1100]])
    expect(lastUsageDay(register.reader, { source: 'billed', from: FROM, to: TO })).toBe(FROM + 1)
    expect(lastUsageDay(register.reader, { source: 'claimed', from: FROM, to: TO })).toBeNull()
  })
})
