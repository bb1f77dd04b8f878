import { Readable } from 'node:stream'

import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import type { Register } from '../../../../electron/register/register.ts'
import { undoImport } from '../../../../electron/register/usage/imports.ts'
import { countRecords } from '../../../../electron/service/usage/import.ts'
import { readRecords } from '../../../../electron/service/usage/read-records.ts'
import type { BatchSizes } from '../../../../electron/service/usage/batch-filler.ts'
import { USAGE_ROLLUPS, type UsageRollup } from '../../../../shared/domain/usage/rollups.ts'
import { newRegister } from '../../register/registers.ts'
import { insertClient } from '../../../fixtures/decided-rows.ts'

const HEAD = 'timestamp,request_id,project_id,api_key_id,user_id,feature,model,input_tokens,output_tokens,cost_estimate'

const word = fc.constantFrom('', 'a', 'b', 'c')
const record = fc.record({
  day: fc.integer({ min: 1, max: 3 }),
  month: fc.integer({ min: 1, max: 2 }),
  id: fc.integer({ min: 1, max: 60 }),
  project: word,
  key: word,
  principal: word,
  feature: word,
  model: word,
  input: fc.nat(9),
  output: fc.nat(9),
  nano: fc.nat(5000),
})
type Usage = typeof record extends fc.Arbitrary<infer R> ? R : never

const toLine = (r: Usage): string =>
  `2026-0${r.month}-0${r.day},req-${r.id},${r.project},${r.key},${r.principal},${r.feature},${r.model},${r.input},${r.output},${(r.nano / 1e9).toFixed(9)}`

/** The cells of a register, with the words of their dimensions. */
function listCells(register: Register): readonly string[] {
  const name = (place: string): string => `ifnull((SELECT word FROM usage_name WHERE id = c.${place}), '-')`
  return register.reader
    .column<string>(
      `SELECT concat_ws(' ', face, period, '[' || ${name('a')}, ${name('b')}, ${name('c')} || ']', requests, input, output, cost, cost_nano)
       FROM usage_cell c`,
    )
    .toSorted()
}

/** The same from the records alone: of each request the first record counts. */
function computeCells(records: readonly Usage[]): readonly string[] {
  const first = [...new Map(records.toReversed().map((each) => [each.id, each])).values()]
  return USAGE_ROLLUPS.flatMap(({ code, period, by }: UsageRollup) => {
    const places = Map.groupBy(first, (r) => {
      const day = Date.UTC(2026, r.month - 1, r.day) / 86_400_000
      const words = Array.from({ length: 3 }, (_, n) => (by[n] === undefined ? '-' : r[by[n]]))
      return `${code} ${period === 'day' ? day : 56 * 12 + r.month - 1} [${words.join(' ')}]`
    })
    return [...places].map(([place, own]) => {
      const sum = (measure: 'input' | 'output' | 'nano'): number => own.reduce((all, r) => all + r[measure], 0)
      const nano = sum('nano')
      return `${place} ${own.length} ${sum('input')} ${sum('output')} ${Math.floor(nano / 1000)} ${nano % 1000}`
    })
  }).toSorted()
}

const sizes: fc.Arbitrary<BatchSizes> = fc.record({
  batch: fc.integer({ min: 1, max: 12 }),
  numbers: fc.integer({ min: 1, max: 300 }),
})

it('an import has the same cells in parts of any size as its records, and none after it is undone', async () => {
  const register = newRegister()
  const at = 1_793_000_000_000
  const client = { slug: 'acme', name: 'Acme', kind: 'client', colour: '#117733', domains: [], notes: '', at } as const
  register.transact((writer) => insertClient(writer, client))
  const options = { register, clientId: 1, client: 'acme', file: 'usage.csv', operator: 'Mara', now: () => at }
  await fc.assert(
    fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 120 }), sizes, async (records, each) => {
      const text = Readable.from([Buffer.from([HEAD, ...records.map(toLine)].join('\n'))])
      await Array.fromAsync(countRecords(options, readRecords({ text, seed: 1, lastDay: 30_000, sizes: each })))
      expect(listCells(register)).toEqual(computeCells(records))
      const last = register.reader.value<number>('SELECT max(id) FROM usage_import') ?? 0
      expect(register.reader.value('SELECT counted FROM usage_import WHERE id = ?', [last])).toBe(
        new Set(records.map(({ id }) => id)).size,
      )
      register.transact((writer) => undoImport(writer, last, { at, by: 'Mara' }))
      expect(listCells(register)).toEqual([])
    }),
    { numRuns: 25 },
  )
})
