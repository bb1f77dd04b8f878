import { mkdtempSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { readOrganization, reportConnections } from '../../../../electron/register/read/report.ts'
import { getReader, makeMoment } from '../../../../electron/service/core/context.ts'
import { openService, type Service } from '../../../../electron/service/process/open.ts'
import { REGISTER_FORMATS } from '../../../../shared/domain/text/register-formats.ts'
import { PLAN_FILE_FORMATS } from '../../../../shared/contract/plans.ts'
import { REPORT_FORMATS } from '../../../../shared/contract/reports.ts'
import {
  GRANT_FIELDS,
  grantRecords,
  KEY_FIELDS,
  keyRecords,
  POPULATION_FIELDS,
  populationRecords,
  RECORD_FIELDS,
} from '../../../../shared/report/register-records.ts'
import { makeHostile, RAW, readBack } from '../../../hostile-register.ts'
import { putSample } from '../../../sample-profile.ts'
import { recordingHost } from '../services.ts'
import { unzip } from './unzip.ts'
import { toSheets } from './workbook.ts'

let service: Service
const pages: string[] = []

/** The journal in a pack is the exact rows, since their hashes are made of them; a signature is not text. */
const NOT_FOR_READING = /^(?:journal\.jsonl|head\.sig)$/u

beforeAll(async () => {
  const printPdf = async (html: string) => {
    pages.push(html)
    return { outcome: 'printed' as const, pdf: new Uint8Array() }
  }
  const profile = join(newFolder(), 'profile')
  await putSample(profile)
  const host = { ...recordingHost(), printPdf }
  service = await openService({ profile, mode: 'write', host, secrets: memoryStore('No keychain in this test.') })
  makeHostile(service)
  // What a review froze is compared before a pack is signed, so that it freezes these names.
  await service.api.reviews.open({ kind: 'roles', client: 'acme-corp' })
})

afterAll(() => service.close())

function newFolder(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'castellan-hostile-')))
}

/** Every text in a file. */
function listTexts(path: string): readonly string[] {
  const bytes = readFileSync(path)
  if (path.endsWith('.pdf')) return pages
  return /\.(?:xlsx|zip)$/u.test(path) ? [...unzip(bytes).values()].map(String) : [bytes.toString('utf8')]
}

function rawIn(path: string): readonly string[] {
  return listTexts(path).flatMap((text) => {
    const plain = text.replaceAll('\r\n', '\n')
    const at = plain.search(RAW)
    return at < 0 ? [] : [`${path}: ${JSON.stringify(plain.slice(Math.max(0, at - 40), at + 40))}`]
  })
}

function without<T>(fields: readonly T[], left: T): readonly T[] {
  return fields.filter((field) => field !== left)
}

/** What the cells of a sheet have to hold: Excel counts days from 30 December 1899, and a row ends with its last cell. */
function toExpected<K extends string>(
  records: readonly Readonly<Record<K, string | number | null>>[],
  fields: readonly K[],
  headings: Readonly<Record<K, string>>,
): readonly (readonly (string | number | null)[])[] {
  const toCell = (value: string | number | null): string | number | null => {
    if (typeof value !== 'string') return value
    if (/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/u.test(value))
      return (Date.parse(value) - Date.UTC(1899, 11, 30)) / 86_400_000
    return value === '' ? null : readBack(value.replaceAll(/\r\n?/gu, '\n'))
  }
  return [
    fields.map((field) => headings[field]),
    ...records.map((record) => fields.map((field) => toCell(record[field]))),
  ].map((row) => row.slice(0, row.findLastIndex((cell) => cell !== null) + 1))
}

describe('no character of a hostile name is written as it is in', () => {
  it.each(REGISTER_FORMATS)('the register as %s', async (format) => {
    const path = join(newFolder(), `register.${format}`)
    const { rows } = await service.api.files.exportRegister({ format, path })
    expect(rows).toBeGreaterThan(50)
    expect(rawIn(path)).toEqual([])
  })

  it('the register as a workbook, which has in its cells what the records hold', async () => {
    const path = join(newFolder(), 'register.xlsx')
    await service.api.files.exportRegister({ format: 'xlsx', path })
    const sheets = toSheets(readFileSync(path))
    const reader = getReader(service.context)
    const readings = reportConnections(reader, {}).map((connection) =>
      readOrganization(reader, connection, 'grants', makeMoment(service.context)),
    )
    expect([...sheets.keys()]).toEqual(['People', 'Keys', 'Population'])
    const expected = {
      People: toExpected(
        readings.flatMap((reading) => [...grantRecords(reading)]),
        without(GRANT_FIELDS, 'record'),
        RECORD_FIELDS,
      ),
      Keys: toExpected(
        readings.flatMap((reading) => [...keyRecords(reading)]),
        without(KEY_FIELDS, 'record'),
        RECORD_FIELDS,
      ),
      Population: toExpected(
        readings.flatMap(populationRecords),
        Object.keys(POPULATION_FIELDS) as (keyof typeof POPULATION_FIELDS)[],
        POPULATION_FIELDS,
      ),
    }
    for (const [name, rows] of Object.entries(expected)) {
      expect(rows.length).toBeGreaterThan(5)
      expect(
        sheets.get(name)?.map((row) => row.map((cell) => (typeof cell === 'string' ? readBack(cell) : cell))),
      ).toEqual(rows)
    }
  })

  it('the calendar', async () => {
    const path = join(newFolder(), 'rotation.ics')
    expect((await service.api.files.exportCalendar({ path })).rows).toBeGreaterThan(5)
    expect(rawIn(path)).toEqual([])
  })

  it.each(REPORT_FORMATS)('a usage report as %s', async (format) => {
    const [period] = await service.api.reports.periods({ kind: 'monthly' })
    const path = join(newFolder(), `usage.${format}`)
    await service.api.reports.export({ kind: 'monthly', period: period?.period ?? '', source: 'billed', format, path })
    expect(listTexts(path).join('')).toContain('U+E0041')
    expect(rawIn(path)).toEqual([])
  })

  it.each(PLAN_FILE_FORMATS)('a plan as %s', async (format) => {
    const [plan] = await service.api.plan.list({})
    const path = join(newFolder(), `plan.${format}`)
    await service.api.plan.export({ planId: plan?.planId ?? 0, format, path })
    expect(rawIn(path)).toEqual([])
  })

  it('an evidence pack and its zip', async () => {
    const { path, zipPath } = await service.api.evidence.pack({ reviewId: 1, directory: newFolder() })
    const files = readdirSync(path).filter((name) => !NOT_FOR_READING.test(name))
    expect(files.length).toBeGreaterThan(10)
    expect(files.flatMap((name) => rawIn(join(path, name)))).toEqual([])
    expect(statSync(zipPath ?? '').size).toBeGreaterThan(0)
    expect(await service.api.evidence.verify({ path })).toMatchObject({ ok: true })
  })
})
