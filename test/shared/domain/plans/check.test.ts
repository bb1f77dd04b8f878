import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { toProblems } from '../../../../shared/domain/plans/check/check.ts'
import type { Plan } from '../../../../shared/domain/plans/plan.ts'
import { planFromTemplate, PLAN_TEMPLATES } from '../../../../shared/domain/plans/templates.ts'
import { anyPlan } from './any-plan.ts'
import { isSound } from './is-sound.ts'

const PLAN = planFromTemplate('exercise')

/** Problems after a change of the exercise, each as `path: says`. */
function brought(change: Partial<Plan>): string[] {
  const before = new Set(toProblems(PLAN).map(({ says }) => says))
  return toProblems({ ...PLAN, ...change })
    .filter(({ says }) => !before.has(says))
    .map(({ path, says }) => `${path}: ${says}`)
}

/** The exercise with its first project changed. */
function firstProject(change: Partial<Plan['projects'][number]>): Partial<Plan> {
  return { projects: PLAN.projects.map((project, at) => (at === 0 ? { ...project, ...change } : project)) }
}

const KEY = { name: 'prod-chatbot-backend', environment: 'prod', purpose: 'backend', rotationDays: null }

describe('the problems of a plan', () => {
  it('are not errors in a template', () => {
    for (const template of PLAN_TEMPLATES) expect(isSound(toProblems(planFromTemplate(template)))).toBe(true)
  })

  it('refer to a place in the plan, whatever the plan', () => {
    fc.assert(
      fc.property(anyPlan(), (plan) => {
        for (const { path, says, hint } of toProblems(plan)) {
          const found = path
            .split(/[.[\]]+/u)
            .filter((step) => step !== '')
            .reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], plan)
          expect([path, found === undefined]).toEqual([path, false])
          expect(says).not.toBe('')
          expect(hint).not.toBe('')
        }
      }),
    )
  })

  it('are repeated names, ignoring case, except for projects of different organizations', () => {
    expect(brought({ environments: ['dev', 'staging', 'prod', 'DEV'] })).toEqual([
      'environments[3]: Another environment is called “DEV” too, ignoring case (environments[0]).',
    ])
    const [first] = PLAN.projects
    const twice = { ...PLAN, projects: [...PLAN.projects, ...(first ? [{ ...first, organization: 'Other' }] : [])] }
    const organizations = [
      ...PLAN.organizations,
      { name: 'Other', provider: 'anthropic' as const, reason: null, limit: null },
    ]
    expect(toProblems({ ...twice, organizations }).filter(({ severity }) => severity === 'error')).toMatchObject([
      { path: 'jobs[2].projects[0]', says: 'Several projects are called “Product-Prod”.' },
    ])
    const jobs = PLAN.jobs.map((job) =>
      job.name === 'Product Dev' ? { ...job, projects: ['Other / Product-Prod'] } : job,
    )
    expect(isSound(toProblems({ ...twice, organizations, jobs }))).toBe(true)
  })

  it('are names that are empty or that providers refuse', () => {
    expect(brought(firstProject({ keys: [{ ...KEY, name: ' ' }] }))).toEqual([
      'projects[0].keys[0].name: This key has no name.',
    ])
    expect(brought({ environments: ['dev', 'staging', 'prod', 'a\nb'] })).toEqual([
      'environments[3]: The name of this environment contains a line break or another control character, which providers refuse.',
    ])
  })

  it('are references that cannot be resolved, with what may have been meant', () => {
    expect(brought(firstProject({ team: 'Produkt' }))).toEqual(['projects[0].team: The plan has no team “Produkt”.'])
    expect(toProblems({ ...PLAN, ...firstProject({ team: 'Produkt' }) })).toContainEqual(
      expect.objectContaining({ hint: 'Did you mean “Product”? Otherwise add it to the plan.' }),
    )
    const people = [{ name: 'Ana', email: 'ana@acme.example', job: 'CEO' }]
    expect(brought({ people })).toEqual(['people[0].job: The plan has no job “CEO”.'])
  })

  it('are key names that break the convention, or contain another environment', () => {
    expect(brought(firstProject({ keys: [{ ...KEY, name: 'backend' }] }))).toEqual([
      'projects[0].keys[0].name: “backend” does not follow the convention {environment}-{team}-{purpose}.',
    ])
    expect(brought(firstProject({ keys: [{ ...KEY, name: 'dev-chatbot-backend' }] }))).toEqual([
      'projects[0].keys[0].name: “dev-chatbot-backend” reads as a key for development, and is planned for prod.',
    ])
  })

  it('are limits that are not whole cents, and thresholds that do not rise', () => {
    const limit = { amount: 5_000_000, enforcement: 'hard', thresholds: [50, 80] } as const
    expect(brought(firstProject({ limit }))).toEqual([])
    expect(brought(firstProject({ limit: { ...limit, amount: 5_000_001 } }))).toHaveLength(1)
    expect(brought(firstProject({ limit: { ...limit, amount: 0 } }))).toHaveLength(1)
    expect(brought(firstProject({ limit: { ...limit, thresholds: [80, 80] } }))).toEqual([
      'projects[0].limit.thresholds: The thresholds of “Product-Prod” do not rise.',
    ])
    expect(brought(firstProject({ limit: { ...limit, thresholds: [0] } }))).toHaveLength(1)
  })

  it('are levels that a provider turns into stronger ones', () => {
    const says = 'OpenAI has no admin in an organization: it becomes owner.'
    expect(toProblems(PLAN)).toContainEqual(
      expect.objectContaining({ path: 'jobs[1].level', severity: 'warning', says }),
    )
    const organizations = [{ name: 'Acme Corp', provider: 'anthropic', reason: null, limit: null }] as const
    expect(toProblems({ ...PLAN, organizations }).map((one) => one.says)).not.toContain(says)
  })

  it('are people without an address, and the same job twice, but not two jobs', () => {
    const ana = { name: 'Ana', email: 'ana@acme.example', job: 'CTO' }
    expect(brought({ people: [ana, { ...ana, job: 'Finance' }] })).toEqual([])
    expect(brought({ people: [ana, { ...ana, email: 'ANA@acme.example' }] })).toHaveLength(1)
    expect(brought({ people: [{ ...ana, email: 'ana' }] })).toEqual([
      'people[0].email: “ana” of “Ana” is not a valid e-mail address.',
    ])
  })

  it('are reviews that cannot repeat', () => {
    expect(brought({ reviews: [{ about: 'keys', months: 0 }] })).toHaveLength(1)
    expect(brought({ reviews: [{ about: 'departed', months: 1 }] })).toHaveLength(1)
    expect(
      brought({
        reviews: [
          { about: 'keys', months: 1 },
          { about: 'keys', months: 3 },
        ],
      }),
    ).toHaveLength(1)
  })
})
