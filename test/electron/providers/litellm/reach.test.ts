import { afterEach, describe, expect, test } from 'vitest'

import { isRead } from '../../../../electron/providers/kit/coverage.ts'
import { toReach } from '../../../../electron/providers/litellm/caller.ts'
import { LITELLM_COVERAGE } from '../../../../electron/providers/litellm/coverage.ts'
import { getProvider } from '../../../../electron/providers/registry.ts'
import { isMissed } from '../../../../shared/domain/source.ts'
import { makeRegister, type Context } from '../../../../electron/service/core/context.ts'
import { startFakeLiteLlm, type FakeLiteLlm } from '../../../providers/fake-litellm.ts'
import { QUAY_MASTER_KEY, quayLiteLlm } from '../../../providers/fixtures/quay-litellm.ts'
import type { FaultRule } from '../../../providers/faults.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { connected, synced } from '../../service/fakes.ts'
import { newService } from '../../service/services.ts'
import { readAll, type Recording } from '../recording.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

const never = new AbortController().signal

/** The secret of a key of each caller: a viewer who is in a team, an admin of an organization, others, and a key without a user. */
const SECRETS = Object.fromEntries(
  ['viewer', 'lead', 'bo', 'custom', 'jobs'].map((who) => [`sk-quay-${who}-0123456789abcdef`, `hash-of-${who}`]),
)
const secretOf = (who: string): string => `sk-quay-${who}-0123456789abcdef`

function proxyOfRoles(): FakeLiteLlm {
  const proxy = quayLiteLlm()
  const [web, ...others] = proxy.teams
  const members = [...((web?.['members_with_roles'] ?? []) as readonly object[]), { user_id: 'u-viewer', role: 'user' }]
  const [north] = proxy.organizations ?? []
  const leads = [...((north?.['members'] ?? []) as readonly object[]), { user_id: 'u-lead', user_role: 'org_admin' }]
  return {
    ...proxy,
    secrets: SECRETS,
    sessions: { [secretOf('session')]: 'u-bo' },
    budgets: [{ budget_id: 'b-small', max_budget: 20, budget_duration: '7d', rpm_limit: 60 }],
    users: [
      ...proxy.users,
      { user_id: 'u-viewer', user_role: 'proxy_admin_viewer' },
      { user_id: 'u-lead', user_role: 'internal_user' },
      { user_id: 'u-custom', user_role: 'platform_lead' },
    ],
    teams: [{ ...web, members_with_roles: members }, ...others],
    organizations: [{ ...north, members: leads }],
    keys: [
      ...proxy.keys,
      { token: 'hash-of-viewer', user_id: 'u-viewer' },
      { token: 'hash-of-lead', user_id: 'u-lead' },
      { token: 'hash-of-bo', user_id: 'u-bo', budget_id: 'b-small' },
      { token: 'hash-of-custom', user_id: 'u-custom' },
      { token: 'hash-of-jobs', user_id: null, team_id: 't-web' },
    ],
  }
}

async function readAs(who: string): Promise<Recording> {
  server = await startFakeLiteLlm(proxyOfRoles(), { variant: 'live' })
  return readAll('litellm', { baseUrl: server.baseUrl, credential: who === 'master' ? QUAY_MASTER_KEY : secretOf(who) })
}

const statesOf = (said: Recording): Readonly<Record<string, string>> =>
  Object.fromEntries(said.outcomes.map(({ source, state }) => [source, state]))

const tokensIn = (said: Recording): readonly string[] =>
  said
    .of('key')
    .flatMap(({ externalId, vendor }) => (vendor === undefined ? [externalId] : []))
    .toSorted()

/** The keys and limits of the register, whole. */
function readHeld(context: Context) {
  const { reader } = makeRegister(context)
  return {
    versions: reader.all<{ readonly kind: string }>(
      'SELECT k.external_id AS x, v.* FROM key_version v JOIN key k ON k.id = v.key_id WHERE v.to_sync IS NULL ORDER BY x',
    ),
    limits: reader.all<{ readonly external_id: string }>(
      'SELECT * FROM limit_version WHERE to_sync IS NULL ORDER BY external_id',
    ),
  }
}

describe('a key of a LiteLLM proxy', () => {
  test('of a viewer who is in a team reads all users, teams and keys, and the sync misses nothing', async () => {
    const master = await readAs('master')
    await server?.close()
    const viewer = await readAs('viewer')
    expect(tokensIn(viewer)).toEqual(tokensIn(master))
    for (const type of ['principal', 'project'] as const) expect(viewer.of(type)).toEqual(master.of(type))
    expect(statesOf(viewer)).toEqual({
      users: 'complete',
      projects: 'complete',
      keys: 'complete',
      organization: 'unavailable',
      'deposited-keys': 'unavailable',
      'shared-budgets': 'unavailable',
    })
    expect(viewer.outcomes.filter(isMissed)).toEqual([])
    for (const source of ['organization', 'deposited-keys', 'shared-budgets'] as const) {
      expect(viewer.outcome(source).reason).toContain('to the role proxy_admin_viewer: nothing is concluded')
    }
  })

  test.each([
    ['lead', 'internal_user'],
    ['bo', 'internal_user'],
    ['custom', 'platform_lead'],
    ['jobs', null],
    ['session', null],
  ])('of %s, with the role %s, ends no list as complete', async (who, role) => {
    const said = await readAs(who)
    expect(said.outcomes.filter(({ state }) => state === 'complete')).toEqual([])
    const words = role === null ? 'The role of this key could not be read' : `shows a key of the role ${role} only some`
    const reasons = said.outcomes.map(({ reason }) => reason ?? '')
    expect(reasons.filter((reason) => reason.includes(words)).length).toBeGreaterThan(1)
  })

  test('of an admin of an organization keeps the users of the organization, as a part of all', async () => {
    const said = await readAs('lead')
    expect(said.of('principal').map(({ externalId }) => externalId)).toEqual(['u-bo', 'u-cy', 'u-lead'])
    expect(statesOf(said)['users']).toBe('denied')
  })

  test.each(['master', 'viewer', 'lead', 'bo'])('of %s is tested with the states that a sync then has', async (who) => {
    const said = await readAs(who)
    const access = { baseUrl: server?.baseUrl ?? '', credential: who === 'master' ? QUAY_MASTER_KEY : secretOf(who) }
    const { capabilities } = await getProvider('litellm').test(access, never)
    const toState = { readable: 'complete', denied: 'denied', unavailable: 'unavailable', failed: 'failed' } as const
    const tested = Object.fromEntries(capabilities.map(({ source, state }) => [source, toState[state]]))
    expect(tested).toEqual(statesOf(said))
  })

  test('of a lesser role is denied every list that the coverage calls partial', () => {
    const named = LITELLM_COVERAGE.offers.flatMap((offer) =>
      isRead(offer) && offer.partial !== null ? offer.sources : [],
    )
    const { partial } = toReach({ role: 'internal_user', user: 'u-bo' })
    expect(named.filter((source) => partial[source] === undefined)).toEqual([])
    expect(Object.keys(partial).toSorted()).toEqual(
      [...new Set<string>([...named, 'deposited-keys', 'shared-budgets'])].toSorted(),
    )
  })

  test.each([
    ['viewer', 'complete'],
    ['lead', 'denied'],
    ['jobs', 'denied'],
  ])('of %s reads spend and use as %s', async (who, state) => {
    server = await startFakeLiteLlm(proxyOfRoles(), { variant: 'live' })
    const access = { baseUrl: server.baseUrl, credential: secretOf(who) }
    const outcomes = await getProvider('litellm').usage(access, { from: 20_770, to: 20_790 }, () => undefined, never)
    expect(outcomes.map((outcome) => outcome.state)).toEqual([state, state])
  })

  test('of a lesser role ends nothing that the key before it read', async () => {
    server = await startFakeLiteLlm(proxyOfRoles(), { variant: 'live' })
    const { api, context } = await newService({ now: () => Date.UTC(2026, 10, 24, 12) })
    const id = await connected(api, server, { client: 'quay', provider: 'litellm', credential: QUAY_MASTER_KEY })
    await synced(api)
    const held = async () => ({
      keys: (await api.keys.list({ limit: 500 })).rows.map(({ name }) => name),
      access: (await api.access.list({ limit: 500 })).rows.map(({ principal, roleRaw }) => [
        principal.externalId,
        roleRaw,
      ]),
      ...readHeld(context),
    })
    const before = await held()
    expect(before.keys.length).toBeGreaterThan(10)
    expect(before.limits.map((limit) => limit.external_id)).toContain('spend:key:hash-of-bo')
    for (const who of ['viewer', 'lead', 'bo', 'jobs', 'session']) {
      await api.connection.setCredential({ id, credential: secretOf(who) })
      await synced(api)
      expect([who, await held()]).toEqual([who, before])
    }
  })
})

test.each([
  ['users', /\/user\/list/u],
  ['teams', /\/team\/list/u],
  ['users and teams', /\/(?:user|team)\/list/u],
  ['budgets', /\/budget\/list/u],
])(
  'a sync that could not read the %s of a proxy keeps what keys are, whose they are and what stops them',
  async (_, path) => {
    const rules: FaultRule[] = []
    server = await startFakeLiteLlm(proxyOfRoles(), { variant: 'live', faults: { rules } })
    const { api, context } = await newService({ now: () => Date.UTC(2026, 10, 24, 12) })
    await connected(api, server, { client: 'quay', provider: 'litellm', credential: QUAY_MASTER_KEY })
    await synced(api)
    const before = readHeld(context)
    expect(before.versions.map(({ kind }) => kind)).toContain('admin')
    rules.push({ path, fault: { kind: 'status', status: 403, body: { detail: 'No' } } })
    await synced(api)
    expect(readHeld(context)).toEqual(before)
  },
)
