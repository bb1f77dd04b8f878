import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { toDecimal } from '../../../../shared/domain/text/decimal.ts'
import { csvText } from '../../../../electron/service/files-out/csv-text.ts'
import { printCsv } from '../../../../electron/service/files-out/csv.ts'
import {
  grantRecords,
  keyRecords,
  RECORD_FIELDS,
  type RecordField,
} from '../../../../shared/report/register-records.ts'
import type { OrganizationReading } from '../../../../shared/report/register-reading.ts'
import { said } from '../../../../shared/domain/text/said.ts'
import { plainText } from '../../../../shared/domain/text/visible-text.ts'
import { RAW, readBack } from '../../../hostile-register.ts'
import { hostileText } from '../../../shared/report/hostile-text.ts'
import {
  accessReading,
  acmeCorp,
  keyReading,
  organizationReading,
  principalReading,
  projectReading,
} from '../../../shared/report/readings.ts'
import { makeEdition } from './editions.ts'

function toCsv(...readings: readonly OrganizationReading[]): string {
  return [...printCsv(makeEdition(readings))].join('')
}

/** A cell by the rules alone, without the library. */
function writtenCell(value: string | number | null): string {
  if (typeof value !== 'string') return value === null ? '' : `${value}`
  const text = plainText(value).replaceAll(/\r\n?/gu, '\n')
  const isFormula = /^[\s\p{C}\p{Z}]*[=+\-@＝＋－＠]|^[\t\n\v\f]/u.test(text)
  return `"${isFormula ? "'" : ''}${text.replaceAll('"', '""')}"`
}

function read(csv: string): Record<string, string>[] {
  return parse<Record<string, string>>(csv, { columns: true })
}

describe('the CSV register', () => {
  test('has one record for each grant and each key', () => {
    const records = read(toCsv(acmeCorp()))
    expect(Object.keys(records[0] ?? {})).toEqual(Object.values(RECORD_FIELDS))
    expect(records.map((r) => [r['Record'], r['Name'], r['Role'], r['Project'], r['Rotation due']])).toEqual([
      ['grant', 'Alice Dev', 'member', 'Analytics', ''],
      ['grant', 'Alice Dev', 'member', 'ChatBot', ''],
      ['grant', 'Bob Analyst', 'Reader', '', ''],
      ['grant', 'ci-testing', '', '', ''],
      ['grant', 'Jane Smith', 'Owner', '', ''],
      ['grant', 'John Doe', 'Admin', '', ''],
      ['grant', 'prod-backend', '', '', ''],
      ['key', 'ci-testing', '', '', '2025-02-15'],
      ['key', 'prod-backend', '', '', '2025-02-15'],
    ])
  })

  test('names the holder of each key, and who made a key of a workspace, who is not its owner', () => {
    const ann = { ownerState: 'known', ownerKind: 'user', ownerName: 'Ann', ownerEmail: 'ann@acme.example' } as const
    const of = (provider: string): unknown[] => {
      const [key] = read(toCsv(organizationReading({ provider, keys: [keyReading('k', ann)] })))
      return ['Holder', 'Owner', 'Owner e-mail', 'Made by', 'Made by e-mail'].map((heading) => key?.[heading])
    }
    expect(of('anthropic')).toEqual(['workspace', '', '', 'Ann', 'ann@acme.example'])
    expect(of('openrouter')).toEqual(['workspace', '', '', 'Ann', 'ann@acme.example'])
    expect(of('openai')).toEqual(['person', 'Ann', 'ann@acme.example', '', ''])
  })

  test('lets no cell begin a formula or hide anything, and loses no text', () => {
    fc.assert(
      fc.property(hostileText, hostileText, hostileText, (name, projectName, keyName) => {
        const csv = toCsv(
          organizationReading({
            client: { slug: 'acme', name },
            principals: [principalReading(name, { email: name, access: [accessReading(projectReading(projectName))] })],
            keys: [keyReading(keyName, { purpose: name, contact: projectName, team: keyName })],
          }),
        )
        expect(csv).not.toMatch(RAW)
        const rows = parse(csv)
        expect(rows).toHaveLength(3)
        for (const cell of rows.flat()) {
          expect(cell).not.toMatch(/^[\s\p{C}\p{Z}]*[=+\-@＝＋－＠]/u)
          expect(cell).not.toMatch(/^[\t\r\n]/u)
        }
        const [, person, key] = rows
        const isText = (cell: string | undefined, text: string): void => {
          const kept = readBack(said(text).replaceAll(/\r\n?/gu, '\n'))
          expect(readBack((cell ?? '').replace(/^'/u, ''))).toBe(kept.replace(/^'/u, ''))
        }
        isText(person?.[7], name)
        isText(person?.[13], projectName)
        isText(key?.[7], keyName)
      }),
      { numRuns: 500 },
    )
  })

  test.each(['=1', '+1', '-1', '@SUM', '\tx', '＝1', '＋1', '－1', '＠x', ' =1', '\n=1', '\u00A0-1'])(
    'guards %j with an apostrophe',
    (name) => {
      const [record] = read(toCsv(organizationReading({ principals: [principalReading(name)] })))
      expect(record?.['Name']).toBe(`'${name}`)
    },
  )

  test('shows what would hide a formula, and writes every line end as a line feed', () => {
    expect(csvText([['\u200B=1', '\u202Egnp.exe', '\rx', 'a\r\nb']])).toBe(
      `"<U+200B>=1","<U+202E>gnp.exe","'\nx","a\nb"\n`,
    )
  })

  test('quotes and guards every text, and no other value, whatever it contains', () => {
    const value = fc.oneof(hostileText, fc.string(), fc.integer(), fc.double({ noNaN: true }), fc.constant(null))
    fc.assert(
      fc.property(fc.array(fc.array(value, { minLength: 1, maxLength: 5 }), { maxLength: 4 }), (records) => {
        expect(csvText(records)).toBe(records.map((record) => `${record.map(writtenCell).join(',')}\n`).join(''))
      }),
      { numRuns: 500 },
    )
  })

  test('has the fields of each record in the order of the headings', () => {
    const readings = [acmeCorp(), organizationReading({ keys: [keyReading('a"b', { team: 'x, y' }), keyReading('b')] })]
    const records = readings.flatMap((reading) => [...grantRecords(reading), ...keyRecords(reading)])
    const fields = Object.keys(RECORD_FIELDS) as RecordField[]
    const rows = records.map((record) => fields.map((field) => record[field]))
    expect(toCsv(...readings)).toBe(csvText([Object.values(RECORD_FIELDS), ...rows]))
  })

  test('leaves numbers as they are', () => {
    expect(csvText([[-1, null, 1e-7, -0.000012]])).toBe('-1,,1e-7,-0.000012\n')
    expect(csvText([[toDecimal(-12_345_678_901n, 9, 2), toDecimal(-5_000_000, 6, 2), toDecimal(0, 6, 2)]])).toBe(
      '-12.345678901,-5.00,0.00\n',
    )
  })
})
