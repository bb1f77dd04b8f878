import type { FakeEvent } from '../../../providers/audit-log.ts'
import type { FakeAnswer, FakeRequest } from '../../../providers/http.ts'

/**
 * Pages of a log as a provider under load sends them: newest first on the whole, but each page in any order, with some
 * events of the page before once more. Every event is on some page.
 */
export function eventPages(newestFirst: readonly FakeEvent[]): (request: FakeRequest) => FakeAnswer {
  const place = new Map(newestFirst.map(({ id }, n) => [id, n]))
  return (request) => {
    const end = (name: string): number => Number(request.query.get(`effective_at[${name}]`))
    const limit = Number(request.query.get('limit') ?? 20)
    const after = request.query.get('after')
    const first = firstBy(newestFirst, end('lte'))
    const stop = firstBy(newestFirst, end('gte') - 1)
    const start = after === null ? first : (place.get(after) ?? 0) + 1
    const fresh = newestFirst.slice(start, Math.min(stop, start + limit))
    const again = after === null ? [] : newestFirst.slice(Math.max(first, start - 3), start)
    const data = [...again, ...fresh.toReversed()]
    return {
      status: 200,
      body: {
        object: 'list',
        data,
        first_id: data[0]?.id ?? null,
        last_id: fresh.at(-1)?.id ?? null,
        has_more: start + limit < stop,
      },
    }
  }
}

/** The first event at an instant or earlier. */
function firstBy(newestFirst: readonly FakeEvent[], at: number): number {
  let low = 0
  let high = newestFirst.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((newestFirst[middle]?.effective_at ?? 0) > at) low = middle + 1
    else high = middle
  }
  return low
}
