import type { LimitFact } from '../../../../../shared/domain/facts.ts'
import { project } from '../../registers.ts'
import { limit, spendRead } from '../parts.ts'
import type { RuleCases } from '../rule-cases.ts'
import type { World } from '../worlds.ts'

const limits = (...reported: readonly LimitFact[]): World => ({ more: spendRead(reported) })
const of = (amount: number): World => limits(limit(null, { amount }))

/** What was read some days before, and what is read now. */
const since = (days: number, before: World, now: World): World => ({ ...now, before: [[days, before]] })

export const cases: RuleCases = {
  rule: 'limit-changed',
  subjects: ['acme openai'],
  found: {
    'another amount': since(1, of(100), of(200)),
    'an alert instead of a hard limit': since(
      1,
      limits(limit(null, { enforcement: 'hard' })),
      limits(limit(null, { enforcement: 'alert' })),
    ),
    removed: since(1, of(100), limits()),
    'removed and set again': {
      ...of(100),
      before: [
        [9, of(100)],
        [5, limits()],
      ],
    },
    'another amount since the last signed review, long ago': {
      ...of(200),
      before: [
        [300, of(100)],
        [200, of(200)],
      ],
      reviewed: 250,
    },
  },
  notFound: {
    'the same amount': since(1, of(100), of(100)),
    'set for the first time': since(1, limits(), of(100)),
    'another amount before the last signed review': {
      ...of(200),
      before: [
        [9, of(100)],
        [5, of(200)],
      ],
      reviewed: 2,
    },
    'removed with its project': since(
      1,
      { ...limits(limit('proj_b')), projects: [project('proj_a'), project('proj_b')] },
      { ...limits(), projects: [project('proj_a')] },
    ),
  },
  boundary: {
    notYet: { 'seen 30 days ago': { ...since(1, of(100), of(200)), later: 30 } },
    just: { 'seen a moment less than 30 days ago': { ...since(1, of(100), of(200)), later: 30 - 1e-6 } },
  },
}
