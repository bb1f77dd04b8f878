import { describe, expect, it } from 'vitest'

import {
  bulkWords,
  cadenceWords,
  closureWords,
  costWords,
  decidedWords,
  itemWords,
  hoursWords,
  isSameName,
  recordWords,
  scheduleWord,
  sourceName,
  reviewStatusWord,
} from '../../../renderer/entities/review-labels.ts'
import { addDays } from '../../../shared/domain/day.ts'
import { REVIEW_STATES } from '../../../shared/domain/reviews/review.ts'

const TODAY = '2026-03-10'

describe('the status of a review', () => {
  it.each([
    [{ overdue: true, dueOn: addDays(TODAY, -1), openReviewId: null }, 'Overdue', 'bad'],
    [{ overdue: true, dueOn: addDays(TODAY, -1), openReviewId: 3 }, 'Overdue', 'bad'],
    [{ overdue: false, dueOn: TODAY, openReviewId: null }, 'Due', 'warn'],
    [{ overdue: false, dueOn: addDays(TODAY, 14), openReviewId: null }, 'Due', 'warn'],
    [{ overdue: false, dueOn: addDays(TODAY, 15), openReviewId: null }, 'On track', 'good'],
    [{ overdue: false, dueOn: addDays(TODAY, 5), openReviewId: 3 }, 'Open', 'info'],
    [{ overdue: false, dueOn: null, openReviewId: null }, 'Nothing to do', 'quiet'],
  ] as const)('%o is %s', (row, word, tone) => {
    expect(scheduleWord(row, TODAY)).toEqual({ word, tone })
  })

  it('is overdue when the review is open after its due date', () => {
    expect(reviewStatusWord({ state: 'open', overdue: true }).word).toBe('Overdue')
    const words = REVIEW_STATES.map((state) => reviewStatusWord({ state, overdue: false }).word)
    expect(new Set(words).size).toBe(REVIEW_STATES.length)
  })

  it('has a frequency', () => {
    expect([null, 1, 3].map(cadenceWords)).toEqual(['Immediately', 'Every month', 'Every 3 months'])
  })
})

describe('a decision', () => {
  it('is shown with its new role', () => {
    expect(recordWords({ decision: 'change', to: 'workspace_developer' })).toBe('Change to Workspace developer')
    expect(recordWords({ decision: 'keep', to: null })).toBe('Keep')
    expect(decidedWords('change', 'viewer', '3 items')).toBe('Decided to change 3 items to Viewer')
    expect(decidedWords('remove', undefined, 'Alice Dev')).toBe('Decided to remove Alice Dev')
    expect(decidedWords('unknown', undefined, 'Alice Dev')).toBe('Noted that more information is needed: Alice Dev')
  })

  it('names the connection of its item where the review is of several', () => {
    const connection = { id: 1, label: 'Acme on OpenAI', provider: 'openai', organizationId: null }
    const item = { name: 'Alice Dev', facts: { connection } }
    expect(itemWords(item, false)).toBe('Alice Dev')
    expect(decidedWords('keep', undefined, itemWords(item, true))).toBe('Decided to keep Alice Dev (Acme on OpenAI)')
  })

  it('about many items first shows how many, how many flagged, and how many are replaced', () => {
    expect(bulkWords('keep', { total: 1200, flagged: 0, decided: 0 })).toBe('1,200 items will be kept.')
    expect(bulkWords('remove', { total: 1, flagged: 1, decided: 1 })).toBe(
      '1 item will be marked to be removed. 1 of them is flagged. 1 has a decision that this one replaces.',
    )
  })
})

describe('the labels of an item', () => {
  it('distinguish "not recorded" from zero', () => {
    expect([null, 0, 1, 9_999, 10_000, 12_400_000, 1_234_567_890].map(costWords)).toEqual([
      'Not recorded',
      '$0.00',
      'under $0.01',
      'under $0.01',
      '$0.01',
      '$12.40',
      '$1,234.57',
    ])
  })

  it('show how long a removal took', () => {
    expect([0, 0.5, 1, 5.4, 47, 48, 74.2].map(hoursWords)).toEqual([
      '1 min',
      '30 min',
      '1 hour',
      '5 hours',
      '47 hours',
      '2 days',
      '3 days, 2 hours',
    ])
    const done = { syncId: 4, at: 0, residual: [] }
    expect(closureWords({ ...done, state: 'done', hours: 5 })).toBe('In 5 hours')
    expect(closureWords({ ...done, state: 'done', hours: null })).toBe('Done')
    expect(closureWords({ ...done, state: 'pending', hours: null })).toBe('Not yet')
  })

  it('show an unknown source by its name', () => {
    expect(sourceName('something-new')).toBe('something-new')
    expect(sourceName('project-keys')).not.toBe('project-keys')
  })

  it('treat names as equal regardless of case and spacing', () => {
    expect(isSameName(' robin  reviewer', 'Robin Reviewer')).toBe(true)
    expect(isSameName('Morgan Manager', 'Robin Reviewer')).toBe(false)
  })
})
