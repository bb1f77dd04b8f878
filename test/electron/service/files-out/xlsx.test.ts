import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { printXlsx, toWorkbook } from '../../../../electron/service/files-out/xlsx.ts'
import type { OrganizationReading } from '../../../../shared/report/register-reading.ts'
import { said } from '../../../../shared/domain/text/said.ts'
import { RAW, readBack } from '../../../hostile-register.ts'
import { hostileText } from '../../../shared/report/hostile-text.ts'
import { acmeCorp, keyReading, organizationReading, principalReading } from '../../../shared/report/readings.ts'
import { makeEdition } from './editions.ts'
import { unzip } from './unzip.ts'

async function toSheets(...readings: readonly OrganizationReading[]): Promise<Map<string, string>> {
  return unzip(Buffer.from(await printXlsx(toWorkbook(makeEdition(readings)))))
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The strings that a workbook shows, as Excel reads them: entities first, then `_x0041_`. */
function toStrings(files: ReadonlyMap<string, string>): string[] {
  const xml = files.get('xl/sharedStrings.xml') ?? ''
  return [...xml.matchAll(/<t(?: [^>]*)?>([^<]*)<\/t>/gu)].map(([, text]) =>
    (text ?? '')
      .replaceAll(/&(\w+);/gu, (whole, name: string) => ENTITIES[name] ?? whole)
      .replaceAll(/_x([0-9A-Fa-f]{4})_/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  )
}

describe('the XLSX register', () => {
  test('has the sheets People, Keys and Population, with days as dates', async () => {
    const files = await toSheets(acmeCorp())
    const workbook = files.get('xl/workbook.xml') ?? ''
    expect([...workbook.matchAll(/<sheet [^>]*name="([^"]*)"/gu)].map(([, name]) => name)).toEqual([
      'People',
      'Keys',
      'Population',
    ])
    expect(toStrings(files)).toEqual(
      expect.arrayContaining(['Jane Smith', 'Last review', 'GitHub Actions', 'sk-proj-yyy']),
    )
    // 2025-02-15 is day 45703 since 1900 in Excel's count.
    expect(files.get('xl/worksheets/sheet2.xml')).toContain('<v>45703</v>')
  })

  test('has no formula in it, and every text unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (name, keyName) => {
        const files = await toSheets(
          organizationReading({ principals: [principalReading(name)], keys: [keyReading(keyName)] }),
        )
        for (const [path, xml] of files) {
          if (!path.startsWith('xl/worksheets/')) continue
          expect(xml).not.toMatch(/<f[ >]/u)
          // oxlint-disable-next-line no-control-regex -- XML 1.0 forbids them
          expect(xml).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\uFFFE\uFFFF]/u)
        }
        const asExcelHasIt = (text: string): string => readBack(said(text).replaceAll(/\r\n?/gu, '\n'))

        expect([...files.values()].join('').match(RAW)).toBeNull()
        const strings = toStrings(files).map(readBack)
        expect(strings).toEqual(expect.arrayContaining([name, keyName].map(asExcelHasIt).filter((text) => text !== '')))
      }),
      { numRuns: 100 },
    )
  })

  test.each(['toString', 'constructor', '__proto__', '_x0041_', '\uFFFD', ' padded ', 'a\r\nb'])(
    'keeps %j',
    async (name) => {
      const files = await toSheets(organizationReading({ principals: [principalReading(name)] }))
      expect(toStrings(files)).toContain(name.replaceAll('\r\n', '\n'))
      expect(files.get('xl/worksheets/sheet1.xml')).not.toContain('NaN')
      expect(files.get('xl/worksheets/sheet1.xml')).not.toContain('native code')
    },
  )

  test('cuts a text that no cell of Excel holds', async () => {
    const files = await toSheets(organizationReading({ principals: [principalReading('x'.repeat(40_000))] }))
    expect(toStrings(files)).toContain(`${'x'.repeat(32_766)}…`)
  })

  test('refuses more rows than a sheet of Excel holds, with what to do', async () => {
    const [record] = toWorkbook(makeEdition([acmeCorp()])).people
    const people = Array.from({ length: 1_048_576 }, () => record!)
    await expect(printXlsx({ people, keys: [], population: [] })).rejects.toMatchObject({
      code: 'INVALID',
      message: 'A sheet of Excel holds 1048576 rows, and this register needs 1048577.',
    })
  })
})
