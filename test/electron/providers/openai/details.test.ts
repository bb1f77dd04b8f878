import { expect, it, onTestFinished } from 'vitest'

import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { openAiOrganization, openAiProject } from '../../../providers/openai-organization.ts'
import { readAll } from '../recording.ts'

const CREDENTIAL = 'sk-admin-details-0123456789abcdef'

const user = (id: string, more: object) => ({
  object: 'organization.user',
  id,
  name: id,
  email: `${id}@details.example`,
  role: 'reader',
  added_at: 1_764_000_000,
  ...more,
})

const alert = (id: string, scope: string, channel: unknown) => ({
  object: `${scope}.spend_alert`,
  id,
  threshold_amount: 40_000,
  currency: 'USD',
  interval: 'month',
  notification_channel: channel,
})

const limit = (scope: string, status: unknown) => ({
  object: `${scope}.spend_limit`,
  threshold_amount: 50_000,
  currency: 'USD',
  interval: 'month',
  ...(status === undefined ? {} : { enforcement: { status } }),
})

it('who is notified, what is enforced and what a directory manages is kept where OpenAI reports it', async () => {
  const organization = openAiOrganization({
    id: 'org-details',
    credentials: [CREDENTIAL],
    users: [user('ada', { is_scim_managed: true }), user('bo', { is_scim_managed: false }), user('cy', {})],
    groups: [
      { row: { id: 'group_scim', name: 'Ops', created_at: 1, is_scim_managed: true }, users: [], roles: [] },
      { row: { id: 'group_own', name: 'Own', created_at: 1, is_scim_managed: false }, users: [], roles: [] },
    ],
    spendLimit: limit('organization', 'inactive'),
    spendAlerts: [
      alert('al_1', 'organization', { type: 'email', recipients: ['fin@details.example', 'ada@details.example'] }),
      alert('al_2', 'organization', { type: 'email', recipients: [] }),
      // A server of an earlier version sends no channel.
      alert('al_3', 'organization', undefined),
    ],
    projects: [
      openAiProject({
        row: { object: 'organization.project', id: 'proj_a', name: 'A', status: 'active', created_at: 1 },
        spendLimit: limit('project', 'enforcing'),
      }),
      openAiProject({
        row: { object: 'organization.project', id: 'proj_b', name: 'B', status: 'active', created_at: 1 },
        spendLimit: limit('project', undefined),
      }),
    ],
  })
  const server = await startFakeOpenAi({ organizations: [organization] })
  onTestFinished(() => server.close())
  const recording = await readAll('openai', { baseUrl: server.baseUrl, credential: CREDENTIAL })
  const details = recording.of('detail').map(({ of, externalId, kind, value }) => [of, externalId, kind, value])
  expect(details.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    ['limit', 'alert:al_1', 'recipients', ['fin@details.example', 'ada@details.example']],
    ['limit', 'alert:al_2', 'recipients', []],
    ['limit', 'spend:org', 'enforcing', ['no']],
    ['limit', 'spend:proj_a', 'enforcing', ['yes']],
    ['principal', 'ada', 'provisioned', ['yes']],
    ['principal', 'group_scim', 'provisioned', ['yes']],
  ])
})
