import { describe, expect, test } from 'vitest'

import { openUsageTally, usageCount, usageFactAt } from '../../../../electron/providers/kit/usage-rows.ts'
import { USAGE_BOUNDS } from '../../../../shared/domain/usage/bounds.ts'

const place = { day: 20_000, project: null, key: null, principal: null, model: 'm', item: '' }

test.each(['input', 'cached', 'cacheWrite', 'output'] as const)(
  'a row of a report with more tokens of %s than a day can hold is left out, and its day is not complete',
  (measure) => {
    const tally = openUsageTally()
    const fits = usageFactAt(place, { [measure]: USAGE_BOUNDS.tokens })
    const beyond = usageFactAt({ ...place, day: 20_001 }, { [measure]: USAGE_BOUNDS.tokens + 1 })
    expect(tally.take([fits, beyond], 19_990)).toEqual([fits])
    expect(tally.unreadFrom).toBe(20_001)
    expect(tally.excluded).toEqual([{ count: 1, reason: 'A row with more requests or tokens than a day can hold.' }])
  },
)

test('a row of a report with more requests than a day can hold is left out', () => {
  const tally = openUsageTally()
  expect(tally.take([usageFactAt(place, { requests: USAGE_BOUNDS.requests + 1 })], 19_990)).toEqual([])
})

describe('a count of a usage report', () => {
  test.each([
    [12, 12],
    ['12', 12],
    [0, 0],
    [null, 0],
    [undefined, 0],
  ])('%j is %j', (sent, count) => {
    expect(usageCount.parse(sent)).toBe(count)
  })

  test.each([-1, 1.5, '', '1.5', '-1', '1e3', 'many', '9'.repeat(16), true, {}, [], Number.NaN])(
    '%j is unknown, never none',
    (sent) => {
      expect(usageCount.safeParse(sent).success).toBe(false)
    },
  )
})
