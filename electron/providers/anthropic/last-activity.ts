import { z } from 'zod'

import { DAY_MS, getDay, isDay } from '../../../shared/domain/day.ts'
import type { Access } from '../kit/calls.ts'
import { getPresent } from '../kit/present.ts'
import { id, optionalId, parseRow, part, text } from '../kit/rows.ts'
import type { Run } from '../kit/run.ts'
import { UNREADABLE, type Reading } from '../kit/tally.ts'
import type { AnthropicLists } from './lists.ts'
import { CLAUDE_CODE } from './normalise/key.ts'

/** When members were last active, in milliseconds since the epoch, by their ids and by their addresses in lower case. */
export type LastActivity = ReadonlyMap<string, number>

/** Keys of Claude Enterprise alone open its analytics (API reference); other credentials would only be refused. */
const OPENS_ANALYTICS = /^(?!sk-ant-)|^sk-ant-api01/u

/** One list has this many days, since rows are summed over the range (API reference: at most 366 days). */
const ENTERPRISE_DAYS = 90
/** The first day in the analytics (API reference). */
const FIRST_DAY = '2026-01-01'

/** One request each: the register keeps the last use that it knows, so that earlier days need not be asked again. */
const CLAUDE_CODE_DAYS = 7

/**
 * When members were last active: of a Claude Enterprise organization in any of its products, else in Claude Code, which has a
 * workspace of its own once anyone has signed in to it.
 */
export async function readLastActivity(
  run: Run,
  access: Access,
  lists: AnthropicLists,
  workspaces: Iterable<{ readonly name: string }>,
): Promise<LastActivity> {
  const last = new Map<string, number>()
  const today = getPresent(access)
  if (OPENS_ANALYTICS.test(access.credential)) {
    const from = getDay(today - ENTERPRISE_DAYS * DAY_MS)
    await run.list('user-activity', null, lists.userActivity(from < FIRST_DAY ? FIRST_DAY : from), (row) =>
      memberActivity(row, last),
    )
  } else if ([...workspaces].some(({ name }) => name === CLAUDE_CODE)) {
    const days = Array.from({ length: CLAUDE_CODE_DAYS }, (_, back) => getDay(today - back * DAY_MS))
    await run.source('user-activity', null, (tally) =>
      run.each(days, (day) => run.take(tally, lists.claudeCode(day), (row) => claudeCodeActivity(row, day, last))),
    )
  }
  return last
}

const memberRow = z.object({ user: z.object({ id, email_address: text }), last_activity_date: text })

/** One member of an Enterprise organization; without a date where there was no activity, or it is not reported. */
function memberActivity(row: unknown, last: Map<string, number>): Reading {
  const member = parseRow(memberRow, row)
  if (member === null) return UNREADABLE
  const { user, last_activity_date: date } = member
  if (date !== null) note(last, [user.id, user.email_address], date)
  return { id: user.id, facts: [], left: date === null || isDay(date) ? [] : [NO_DAY] }
}

const codeRow = z.object({
  actor: part(z.object({ user_id: optionalId, email_address: text, api_key_name: text })),
  terminal_type: text,
  customer_type: text,
})

const NO_DAY = 'A row without a valid day.'

/** The activity of one member, or one API key, with Claude Code on a day: a row for each terminal. */
function claudeCodeActivity(row: unknown, day: string, last: Map<string, number>): Reading {
  const read = parseRow(codeRow, row)
  const actor = read?.actor ?? null
  if (read === null || actor === null) return { id: null, facts: [], left: ['A row that names no one.'] }
  note(last, [actor.user_id, actor.email_address], day)
  const who = actor.user_id ?? actor.email_address ?? actor.api_key_name
  return { id: JSON.stringify([day, who, read.terminal_type, read.customer_type]), facts: [], left: [] }
}

function note(last: Map<string, number>, names: readonly (string | null)[], day: string): void {
  if (!isDay(day)) return
  const at = Date.parse(`${day}T00:00:00Z`)
  for (const name of names) {
    if (name !== null) last.set(name.toLowerCase(), Math.max(last.get(name.toLowerCase()) ?? at, at))
  }
}

/** When a member was last active; null where nothing is reported. */
export function findLastActivity(
  last: LastActivity,
  member: { readonly externalId: string; readonly email: string | null },
): number | null {
  return last.get(member.externalId.toLowerCase()) ?? last.get(member.email?.toLowerCase() ?? '') ?? null
}
