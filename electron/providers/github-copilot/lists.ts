import { z } from 'zod'

import { toPath, type JsonApi } from '../kit/json-api.ts'
import { hasNextLink, type NumberedList } from '../kit/numbered.ts'
import { withRoutes } from '../kit/list.ts'

/** The documented maximum. */
const PAGE = 100

const seats = z.object({
  seats: z.array(z.unknown()),
  // The seats that the organization is billed for, which may be fewer or more than the list has.
  total_seats: z.number().int().nonnegative().nullish().catch(null),
})
const rows = z.array(z.unknown())

/** Every list that a sync reads. `size`: rows of a page. */
export function gitHubLists(api: JsonApi, size = PAGE) {
  return withRoutes({
    organizations: (): NumberedList => ({
      size,
      countsRows: false,
      ask: (page, options) => api.get('/user/orgs', { per_page: size, page }, options),
      open: (body, headers) => {
        const parsed = rows.safeParse(body)
        return parsed.success ? { rows: parsed.data, count: null, more: hasNextLink(headers) } : null
      },
    }),
    seats: (organization: string): NumberedList => ({
      size,
      countsRows: false,
      ask: (page, options) =>
        api.get(toPath`/orgs/${organization}/copilot/billing/seats`, { per_page: size, page }, options),
      open: (body, headers) => {
        const parsed = seats.safeParse(body)
        return parsed.success
          ? { rows: parsed.data.seats, count: parsed.data.total_seats ?? null, more: hasNextLink(headers) }
          : null
      },
    }),
  })
}
