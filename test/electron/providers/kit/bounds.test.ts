import { describe, expect, test } from 'vitest'

import { LIST_BOUNDS, openBound, READING_BOUNDS, USAGE_BOUNDS } from '../../../../electron/providers/kit/bounds.ts'
import { openCalls, type Send } from '../../../../electron/providers/kit/calls.ts'
import { CallFailure } from '../../../../electron/providers/kit/errors.ts'
import { openOnce, openTally, type Sink } from '../../../../electron/providers/kit/tally.ts'
import { readOffsets } from '../../../../electron/providers/kit/offset.ts'
import { readPages } from '../../../../electron/providers/kit/list.ts'
import { readReports } from '../../../../electron/providers/kit/usage.ts'
import { fakeClock } from '../../../providers/fake-clock.ts'

/** Calls that are answered immediately, from memory. */
function answering(answer: (page: number) => unknown, clock = fakeClock(), bounds = READING_BOUNDS) {
  let page = 0
  const send: Send = () => ({ asResponse: () => Promise.resolve(Response.json(answer(page++))) })
  const calls = openCalls({ credential: 'sk-test', baseUrl: null, clock }, new AbortController().signal, bounds)
  return { calls, send, clock, pages: () => page }
}

const ONE = (page: number): unknown => ({ data: [{ id: `row-${page}` }], next_page: `page-${page}` })

describe('a list in pages', () => {
  const list = (send: Send) => ({
    shape: 'token' as const,
    limit: 100,
    send: (_ask: object, options: Parameters<Send>[0]) => send(options),
  })

  test('of one new row each ends after as many pages as the bound', async () => {
    const { calls, send, pages } = answering(ONE)
    const reading = readPages(calls, list(send), (rows) => rows.length)
    await expect(reading).rejects.toMatchObject({
      kind: 'paging',
      message: 'The list does not end within 10,000 pages, the most that is read',
    })
    expect(pages()).toBe(LIST_BOUNDS.pages + 1)
  })

  test('of few rows with much in them ends at the characters of the bound', async () => {
    const name = 'x'.repeat(8_000_000)
    const { calls, send, pages } = answering((page) => ({
      data: [{ id: `row-${page}`, name }],
      next_page: `page-${page}`,
    }))
    const reading = readPages(calls, list(send), (rows) => rows.length)
    await expect(reading).rejects.toThrow('128,000,000 characters')
    expect(pages()).toBe(16)
  })

  test('that takes for ever ends at the minutes of the bound', async () => {
    let now = 0
    const clock = { ...fakeClock(), now: () => now }
    const { calls, send, pages } = answering((page) => {
      now += 50_000
      return ONE(page)
    }, clock)
    await expect(readPages(calls, list(send), (rows) => rows.length)).rejects.toThrow('60 minutes')
    expect(pages()).toBe(73)
  })

  test('by offsets ends at the same bound', async () => {
    const row = (page: number): unknown[] => [{ id: `row-${page}` }, { id: `row-${page + 1}` }]
    const { calls, send } = answering((page) => ({ data: row(page) }))
    const seen = new Set<unknown>()
    const take = (rows: readonly unknown[]): number => {
      const before = seen.size
      for (const each of rows) seen.add((each as { id: string }).id)
      return seen.size - before
    }
    const reading = readOffsets(calls, { countsRows: true, send: (_offset, options) => send(options) }, take)
    await expect(reading).rejects.toThrow('10,000 pages')
  })
})

describe('a reading', () => {
  test('of many lists ends at the bound of all of them, and asks nothing after', async () => {
    const rows = Array.from({ length: 200_000 }, (_, id) => ({ id }))
    const { calls, send, pages } = answering(() => ({ data: rows, next_page: null }))
    const one = (): Promise<unknown> =>
      readPages(calls, { shape: 'token', limit: 1, send: (_ask, options) => send(options) }, (page) => page.length)
    for (let n = 0; n < 5; n++) await one()
    await expect(one()).rejects.toThrow('1,000,000 rows')
    const before = pages()
    await expect(one()).rejects.toBeInstanceOf(CallFailure)
    await expect(calls.json(send)).rejects.toMatchObject({ kind: 'endless' })
    expect(pages()).toBe(before)
  })

  test('of usage bounds what is within the rows of one report', async () => {
    const bucket = Array.from({ length: 100_000 }, (_, n) => n)
    const { send } = answering((page) => ({ data: [{ results: bucket }], next_page: `page-${page}` }))
    const outcomes = await readReports(
      'openai',
      { credential: 'sk-test', baseUrl: null, clock: fakeClock() },
      [
        {
          report: 'cost',
          what: 'costs',
          asks: [
            {
              days: 30,
              list: () => ({ shape: 'token', limit: 1, send: (_ask, options) => send(options) }),
              rows: (row) =>
                (row as { results: number[] }).results.map((day) => ({ left: 'A row.', unread: false, day })),
            },
          ],
        },
      ],
      { span: { from: 0, to: 30 }, take: () => undefined, signal: new AbortController().signal },
    )
    expect(outcomes).toMatchObject([{ state: 'failed', reason: expect.stringContaining('250,000 rows') }])
  })
})

test('a reading passes on as many facts as its bound, over all lists together', () => {
  const taken: number[] = []
  const sink: Sink = {
    begin: () => undefined,
    facts: (...[, , facts]) => void taken.push(facts.length),
    end: () => undefined,
  }
  const once = openOnce(3)
  const groups = openTally(sink, once, 'groups', null)
  const read = (members: unknown) => ({
    id: String(members),
    facts: String(members)
      .split('')
      .map((member) => ({ type: 'membership', group: 'g', member }) as const),
    left: [],
  })
  openTally(sink, once, 'group-users', null).take(['ab'], read)
  groups.take(['c'], read)
  expect(() => groups.take(['d'], read)).toThrow('within 3 facts')
  expect(taken).toEqual([2, 1])
})

test('a bound holds exactly, for each of its measures', () => {
  let now = 0
  for (const name of ['pages', 'rows', 'characters'] as const) {
    const bound = openBound('paging', { ...LIST_BOUNDS, [name]: 3 }, () => now)
    bound.add({ [name]: 3 })
    expect(() => bound.add({ [name]: 1 })).toThrow(`The list does not end within 3 ${name}`)
  }
  const timed = openBound('endless', USAGE_BOUNDS, () => now)
  now = USAGE_BOUNDS.minutes * 60_000
  timed.add({ rows: 1e9 })
  now += 1
  expect(() => timed.add({})).toThrow('720 minutes')
})
