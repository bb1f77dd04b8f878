import { hash } from 'node:crypto'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { newCsvMaker, type RecordVisitor } from '../../../../electron/service/evidence/csv-maker.ts'
import { csvLines, newRecordPrinter } from '../../../../electron/service/evidence/table-files.ts'
import { plainJson } from '../../../../shared/domain/text/visible-text.ts'
import type { EvidenceRecord } from '../../../../shared/report/evidence-records.ts'
import { hostileText } from '../../../shared/report/hostile-text.ts'

const FIELDS = { item: 'Item', name: 'Name', flagged: 'Flagged', hint: 'Hint', why: 'Why' }
const KEYS = Object.keys(FIELDS)

const number = fc.oneof(fc.nat(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
const text = fc.oneof(fc.constantFrom('', 'a "b" \\', '=1', ' x', '\\', '",', '}', 'member (member)'), hostileText)
const value = fc.oneof(fc.constant(null), fc.boolean(), number, text)
const record = fc.record({ item: number, name: text, flagged: value, hint: value, why: value })

/** More records than it takes to know which fields repeat: most repeat one, as those of a review do. */
const records = fc
  .tuple(fc.array(record, { maxLength: 4 }), fc.nat(90), fc.array(record, { maxLength: 4 }))
  .map(([first, repeated, last]): readonly EvidenceRecord[] => [
    ...first,
    ...Array.from({ length: first.length === 0 ? 0 : repeated }, (_, item) => ({ ...first[0], item })),
    ...last,
  ])

/** The JSON file of a table, as packs have it. */
function printJson(all: readonly EvidenceRecord[]): Buffer {
  return Buffer.from(`[\n${all.map((one) => plainJson(JSON.stringify(one))).join(',\n')}\n]\n`)
}

/** The hash of the CSV file by its whole records; null where a line is not a record, or has other fields. */
function hashCsv(json: Buffer): string | null {
  const parsed: EvidenceRecord[] = []
  for (const line of json.toString('utf8').split('\n')) {
    const one = line.trimEnd()
    if (['', '[', ']', '[]'].includes(one)) continue
    try {
      parsed.push(JSON.parse(one.replace(/,$/u, '')) as EvidenceRecord)
    } catch {
      return null
    }
  }
  const [first] = parsed
  if (typeof first !== 'object' || Object.keys(first ?? {}).join() !== KEYS.join()) return null
  const rows = parsed.map((one) => KEYS.map((key) => one[key] ?? null))
  return hash('sha256', `${csvLines([Object.values(FIELDS), ...rows]).join('\n')}\n`, 'hex')
}

function make(json: Buffer, size: number, visit?: RecordVisitor): string | null {
  const maker = newCsvMaker({ fields: FIELDS }, visit)
  for (let at = 0; at < json.length; at += size) maker.add(json.subarray(at, at + size))
  return maker.end()
}

describe('a record of a table', () => {
  it('is printed as the library prints all of it, whatever the record before had', () => {
    fc.assert(
      fc.property(records, (all) => {
        const print = newRecordPrinter(KEYS)
        for (const one of all) {
          const json = plainJson(JSON.stringify(Object.fromEntries(KEYS.map((key) => [key, one[key] ?? null]))))
          expect(print(one)).toEqual({ csv: csvLines([KEYS.map((key) => one[key])]).join('\n'), json })
        }
      }),
    )
  })
})

/** The records of a JSON file in the form that Castellan writes, and the numbers of their lines. */
function parseRecords(json: Buffer): readonly (readonly [EvidenceRecord, number])[] {
  return json
    .toString('utf8')
    .split('\n')
    .flatMap((line, index) =>
      line.startsWith('{') ? [[JSON.parse(line.replace(/,$/u, '')) as EvidenceRecord, index + 1] as const] : [],
    )
}

describe('the CSV file that is made from the pieces of a JSON file', () => {
  it('is the one of whole records, whatever the records contain and wherever the pieces are cut', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 2000 }), (all, size) => {
        const json = printJson(all)
        expect(make(json, size)).toBe(all.length === 0 ? null : hashCsv(json))
      }),
    )
  })

  it('shows each record, and the number of its line, on the way', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 1, max: 2000 }), (all, size) => {
        const json = printJson(all)
        const seen: (readonly [EvidenceRecord, number])[] = []
        make(json, size, (one, row) => void seen.push([{ ...one }, row]))
        expect(seen).toEqual(parseRecords(json))
      }),
    )
  })

  it.each([' ', '\n', '\t'])('is left to the comparison of rows where %j is before a value', (space) => {
    const json = printJson([Object.fromEntries(KEYS.map((key) => [key, 5e-324]))]).toString('utf8')
    expect(make(Buffer.from(json), 997)).toBe(hashCsv(Buffer.from(json)))
    expect(make(Buffer.from(json.replace(':5e-324', `:${space}5e-324`)), 997)).toBeNull()
  })

  it('is left to the comparison of rows where a changed byte leaves no record, and has the change otherwise', () => {
    const byte = fc.oneof(fc.constantFrom(...Buffer.from('{}[],:"\\ \n\r0-n')), fc.nat(255))
    fc.assert(
      fc.property(records, fc.array(fc.tuple(fc.nat(), byte), { minLength: 1, maxLength: 3 }), (all, changes) => {
        const json = printJson(all)
        for (const [at, is] of changes) json[at % json.length] = is
        const made = make(json, 997)
        expect(made ?? hashCsv(json)).toBe(hashCsv(json))
      }),
      { numRuns: 300 },
    )
  })
})
