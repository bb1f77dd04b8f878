import { describe, expect, it, onTestFinished } from 'vitest'

import { anthropicOrganization } from '../../../providers/anthropic-organization.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { openAiOrganization } from '../../../providers/openai-organization.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const CREDENTIALS = {
  openai: 'sk-admin-invites-0123456789abcdef',
  anthropic: 'sk-ant-admin01-invites-0123456789',
} as const
const DAY_MS = 86_400_000

type Called = keyof typeof CREDENTIALS

/** One administrator, and one invite to administer for each word and end, in days from now. */
const INVITES = [
  ['pending', 'pending', 7],
  ['overdue', 'pending', -1],
  ['expired', 'expired', -30],
  ['accepted', 'accepted', -30],
  ['deleted', 'deleted', -30],
] as const

const start: Readonly<Record<Called, (rows: readonly (typeof INVITES)[number][]) => Promise<FakeServer>>> = {
  openai: (rows) =>
    startFakeOpenAi({
      organizations: [
        openAiOrganization({
          id: 'org-invites',
          credentials: [CREDENTIALS.openai],
          users: [{ id: 'u', name: 'Mara', email: 'mara@acme.example', role: 'owner' }],
          invites: rows.map(([who, status, days]) => ({
            id: `invite-${who}`,
            email: `${who}@acme.example`,
            role: 'owner',
            status,
            expires_at: (NOW + days * DAY_MS) / 1000,
          })),
        }),
      ],
    }),
  anthropic: (rows) =>
    startFakeAnthropic({
      organizations: [
        anthropicOrganization({
          me: { id: 'org_invites', name: 'Invites' },
          credentials: [CREDENTIALS.anthropic],
          users: [{ id: 'u', name: 'Mara', email: 'mara@acme.example', role: 'admin', type: 'user' }],
          invites: rows.map(([who, status, days]) => ({
            id: `invite-${who}`,
            email: `${who}@acme.example`,
            role: 'admin',
            status,
            expires_at: new Date(NOW + days * DAY_MS).toISOString(),
          })),
        }),
      ],
    }),
}

async function read(provider: Called, rows: readonly (typeof INVITES)[number][] = INVITES) {
  const clock = { now: NOW }
  const server = await start[provider](rows)
  onTestFinished(() => server.close())
  const { api } = await newService({ now: () => clock.now })
  await connected(api, server, { client: 'acme', provider, credential: CREDENTIALS[provider] })
  await synced(api)
  return { api, clock }
}

describe.each(['openai', 'anthropic'] as const)('invites of %s', (provider) => {
  it('are people only while they are pending', async () => {
    const { api } = await read(provider)
    const { rows } = await api.people.list({ limit: 50 })
    expect(rows.map(({ email, status, privileged }) => [email, status, privileged])).toEqual([
      ['mara@acme.example', 'active', true],
      ['pending@acme.example', 'invited', false],
    ])
    expect((await api.people.list({ privileged: true })).total).toBe(1)
  })

  it('are counted apart from people and from administrators', async () => {
    const { api } = await read(provider)
    const { clients, entries } = await api.today.list({ client: 'acme' })
    expect(clients).toMatchObject([{ people: 1 }])
    expect(entries.map(({ says }) => says)).toContain('2 invites expired without an answer')
    expect((await api.findings.list({ client: 'acme', rule: 'invite-expired' })).total).toBe(2)
    expect((await api.findings.list({ client: 'acme', rule: 'privileged-too-many' })).total).toBe(0)
  })

  it('stop being people when they expire, and the addresses are free again', async () => {
    const { api, clock } = await read(provider, [['pending', 'pending', 7]])
    expect((await api.people.list({ status: 'invited' })).total).toBe(1)
    clock.now = NOW + 8 * DAY_MS
    await synced(api)
    expect((await api.people.list({})).rows.map(({ email }) => email)).toEqual(['mara@acme.example'])
    expect((await api.people.list({ status: 'removed' })).total).toBe(0)
    expect(JSON.stringify(await api.search.find({ query: 'pending@acme.example' }))).not.toContain('"person"')
  })

  it('are not counted among the administrators that a review starts from', async () => {
    const { api } = await read(provider)
    const plan = await api.reviews.plan({ client: 'acme', kind: 'admins' })
    expect(plan.administrators).toBe(1)
  })
})
