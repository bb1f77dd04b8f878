import { describe, expect, it } from 'vitest'

import { acme, connected } from '../fakes.ts'
import { drafted, planWorld, type World } from './world.ts'

/** Rules of the plan that are broken, with their subjects. */
async function broken({ api }: Pick<World, 'api'>): Promise<string[]> {
  const { rows } = await api.findings.list({ client: 'acme', limit: 500 })
  return rows
    .flatMap(({ rule: { id }, subject }) => (id.startsWith('plan-') ? [`${id}: ${subject.name}`] : []))
    .toSorted()
}

const SHOP = {
  name: 'Shop',
  team: null,
  application: null,
  environments: [],
  limit: null,
  keys: [{ name: 'prod-shop-api', environment: null, purpose: 'api', rotationDays: null }],
}

/** A client whose active plan has one project more than exists. */
async function withDrift(): Promise<World & { readonly planId: number; readonly label: string }> {
  const world = await planWorld()
  const { api } = world
  const planId = await drafted(api, { kind: 'adopt' })
  await api.plan.setActivated({ planId, active: true })
  const { plan, version } = await api.plan.get({ planId })
  const organization = plan.organizations[0]?.name ?? ''
  expect(await broken(world)).toEqual([])
  const projects = [...plan.projects, { ...SHOP, organization }]
  await api.plan.save({ planId, version, plan: { ...plan, projects } })
  return { ...world, planId, label: organization }
}

describe('findings of the active plan', () => {
  it('follow when the plan is saved, deactivated and activated', async () => {
    const world = await withDrift()
    const { api, planId, label } = world
    expect(await broken(world)).toEqual([`plan-missing: ${label}`])
    await api.plan.setActivated({ planId, active: false })
    expect(await broken(world)).toEqual([])
    await api.plan.setActivated({ planId, active: true })
    expect(await broken(world)).toEqual([`plan-missing: ${label}`])
    await api.plan.restore({ planId, version: 1 })
    expect(await broken(world)).toEqual([])
  })

  it('do not exist for a draft', async () => {
    const world = await withDrift()
    await drafted(world.api, { kind: 'template', template: 'exercise' })
    expect(await broken(world)).toEqual([`plan-missing: ${world.label}`])
  })

  it('follow when a person sets which connection an organization is, and reverts that', async () => {
    const world = await withDrift()
    const { api, planId, label } = world
    const other = await connected(api, await acme(), { client: 'acme', provider: 'anthropic' })
    const before = [`plan-missing: ${label}`, expect.stringMatching(/^plan-organization-extra: .*Anthropic/u)]
    expect(await broken(world)).toEqual(before)
    await api.planApply.bindOrganization({ planId, organization: label, connectionId: other })
    expect(await broken(world)).toEqual([`plan-organization-extra: ${label}`])
    await api.planApply.bindOrganization({ planId, organization: label, connectionId: null })
    expect(await broken(world)).toEqual(before)
  })
})
