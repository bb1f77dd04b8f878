import { DAY_MS } from '../../../shared/domain/day.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import { USAGE_BOUNDS } from '../kit/bounds.ts'
import { openCalls } from '../kit/calls.ts'
import { getEnd, toEnding, type ReadUsage } from '../kit/usage.ts'
import { openUsageTally, unreadable, UNREADABLE_ROW, usageFactAt, type UsageRow } from '../kit/usage-rows.ts'
import { RANGE_DAYS, readDays, type DailyUse } from './activity.ts'
import { openCursor } from './client.ts'
import { readMembers } from './members.ts'
import { getMemberId } from './member.ts'

const WHAT = 'requests by person and day'

/**
 * Reads the requests of each person by day. Charges beyond the seats are reported by event or by billing cycle, not by
 * day (`coverage.ts`).
 */
export const cursorTeamUsage: ReadUsage = async (access, asked, take, signal) => {
  signal.throwIfAborted()
  const api = await openCursor(access)
  const calls = openCalls(access, signal, USAGE_BOUNDS)
  try {
    const ids = new Map<string, string>()
    for (const row of await readMembers(calls, api)) {
      const member = getMemberId(row)
      if (member !== null && member.email !== null) ids.set(member.email, member.id)
    }
    const tally = openUsageTally()
    const first = asked.earlier?.get('completions')?.from ?? asked.from
    // The latest first: what is refused by age ends the reading without losing what is young enough.
    for (let { to } = asked; to > first; to -= RANGE_DAYS) {
      const part = { from: Math.max(first, to - RANGE_DAYS), to }
      const days = await readDays(calls, api, { from: part.from * DAY_MS, to: part.to * DAY_MS - 1 })
      take({ report: 'completions', ...part, facts: tally.take(toRows(days, ids, part), part.from) })
    }
    return [{ report: 'completions', ...getEnd(tally, WHAT) }]
  } catch (error) {
    signal.throwIfAborted()
    return [{ report: 'completions', ...toEnding(error, 'cursor-team', WHAT) }]
  }
}

function toRows(
  days: readonly (DailyUse | null)[],
  ids: ReadonlyMap<string, string>,
  { from, to }: { readonly from: number; readonly to: number },
): readonly UsageRow[] {
  return days.flatMap((day): UsageRow[] => {
    if (day === null) return [unreadable(UNREADABLE_ROW, null)]
    const number = dayNumber(day.at)
    if (day.requests === 0 || number < from || number >= to) return []
    const place = {
      day: number,
      project: null,
      key: null,
      principal: day.email === null ? null : (ids.get(day.email) ?? null),
      model: null,
      item: '',
    }
    return [usageFactAt(place, { requests: day.requests })]
  })
}
