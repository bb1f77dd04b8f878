import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { getReader } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { connected, northfold, synced } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { newService, recordingHost } from '../services.ts'

async function withClients(): Promise<Service> {
  const service = await newService()
  await service.api.client.add({ name: 'Acme Corp', slug: 'acme' })
  await service.api.client.add({ name: 'Other', slug: 'other' })
  return service
}

const EXERCISE = { kind: 'template', template: 'exercise' } as const

describe('plans of a client', () => {
  it('are drafts side by side, of which at most one is active', async () => {
    const { api } = await withClients()
    const one = await api.plan.create({ client: 'acme', from: EXERCISE })
    const two = await api.plan.create({ client: 'acme', from: EXERCISE })
    const agency = await api.plan.create({ client: 'other', from: { kind: 'template', template: 'agency' } })
    expect([one, two, agency].map(({ row }) => row.title)).toEqual(['Exercise', 'Exercise 2', 'Agency'])
    for (const { row } of [one, two, agency]) await api.plan.setActivated({ planId: row.planId, active: true })
    expect((await api.plan.list({ client: 'acme' })).map(({ title, active }) => [title, active])).toEqual([
      ['Exercise 2', true],
      ['Exercise', false],
    ])
    expect((await api.plan.list({})).map(({ client }) => client.slug)).toEqual(['acme', 'acme', 'other'])
    expect((await refused(api.plan.list({ client: 'nobody' }))).code).toBe('NOT_FOUND')
  })

  it('have titles of their own, ignoring case', async () => {
    const { api } = await withClients()
    await api.plan.create({ client: 'acme', title: 'Next year', from: EXERCISE })
    const wanting = api.plan.create({ client: 'acme', title: 'NEXT YEAR', from: EXERCISE })
    expect((await refused(wanting)).message).toBe('The client has a plan “NEXT YEAR” already.')
    await api.plan.create({ client: 'other', title: 'Next year', from: EXERCISE })
  })

  it('keep every version, and are not overwritten by a writer who did not see the newest', async () => {
    const { api } = await withClients()
    const { row, plan } = await api.plan.create({ client: 'acme', from: EXERCISE })
    const { planId } = row
    const saved = await api.plan.save({ planId, version: 1, plan: { ...plan, name: 'Acme' } })
    expect(saved).toMatchObject({ version: 2, row: { company: 'Acme', version: 2 } })
    const late = await refused(api.plan.save({ planId, version: 1, plan: { ...plan, name: 'Late' } }))
    expect(late).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('newest version is 2') as string })
    expect((await api.plan.save({ planId, version: 2, plan: saved.plan })).version).toBe(2)
    const restored = await api.plan.restore({ planId, version: 1 })
    expect(restored).toMatchObject({ version: 3, plan })
    expect((await api.plan.versions({ planId })).map(({ version, says }) => [version, says])).toEqual([
      [3, 'Restored from version 1'],
      [2, 'Changed'],
      [1, 'Made from the template exercise'],
    ])
    expect((await api.plan.get({ planId, version: 2 })).plan.name).toBe('Acme')
    expect(await api.plan.diff({ a: { planId, version: 1 }, b: { planId, version: 2 } })).toEqual([
      { kind: 'renamed', part: 'company', name: 'Acme', field: null, before: 'Acme Corp', after: 'Acme' },
    ])
  })

  it('with errors can be kept, and cannot be activated', async () => {
    const { api } = await withClients()
    const { row, plan } = await api.plan.create({ client: 'acme', from: EXERCISE })
    const { planId } = row
    const broken = { ...plan, teams: [] }
    const saved = await api.plan.save({ planId, version: 1, plan: broken })
    expect(saved.row.errors).toBe(5)
    expect((await refused(api.plan.setActivated({ planId, active: true }))).code).toBe('INVALID')
    await api.plan.restore({ planId, version: 1 })
    await api.plan.setActivated({ planId, active: true })
    expect((await refused(api.plan.save({ planId, version: 3, plan: broken }))).code).toBe('INVALID')
  })

  it('can be removed unless active, and restored with all versions', async () => {
    const { api } = await withClients()
    const { row } = await api.plan.create({ client: 'acme', from: EXERCISE })
    const { planId } = row
    await api.plan.setActivated({ planId, active: true })
    expect((await refused(api.plan.remove({ planId }))).code).toBe('CONFLICT')
    await api.plan.setActivated({ planId, active: false })
    await api.plan.remove({ planId })
    expect(await api.plan.list({})).toEqual([])
    expect((await refused(api.plan.get({ planId }))).code).toBe('NOT_FOUND')
    await api.plan.create({ client: 'acme', from: EXERCISE })
    expect((await api.plan.bringBack({ planId })).title).toBe('Exercise 2')
  })

  it('are in the journal, each decision once', async () => {
    const { api, context } = await withClients()
    const { row, plan } = await api.plan.create({ client: 'acme', from: EXERCISE })
    const { planId } = row
    await api.plan.save({ planId, version: 1, plan: { ...plan, name: 'Acme' } })
    await api.plan.rename({ planId, title: 'Ours' })
    await api.plan.setActivated({ planId, active: true })
    await api.plan.setActivated({ planId, active: false })
    await api.plan.remove({ planId })
    await api.plan.bringBack({ planId })
    const rows = getReader(context).column<string>("SELECT action FROM journal WHERE action LIKE 'plan.%' ORDER BY seq")
    expect(rows).toEqual([
      'plan.created',
      'plan.saved',
      'plan.renamed',
      'plan.activated',
      'plan.deactivated',
      'plan.removed',
      'plan.reinstated',
    ])
  })

  it('are imported from YAML and exported again, with the line of each problem', async () => {
    const { api } = await withClients()
    const { plan } = await api.plan.create({ client: 'acme', from: EXERCISE })
    const { text } = await api.plan.toYaml({ plan })
    expect((await api.plan.fromYaml({ text })).plan).toEqual(plan)
    expect(await api.plan.fromYaml({ text: text.replace('team: Product', 'team: Produkt') })).toMatchObject({
      problems: [{ path: 'projects[0].team', severity: 'error', line: 19, column: 11 }, {}, {}],
    })
  })

  it('have a document in Markdown and HTML', async () => {
    const { api } = await withClients()
    const { row } = await api.plan.create({ client: 'acme', from: EXERCISE })
    const markdown = await api.plan.document({ planId: row.planId })
    expect(markdown.suggestedName).toBe('acme-plan-exercise.md')
    expect(markdown.text).toContain('```mermaid')
    const html = await api.plan.document({ planId: row.planId, format: 'html' })
    expect(html.suggestedName).toBe('acme-plan-exercise.html')
    expect(html.text).toContain('<h1>Acme Corp: AI access plan</h1>')
  })
})

describe('the file of a plan', () => {
  it('is a PDF of its HTML where something prints, and noted in the journal', async () => {
    const printPdf = async (html: string) => ({ outcome: 'printed' as const, pdf: new TextEncoder().encode(html) })
    const { api, context } = await newService({ host: { ...recordingHost(), printPdf } })
    await api.client.add({ name: 'Acme Corp', slug: 'acme' })
    const { row } = await api.plan.create({ client: 'acme', from: EXERCISE })
    const path = join(mkdtempSync(join(tmpdir(), 'castellan-plan-')), 'plan.pdf')
    await api.plan.export({ planId: row.planId, format: 'pdf', path })
    expect(readFileSync(path, 'utf8')).toMatch(/^<!doctype html>/u)
    const body = getReader(context).value<string>("SELECT body FROM journal WHERE action = 'plan.exported'")
    expect(JSON.parse(body ?? '')).toMatchObject({ plan: row.planId, version: 1, format: 'pdf', path, rows: 5 })
  })

  it('is not a PDF where nothing prints', async () => {
    const { api } = await withClients()
    const { row } = await api.plan.create({ client: 'acme', from: EXERCISE })
    const path = join(tmpdir(), 'castellan-no-plan.pdf')
    expect((await refused(api.plan.export({ planId: row.planId, format: 'pdf', path }))).code).toBe('CONFLICT')
  })
})

describe('a plan of the current state', () => {
  it('contains the projects, keys and people of the register, and refuses a client that was never synced', async () => {
    const service = await newService()
    const { api } = service
    await api.client.add({ name: 'Empty' })
    expect((await refused(api.plan.create({ client: 'empty', from: { kind: 'adopt' } }))).code).toBe('CONFLICT')
    const fake = await northfold()
    await connected(api, fake)
    await synced(api)
    const { plan, row } = await api.plan.create({ client: 'northfold', from: { kind: 'adopt' } })
    expect(row.title).toMatch(/^As it is on \d{4}-\d{2}-\d{2}$/u)
    const projects = (await api.projects.list({ client: 'northfold', status: 'active' })).rows
    const used = projects.filter(({ isDefault, keys, serviceAccounts }) => !isDefault || keys + serviceAccounts > 0)
    expect(plan.projects.map(({ name }) => name).toSorted()).toEqual(used.map(({ name }) => name).toSorted())
    expect(plan.people.length).toBeGreaterThan(0)
    const jobs = new Set(plan.jobs.map(({ name }) => name))
    expect(plan.people.every(({ job }) => jobs.has(job))).toBe(true)
  })
})
