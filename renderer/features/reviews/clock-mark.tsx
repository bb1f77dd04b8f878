import type { ReactElement } from 'react'

import type { ReviewClock } from '../../../shared/contract/reviews.ts'
import { describeClockError, nameDevice } from '../../../shared/team/clocks.ts'
import { absoluteTime } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'

interface ClockMarkProps {
  /** The decisions about the review by clocks that were wrong. */
  readonly clocks: readonly ReviewClock[]
  readonly kind: ReviewClock['kind']
  /** When it was decided, by the clock of its author. */
  readonly at: number
}

/** Marks a decision about a review whose author's clock was wrong; nothing for another. */
export function ClockMark({ clocks, kind, at }: ClockMarkProps): ReactElement | null {
  const found = clocks.find((clock) => clock.kind === kind && clock.at === at)
  if (found === undefined) return null
  const times = { at: absoluteTime(at), placedAt: absoluteTime(found.placedAt), ms: found.clockMs }
  return (
    <span className="c-sub">{describeClockError({ whose: nameDevice(visibleText(found.by), false), ...times })}</span>
  )
}
