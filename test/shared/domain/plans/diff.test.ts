import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { diffPlans } from '../../../../shared/domain/plans/diff.ts'
import type { Plan } from '../../../../shared/domain/plans/plan.ts'
import { planFromTemplate } from '../../../../shared/domain/plans/templates.ts'
import { anyPlan } from './any-plan.ts'

const PLAN = planFromTemplate('exercise')

function withProject(name: string, change: Partial<Plan['projects'][number]>): Plan {
  return { ...PLAN, projects: PLAN.projects.map((one) => (one.name === name ? { ...one, ...change } : one)) }
}

/** Differences, one per line. */
function reported(a: Plan, b: Plan): string[] {
  return diffPlans(a, b).map(({ kind, part, name, field, before, after }) =>
    [kind, part, name, field, before, after].filter((word) => word !== null).join(' | '),
  )
}

describe('the difference of two plans', () => {
  it('is empty for a plan and itself, whatever the order of its lists', () => {
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        expect(diffPlans(plan, plan)).toEqual([])
      }),
    )
    const turned = { ...PLAN, projects: PLAN.projects.toReversed(), jobs: PLAN.jobs.toReversed() }
    expect(diffPlans(PLAN, turned)).toEqual([])
  })

  it('is reported by name: what was added, removed and changed', () => {
    const limit = { amount: 500_000_000, enforcement: 'hard', thresholds: [80] } as const
    expect(reported(PLAN, withProject('Research', { limit, environments: ['dev'] }))).toEqual([
      'changed | project | Research | environments | dev',
      'changed | project | Research | limit | $500.00 a month, hard limit, alerts at 80 %',
    ])
    expect(reported(PLAN, { ...PLAN, teams: [...PLAN.teams, { name: 'Sales', lead: null }] })).toEqual([
      'added | team | Sales',
    ])
    expect(reported({ ...PLAN, teams: [...PLAN.teams, { name: 'Sales', lead: null }] }, PLAN)).toEqual([
      'removed | team | Sales',
    ])
  })

  it('recognizes a project by its keys when its name is another, and does not report its keys as moved', () => {
    expect(reported(PLAN, withProject('Research', { name: 'Lab' }))).toContain(
      'renamed | project | Lab | Research | Lab',
    )
    expect(reported(PLAN, withProject('Research', { name: 'Lab' })).filter((line) => line.includes('| key |'))).toEqual(
      [],
    )
  })

  it('recognizes a key that moved to another project, and one that was renamed in its place', () => {
    const moved = PLAN.projects.find(({ name }) => name === 'Research')?.keys ?? []
    const away = withProject('Research', { keys: [] })
    const there = {
      ...away,
      projects: away.projects.map((one) =>
        one.name === 'Analytics-Dev' ? { ...one, keys: [...one.keys, ...moved] } : one,
      ),
    }
    expect(reported(PLAN, there)).toEqual([
      'changed | key | Analytics-Dev / research-experiments | project | Research | Analytics-Dev',
    ])
    const keys = moved.map((key) => ({ ...key, name: 'research-llm-experiments' }))
    expect(reported(PLAN, withProject('Research', { keys }))).toEqual([
      'renamed | key | Research / research-llm-experiments | Research / research-experiments | Research / research-llm-experiments',
    ])
  })

  it('is reversed when the plans change places', () => {
    fc.assert(
      fc.property(anyPlan(), anyPlan(), (a, b) => {
        const count = (of: readonly { readonly kind: string }[], kind: string) =>
          of.filter((one) => one.kind === kind).length
        const there = diffPlans(a, b)
        const back = diffPlans(b, a)
        expect(count(there, 'added')).toBe(count(back, 'removed'))
        expect(count(there, 'removed')).toBe(count(back, 'added'))
      }),
    )
  })
})
