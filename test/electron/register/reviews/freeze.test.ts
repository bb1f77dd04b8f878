import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { itemIds, itemRows } from '../../../../electron/register/reviews/items.ts'
import { replaceUsageDays } from '../../../../electron/register/usage/days.ts'
import type { ReviewItem } from '../../../../shared/contract/reviews.ts'
import type { ReviewKind } from '../../../../shared/domain/reviews/review.ts'
import { dayNumber } from '../../../../shared/domain/usage/rollups.ts'
import { grant, key, newConnection, newRegister, type Part, project, getReading, user } from '../registers.ts'
import { openReview } from './open-review.ts'

const AT = Date.UTC(2026, 10, 1, 12)

function frozen(register: Register, kind: ReviewKind): readonly ReviewItem[] {
  return register.transact((writer) => {
    const reviewId = openReview(writer, { clientId: 1, kind, at: AT, today: '2026-11-01' })
    return itemRows(writer, itemIds(writer, reviewId, { sort: { by: 'position', direction: 'asc' } }), AT)
  })
}

function reading(parts: readonly Part[]): Register {
  const register = newRegister()
  const connectionId = newConnection(register)
  register.transact((writer) => applyReading(writer, getReading(connectionId, parts, AT)))
  return register
}

it('freezes what a key spent in the last 30 days, and nothing where no use is recorded', () => {
  const register = reading([
    { source: 'keys', facts: [key('key_a', { project: null }), key('key_b', { project: null })] },
  ])
  const today = dayNumber(AT)
  const spent = (day: number, cost: number) =>
    ({ day, project: null, key: 'key_a', principal: null, model: 'gpt', item: '', requests: 1, input: 0, cached: 0, cacheWrite: 0, output: 0, cost, estimate: 0 }) as const // prettier-ignore
  register.transact((writer) =>
    replaceUsageDays(
      writer,
      { clientId: 1, connectionId: 1 },
      {
        report: 'cost',
        from: today - 60,
        to: today + 1,
        facts: [spent(today - 40, 7), spent(today - 3, 1_000_000), spent(today, 500_000)],
      },
    ),
  )
  expect(frozen(register, 'keys').map(({ name, facts }) => [name, facts.cost30Micros])).toEqual([
    ['key_a', 1_500_000],
    ['key_b', null],
  ])
})

it('numbers items by connection and name, and records by which path a project role is held', () => {
  const register = reading([
    { source: 'projects', facts: [project('proj_a', { name: 'Web' }), project('proj_b', { name: 'Api' })] },
    {
      source: 'users',
      facts: [
        user('u2', { name: 'zoe' }),
        user('u1', { name: 'Ann', roleRaw: 'owner', level: 'owner' }),
        grant('u1', null, { roleRaw: 'owner', level: 'owner', impliedRoleRaw: 'owner', impliedLevel: 'owner' }),
      ],
    },
    {
      source: 'project-users',
      project: 'proj_a',
      facts: [grant('u2', 'proj_a', { roleRaw: 'viewer', level: 'reader' }), grant('u1', 'proj_a')],
    },
    { source: 'project-users', project: 'proj_b', facts: [grant('u2', 'proj_b', { grantedAt: AT - 5 })] },
  ])
  const items = frozen(register, 'membership')
  expect(items.map(({ position, name, facts }) => [position, name, facts.project?.name, facts.roleNow?.raw])).toEqual([
    [1, 'Ann', 'Web', 'member'],
    [2, 'zoe', 'Api', 'member'],
    [3, 'zoe', 'Web', 'viewer'],
  ])
  // The path through an organization role is shown, but is not decided here.
  expect(items[0]?.facts).toMatchObject({
    privileged: false,
    paths: [
      { via: 'organization', name: 'owner', role: { raw: 'owner' } },
      { via: 'direct', name: null, role: { raw: 'member' } },
    ],
  })
  expect(items[1]?.facts.grantedAt).toBe(AT - 5)
})

it('processes the population in chunks without leaving out an item', () => {
  const count = 5003
  const facts = Array.from({ length: count }, (_, n) => user(`u${String(n).padStart(5, '0')}`))
  const items = frozen(reading([{ source: 'users', facts }]), 'roles')
  expect(items).toHaveLength(count)
  expect(items.map(({ facts: { principal } }) => principal?.externalId)).toEqual(facts.map((fact) => fact.externalId))
})
