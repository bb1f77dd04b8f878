import { mkdtempSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { openService, type Service } from '../../../../electron/service/process/open.ts'
import { REGISTER_FORMATS } from '../../../../shared/contract/files.ts'
import { PLAN_FILE_FORMATS } from '../../../../shared/contract/plans.ts'
import { REPORT_FORMATS } from '../../../../shared/contract/reports.ts'
import { makeHostile, RAW } from '../../../hostile-register.ts'
import { putSample } from '../../../sample-profile.ts'
import { recordingHost } from '../services.ts'
import { unzip } from './unzip.ts'

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

describe('no character of a hostile name is written as it is in', () => {
  it.each(REGISTER_FORMATS)('the register as %s', async (format) => {
    const path = join(newFolder(), `register.${format}`)
    const { rows } = await service.api.files.exportRegister({ format, path })
    expect(rows).toBeGreaterThan(50)
    expect(rawIn(path)).toEqual([])
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
