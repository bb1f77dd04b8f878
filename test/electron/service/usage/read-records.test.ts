import { Readable } from 'node:stream'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { newCsvRecords } from '../../../../electron/service/usage/csv-records.ts'
import { readRecords } from '../../../../electron/service/usage/read-records.ts'
import type { RecordBatch } from '../../../../electron/service/usage/batch-filler.ts'
import { newRecordReader, recordColumns, type RecordReader } from '../../../../electron/service/usage/record-reader.ts'
import { KEPT_MEASURES } from '../../../../shared/domain/usage/rollups.ts'
import { drillRuns } from '../../../drills/drill.ts'
import { makeRandom } from '../../../providers/random.ts'
import { findPart, MADE_SHAPES, makeSecret } from '../../../secrets/made-secrets.ts'

const [SEED, LAST_DAY] = [7, 20_800]

const HEADINGS = ['timestamp', 'request_id', 'project', 'key', 'user', 'model', 'feature', 'input_tokens', 'note']
const MORE = ['cached_tokens', 'output_tokens', 'requests', 'cost']

/** What is known of a file: of each record its values and the cells it falls into, and what was refused. */
function said(batches: readonly RecordBatch[]): unknown {
  return batches.map(({ requests, cells, measures, newCells, count, ...rest }) => ({
    ...rest,
    count,
    newCells: Array.from(newCells),
    requests: Array.from(requests.subarray(0, count * 3)),
    cells: cells.map((column) => Array.from(column.subarray(0, count))),
    measures: measures.map((column) => Array.from({ length: count }, (_, n) => column?.[n] ?? 0)),
  }))
}

function readAsText(bytes: Uint8Array): RecordBatch[] {
  const batches: RecordBatch[] = []
  let reader: RecordReader | null = null
  const csv = newCsvRecords(',', (cells, line) => {
    if (reader !== null) reader.record(cells, line)
    else {
      const columns = recordColumns(cells) ?? {}
      reader = newRecordReader({ columns, seed: SEED, lastDay: LAST_DAY, give: (batch) => void batches.push(batch) })
    }
  })
  csv.push(new TextDecoder('utf-8').decode(bytes))
  csv.end()
  ;(reader as RecordReader | null)?.flush()
  return batches
}

/** Mostly one of the first, so that most lines contain nothing but these. */
const mostly = (common: readonly string[], rare: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 30, arbitrary: fc.constantFrom(...common) }, { weight: 1, arbitrary: fc.constantFrom(...rare) })

const moment = mostly(
  ['2026-10-01T10:00:00Z', '2026-10-01 11:00:00.123', ' 2026-11-03 ', '2026-10-02 01:00:00+05:00', '1763769600'],
  ['2030-01-01', 'today', ''],
)
const word = mostly(
  ['', 'a', 'b', ' a', 'a\t', 'x'.repeat(70)],
  ['é', 'müller@example.com', '"a"', '"a,\nb"', 'a"b', '\u{FEFF}a', '\u{A0}a'],
)
const count = mostly(['', '0', '12', ' 12 ', '0012', '1e3'], ['-1', '9007199254740993', '"5"', 'x'])
const cost = mostly(['', '0.012345', ' 1', '1.2e-05', '.5', '0.00000049', '123456789012.5'], ['-1', '"0.5"', 'x'])
const id = mostly(['', ' 1', '1', '2', '3'], ['réq', '"4"'])

const row = fc
  .tuple(moment, id, fc.array(word, { minLength: 5, maxLength: 5 }), count, word, count, count, count, cost, fc.nat(30))
  .map(([at, request, words, input, note, cached, output, requests, dollars, length]) =>
    [at, request, ...words, input, note, cached, output, requests, dollars, ...(length === 0 ? ['x', 'y'] : [])].slice(
      0,
      length === 1 ? 9 : length === 2 ? 3 : 15,
    ),
  )

it('a file has the same records read as bytes and read as text, whatever its lines contain', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n', '\n\n'),
      fc.boolean(),
      fc.boolean(),
      fc.array(fc.nat(), { maxLength: 4 }),
      async (rows, end, hasMark, endsLine, cuts) => {
        const heading = `${hasMark ? '\u{FEFF}' : ''}${[...HEADINGS, ...MORE].join(',')}${end}`
        const bytes = Buffer.from(`${heading}${rows.map((cells) => cells.join(',')).join(end)}${endsLine ? end : ''}`)
        const first = Buffer.byteLength(heading)
        // The first piece contains the heading, which shows the reader what separates the cells.
        const inner = cuts.map((cut) => first + (cut % (bytes.length - first + 1))).toSorted((a, b) => a - b)
        const places = [0, ...inner, bytes.length]
        const text = Readable.from(places.slice(1).map((to, n) => bytes.subarray(places[n], to)))
        const batches = await Array.fromAsync(readRecords({ text, seed: SEED, lastDay: LAST_DAY }))
        expect(said(batches)).toEqual(said(readAsText(bytes)))
      },
    ),
    drillRuns('read-records'),
  )
})

it('each record is given once with its own values, also where the room for them has to grow', async () => {
  const amounts = Array.from({ length: 6000 }, (_, n) => n + 1)
  const lines = amounts.map((amount) => `2026-10-01,r${amount},${amount}`)
  const text = Readable.from([Buffer.from(['timestamp,request_id,input_tokens', ...lines].join('\n'))])
  const batches = await Array.fromAsync(readRecords({ text, seed: SEED, lastDay: LAST_DAY }))
  const inputs = batches.flatMap(({ measures, count: records }) =>
    Array.from({ length: records }, (_, n) => measures[KEPT_MEASURES.indexOf('input')]?.[n] ?? 0),
  )
  expect(inputs).toEqual(amounts)
  const numbers = batches.flatMap(({ requests, count: records }) =>
    Array.from({ length: records }, (_, n) => requests.subarray(n * 3, n * 3 + 3).join(' ')),
  )
  expect(new Set(numbers).size).toBe(amounts.length)
})

it('a record with a secret in a word is refused by its line, as text and as bytes, and the secret is nowhere', async () => {
  const secret = makeSecret(MADE_SHAPES[0] ?? { name: '', parts: [] }, makeRandom(4))
  const lines = [
    'timestamp,feature,input_tokens',
    '2026-10-01,chat,1',
    `2026-10-01,${secret.text},2`,
    `2026-10-01,"Ké ${secret.text}",3`,
  ]
  const bytes = Buffer.from(`${lines.join('\n')}\n`)
  const asBytes = await Array.fromAsync(readRecords({ text: Readable.from([bytes]), seed: SEED, lastDay: LAST_DAY }))
  for (const batches of [asBytes, readAsText(bytes)]) {
    const problems = batches.flatMap((batch) => batch.problems)
    expect(problems).toEqual([
      { line: 3, says: expect.stringContaining('The feature contains what looks like a secret') as string },
      { line: 4, says: expect.stringContaining('The feature contains what looks like a secret') as string },
    ])
    expect(batches.reduce((sum, { count }) => sum + count, 0)).toBe(1)
    expect(findPart(secret, JSON.stringify(batches))).toBe(null)
  }
})
