import { Readable } from 'node:stream'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { countRecords } from '../../../../electron/service/usage/import.ts'
import { readRecords } from '../../../../electron/service/usage/read-records.ts'
import type { UsageImport } from '../../../../shared/contract/usage.ts'
import { USAGE_BOUNDS } from '../../../../shared/domain/usage/bounds.ts'
import { USAGE_ROLLUPS } from '../../../../shared/domain/usage/rollups.ts'
import { newService } from '../services.ts'

const HEAD =
  'timestamp,request_id,project,key,user,feature,model,requests,input_tokens,cached_tokens,output_tokens,cost'
const MOST = BigInt(Number.MAX_SAFE_INTEGER)

interface Row {
  readonly requests: bigint
  readonly input: bigint
  readonly cached: bigint
  readonly output: bigint
  /** Nano-USD. */
  readonly cost: bigint
}

async function agency(): Promise<Service> {
  const service = await newService()
  await service.api.client.add({ name: 'Acme' })
  return service
}

async function count(service: Service, text: string, file = 'usage.csv'): Promise<UsageImport> {
  const register = makeRegister(service.context)
  const batches = readRecords({ text: Readable.from([Buffer.from(text)]), seed: 1, lastDay: 30_000 })
  const options = { register, clientId: 1, client: 'acme', file, operator: 'Mara', now: Date.now }
  return (await Array.fromAsync(countRecords(options, batches))).at(-1)!
}

const dollars = (nano: bigint): string => `${nano / 1_000_000_000n}.${String(nano % 1_000_000_000n).padStart(9, '0')}`

let next = 0
function toLine({ requests, input, cached, output, cost }: Row, day = '2026-11-01'): string {
  return `${day},r${next++},p,k,u,f,m,${requests},${input},${cached},${output},${dollars(cost)}`
}

/** The sums of a roll-up, exact whatever their size. */
function sums(service: Service, face: number): string[] {
  const columns = ['requests', 'input', 'cached', 'output', 'cost', 'cost_nano']
  const row = getReader(service.context).get<Record<string, string>>(
    `SELECT ${columns.map((each) => `printf('%d', ifnull(sum(${each}), 0)) AS ${each}`).join(', ')} FROM usage_cell WHERE face = ?`,
    [face],
  )
  return columns.map((column) => row?.[column] ?? '')
}

const TOKENS = BigInt(USAGE_BOUNDS.tokens)
const REQUESTS = BigInt(USAGE_BOUNDS.requests)
const COST = BigInt(USAGE_BOUNDS.dollars) * 1_000_000_000n - 1n

/** A record near its bounds, at them, or small. */
const bounded = fc
  .record({
    requests: fc.oneof(fc.constant(REQUESTS), fc.bigInt(0n, REQUESTS)),
    input: fc.oneof(fc.constant(TOKENS), fc.bigInt(0n, TOKENS)),
    part: fc.bigInt(0n, 1000n),
    output: fc.oneof(fc.constant(TOKENS), fc.bigInt(0n, TOKENS)),
    cost: fc.oneof(fc.constant(COST), fc.bigInt(0n, COST)),
  })
  .map(({ part, ...row }): Row => ({ ...row, cached: (row.input * part) / 1000n }))

describe('one usage record', () => {
  const plain: Row = { requests: 1n, input: 5n, cached: 0n, output: 5n, cost: 1n }
  const over: readonly (readonly [what: string, row: Row, says: string])[] = [
    ['requests', { ...plain, requests: REQUESTS + 1n }, 'More than 1,000,000,000 requests in one record.'],
    ['input', { ...plain, input: TOKENS + 1n }, 'More than 1,000,000,000,000 tokens in one record.'],
    ['output', { ...plain, output: MOST }, 'More than 1,000,000,000,000 tokens in one record.'],
    ['cost', { ...plain, cost: COST + 1n }, '1,000,000 dollars or more in one record.'],
  ]

  it.each(over)(
    'of %s beyond the limit of a record is refused with its line, and the rest is counted',
    async (_, row, says) => {
      const service = await agency()
      const result = await count(service, [HEAD, toLine(plain), toLine(row), toLine(plain)].join('\n'))
      expect(result).toMatchObject({ read: 3, counted: 2, refused: 1, problems: [{ line: 3, says }] })
      expect(sums(service, 1)).toEqual(['2', '10', '0', '10', '0', '2'])
    },
  )

  it('is refused alike as a JSON line', async () => {
    const service = await agency()
    const line = { timestamp: '2026-11-01', input_tokens: Number.MAX_SAFE_INTEGER }
    const result = await count(service, `${JSON.stringify({ ...line, input_tokens: 1 })}\n${JSON.stringify(line)}`)
    expect(result).toMatchObject({ counted: 1, refused: 1, problems: [{ line: 2, says: over[1]![2] }] })
  })

  it.each(['plain', 'quoted'])('with a word longer than its bound is refused, as a %s line', async (kind) => {
    const service = await agency()
    const word = 'w'.repeat(USAGE_BOUNDS.word + 1)
    const text = kind === 'plain' ? word : `"${word}"`
    const lines = ['timestamp,feature', `2026-11-01,${text.replace('w', '')}`, `2026-11-01,${text}`]
    expect(await count(service, lines.join('\n'))).toMatchObject({
      counted: 1,
      problems: [{ line: 3, says: 'The feature has more than 500 characters.' }],
    })
  })
})

describe('the sums of many records at their bounds', () => {
  it('are exact in every roll-up, over several files', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(bounded, fc.integer({ min: 1, max: 400 })), { minLength: 1, maxLength: 8 }),
        async (drawn) => {
          const service = await agency()
          const expected = { requests: 0n, input: 0n, cached: 0n, output: 0n, cost: 0n }
          for (const [row, times] of drawn) {
            await count(service, [HEAD, ...Array.from({ length: times }, () => toLine(row))].join('\n'))
            for (const measure of Object.keys(expected) as (keyof Row)[])
              expected[measure] += row[measure] * BigInt(times)
          }
          const { requests, input, cached, output, cost } = expected
          const exact = [requests, input, cached, output, cost / 1000n, cost % 1000n].map(String)
          for (const { code } of USAGE_ROLLUPS) expect([code, ...sums(service, code)]).toEqual([code, ...exact])
          const [first] = (await service.api.usage.by({ month: '2026-11', by: 'project', source: 'claimed' })).rows
          expect([first?.input, first?.output].map(String)).toEqual([String(input), String(output)])
        },
      ),
      { numRuns: 12 },
    )
  })

  it('never exceed what is exact: a file that would is refused, and what was counted stays', async () => {
    const service = await agency()
    const row: Row = { requests: 1n, input: TOKENS, cached: TOKENS, output: 1n, cost: COST }
    const fits = MOST / TOKENS
    await count(service, [HEAD, ...Array.from({ length: Number(fits) }, () => toLine(row))].join('\n'))
    const before = USAGE_ROLLUPS.map(({ code }) => sums(service, code))
    expect(before[0]?.[1]).toBe(String(fits * TOKENS))
    // Days and months apart: no cell exceeds it, but all of them together do.
    const apart = (day: string): string => [HEAD, toLine(row, day)].join('\n')
    for (const day of ['2026-11-01', '2026-11-02', '2026-10-01']) {
      await expect(count(service, apart(day))).rejects.toThrow('A sum of usage would pass 9,007,199,254,740,991')
    }
    const much = Array.from({ length: Number(fits) + 1 }, () => toLine(row, '2026-09-01'))
    await expect(count(service, [HEAD, ...much].join('\n'))).rejects.toThrow('A sum of usage would pass')
    expect(USAGE_ROLLUPS.map(({ code }) => sums(service, code))).toEqual(before)
  })
})
