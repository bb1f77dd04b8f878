import { hash } from 'node:crypto'

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { printWorkbook } from '../../../../electron/service/files-out/workbook.ts'
import { printXlsx } from '../../../../electron/service/files-out/xlsx.ts'
import type { OrganizationReading } from '../../../../shared/report/register-reading.ts'
import { said } from '../../../../shared/domain/text/said.ts'
import { RAW, readBack } from '../../../hostile-register.ts'
import { hostileText } from '../../../shared/report/hostile-text.ts'
import { acmeCorp, keyReading, organizationReading, principalReading } from '../../../shared/report/readings.ts'
import { unzip } from './unzip.ts'
import { toSheets } from './workbook.ts'

function printed(readings: readonly OrganizationReading[], maxRows?: number): AsyncGenerator<Uint8Array> {
  const all = () => readings
  return printXlsx({ principals: all, keys: all, sources: all, count: () => undefined }, maxRows)
}

async function toBytes(...readings: readonly OrganizationReading[]): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(printed(readings)))
}

/** The texts of all cells. */
function toStrings(workbook: Buffer): readonly (string | number | null)[] {
  return [...toSheets(workbook).values()].flat(2).filter((cell) => typeof cell === 'string')
}

describe('the XLSX register', () => {
  test('has the sheets People, Keys and Population, with days as dates', async () => {
    const bytes = await toBytes(acmeCorp())
    const files = unzip(bytes)
    expect([...toSheets(bytes).keys()]).toEqual(['People', 'Keys', 'Population'])
    expect(toStrings(bytes)).toEqual(
      expect.arrayContaining(['Jane Smith', 'Last review', 'GitHub Actions', 'sk-proj-yyy']),
    )
    // 2025-02-15 is day 45703 since 1900 in Excel's count.
    expect(files.get('xl/worksheets/sheet2.xml')).toContain('<v>45703</v>')
  })

  test('has no formula in it, and every text unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (name, keyName) => {
        const bytes = await toBytes(
          organizationReading({ principals: [principalReading(name)], keys: [keyReading(keyName)] }),
        )
        const files = unzip(bytes)
        for (const [path, xml] of files) {
          if (!path.startsWith('xl/worksheets/')) continue
          expect(xml).not.toMatch(/<f[ >]/u)
          // oxlint-disable-next-line no-control-regex -- XML 1.0 forbids them
          expect(xml).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\uFFFE\uFFFF]/u)
        }
        const asExcelHasIt = (text: string): string => readBack(said(text).replaceAll(/\r\n?/gu, '\n'))

        expect([...files.values()].join('').match(RAW)).toBeNull()
        const strings = toStrings(bytes).map((text) => readBack(String(text)))
        expect(strings).toEqual(expect.arrayContaining([name, keyName].map(asExcelHasIt).filter((text) => text !== '')))
      }),
      { numRuns: 100 },
    )
  })

  test.each(['toString', 'constructor', '__proto__', '_x0041_', '\uFFFD', ' padded ', 'a\r\nb'])(
    'keeps %j',
    async (name) => {
      const bytes = await toBytes(organizationReading({ principals: [principalReading(name)] }))
      expect(toStrings(bytes)).toContain(name.replaceAll('\r\n', '\n'))
      const files = unzip(bytes)
      expect(files.get('xl/worksheets/sheet1.xml')).not.toContain('NaN')
      expect(files.get('xl/worksheets/sheet1.xml')).not.toContain('native code')
    },
  )

  test('cuts a text that no cell of Excel holds', async () => {
    const bytes = await toBytes(organizationReading({ principals: [principalReading('x'.repeat(40_000))] }))
    expect(toStrings(bytes)).toContain(`${'x'.repeat(32_766)}…`)
  })

  test('refuses more rows than a sheet of Excel holds, with what to do', async () => {
    const reading = organizationReading({ keys: ['one', 'two', 'three'].map((name) => keyReading(name)) })
    expect(await Array.fromAsync(printed([reading], 4))).not.toEqual([])
    await expect(Array.fromAsync(printed([reading], 3))).rejects.toMatchObject({
      code: 'INVALID',
      message: 'A sheet of Excel holds 3 rows, and this register needs 4.',
    })
  })

  test('reads no further ahead of what is written for a sheet of four times as many rows', async () => {
    const furthest = await Promise.all([20_000, 40_000, 80_000].map(measureAhead))
    expect(Math.max(...furthest)).toBeLessThan(10_000)
  })
})

/** How many rows are read at most between two pieces of the file. */
async function measureAhead(rows: number): Promise<number> {
  let read = 0
  function* cells(): Generator<readonly string[]> {
    for (let row = 0; row < rows; row += 1) {
      read += 1
      // Texts that cannot be compressed much, as long as those of a key.
      yield [hash('sha256', String(row), 'hex'), hash('sha256', `${row}.`, 'hex')]
    }
  }
  let before = 0
  let furthest = 0
  for await (const _ of printWorkbook([{ name: 'Keys', headings: null, widths: [], rows: cells() }], {
    what: 'list',
  })) {
    furthest = Math.max(furthest, read - before)
    before = read
  }
  expect(read).toBe(rows)
  return furthest
}
