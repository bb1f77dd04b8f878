import type { RuleCases } from '../rule-cases.ts'

/** Read for the first time on the first of a month, when nothing had been reviewed. */
export const cases: RuleCases = {
  rule: 'review-overdue',
  subjects: ['acme openai'],
  found: {
    'no review for half a year': { later: 180 },
    'a review that was signed two months before': { later: 40, before: [[30, {}]], reviewed: 20 },
  },
  notFound: {
    'read today': {},
    'reviews every year': {
      later: 180,
      policy: { reviewAdminsMonths: 12, reviewKeysMonths: 12, reviewRolesMonths: 12, reviewMembershipMonths: 12 },
    },
  },
  boundary: {
    notYet: { 'the day on which the first reviews are due': { later: 30 } },
    just: { 'the day after': { later: 31 } },
  },
}
