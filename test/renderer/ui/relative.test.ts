import { describe, expect, it } from 'vitest'

import { formatDay, plural, relativeDay, relativeTime } from '../../../renderer/ui/relative.ts'

const NOW = Date.UTC(2026, 10, 24, 12)
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe('relative times', () => {
  it('give the distance in one unit, before and after now', () => {
    expect(relativeTime(NOW - 20_000, NOW)).toBe('just now')
    expect(relativeTime(NOW - 5 * MINUTE, NOW)).toBe('5 min ago')
    expect(relativeTime(NOW - 60 * MINUTE, NOW)).toBe('1 hour ago')
    expect(relativeTime(NOW - 89 * DAY, NOW)).toBe('89 days ago')
    expect(relativeTime(NOW - 100 * DAY, NOW)).toBe('3 months ago')
    expect(relativeTime(NOW - 800 * DAY, NOW)).toBe('2 years ago')
    expect(relativeTime(NOW + 2 * DAY, NOW)).toBe('in 2 days')
  })

  it('a day has its month in letters', () => {
    expect(formatDay('2026-12-02')).toBe('2 Dec 2026')
  })

  it('yesterday, today and tomorrow have names', () => {
    expect([-1, 0, 1].map(relativeDay)).toEqual(['yesterday', 'today', 'tomorrow'])
    expect(relativeDay(-12)).toBe('12 days ago')
    expect(relativeDay(30)).toBe('in 30 days')
  })

  it('counts have separated thousands and the right plural', () => {
    expect(plural(1, 'key')).toBe('1 key')
    expect(plural(0, 'key')).toBe('0 keys')
    expect(plural(20_000, 'person', 'people')).toBe('20,000 people')
  })
})
