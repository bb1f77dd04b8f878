import { expect, it, onTestFinished } from 'vitest'

import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from '../../../providers/fixtures/acme-anthropic.ts'
import { HIDDEN_CREDENTIAL, hiddenOpenAi } from '../../../providers/fixtures/hidden-openai.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

const NOW = Date.UTC(2026, 10, 24, 12)

it('who an alert notifies, which limit stops traffic now and what a directory manages is shown, and goes when the provider takes it back', async () => {
  const organization = hiddenOpenAi()
  const [shop] = organization.projects
  if (shop === undefined) throw new Error('the organization has no project')
  Object.assign(organization.users[1] as object, { is_scim_managed: true })
  shop.spendLimit = {
    object: 'project.spend_limit',
    threshold_amount: 50_000,
    currency: 'USD',
    interval: 'month',
    enforcement: { status: 'enforcing' },
  }
  shop.spendAlerts = [
    {
      object: 'project.spend_alert',
      id: 'al_1',
      threshold_amount: 40_000,
      currency: 'USD',
      interval: 'month',
      notification_channel: { type: 'email', recipients: ['fin@hidden.example'] },
    },
  ]
  const server = await startFakeOpenAi({ organizations: [organization] })
  onTestFinished(() => server.close())
  let now = NOW
  const { api } = await newService({ now: () => now })
  await connected(api, server, { client: 'hidden', credential: HIDDEN_CREDENTIAL })
  await synced(api)

  const limits = async (): Promise<unknown[]> => {
    const rows = await api.budgets.list({})
    return rows
      .map(({ enforcement, recipients, enforcing }) => [enforcement, recipients, enforcing])
      .toSorted((a, b) => String(a).localeCompare(String(b)))
  }
  expect(await limits()).toEqual([
    ['alert', ['fin@hidden.example'], null],
    ['hard', null, true],
  ])
  const [project] = (await api.projects.list({})).rows
  const { limits: shown } = await api.projects.get({ projectId: project?.projectId ?? 0 })
  expect(
    shown
      .map(({ enforcement, recipients, enforcing }) => [enforcement, recipients, enforcing])
      .toSorted((a, b) => String(a).localeCompare(String(b))),
  ).toEqual([
    ['alert', ['fin@hidden.example'], null],
    ['hard', null, true],
  ])
  const managed = async (): Promise<readonly string[]> => {
    const { rows } = await api.access.list({})
    const names = rows.filter(({ principal }) => principal.provisioned === true).map(({ principal }) => principal.name)
    return [...new Set(names.map(String))]
  }
  expect(await managed()).toEqual(['bo'])

  Object.assign(organization.users[1] as object, { is_scim_managed: false })
  Object.assign(shop.spendLimit as object, { enforcement: { status: 'inactive' } })
  now += 3_600_000
  await synced(api)
  expect(await managed()).toEqual([])
  expect(await limits()).toContainEqual(['hard', null, false])
})

it('labels of a workspace are shown with the project', async () => {
  const organization = acmeAnthropic()
  const production = organization.workspaces.find(({ row }) => row.id === 'wrkspc_01Prod')
  Object.assign(production?.row ?? {}, { tags: { client: 'acme', team: 'web' } })
  const server = await startFakeAnthropic({ organizations: [organization] })
  onTestFinished(() => server.close())
  const { api } = await newService({ now: () => NOW })
  await connected(api, server, { client: 'acme', provider: 'anthropic', credential: ACME_CREDENTIAL })
  await synced(api)
  const { rows } = await api.projects.list({})
  expect(rows.filter(({ tags }) => tags.length > 0).map(({ externalId, tags }) => [externalId, tags])).toEqual([
    ['wrkspc_01Prod', ['client=acme', 'team=web']],
  ])
})
