import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  beginningWith,
  betweenWords,
  endingWith,
  onlySync,
  getQuestion,
  switchedKinds,
  type SyncPoint,
} from '../../../../renderer/features/changes/question.ts'
import { searchSchema, type ChangesSearch } from '../../../../renderer/features/changes/search.ts'

const TODAY = '2026-11-24'
const search = (over: Record<string, unknown> = {}): ChangesSearch => searchSchema.parse(over)

const point = (syncId: number, before: number | null): SyncPoint => ({
  syncId,
  before,
  at: 0,
  client: { slug: 'acme', name: 'Acme', colour: '#117733' },
  connection: { id: 7, label: 'main', provider: 'openai', organizationId: null },
  state: 'complete',
  changes: 3,
})

describe('the question of a search', () => {
  it.each([
    [{}, { since: { day: '2026-10-25' } }, 'between 25 Oct 2026 and now'],
    [{ days: 7 }, { since: { day: '2026-11-17' } }, 'between 17 Nov 2026 and now'],
    [{ since: '2026-03-01', days: 7 }, { since: { day: '2026-03-01' } }, 'between 1 Mar 2026 and now'],
    [{ review: 'last', days: 7 }, { since: { lastReview: 'any' } }, 'between the last signed review and now'],
    [{ review: 3 }, { since: { review: 3 } }, 'between review 3 and now'],
    [{ review: 3, from: 4 }, { since: { sync: 4 } }, 'between sync 4 and now'],
    [{ from: 4, to: 9 }, { since: { sync: 4 }, until: { sync: 9 } }, 'between sync 4 and sync 9'],
    [{ from: 0, to: 9 }, { since: { at: 0 }, until: { sync: 9 } }, 'between the first sync and sync 9'],
    [{ from: 4, connection: 2 }, { since: { sync: 4 }, connection: 2 }, 'between sync 4 and now'],
    [
      { days: 8, since: 'yesterday', from: -1, kinds: ['wat'] },
      { since: { day: '2026-10-25' } },
      'between 25 Oct 2026 and now',
    ],
  ])('%j', (given, question, words) => {
    expect(getQuestion(search(given), TODAY)).toEqual(question)
    expect(betweenWords(getQuestion(search(given), TODAY))).toBe(words)
  })
})

describe('choosing in the timeline', () => {
  it('shows the changes of one sync, from the previous sync or from the start', () => {
    const one = { ...search({ days: 7 }), ...onlySync(point(9, 4)) }
    expect(getQuestion(one, TODAY)).toEqual({ since: { sync: 4 }, until: { sync: 9 }, connection: 7 })
    expect(getQuestion({ ...one, ...onlySync(point(4, null)) }, TODAY)).toMatchObject({
      since: { at: 0 },
      until: { sync: 4 },
    })
  })

  it('never ends before it begins, in any order of choices', () => {
    const step = fc.oneof(
      fc.record({ end: fc.constant('from' as const), sync: fc.nat(9) }),
      fc.record({
        end: fc.constant('to' as const),
        sync: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
      }),
    )
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (steps) => {
        let now = search({ days: 7 })
        for (const { end, sync } of steps) {
          now = { ...now, ...(end === 'from' ? beginningWith(now, sync ?? 0) : endingWith(now, sync)) }
          expect(now[end]).toBe(sync)
          expect(now.to === undefined || (now.from !== undefined && now.from <= now.to)).toBe(true)
        }
      }),
    )
  })

  it('switches kinds one by one, and shows all when none is selected', () => {
    const one = switchedKinds(undefined, 'key-created')
    expect(one).toEqual(['key-created'])
    expect(switchedKinds(one, 'access-lost')).toEqual(['key-created', 'access-lost'])
    expect(switchedKinds(one, 'key-created')).toBeUndefined()
  })
})
