import type { EventLog } from '../../../shared/contract/events.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { formatDay } from '../../../shared/domain/text/dates.ts'

/** `between 3 Nov 2026 and 5 Nov 2026`. */
function formatRange({ from, to }: EventLog['gaps'][number]): string {
  return `between ${formatDay(toLocalDay(from))} and ${formatDay(toLocalDay(to))}`
}

/** Time ranges of a log that are named before the others are only counted. */
const NAMED = 3

function listRanges(ranges: EventLog['gaps']): string {
  const named = ranges.slice(0, NAMED).map(formatRange).join(', ')
  const rest = ranges.length - NAMED
  return rest > 0 ? `${named} and in ${counted(rest, 'other time range', 'other time ranges')}` : named
}

/** The unknown parts of a log, in sentences; null where all since its beginning is known, or no log is read. */
export function describeUnknown({ state, reason, gaps }: EventLog): string | null {
  const unread = state === null || state === 'complete' ? [] : [reason ?? 'It could not be read.']
  const lost = gaps.length === 0 ? [] : [`The provider no longer has what happened ${listRanges(gaps)}.`]
  const sentences = [...unread, ...lost]
  return sentences.length === 0 ? null : sentences.join(' ')
}

/** True if everything since an instant is known of a log that was read to its end. */
function isKnownSince({ from, gaps, unread }: EventLog, since: number): boolean {
  return from !== null && from <= since && [...gaps, ...unread].every(({ to }) => to <= since)
}

/**
 * Why a list without rows may be empty: what was read of the logs in scope, and what was not; undefined: not known yet. The
 * period begins with `since`; null: as early as anything is.
 */
export function whyEmpty(logs: readonly EventLog[] | undefined, since: number | null): string {
  if (logs === undefined) return 'How far the logs of the providers are read is not known yet.'
  const complete = logs.filter(({ state }) => state === 'complete')
  const read = complete.length
  const known = complete.filter((log) => isKnownSince(log, since ?? Number.NEGATIVE_INFINITY)).length
  const never = logs.filter(({ state }) => state === null).length
  const failed = logs.length - read - never
  if (never === logs.length) {
    return 'No log was read yet. A sync reads the audit log of OpenAI and the activity feed of Anthropic, where they are on and the credential may read them.'
  }
  const parts = [
    ...(known === 0
      ? []
      : [`${counted(known, 'log was', 'logs were')} read, and nothing was recorded in this period.`]),
    ...(read === known
      ? []
      : [`${counted(read - known, 'log has', 'logs have')} nothing in the part of this period that is known.`]),
    ...(failed === 0
      ? []
      : [`The log of ${counted(failed, 'connection', 'connections')} could not be read, as named above.`]),
    ...(never === 0 ? [] : [`${counted(never, 'connection has', 'connections have')} no log that was read.`]),
  ]
  return parts.join(' ')
}
