import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'

import { ClockMark } from '../../../../renderer/features/reviews/clock-mark.tsx'
import { absoluteTime } from '../../../../renderer/ui/relative.ts'

const DAY = 24 * 60 * 60_000
const NOON = Date.parse('2026-11-27T12:00:00Z')

it('a decision about a review is marked by its kind and time where the clock of its author was wrong, and no other one', () => {
  const clocks = [{ kind: 'review.signed', by: 'Anna\u202e', at: NOON - 2 * DAY, placedAt: NOON, clockMs: -2 * DAY }]
  const draw = (kind: string, at: number): string =>
    renderToStaticMarkup(<ClockMark clocks={clocks} kind={kind} at={at} />)
  const text = draw('review.signed', NOON - 2 * DAY)
  expect(text).toContain(`Decided at ${absoluteTime(NOON - 2 * DAY)} by the clock of Anna`)
  expect(text).toContain(`the server placed it at ${absoluteTime(NOON)}. That clock was about 2 days behind.`)
  expect(text).not.toContain('\u202e')
  expect([draw('review.decided', NOON - 2 * DAY), draw('review.signed', NOON)]).toEqual(['', ''])
})
