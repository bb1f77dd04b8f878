import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { AnsweredPage, Calls, Options } from '../../../../electron/providers/kit/calls.ts'
import { CallFailure } from '../../../../electron/providers/kit/errors.ts'
import { readList, type AnyList, nextCursor, type PageAsk } from '../../../../electron/providers/kit/list.ts'
import { hasNextLink } from '../../../../electron/providers/kit/numbered.ts'
import { makeRandom } from '../../../providers/random.ts'

const NEVER: Options = { signal: new AbortController().signal }

const CALLS: Calls = {
  json: async (send) => (await ask(send)).body,
  openList: () => ({ json: async (send) => (await ask(send)).body, page: ask, count: () => undefined }),
}

async function ask(send: Parameters<Calls['json']>[0]): Promise<AnsweredPage> {
  const answer = await send(NEVER).asResponse()
  return { body: await answer.json(), headers: answer.headers }
}

const answer = (body: unknown) => ({ asResponse: () => Promise.resolve(Response.json(body)) })

/** A list of `length` rows at a server that sorts them in another way at some requests, and repeats some pages. */
interface Server {
  readonly length: number
  readonly size: number
  readonly seed: number
  /** The chance that a page is sorted in another way, is the one before once more, is short, or contradicts itself. */
  readonly permuted: number
  readonly repeated: number
  readonly short: number
  readonly contradicting: number
  readonly counts: boolean
}

const SERVER: fc.Arbitrary<Server> = fc.record({
  length: fc.integer({ min: 0, max: 13 }),
  size: fc.integer({ min: 1, max: 5 }),
  seed: fc.nat(),
  permuted: fc.constantFrom(0, 0.3, 1),
  repeated: fc.constantFrom(0, 0.2),
  short: fc.constantFrom(0, 0.3),
  contradicting: fc.constantFrom(0, 0.2),
  counts: fc.boolean(),
})

interface Row {
  readonly id: string
}

function openServer(server: Server) {
  const random = makeRandom(server.seed)
  const rows: readonly Row[] = Array.from({ length: server.length }, (_, n) => ({ id: `row-${n}` }))
  let before: readonly Row[] = []
  /** Some rows from an offset on. */
  function page(offset: number): readonly Row[] {
    const order = random() < server.permuted ? rows.map((row) => [random(), row] as const) : null
    const sorted = order === null ? rows : order.toSorted((a, b) => a[0] - b[0]).map(([, row]) => row)
    if (random() >= server.repeated || offset === 0) before = sorted.slice(offset, offset + server.size)
    return before
  }
  const isShort = (): boolean => random() < server.short
  const contradicts = (): boolean => random() < server.contradicting
  return { page, isShort, contradicts, count: server.counts ? server.length : null }
}

type Form = 'numbered' | 'offset' | 'id' | 'next' | 'token'

function toList(form: Form, server: Server): AnyList {
  const { page, isShort, contradicts, count } = openServer(server)
  if (form === 'numbered') {
    return {
      size: server.size,
      countsRows: true,
      ask: (number) => answer({ rows: page((number - 1) * server.size), count: contradicts() ? 0 : count }),
      open: (body) => ({ ...(body as { rows: Row[]; count: number | null }), more: null }),
    }
  }
  if (form === 'offset') {
    return {
      countsRows: true,
      send: (offset: number) => answer({ data: page(offset), total_count: contradicts() ? 0 : count }),
    }
  }
  // A cursor is a place in a list that does not change; its pages may come again, be short, and contradict themselves.
  let cursors = 0
  const places = new Map<string, number>()
  const { size, length } = server
  return {
    shape: form,
    limit: size,
    send: ({ cursor }: PageAsk) => {
      const offset = cursor === null ? 0 : (places.get(cursor) ?? 0)
      const again = openServer({ ...server, permuted: 0, repeated: 0 }).page(offset)
      const data = isShort() ? again.slice(0, -1) : again
      const end = offset + data.length
      cursors += 1
      const id = form === 'id' ? (data.at(-1)?.id ?? `at-${cursors}`) : `at-${cursors}`
      places.set(id, end)
      const isEnd = end >= length
      const body = { data, has_more: !isEnd, last_id: id, next: isEnd ? null : id, next_page: isEnd ? null : id }
      return answer(form !== 'id' && contradicts() ? { ...body, has_more: isEnd } : body)
    },
  }
}

async function read(form: Form, server: Server) {
  const seen = new Set<string>()
  try {
    await readList(CALLS, toList(form, server), (rows) => {
      const before = seen.size
      for (const row of rows as Row[]) seen.add(row.id)
      return seen.size - before
    })
    return { isComplete: true, seen: seen.size }
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error
    return { isComplete: false, seen: seen.size }
  }
}

test.each(['numbered', 'offset', 'id', 'next', 'token'] as const)(
  'a list of pages by %s that are permuted, repeated, short or contradicting is never complete with fewer rows',
  async (form) => {
    let complete = 0
    await fc.assert(
      fc.asyncProperty(SERVER, async (server) => {
        const done = await read(form, server)
        const isCalm = server.permuted + server.repeated + server.short + server.contradicting === 0
        if (done.isComplete) complete += 1
        expect(done.isComplete ? done.seen : server.length).toBe(server.length)
        expect(done.isComplete || !isCalm).toBe(true)
      }),
      { numRuns: 300, seed: 7 },
    )
    expect(complete).toBeGreaterThan(20)
  },
)

test('a count that is not of the rows ends no list of numbered pages', async () => {
  for (const count of [0, 2, 3, 9]) {
    const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
    const seen: unknown[] = []
    await readList(
      CALLS,
      {
        size: 2,
        countsRows: false,
        ask: (page) => answer({ rows: rows.slice((page - 1) * 2, page * 2) }),
        open: (body) => ({ ...(body as { rows: Row[] }), count, more: null }),
      },
      (found) => seen.push(...found),
    )
    expect(seen).toEqual(rows)
  }
})

test.each(['next', 'token'] as const)(
  'a page by %s whose two paging fields contradict each other is not the end',
  (shape) => {
    const list = { shape, limit: 10, send: () => answer({}) }
    const body = { data: [], has_more: null, last_id: null, next: null, next_page: null }
    expect(nextCursor(list, { ...body, has_more: false })).toBe(null)
    expect(() => nextCursor(list, { ...body, has_more: true })).toThrow(/not where they begin/u)
    expect(() => nextCursor(list, { ...body, has_more: false, next: 'c', next_page: 'c' })).toThrow(/both a next page/u)
    expect(nextCursor(list, { ...body, has_more: true, next: 'c', next_page: 'c' })).toBe('c')
    expect(nextCursor(list, { ...body, next: 'c', next_page: 'c' })).toBe('c')
  },
)

test('the header Link reports a further page by its relation next', () => {
  const getMore = (link: string | null) => hasNextLink(new Headers(link === null ? {} : { link }))
  expect(getMore(null)).toBe(null)
  expect(getMore('<https://x/?page=2>; rel="next", <https://x/?page=9>; rel="last"')).toBe(true)
  expect(getMore('<https://x/?page=2>; rel=next')).toBe(true)
  expect(getMore('<https://x/next?page=1>; rel="prev", <https://x/?page=1>; rel="first"')).toBe(false)
})
