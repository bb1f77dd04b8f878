import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { countRecords } from '../../../../electron/service/usage/import.ts'
import { readRecords } from '../../../../electron/service/usage/read-records.ts'
import type { UsageImport } from '../../../../shared/contract/usage.ts'
import { drillRuns } from '../../../drills/drill.ts'
import { newService, recordingHost } from '../services.ts'

const HEAD = 'timestamp,request_id,project,key,user,feature,model,input_tokens,output_tokens,cost'

async function agency(): Promise<Service> {
  const service = await newService({ now: () => Date.parse('2026-11-20T12:00:00Z') })
  await service.api.client.add({ name: 'Acme' })
  return service
}

async function count(service: Service, text: string, file = 'usage.csv'): Promise<UsageImport> {
  const register = makeRegister(service.context)
  const batches = readRecords({ text: Readable.from([Buffer.from(text)]), seed: 1, lastDay: 30_000 })
  const options = { register, clientId: 1, client: 'acme', file, operator: 'Mara', now: service.context.now }
  return (await Array.fromAsync(countRecords(options, batches))).at(-1)!
}

/** All sums, by their labels, and everything that is remembered of requests. */
function readState(service: Service): { readonly cells: unknown; readonly requests: unknown } {
  const reader = getReader(service.context)
  const word = (id: string): string => `(SELECT word FROM usage_name n WHERE n.id = ${id})`
  const cells = reader.all(
    `SELECT face, client_id, connection_id, period, ${word('a')} AS a, ${word('b')} AS b, ${word('c')} AS c, requests, input, cached,
       cache_write, output, cost, estimate, cost_nano FROM usage_cell ORDER BY 1, 2, 3, 4, 5, 6, 7`,
  )
  const requests = reader
    .all<{ bucket: number; requests: Uint8Array }>('SELECT bucket, requests FROM usage_request_piece')
    .flatMap(({ bucket, requests: piece }) =>
      Array.from(
        { length: piece.length / 12 },
        (_, n) => `${bucket} ${Buffer.from(piece.slice(n * 12, n * 12 + 12)).toString('hex')}`,
      ),
    )
    .toSorted()
  return { cells, requests }
}

const record = fc.record({
  day: fc.integer({ min: 1, max: 19 }),
  month: fc.integer({ min: 9, max: 11 }),
  id: fc.integer({ min: 1, max: 60 }),
  project: fc.constantFrom('', 'p1', 'p2'),
  key: fc.constantFrom('', 'k1', 'k2'),
  feature: fc.constantFrom('', 'chat', 'search'),
  input: fc.nat(1_000_000_000),
  output: fc.nat(100_000),
  nano: fc.nat(5_000_000),
})
type Drawn = typeof record extends fc.Arbitrary<infer R> ? R : never

const two = (value: number): string => String(value).padStart(2, '0')
const toLine = (r: Drawn): string =>
  `2026-${two(r.month)}-${two(r.day)}T10:00:00Z,req-${r.id},${r.project},${r.key},u,${r.feature},m,${r.input},${r.output},${(r.nano / 1e9).toFixed(9)}`
const toText = (records: readonly Drawn[]): string => [HEAD, ...records.map(toLine)].join('\n')

const file = fc.array(record, { maxLength: 25 })

describe('an import that is undone', () => {
  it('leaves sums and known requests exactly as before, and its file counts again completely', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 3 }), file, async (before, undone) => {
        const service = await agency()
        for (const records of before) await count(service, toText(records))
        const was = readState(service)
        const first = await count(service, toText(undone))
        const after = readState(service)
        const [latest] = (await service.api.usage.imports({})).rows
        await service.api.usage.undo({ importId: latest!.importId })
        expect(readState(service)).toEqual(was)
        expect(await count(service, toText(undone))).toEqual(first)
        expect(readState(service)).toEqual(after)
      }),
      drillRuns('undo-imports'),
    )
  })

  it('leaves what the other imports counted, whichever of them is undone and however many there are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 18, maxLength: 22 }), fc.nat(17), async (files, n) => {
        const [service, other] = [await agency(), await agency()]
        // Each file has requests of its own, so that none repeats another's.
        const texts = files.map((records, at) => toText(records).replaceAll(/req-/gu, `f${at}-`))
        for (const text of texts) await count(service, text)
        for (const text of texts.toSpliced(n, 1)) await count(other, text)
        const { importId } = (await service.api.usage.imports({})).rows.toReversed()[n]!
        await service.api.usage.undo({ importId })
        expect(readState(service)).toEqual(readState(other))
      }),
      { ...drillRuns('undo-imports'), numRuns: Math.ceil(drillRuns('undo-imports').numRuns / 5) },
    )
  })

  it('is journaled and listed as undone, and cannot be undone twice', async () => {
    const service = await agency()
    await count(service, toText([]), 'empty.csv')
    await count(service, `${HEAD}\n2026-11-01,a,,,,,,1,1,1`, 'first.csv')
    await count(service, `${HEAD}\n2026-11-01,a,,,,,,1,1,1\n2026-11-01,b,,,,,,1,1,1`, 'second.csv')
    const listed = await service.api.usage.imports({ client: 'acme' })
    expect(listed.total).toBe(3)
    expect(listed.rows.map((row) => [row.file, row.counted, row.repeated, row.complete])).toEqual([
      ['second.csv', 1, 1, true],
      ['first.csv', 1, 0, true],
      ['empty.csv', 0, 0, true],
    ])
    const { importId } = listed.rows[1]!
    const undone = await service.api.usage.undo({ importId })
    expect(undone).toMatchObject({
      repeatedBy: ['second.csv'],
      import: { importId, undoneBy: expect.any(String) as string },
    })
    const row = getReader(service.context).get(
      'SELECT action, client, subject, body FROM journal ORDER BY seq DESC LIMIT 1',
    )
    expect(row).toMatchObject({ action: 'usage.import-undone', client: 'acme', subject: 'first.csv' })
    await expect(service.api.usage.undo({ importId })).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(service.api.usage.undo({ importId: 99 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    // The later file names the request as well: imported again, it counts it.
    expect(await count(service, `${HEAD}\n2026-11-01,a,,,,,,1,1,1`, 'second.csv')).toMatchObject({ counted: 1 })
  })

  it('lets a threshold that only its sums had reached be reported again', async () => {
    const host = recordingHost('electron')
    const service = await newService({ host, now: () => Date.parse('2026-11-20T12:00:00Z') })
    await service.api.client.add({ name: 'Acme' })
    await service.api.budgets.set({ client: 'acme', amount: 100_000_000, enforcement: 'alert', thresholds: [50, 100] })
    const take = async (name: string, dollars: number): Promise<void> => {
      const path = join(mkdtempSync(join(tmpdir(), 'castellan-undo-')), name)
      writeFileSync(path, `${HEAD}\n2026-11-01,${name},,,,,,1,1,${dollars}`)
      await Array.fromAsync(await service.api.usage.import({ client: 'acme', path }))
    }
    await take('poison.csv', 999_999)
    expect(host.notifications).toHaveLength(1)
    const { importId } = (await service.api.usage.imports({})).rows[0]!
    await service.api.usage.undo({ importId })
    await take('real.csv', 60)
    expect(host.notifications.map(({ title }) => title)).toEqual([
      'Acme: 100 % of the month is spent',
      'Acme: 50 % of the month is spent',
    ])
  })

  it('counts as nothing where it was interrupted before a part was counted', async () => {
    const service = await agency()
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${HEAD}\n2026-11-01,a,,,,,,1,1,1\n`)
      throw new Error('The disk was disconnected.')
    }
    const register = makeRegister(service.context)
    const options = { register, clientId: 1, client: 'acme', file: 'f.csv', operator: 'Mara', now: service.context.now }
    const batches = readRecords({ text: broken(), seed: 1, lastDay: 30_000 })
    await expect(Array.fromAsync(countRecords(options, batches))).rejects.toThrow('The disk was disconnected.')
    expect(await service.api.usage.imports({})).toEqual({ total: 0, rows: [] })
  })
})
