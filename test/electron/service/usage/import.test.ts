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
import { USAGE_ROLLUPS } from '../../../../shared/domain/usage/rollups.ts'
import { newService } from '../services.ts'

const HEAD = 'timestamp,request_id,project_id,api_key_id,user_id,feature,model,input_tokens,output_tokens,cost_estimate'

async function agency(): Promise<Service> {
  const service = await newService()
  await service.api.client.add({ name: 'Acme' })
  return service
}

function getFile(text: string | Uint8Array): string {
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-usage-')), 'usage.csv')
  writeFileSync(path, text)
  return path
}

async function take(service: Service, path: string): Promise<UsageImport> {
  let last: UsageImport | null = null
  for await (const state of await service.api.usage.import({ client: 'acme', path })) last = state
  if (last === null) throw new Error('The import did not finish.')
  return last
}

/** Imports records without a file and a thread. */
async function count(service: Service, text: string): Promise<void> {
  const register = makeRegister(service.context)
  const batches = readRecords({ text: Readable.from([Buffer.from(text)]), seed: 1, lastDay: 30_000 })
  const options = { register, clientId: 1, client: 'acme', file: 'usage.csv', operator: 'Mara', now: Date.now }
  await Array.fromAsync(countRecords(options, batches))
}

interface Sums {
  readonly requests: number
  readonly input: number
  readonly output: number
  readonly cost: number
}

const total = (service: Service, face: number): Sums =>
  getReader(service.context).get<Sums>(
    `SELECT ifnull(sum(requests), 0) AS requests, ifnull(sum(input), 0) AS input, ifnull(sum(output), 0) AS output,
       ifnull(sum(cost), 0) AS cost FROM usage_cell WHERE face = ?`,
    [face],
  ) as Sums

const record = fc.record({
  day: fc.integer({ min: 1, max: 28 }),
  month: fc.integer({ min: 1, max: 11 }),
  id: fc.integer({ min: 1, max: 40 }),
  project: fc.constantFrom('', 'p1', 'p2'),
  key: fc.constantFrom('', 'k1', 'k2', 'k3'),
  user: fc.constantFrom('', 'u1', 'u,2'),
  feature: fc.constantFrom('', 'chat', 'search'),
  model: fc.constantFrom('', 'm1', 'm2'),
  input: fc.nat(100_000),
  output: fc.nat(100_000),
  cost: fc.nat(5_000_000),
})

const two = (value: number): string => String(value).padStart(2, '0')

function toLine(r: typeof record extends fc.Arbitrary<infer R> ? R : never): string {
  const user = r.user.includes(',') ? `"${r.user}"` : r.user
  return `2026-${two(r.month)}-${two(r.day)}T10:00:00Z,req-${r.id},${r.project},${r.key},${user},${r.feature},${r.model},${r.input},${r.output},${(r.cost / 1e6).toFixed(6)}`
}

describe('usage records', () => {
  it('add up to the raw sums in every roll-up, each request once, whatever is repeated', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(record, { maxLength: 40 }), { minLength: 1, maxLength: 3 }), async (files) => {
        const service = await agency()
        const first = new Map<number, Sums>()
        for (const records of [...files, files[0]!]) {
          await count(service, [HEAD, ...records.map(toLine)].join('\n'))
          for (const r of records) {
            if (!first.has(r.id)) first.set(r.id, { requests: 1, input: r.input, output: r.output, cost: r.cost })
          }
        }
        const sums = { requests: 0, input: 0, output: 0, cost: 0 }
        for (const one of first.values()) {
          sums.requests += one.requests
          sums.input += one.input
          sums.output += one.output
          sums.cost += one.cost
        }
        for (const { code } of USAGE_ROLLUPS) expect([code, total(service, code)]).toEqual([code, sums])
      }),
      { numRuns: 12 },
    )
  })

  it('without an id of their own are counted once for each line, and not again with the same file', async () => {
    const service = await agency()
    const path = getFile('time;tokens_in;cost\n2026-11-01;10;0.5\n2026-11-01;10;0.5\n')
    expect(await take(service, path)).toMatchObject({ read: 2, counted: 2, repeated: 0, refused: 0 })
    expect(await take(service, path)).toMatchObject({ read: 2, counted: 0, repeated: 2 })
    expect(total(service, 1)).toEqual({ requests: 2, input: 20, output: 0, cost: 1_000_000 })
  })

  it('are read as JSON lines too, with the numbers in an object of their own', async () => {
    const service = await agency()
    const lines = [
      {
        timestamp: 1_793_000_000,
        feature: 'chat',
        model: 'm',
        usage: { prompt_tokens: 7, completion_tokens: 2 },
        cost: 1.5e-5,
      },
      'text',
      { created_at: '2026-11-01T00:00:00Z', tag: 'chat', requestId: 'r', inputTokens: 1 },
    ]
    const result = await take(service, getFile(lines.map((line) => JSON.stringify(line)).join('\n')))
    expect(result).toMatchObject({
      read: 3,
      counted: 2,
      refused: 1,
      problems: [{ line: 2, says: 'The line is not a JSON object.' }],
    })
    expect(total(service, 9)).toEqual({ requests: 2, input: 8, output: 2, cost: 15 })
  })

  it('that cannot be read are refused one by one, with line and reason', async () => {
    const service = await agency()
    const rows = [
      HEAD,
      '2026-11-01,a,,,,,,1,1,1',
      'soon,b,,,,,,1,1,1',
      '2026-11-01,c,,,,,,x,1,1',
      '2026-11-01,d,,,,,,1,1,-3',
      '2126-11-01,e,,,,,,1,1,1',
    ]
    const { refused, problems } = await take(service, getFile(rows.join('\n')))
    expect(refused).toBe(4)
    expect(problems.map(({ line }) => line)).toEqual([3, 4, 5, 6])
    expect(problems.map(({ says }) => says)).toEqual([
      '"soon" is not a valid date or time.',
      'A number of tokens or requests is not a whole number from 0.',
      '"-3" is not an amount in dollars.',
      '"2126-11-01" is in the future.',
    ])
  })

  it.each([
    ['an empty file', '', 'The file is empty.'],
    ['a file without a timestamp', 'a,b\n1,2\n', 'No column contains the time of the request.'],
    ['a file that is not text', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 'The file is not UTF-8 text.'],
  ])('%s is refused as a whole, with the reason', async (_, content, message) => {
    const service = await agency()
    await expect(take(service, getFile(content))).rejects.toMatchObject({
      code: 'INVALID',
      message: expect.stringContaining(message) as string,
    })
    expect(await service.api.usage.months({ source: 'claimed' })).toEqual([])
  })

  it('of an import that was interrupted are counted by the next one', async () => {
    const service = await agency()
    const path = getFile(
      [HEAD, ...Array.from({ length: 600_000 }, (_, n) => `2026-11-01,r${n},p,k,u,f,m,1,1,0.000001`)].join('\n'),
    )
    const stop = new AbortController()
    await expect(async () => {
      for await (const state of await service.api.usage.import({ client: 'acme', path }, { signal: stop.signal })) {
        if (state.read > 0) stop.abort(new Error('Enough.'))
      }
    }).rejects.toThrow('Enough.')
    expect(total(service, 1).requests).toBe(0)
    expect(await take(service, path)).toMatchObject({ counted: 600_000, repeated: 0 })
    expect(total(service, 1)).toMatchObject({ requests: 600_000, cost: 600_000 })
  })
})
