import { afterEach, expect, test } from 'vitest'

import { getProvider } from '../../../../electron/providers/registry.ts'
import type { ProviderId } from '../../../../shared/domain/providers/providers.ts'
import { anthropicOrganization } from '../../../providers/anthropic-organization.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import type { FaultRule } from '../../../providers/faults.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from '../../../providers/fixtures/acme-anthropic.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { openAiOrganization, type FakeOpenAiOrganization } from '../../../providers/openai-organization.ts'
import { CredentialRefused } from '../../../../electron/providers/kit/errors.ts'
import type { TestReport } from '../../../../electron/providers/kit/probe.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

async function tryOut(id: ProviderId, credential: string, signal = new AbortController().signal): Promise<TestReport> {
  return getProvider(id).test({ credential, baseUrl: server?.baseUrl ?? null, maxRetryDelayMs: 20 }, signal)
}

const denied = (path: RegExp): FaultRule => ({
  path,
  fault: { kind: 'status', status: 403, body: { error: { message: 'Missing scopes.' } } },
})

function notReadable(report: TestReport): string[] {
  return report.capabilities
    .filter(({ state }) => state !== 'readable')
    .map(({ source, state }) => `${source} ${state}`)
}

/** With the project that has members first: that one is tried. */
function northfold(): FakeOpenAiOrganization {
  const organization = northfoldOpenAi()
  organization.projects.reverse()
  return organization
}

test('openai: names the organization and each thing that can be read, with one request each', async () => {
  server = await startFakeOpenAi({ organizations: [northfold()] })
  const report = await tryOut('openai', NORTHFOLD_CREDENTIAL)
  expect(report.organization).toEqual({
    externalId: 'org-northfold',
    name: null,
    projects: ['proj_acme', 'proj_default'],
  })
  expect(notReadable(report)).toEqual([])
  expect(report.capabilities.length).toBe(26)
  expect(server.requests.length).toBe(26)
  const limits = server.requests
    .filter(({ path }) => !/roles$|spend_limit$|projects$|data_retention$|hosted_tool_permissions$/u.test(path))
    .map(({ query }) => query.get('limit'))
  expect(new Set(limits)).toEqual(new Set(['1']))
})

test('openai: names what is denied and why', async () => {
  const rules = [denied(/admin_api_keys/u), denied(/spend_limit$/u), denied(/organization\/roles/u)]
  server = await startFakeOpenAi({ organizations: [northfold()], faults: { rules } })
  const report = await tryOut('openai', NORTHFOLD_CREDENTIAL)
  expect(report.organization?.externalId).toBe(null)
  expect(notReadable(report)).toEqual([
    'admin-keys denied',
    'roles denied',
    'spend-limits denied',
    'project-spend-limits denied',
  ])
  expect(report.capabilities.find(({ source }) => source === 'admin-keys')?.reason).toMatch(
    /may not read admin keys \(403\)/u,
  )
})

test('openai: an empty organization has nothing to try the lists inside on', async () => {
  server = await startFakeOpenAi({
    organizations: [openAiOrganization({ id: 'org-new', credentials: ['sk-admin-new'] })],
  })
  const report = await tryOut('openai', 'sk-admin-new')
  expect(report.organization?.externalId).toBe('org-new')
  expect(report.capabilities.find(({ source }) => source === 'project-keys')).toEqual({
    source: 'project-keys',
    state: 'unavailable',
    reason: 'There is no active project to try it on.',
  })
  expect(report.capabilities.length).toBe(26)
})

test('anthropic: names the organization and each thing that can be read, with one request each', async () => {
  server = await startFakeAnthropic({ organizations: [acmeAnthropic()] })
  const report = await tryOut('anthropic', ACME_CREDENTIAL)
  expect(report.organization).toEqual({ externalId: 'org_01Nf', name: 'Acme GmbH' })
  expect(notReadable(report)).toEqual([])
  expect(server.requests.length).toBe(9)
})

test('anthropic: an organization without the preview and without workspaces', async () => {
  const bare = anthropicOrganization({ me: { id: 'org_b', name: null }, credentials: ['sk-ant-admin01-b'] })
  server = await startFakeAnthropic({ organizations: [bare], faults: { rules: [denied(/\/users/u)] } })
  const report = await tryOut('anthropic', 'sk-ant-admin01-b')
  expect(report.organization).toEqual({ externalId: 'org_b', name: null })
  expect(notReadable(report)).toEqual([
    'users denied',
    'project-users unavailable',
    'spend-limits unavailable',
    'project-rate-limits unavailable',
  ])
})

test.each([
  ['openai', 'sk-admin-wrong'],
  ['anthropic', 'sk-ant-admin01-wrong'],
] as const)('%s: a refused credential and a cancelled test throw', async (id, wrong) => {
  server =
    id === 'openai'
      ? await startFakeOpenAi({ organizations: [northfold()] })
      : await startFakeAnthropic({ organizations: [acmeAnthropic()] })
  await expect(tryOut(id, wrong)).rejects.toThrow(CredentialRefused)
  const reason = new Error('closed')
  await expect(tryOut(id, wrong, AbortSignal.abort(reason))).rejects.toBe(reason)
})

test('a request that keeps failing is tried twice, since a person waits for the answer', async () => {
  const rules: FaultRule[] = [{ path: /admin_api_keys/u, fault: { kind: 'drop' } }]
  server = await startFakeOpenAi({ organizations: [northfold()], faults: { rules } })
  const report = await tryOut('openai', NORTHFOLD_CREDENTIAL)
  expect(notReadable(report)).toEqual(['admin-keys failed'])
  expect(server.requests.filter(({ path }) => path.includes('admin_api_keys'))).toHaveLength(2)
})
