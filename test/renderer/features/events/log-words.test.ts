import { describe, expect, it } from 'vitest'

import { describeUnknown, whyEmpty } from '../../../../renderer/features/events/log-words.ts'
import type { EventLog } from '../../../../shared/contract/events.ts'

const DAY = 86_400_000
const at = (day: number): number => Date.UTC(2026, 10, day, 12)

const log = (over: Partial<EventLog> = {}): EventLog => ({
  client: { slug: 'acme', name: 'Acme Corp', colour: '#332288' },
  connection: { id: 1, label: 'Acme on OpenAI', provider: 'openai', organizationId: null },
  state: 'complete',
  reason: null,
  from: at(1),
  to: at(20),
  unread: [],
  gaps: [],
  ...over,
})

describe('what is not known of a log', () => {
  it('is nothing where it was read as a whole, or where there is none', () => {
    expect(describeUnknown(log())).toBeNull()
    expect(describeUnknown(log({ state: null }))).toBeNull()
  })

  it('names every time range that the provider no longer has, also beside a failed reading', () => {
    const gaps = [2, 5, 9].map((day) => ({ from: at(day), to: at(day) + DAY }))
    for (const words of [
      describeUnknown(log({ gaps })),
      describeUnknown(log({ gaps, state: 'failed', reason: 'No permission.' })),
    ]) {
      expect(words).toContain('between 2 Nov 2026 and 3 Nov 2026')
      expect(words).toContain('between 5 Nov 2026 and 6 Nov 2026')
      expect(words).toContain('between 9 Nov 2026 and 10 Nov 2026')
    }
    expect(describeUnknown(log({ state: 'failed', reason: 'No permission.', gaps }))).toMatch(/^No permission\. The/u)
  })

  it('counts the time ranges that are too many to name', () => {
    const gaps = [2, 5, 9, 12, 15].map((day) => ({ from: at(day), to: at(day) + DAY }))
    expect(describeUnknown(log({ gaps }))).toMatch(/10 Nov 2026 and in 2 other time ranges\.$/u)
  })
})

describe('an empty list of events', () => {
  const failed = log({ state: 'failed' })
  const none = log({ state: null })

  it('is never called empty before it is known how far the logs are read', () => {
    expect(whyEmpty(undefined, at(10))).toMatch(/not known yet/u)
  })

  it('names what was read, what could not be, and what has no log, each with its number', () => {
    expect(whyEmpty([], at(10))).toMatch(/^No log was read yet\./u)
    expect(whyEmpty([none, none], at(10))).toMatch(/^No log was read yet\./u)
    expect(whyEmpty([log(), log()], at(10))).toBe('2 logs were read, and nothing was recorded in this period.')
    expect(whyEmpty([log(), failed, none, none], at(10))).toBe(
      '1 log was read, and nothing was recorded in this period. The log of 1 connection could not be read, as named above. 2 connections have no log that was read.',
    )
    expect(whyEmpty([failed], at(10))).toBe('The log of 1 connection could not be read, as named above.')
  })

  it('is called empty only where the whole period is known', () => {
    const range = { from: at(11), to: at(12) }
    const part = '1 log has nothing in the part of this period that is known.'
    for (const over of [{ gaps: [range] }, { unread: [range] }, { from: at(11) }, { from: null }]) {
      expect(whyEmpty([log(over)], at(10))).toBe(part)
    }
    expect(whyEmpty([log()], null)).toBe(part)
    expect(whyEmpty([log({ gaps: [range] })], at(12))).toMatch(/^1 log was read, and nothing was recorded/u)
    expect(whyEmpty([log(), log({ gaps: [range] })], at(10))).toBe(
      `1 log was read, and nothing was recorded in this period. ${part}`,
    )
  })
})
