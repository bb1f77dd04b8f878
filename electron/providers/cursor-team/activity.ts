import { z } from 'zod'

import { DAY_MS } from '../../../shared/domain/day.ts'
import type { Calls } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import type { JsonApi } from '../kit/json-api.ts'
import { parseRow, raw, text } from '../kit/rows.ts'

const list = z.object({ data: z.array(z.unknown()) })
const dayRow = z.object({
  date: z.number().int().nonnegative(),
  email: text,
  isActive: raw,
  subscriptionIncludedReqs: raw,
  apiKeyReqs: raw,
  usageBasedReqs: raw,
})

/** The use of one person on one day. */
export interface DailyUse {
  /** The beginning of the day, in milliseconds since the epoch. */
  readonly at: number
  /** In lower case; null where the row names no one, as for a member who was removed. */
  readonly email: string | null
  readonly isActive: boolean
  /** Of models: included in the seat, by a key of the person's own, and billed apart. */
  readonly requests: number
}

/** The longest range of one request. */
export const RANGE_DAYS = 30

/** One row for each person and day of a range of at most `RANGE_DAYS`, in milliseconds since the epoch; null for a row that cannot be read. */
export async function readDays(
  calls: Calls,
  api: JsonApi,
  range: { readonly from: number; readonly to: number },
): Promise<readonly (DailyUse | null)[]> {
  const asked = { startDate: range.from, endDate: range.to }
  const body = await calls.json((options) => api.send('POST', '/teams/daily-usage-data', asked, options), 'daily-usage')
  const parsed = list.safeParse(body)
  if (!parsed.success) throw new CallFailure('malformed', 'it holds no list under "data"')
  return parsed.data.data.map(toUse)
}

function toUse(row: unknown): DailyUse | null {
  const day = parseRow(dayRow, row)
  if (day === null) return null
  const parts = [day.subscriptionIncludedReqs, day.apiKeyReqs, day.usageBasedReqs]
  const requests = parts.reduce<number>((sum, part) => sum + (typeof part === 'number' && part > 0 ? part : 0), 0)
  return { at: day.date, email: day.email?.toLowerCase() ?? null, isActive: day.isActive === true, requests }
}

/** Three requests. */
const RANGES = 3

/** The last day on which each person was active in the last 90 days, by address. */
export async function readLastActive(
  calls: Calls,
  api: JsonApi,
  now: number,
  onRows: (rows: readonly (DailyUse | null)[]) => void,
): Promise<ReadonlyMap<string, number>> {
  const last = new Map<string, number>()
  for (let range = 0; range < RANGES; range++) {
    const to = now - range * RANGE_DAYS * DAY_MS
    const days = await readDays(calls, api, { from: to - RANGE_DAYS * DAY_MS, to })
    onRows(days)
    for (const day of days) {
      if (day === null || day.email === null || !(day.isActive || day.requests > 0)) continue
      last.set(day.email, Math.max(last.get(day.email) ?? 0, day.at))
    }
  }
  return last
}
