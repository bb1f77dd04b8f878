import { describe, expect, it } from 'vitest'

import { countByTab, findPart, findTab, groupProblems } from '../../../../renderer/features/plans/problem-places.ts'
import { toProblems } from '../../../../shared/domain/plans/check/check.ts'
import type { PlanProblem } from '../../../../shared/domain/plans/problem.ts'
import { planFromTemplate } from '../../../../shared/domain/plans/templates.ts'

const problem = (path: string, change: Partial<PlanProblem> = {}): PlanProblem => ({
  path,
  severity: 'warning',
  says: `About ${path}.`,
  hint: 'Mend it.',
  ...change,
})

describe('a problem of a plan', () => {
  it('is shown only on the tab where its part is edited', () => {
    expect(
      ['name', 'organizations', 'projects[2].keys[0].name', 'jobs[0].level', 'people[1].email', 'naming.pattern'].map(
        (path) => findTab({ path }),
      ),
    ).toEqual(['structure', 'structure', 'structure', 'people', 'people', 'rules'])
    const problems = [problem('projects[0].limit.thresholds'), problem('jobs[0].level'), problem('jobs[1].level')]
    expect([...countByTab(problems)]).toEqual([
      ['structure', 1],
      ['people', 2],
    ])
  })

  it('leads to its part of the structure', () => {
    expect(findPart({ path: 'projects[2].keys[1].name' })).toEqual({ kind: 'key', project: 2, at: 1 })
    expect(findPart({ path: 'projects[2].limit.thresholds' })).toEqual({ kind: 'project', at: 2 })
    expect(findPart({ path: 'organizations[0].limit.amount' })).toEqual({ kind: 'organization', at: 0 })
    expect(findPart({ path: 'teams[3].name' })).toEqual({ kind: 'team', at: 3 })
    expect(['organizations', 'jobs[1].level', 'naming.pattern', ''].map((path) => findPart({ path }))).toEqual([
      null,
      null,
      null,
      null,
    ])
  })

  it('is grouped with those that are mended in the same way, errors before warnings', () => {
    const groups = groupProblems([
      problem('projects[0].limit'),
      problem('jobs[0].level', { hint: 'Use a level.' }),
      problem('projects[1].limit'),
      problem('projects[0].name', { severity: 'error', hint: 'Name it.' }),
    ])
    expect(groups.map(({ severity, hint, problems }) => [severity, hint, problems.length])).toEqual([
      ['error', 'Name it.', 1],
      ['warning', 'Mend it.', 2],
      ['warning', 'Use a level.', 1],
    ])
  })
})

describe('limits without an alert', () => {
  const plan = planFromTemplate('exercise')
  const limit = { amount: 5_000_000, enforcement: 'hard', thresholds: [] } as const
  const without = toProblems({
    ...plan,
    organizations: plan.organizations.map((organization) => ({ ...organization, limit: null })),
    projects: plan.projects.map((project, at) => ({ ...project, limit: at < 3 ? limit : null })),
  }).filter(({ path }) => path.endsWith('limit.thresholds'))

  it('are named, each once, in one group', () => {
    expect(without.map(({ says }) => says)).toEqual(
      plan.projects.slice(0, 3).map(({ name }) => `The limit of “${name}” has no alert before it is reached.`),
    )
    expect(groupProblems(without)).toHaveLength(1)
  })
})
