import type { ReactElement } from 'react'

import { daysBetween, toLocalDay, type Day } from '../../shared/domain/day.ts'
import { useNow } from './now.ts'
import { absoluteTime, formatDay, relativeDay, relativeTime } from './relative.ts'

interface WhenProps {
  /** Milliseconds since the epoch; null: not known. */
  readonly at: number | null
  /** Shown when the time is not known. */
  readonly otherwise?: string
}

/** An instant as a relative time; the absolute one on hover. */
export function When({ at, otherwise = '–' }: WhenProps): ReactElement {
  const now = useNow()
  if (at === null) return <span className="c-quiet">{otherwise}</span>
  const absolute = absoluteTime(at)
  return (
    <time className="c-when" dateTime={new Date(at).toISOString()} title={absolute}>
      {relativeTime(at, now)}
    </time>
  )
}

interface WhenDayProps {
  readonly day: Day | null
  readonly otherwise?: string
  /** `day`: shows the day, and the distance on hover; `distance`: the other way round. */
  readonly show?: 'day' | 'distance'
}

/** A calendar day with its distance from today. */
export function WhenDay({ day, otherwise = '–', show = 'distance' }: WhenDayProps): ReactElement {
  const now = useNow()
  if (day === null) return <span className="c-quiet">{otherwise}</span>
  const distance = relativeDay(daysBetween(toLocalDay(now), day))
  const [text, hover] = show === 'day' ? [formatDay(day), distance] : [distance, formatDay(day)]
  return (
    <time className="c-when" dateTime={day} title={hover}>
      {text}
    </time>
  )
}
