import { changePercent, signedPercent, wholeMoney } from '../text/amounts.ts'
import { formatMonth, formatShortDay } from '../text/dates.ts'
import { monthNumber, monthText } from './rollups.ts'

/** A month beside the one before: micro-USD, and the last days that are compared, included. */
interface ComparedMonth {
  /** `YYYY-MM`. */
  readonly month: string
  /** Both months are compared as a whole; otherwise the same days of both. */
  readonly whole: boolean
  readonly to: string
  readonly beforeTo: string
  readonly now: number
  readonly before: number
  /** The whole month before. */
  readonly last: number
}

/** A month's spend in a sentence, in parts that a page may set off from each other. */
interface Headline {
  /** `$15,356` */
  readonly amount: string
  /** ` in October 2026` */
  readonly when: string
  /** `+28 %`; null where there is nothing to compare with. */
  readonly change: string | null
  /** ` on September ($11,997)`; else why there is no change. */
  readonly beside: string
  /** What the same days are, and the whole month before; null for a month that is over. */
  readonly note: string | null
}

/** What a month cost, compared with the month before: with the same days of it while the month is not complete. */
export function getHeadline({ month, whole, to, beforeTo, now, before, last }: ComparedMonth): Headline {
  const previous = monthText((monthNumber(month) ?? 0) - 1)
  const name = formatMonth(previous, month)
  const percent = changePercent(now, before)
  const when = ` in ${formatMonth(month)}${whole ? '' : ` so far (${toDays(month, to)})`}`
  const nothing = before === 0 ? 'nothing' : wholeMoney(before)
  const beside = whole ? `${name} (${nothing})` : `the same days of ${name} (${nothing})`
  return {
    amount: wholeMoney(now),
    when,
    change: percent === null ? null : signedPercent(percent),
    beside: percent === null ? `compared with ${beside}` : ` on ${beside}`,
    note: whole
      ? null
      : `Same days: ${toDays(month, to)} and ${toDays(previous, beforeTo)}. ${name} as a whole: ${wholeMoney(last)}.`,
  }
}

/** The same as one text. */
export function headlineText(of: ComparedMonth): string {
  const { amount, when, change, beside, note } = getHeadline(of)
  return `${amount}${when}, ${change ?? ''}${beside}.${note === null ? '' : ` ${note}`}`
}

/** `1–25 Nov`, or `1 Nov` for one day. */
function toDays(month: string, to: string): string {
  const last = formatShortDay(to)
  return to.endsWith('-01') && to.startsWith(month) ? last : `1–${last}`
}
