import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Service } from '../../../../electron/service/process/open.ts'

/** Calls every operation of plans, on plans of Northfold, one of them made of what it has. */
export async function everyPlan(
  api: Service['api'],
  ask: <T>(name: string, answer: Promise<T>) => Promise<T>,
): Promise<void> {
  const client = 'northfold'
  const folder = mkdtempSync(join(tmpdir(), 'castellan-plan-'))
  const answers = { company: 'Northfold', teams: [{ name: 'Web' }], environments: ['prod'] }
  await ask('plan.guide', api.plan.guide({ answers }))
  const adopted = await ask('plan.create', api.plan.create({ client, from: { kind: 'adopt' } }))
  const { row, plan } = await api.plan.create({ client, from: { kind: 'guided', answers } })
  const { planId } = row
  await ask('plan.check', api.plan.check({ plan }))
  const { text } = await ask('plan.toYaml', api.plan.toYaml({ plan: adopted.plan }))
  await ask('plan.fromYaml', api.plan.fromYaml({ text }))
  await ask('plan.save', api.plan.save({ planId, version: 1, plan: adopted.plan }))
  await ask('plan.restore', api.plan.restore({ planId, version: 1 }))
  await ask('plan.versions', api.plan.versions({ planId }))
  await ask('plan.get', api.plan.get({ planId, version: 2 }))
  await ask('plan.rename', api.plan.rename({ planId, title: 'Ours' }))
  await ask('plan.diff', api.plan.diff({ a: { planId, version: 1 }, b: { planId, version: 2 } }))
  await ask('plan.document', api.plan.document({ planId, version: 2, format: 'html' }))
  await ask('plan.export', api.plan.export({ planId, format: 'yaml', path: join(folder, 'plan.yaml') }))
  await ask('plan.setActivated', api.plan.setActivated({ planId, active: true }))
  await everyApply(api, ask, planId)
  await api.plan.setActivated({ planId, active: false })
  await ask('plan.remove', api.plan.remove({ planId }))
  await ask('plan.bringBack', api.plan.bringBack({ planId }))
  await ask('plan.list', api.plan.list({}))
}

/** The same for applying a plan: its organization is matched to the connection, and a project is asked about. */
async function everyApply(
  api: Service['api'],
  ask: <T>(name: string, answer: Promise<T>) => Promise<T>,
  planId: number,
): Promise<void> {
  const { plan, row } = await api.plan.get({ planId })
  const [connection] = (await api.connection.list({ client: row.client.slug })).filter(
    ({ provider }) => provider === 'openai',
  )
  const [project] = (await api.projects.list({ client: row.client.slug })).rows
  const organization = plan.organizations[0]?.name ?? ''
  await ask(
    'planApply.bindOrganization',
    api.planApply.bindOrganization({ planId, organization, connectionId: connection?.id ?? 0 }),
  )
  const planned = plan.projects[0]?.name ?? ''
  const rename = { planId, part: 'project', planned, subjectId: project?.projectId ?? 0, same: false } as const
  await ask('planApply.answerRename', api.planApply.answerRename(rename))
  await ask('planApply.drift', api.planApply.drift({ planId }))
  await ask('planApply.steps', api.planApply.steps({ planId }))
  const person = { name: 'Kim', email: 'kim@northfold.example', job: plan.jobs[0]?.name ?? '' }
  await ask('planApply.person', api.planApply.person({ planId, person }))
  await ask('planApply.preview', api.planApply.preview({ planId }))
  await ask('planApply.addToList', api.planApply.addToList({ planId }))
}
