import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'

import { toProblems } from '../../../../shared/domain/plans/check/check.ts'
import { GUIDE_QUESTIONS, type GuideAnswers } from '../../../../shared/domain/plans/guide-answers.ts'
import { guidedPlan } from '../../../../shared/domain/plans/guide.ts'

const BASE: GuideAnswers = {
  company: 'Acme',
  teams: [
    { name: 'Product', applications: [{ name: 'chatbot', features: ['backend', 'realtime'] }] },
    { name: 'Research' },
  ],
  environments: ['dev', 'prod'],
}

const projects = (answers: GuideAnswers): string[] => guidedPlan(answers).plan.projects.map(({ name }) => name)
const step = (answers: GuideAnswers, id: string) => guidedPlan(answers).steps.find((one) => one.id === id)

describe('the guided start', () => {
  it('makes projects of teams and environments, with a key for each feature, named by the convention', () => {
    const { plan } = guidedPlan(BASE)
    expect(projects(BASE)).toEqual(['Product-Dev', 'Product-Prod', 'Research-Dev', 'Research-Prod'])
    expect(plan.projects.flatMap(({ keys }) => keys.map(({ name }) => name))).toEqual([
      'dev-product-chatbot-backend',
      'dev-product-chatbot-realtime',
      'prod-product-chatbot-backend',
      'prod-product-chatbot-realtime',
      'dev-research-main',
      'prod-research-main',
    ])
  })

  it('shows with each answer the rule of the decision table that it applied', () => {
    expect(guidedPlan(BASE).steps.map(({ id }) => id)).toEqual(GUIDE_QUESTIONS)
    expect(step(BASE, 'environments')).toMatchObject({
      answer: true,
      taken: true,
      rule: 'Dev, staging and production: separate projects.',
      follows: 'Each environment has projects of its own.',
      overridden: null,
    })
    expect(step(BASE, 'features')).toMatchObject({
      rule: 'Same app, different features: same project, with a key for each feature.',
    })
    expect(guidedPlan(BASE).plan.choices).toHaveLength(GUIDE_QUESTIONS.length)
  })

  it('lets a rule be overridden with a reason, which stays in the plan', () => {
    const overridden = 'The team is small.'
    const answers = { ...BASE, answers: { environments: { answer: true, overridden } } }
    expect(projects(answers)).toEqual(['Product', 'Research'])
    expect(guidedPlan(answers).plan.choices).toContainEqual(expect.objectContaining({ overridden, answer: 'Yes' }))
    const shared = { ...answers, environments: ['dev', 'staging', 'prod'], sharedEnvironments: [['dev', 'staging']] }
    expect(projects(shared)).toEqual(['Product-Dev-Staging', 'Product-Prod', 'Research-Dev-Staging', 'Research-Prod'])
    const features = { ...BASE, environments: [], answers: { features: { answer: true, overridden: 'Own limits.' } } }
    expect(projects(features)).toEqual(['Product-Backend', 'Product-Realtime', 'Research'])
  })

  it('separates applications if there are several, and if costs have to be tracked separately', () => {
    const teams = [{ name: 'Product', applications: [{ name: 'chatbot' }, { name: 'search' }] }]
    const several = { ...BASE, teams, environments: ['prod'] }
    expect(projects(several)).toEqual(['Chatbot', 'Search'])
    const together = { applications: { answer: true, overridden: 'One budget.' } }
    expect(projects({ ...several, answers: together })).toEqual(['Product'])
    expect(projects({ ...several, answers: { ...together, costs: { answer: true } } })).toEqual(['Chatbot', 'Search'])
  })

  it('makes one organization for one company, and several if billing, clients, law or compliance require them', () => {
    const organizations = [{ name: 'Client A' }, { name: 'Client B', provider: 'anthropic' as const }]
    const teams = [
      { name: 'A', organization: 'Client A' },
      { name: 'B', organization: 'client b' },
    ]
    const agency = { ...BASE, teams, organizations, answers: { clients: { answer: true } } }
    expect(guidedPlan(BASE).plan.organizations).toEqual([
      { name: 'Acme', provider: 'openai', reason: null, limit: null },
    ])
    const { plan } = guidedPlan(agency)
    expect(plan.organizations.map(({ name, provider }) => [name, provider])).toEqual([
      ['Client A', 'openai'],
      ['Client B', 'anthropic'],
    ])
    expect(plan.organizations[0]?.reason).toContain('Client isolation (agency)')
    expect(plan.projects.map(({ organization, team }) => [organization, team])).toEqual([
      ['Client A', 'A'],
      ['Client A', 'A'],
      ['Client B', 'B'],
      ['Client B', 'B'],
    ])
    const one = { clients: { answer: true, overridden: 'Both are ours.' }, billing: { answer: false } }
    expect(guidedPlan({ ...agency, answers: one }).plan.organizations).toHaveLength(1)
  })

  it('makes plans without errors from names without unusual characters, whatever the answers', () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/u)
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 })
    const team = (of: string) =>
      fc
        .uniqueArray(fc.record({ name, features: names }), { maxLength: 3, selector: (one) => one.name })
        .map((applications) => ({ name: of, applications }))
    const answer = fc.record({ answer: fc.boolean(), overridden: fc.constantFrom(null, 'Because.') })
    const answers = fc.dictionary(fc.constantFrom(...GUIDE_QUESTIONS), answer)
    fc.assert(
      fc.property(
        names.chain((all) => fc.tuple(...all.map(team))),
        names,
        answers,
        (teams, environments, given) => {
          const { plan } = guidedPlan({ company: 'Acme', teams, environments, answers: given })
          expect(toProblems(plan).filter(({ severity }) => severity === 'error')).toEqual([])
        },
      ),
    )
  })
})
