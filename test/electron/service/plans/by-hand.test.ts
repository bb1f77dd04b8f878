import { describe, expect, it } from 'vitest'

import type { Plan } from '../../../../shared/domain/plans/plan.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'
import { acmeBeside } from '../remediation/world.ts'
import { applied, drafted, PLAN, planWorld } from './world.ts'

describe('what no API can do', () => {
  it('has manual steps once what it needs exists: keys at Anthropic', async () => {
    const service = await newService()
    const { organization } = await acmeBeside(service)
    const plan: Plan = {
      ...PLAN,
      organizations: [{ name: 'Acme', provider: 'anthropic', reason: null, limit: null }],
      projects: PLAN.projects.map((project) => ({ ...project, limit: null })),
      people: [],
    }
    const planId = await drafted(service.api, { kind: 'plan', plan })
    const first = await service.api.planApply.addToList({ planId })
    expect([first.ready.length, first.waiting.length, first.byHand.length]).toEqual([2, 1, 0])
    expect(await applied(service, planId)).toBe(1)
    expect(organization.workspaces.map(({ row }) => row['name'])).toEqual(
      expect.arrayContaining(['Product-Prod', 'Product-Dev']),
    )
    const after = await service.api.planApply.addToList({ planId })
    expect(after).toMatchObject({ ready: [], waiting: [], left: [] })
    const { remediations } = await service.api.remediation.preview({ remediations: after.byHand })
    expect(remediations.map(({ byHand }) => byHand)).toEqual([expect.stringContaining('“prod-chatbot-backend”')])
  })
})

describe('answers of a person about a plan', () => {
  it('rename a project where two names are one, through remediation', async () => {
    const world = await planWorld()
    const planId = await drafted(world.api, { kind: 'plan', plan: PLAN })
    await applied(world, planId)
    const renamed = PLAN.projects.map((one) => (one.name === 'Product-Prod' ? { ...one, name: 'Shop-Prod' } : one))
    const jobs = PLAN.jobs.map((job) =>
      job.projects === 'all'
        ? job
        : { ...job, projects: job.projects.map((name) => (name === 'Product-Prod' ? 'Shop-Prod' : name)) },
    )
    await world.api.plan.save({ planId, version: 1, plan: { ...PLAN, projects: renamed, jobs } })
    const asked = (await world.api.planApply.drift({ planId })).differences
    expect(asked.map(({ kind, part }) => `${kind} ${part}`)).toEqual(['renamed project'])
    expect(await world.api.planApply.steps({ planId })).toEqual([])
    const subjectId = asked[0]?.subject?.id ?? 0
    const answer = { planId, part: 'project', planned: 'Shop-Prod', subjectId, same: true } as const
    await world.api.planApply.answerRename(answer)
    expect(await applied(world, planId)).toBe(1)
    expect((await world.api.planApply.drift({ planId })).differences).toEqual([])
    expect(world.organization.projects.map(({ row }) => row['name'])).toContain('Shop-Prod')
  })

  it('are about connections and projects of its own client', async () => {
    const world = await planWorld()
    const { connection } = await acmeBeside(world.service)
    await world.api.client.add({ name: 'Other', slug: 'other' })
    const { row } = await world.api.plan.create({ client: 'other', from: { kind: 'plan', plan: PLAN } })
    const error = await refused(
      world.api.planApply.bindOrganization({ planId: row.planId, organization: 'Acme', connectionId: connection }),
    )
    expect(error.code).toBe('INVALID')
    expect((await world.api.planApply.drift({ planId: row.planId })).organizations).toMatchObject([
      { connection: null },
    ])
  })

  it('allow no change request from a plan that does not ask for it', async () => {
    const world = await planWorld()
    const planId = await drafted(world.api, { kind: 'plan', plan: PLAN })
    const request = { action: 'project-create', subject: { kind: 'connection', id: world.connection } } as const
    const origin = { kind: 'plan', id: planId } as const
    expect(await refused(world.api.remediation.add({ ...request, values: { name: 'Mine' }, origin }))).toMatchObject({
      code: 'INVALID',
    })
    const added = await world.api.remediation.add({ ...request, values: { name: 'Product-Dev' }, origin })
    expect(added.says).toBe('Create the project Product-Dev in acme on OpenAI.')
    expect(world.writes()).toEqual([])
  })
})
