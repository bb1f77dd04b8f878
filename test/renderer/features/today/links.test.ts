import { expect, it } from 'vitest'

import { toLink } from '../../../../renderer/features/today/links.ts'
import { todayTarget } from '../../../../shared/contract/today.ts'

const EXAMPLES = {
  leaver: { personId: 3 },
  leavers: {},
  connection: { connectionId: 3, fix: 'replace-key' },
  connections: {},
  key: { keyId: 3 },
  keys: { rotation: 'overdue', isAdmin: true },
  review: { reviewId: 3 },
  'review-start': { kind: 'admins', client: 'acme' },
  reviews: {},
  remediation: { state: 'waiting' },
  budgets: {},
  usage: {},
  finding: { findingId: 3 },
  findings: { rule: 'key-unused', severity: null },
  report: { client: 'acme', kind: 'weekly', period: '2026-W47' },
  reports: {},
} as const

it.each(todayTarget.options.map((option) => [...option.shape.to.values][0] as keyof typeof EXAMPLES))(
  'the action on %s leads to a page that names what it is about',
  (to) => {
    const link = toLink(todayTarget.parse({ to, ...EXAMPLES[to] }))
    expect(link.to).toMatch(/^\/[a-z/]+$/u)
    const named = Object.values(EXAMPLES[to]).filter((value) => typeof value === 'number' || value === 'acme')
    for (const value of named) expect(Object.values(link.search)).toContain(value)
  },
)

it('the keys of a row are those that Today counts: due this week whatever the policy, admin keys apart', () => {
  const search = (rotation: 'overdue' | 'due', isAdmin: boolean) =>
    toLink(todayTarget.parse({ to: 'keys', rotation, isAdmin })).search
  expect(search('due', true)).toEqual({ rotation: ['due', 'ok'], within: 7, kind: ['admin'] })
  expect(search('overdue', false)).toEqual({ rotation: ['overdue'], kind: ['project', 'organization', 'unknown'] })
})
