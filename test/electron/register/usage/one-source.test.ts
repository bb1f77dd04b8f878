import { Readable } from 'node:stream'

import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { usageBy, usageMonths } from '../../../../electron/register/usage/by.ts'
import { replaceUsageDays } from '../../../../electron/register/usage/days.ts'
import { usageInside } from '../../../../electron/register/usage/drill.ts'
import { usageMatrix } from '../../../../electron/register/usage/matrix.ts'
import { usageSeries, usageTotal } from '../../../../electron/register/usage/series.ts'
import { countRecords } from '../../../../electron/service/usage/import.ts'
import { readRecords } from '../../../../electron/service/usage/read-records.ts'
import { USAGE_BY } from '../../../../shared/contract/usage.ts'
import { USAGE_BOUNDS } from '../../../../shared/domain/usage/bounds.ts'
import { costOfNano } from '../../../../shared/domain/usage/cost.ts'
import { dayText, monthNumber, monthOfDay } from '../../../../shared/domain/usage/rollups.ts'
import { USAGE_SOURCES, type UsageSource } from '../../../../shared/domain/usage/source.ts'
import { newConnection, newRegister } from '../registers.ts'

const FROM = Date.UTC(2026, 8, 20) / 86_400_000
const TO = Date.UTC(2026, 9, 12) / 86_400_000
const MONTHS = [monthNumber('2026-09') ?? 0, monthNumber('2026-10') ?? 0] as const

const place = {
  day: fc.integer({ min: FROM, max: TO }),
  project: fc.constantFrom('', 'p1', 'p2'),
  key: fc.constantFrom('', 'k1', 'k2', 'k3'),
  principal: fc.constantFrom('', 'u1', 'u2'),
  model: fc.constantFrom('', 'm1', 'm2'),
  feature: fc.constantFrom('', 'chat', 'search'),
  input: fc.nat(5000),
}
/** Nano-USD of a record beyond the bounds. */
const MOST_RECORD = BigInt(USAGE_BOUNDS.dollars) * 10n ** 9n

/** From less than a micro-USD to a hundred million dollars: sums exceed what a double of nano-USD holds exactly. */
const nano = fc.oneof(fc.bigInt(0n, 1999n), fc.bigInt(0n, 10n ** 17n))
/** The maximum of one record; a few of them exceed that range too. */
const recorded = fc.record({ ...place, nano: fc.oneof(fc.bigInt(0n, 1999n), fc.bigInt(0n, MOST_RECORD - 1n)) })
const billed = fc.record({ ...place, nano: fc.oneof(nano, fc.bigInt(-(10n ** 9n), 0n)) })

type Place = Readonly<Record<'project' | 'key' | 'principal' | 'model' | 'feature', string>>
type Reported = Place & { readonly day: number; readonly input: number; readonly nano: bigint }

/** The naive sum: nano-USD of raw rows, rounded once to micro-USD, half up. */
function getSum(rows: readonly Reported[]): { readonly cost: number; readonly input: number } {
  const whole = rows.reduce((sum, row) => sum + row.nano, 0n) + 500n
  return {
    cost: Number((whole - (((whole % 1000n) + 1000n) % 1000n)) / 1000n),
    input: rows.reduce((sum, { input }) => sum + input, 0),
  }
}

function added(rows: readonly { readonly cost: number; readonly input: number }[]) {
  return {
    cost: rows.reduce((sum, { cost }) => sum + cost, 0),
    input: rows.reduce((sum, { input }) => sum + input, 0),
  }
}

function dollars(amount: bigint): string {
  return `${amount / 10n ** 9n}.${String(amount % 10n ** 9n).padStart(9, '0')}`
}

async function makeRegister(raw: Readonly<Record<UsageSource, readonly Reported[]>>) {
  const register = newRegister()
  const connectionId = newConnection(register)
  const facts = raw.billed.map(({ nano: amount, day, project, key, principal, model, input }, n) => ({
    day,
    project,
    key,
    principal,
    model,
    input,
    ...costOfNano(amount),
    // Rows with the same dimensions are added up; others stay separate.
    item: String(n % 3),
    requests: 1,
    cached: 0,
    cacheWrite: 0,
    output: 1,
    estimate: 7,
  }))
  const owner = { clientId: 1, connectionId }
  const read = () =>
    register.transact((writer) => replaceUsageDays(writer, owner, { report: 'cost', from: FROM, to: TO + 1, facts }))
  read()
  expect(read()).toBe(0)
  const head = 'date,request_id,project,key,user,model,feature,input_tokens,cost'
  const lines = raw.claimed.map((row, n) =>
    [
      dayText(row.day),
      n,
      row.project,
      row.key,
      row.principal,
      row.model,
      row.feature,
      row.input,
      dollars(row.nano),
    ].join(),
  )
  const text = Readable.from([Buffer.from([head, ...lines].join('\n'))])
  const options = { register, clientId: 1, client: 'acme', file: 'f', operator: 'Mara', now: () => 0 }
  await Array.fromAsync(countRecords(options, readRecords({ text, seed: 1, lastDay: 30_000 })))
  return register.reader
}

it('any question about usage adds up to the raw rows of its one source, however small or large their costs', async () => {
  const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(fc.record({ billed: some(billed), claimed: some(recorded) }), async (raw) => {
      const reader = await makeRegister(raw)
      for (const source of USAGE_SOURCES) {
        const within = (from: number, to: number) => getSum(raw[source].filter(({ day }) => day >= from && day <= to))
        const all = within(FROM, TO)
        for (const by of USAGE_BY) {
          const rows = usageBy(reader, { source, over: 'month', from: MONTHS[0], to: MONTHS[1] }, by)
          expect([source, by, added(rows)]).toEqual([source, by, all])
          for (const month of MONTHS) {
            const ofMonth = getSum(raw[source].filter(({ day }) => monthOfDay(day) === month))
            expect(added(usageBy(reader, { source, over: 'month', from: month, to: month }, by))).toEqual(ofMonth)
          }
          const days = usageSeries(reader, { source, over: 'day', from: FROM, to: TO }, { by, shown: 'cost', lines: 2 })
          expect([source, by, added(days.totals)]).toEqual([source, by, all])
          const parts = [...days.lines, ...(days.other === null ? [] : [days.other])]
          expect(Math.abs(parts.reduce((sum, { cost }) => sum + cost, 0) - all.cost)).toBeLessThanOrEqual(parts.length)
          for (const { values, total } of days.lines) {
            expect(values.reduce((sum, value) => sum + value, 0)).toBe(total)
          }
          for (const { rowKey } of rows) {
            const span = { source, over: 'month', from: MONTHS[0], to: MONTHS[1] } as const
            const inside = usageInside(reader, span, by, rowKey)
            for (const part of inside.parts) expect(added(part.rows)).toEqual(added([inside.total]))
          }
        }
        for (const pair of ['key-model', 'feature-key'] as const) {
          const { cells } = usageMatrix(reader, { source, over: 'month', from: MONTHS[0], to: MONTHS[1] }, pair)
          expect([source, pair, added(cells)]).toEqual([source, pair, all])
        }
        const total = usageTotal(reader, { source, over: 'day', from: FROM + 3, to: FROM + 9 })
        expect(added([total])).toEqual(within(FROM + 3, FROM + 9))
        const months = new Set(raw[source].map(({ day }) => monthOfDay(day)))
        expect(new Set(usageMonths(reader, {}, source))).toEqual(months)
      }
    }),
    { numRuns: 12 },
  )
})

it('a thousand records of ten embedding tokens cost what they cost together', async () => {
  const row = { day: FROM, project: 'p1', key: '', principal: '', model: 'm1', feature: '', input: 10, nano: 400n }
  const reader = await makeRegister({ billed: [], claimed: Array.from({ length: 1000 }, () => row) })
  const span = { source: 'claimed', over: 'month', from: MONTHS[0], to: MONTHS[1] } as const
  expect(usageBy(reader, span, 'model')).toMatchObject([{ name: 'm1', cost: 400, input: 10_000 }])
})
