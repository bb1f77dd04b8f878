import { expect, it } from 'vitest'

import { CLAIM_COLUMNS } from '../../../../electron/service/sample/claims.ts'
import { sampleAgency } from '../../../../electron/service/sample/agency.ts'
import { addDays, type Day } from '../../../../shared/domain/day.ts'
import { dayText } from '../../../../shared/domain/usage/rollups.ts'

/** What the programs of a client recorded of what it was billed in the month before a day, by client. */
function recordedParts(today: Day): ReadonlyMap<string, number> {
  const month = addDays(`${today.slice(0, 7)}-01`, -1).slice(0, 7)
  const parts = sampleAgency(today).clients.map(({ slug, connections }) => {
    const billed = connections
      .flatMap(({ usage }) => usage.flatMap(({ facts }) => facts))
      .filter(({ day }) => dayText(day).startsWith(month))
      .reduce((sum, { cost }) => sum + (cost ?? 0), 0)
    const recorded = connections
      .flatMap(({ claims }) => claims)
      .filter((row) => row[CLAIM_COLUMNS.timestamp]?.startsWith(month))
      .reduce((sum, row) => sum + Number(row[CLAIM_COLUMNS.cost]) * 1_000_000, 0)
    return [slug, recorded / billed] as const
  })
  return new Map(parts.filter(([, part]) => part > 0))
}

// A day in each phase of a month and of a week: what is recorded follows the days before today.
it.each(Array.from({ length: 14 }, (_, n) => addDays('2026-11-27', n * 29)))(
  'on %s the programs of two clients recorded most of what was billed last month',
  (today) => {
    const parts = recordedParts(today)
    expect([...parts.keys()].toSorted()).toEqual(['acme-corp', 'heliotide-clinics'])
    for (const part of parts.values()) {
      expect(part).toBeGreaterThan(0.8)
      expect(part).toBeLessThan(1)
    }
  },
)
