import { describe, expect, it, onTestFinished } from 'vitest'

import type { Service } from '../../../../electron/service/process/open.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import { startFakeLiteLlm } from '../../../providers/fake-litellm.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { startFakeOpenRouter } from '../../../providers/fake-openrouter.ts'
import { HIDDEN_KEY, HIDDEN_TOKEN, hiddenAnthropic } from '../../../providers/fixtures/hidden-anthropic.ts'
import { HIDDEN_CREDENTIAL, hiddenOpenAi } from '../../../providers/fixtures/hidden-openai.ts'
import { QUAY_MASTER_KEY, quayLiteLlm } from '../../../providers/fixtures/quay-litellm.ts'
import { TARN_CREDENTIAL, tarnOpenRouter } from '../../../providers/fixtures/tarn-openrouter.ts'
import { UNLIMITED } from '../../../providers/throttle.ts'
import { VARIANTS, type Variant } from '../../../providers/variants.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

const NOW = Date.UTC(2026, 10, 24, 12)

type Api = Service['api']

async function openAi(variant: Variant): Promise<Api> {
  const server = await startFakeOpenAi({ organizations: [hiddenOpenAi()], variant, throttle: UNLIMITED })
  onTestFinished(() => server.close())
  const { api } = await newService({ now: () => NOW })
  await connected(api, server, { client: 'hidden', credential: HIDDEN_CREDENTIAL })
  await synced(api)
  return api
}

async function anthropic(variant: Variant, credential: string): Promise<Api> {
  const server = await startFakeAnthropic({ organizations: [hiddenAnthropic()], variant })
  onTestFinished(() => server.close())
  const { api } = await newService({ now: () => NOW })
  await connected(api, server, { client: 'hidden', provider: 'anthropic', credential })
  await synced(api)
  return api
}

/** Findings of any certainty as `rule: subject`. */
async function found(api: Api): Promise<readonly string[]> {
  const { rows } = await api.findings.list({ limit: 500, certainty: 'all' })
  return rows.map(({ rule, subject }) => `${rule.id}: ${subject.name}`)
}

/** Effective access as `principal place: role, level, via`. */
async function reached(api: Api): Promise<readonly string[]> {
  const { rows } = await api.access.list({ limit: 500 })
  return rows.map(
    ({ principal, project, roleRaw, level, via, viaName }) =>
      `${principal.name ?? principal.externalId} ${project?.name ?? 'organization'}: ${roleRaw}, ${level}, ${
        via === 'federation' ? viaName : via
      }`,
  )
}

/** Paths that no list of members shows, and where each is found. */
const OPENAI = {
  'a rule for every repository of an owner': 'federation-wildcard: sa-open',
  'its path in words': 'sa-open Shop: member, member, any workload of any repository of hidden (GitHub Actions)',
  'a rule for any branch': 'federation-any-branch: sa-branch',
  'a key that is left beside a rule': 'key-beside-federation: dev-shop-ci',
  'a pipeline that owns a project': 'federation-admin: sa-owner',
  'a rule of a disabled provider': 'federation-issuer-off: sa-off',
  'a certificate that has expired, active in a project alone': 'certificate-expiring: hidden on OpenAI',
  'a custom role of a project beside the word of its list': 'bo Shop: Key manager, admin, direct',
  'a custom role of a project by a group': 'cy Shop: Key manager, admin, group',
  'a custom role of the organization that acts in projects': 'di Shop: Project manager, admin, organization',
  'an account without a role that was given one apart': 'sa-apart Shop: owner, owner, direct',
  'a service account that owns the organization': 'service-account-admin: robot',
  'a key that lived forty minutes between two syncs': 'key-between-syncs: hidden on OpenAI',
  'an admin key that was created outside a remediation': 'admin-key-created: hidden on OpenAI',
} as const

const ANTHROPIC = {
  'a service account that administers the organization': 'service-account-admin: svac_admin',
  'a rule for every repository of an owner': 'federation-wildcard: svac_admin',
  'a pipeline that administers the organization': 'federation-admin: svac_admin',
  'its path in words':
    'svac_admin organization: admin, admin, any workload of any repository of hidden (GitHub Actions)',
  'a role of Claude Enterprise by a group': 'Bo organization: People manager, admin, group',
  'a token that lives a day': 'federation-token-long: svac_shop',
  'a workspace of a service account': 'svac_shop Shop: workspace_developer, member, direct',
  'the path of a workload to it':
    'svac_shop Shop: workspace_developer, member, workloads of the repository hidden/shop on the branch main (GitHub Actions)',
} as const

async function openRouter(variant: Variant): Promise<Api> {
  const server = await startFakeOpenRouter({ organizations: [tarnOpenRouter()], variant })
  onTestFinished(() => server.close())
  const { api } = await newService({ now: () => NOW })
  await connected(api, server, { client: 'hidden', provider: 'openrouter', credential: TARN_CREDENTIAL })
  await synced(api)
  return api
}

const OPENROUTER = {
  'a key of another vendor that one workspace uses': 'key-deposited: Production OpenAI key',
  'a key of another vendor that all workspaces use': 'key-deposited: anthropic sk-...77aa',
  'the age of a deposited key': 'rotation-overdue: Production OpenAI key',
} as const

async function liteLlm(variant: Variant): Promise<Api> {
  const server = await startFakeLiteLlm(quayLiteLlm(), { variant })
  onTestFinished(() => server.close())
  const { api } = await newService({ now: () => NOW })
  await connected(api, server, { client: 'hidden', provider: 'litellm', credential: QUAY_MASTER_KEY })
  await synced(api)
  return api
}

const LITELLM = {
  'a virtual key that administers the proxy through its user': 'admin-key-old: sk-...-ada',
  'a key of a model provider in the proxy': 'key-deposited: openai-main',
  'an admin of an organization in each team of it': 'Cy Web: org_admin, admin, direct',
} as const

describe.each(VARIANTS)('hidden paths, %s', (variant) => {
  it('of a key between two syncs names who made it and how long it existed', async () => {
    const api = await openAi(variant)
    const { rows } = await api.findings.list({ limit: 500, rule: 'key-between-syncs' })
    expect(rows.map(({ says }) => says)).toEqual([
      '1 key was created and deleted between two syncs, so that no list showed it; the last one, key_brief, existed for 40 minutes on 2026-11-24, by bo@hidden.example.',
    ])
  })

  it('are all found at OpenAI, and a rule of a disabled provider gives no access', async () => {
    const api = await openAi(variant)
    const all = [...(await found(api)), ...(await reached(api))]
    const missing = Object.entries(OPENAI).filter(([, path]) => !all.includes(path))
    expect(missing).toEqual([])
    expect(all.filter((path) => path.startsWith('sa-off Shop'))).toEqual(['sa-off Shop: member, member, direct'])
  })

  it('are all found at Anthropic with an OAuth token, and nothing is where a scope does not reach', async () => {
    const api = await anthropic(variant, HIDDEN_TOKEN)
    const all = [...(await found(api)), ...(await reached(api))]
    const missing = Object.entries(ANTHROPIC).filter(([, path]) => !all.includes(path))
    expect(missing).toEqual([])
    const federated = all.filter((path) => path.startsWith('svac_shop ') && path.includes('(GitHub Actions)'))
    expect(federated).toEqual([ANTHROPIC['the path of a workload to it']])
    expect(all.filter((path) => path.startsWith('svac_old '))).toEqual([])
  })

  it('are all found at OpenRouter', async () => {
    const all = await found(await openRouter(variant))
    const missing = Object.entries(OPENROUTER).filter(([, path]) => !all.includes(path))
    expect(missing).toEqual([])
  })

  it('are all found at a LiteLLM proxy', async () => {
    const api = await liteLlm(variant)
    const all = [...(await found(api)), ...(await reached(api))]
    const missing = Object.entries(LITELLM).filter(([, path]) => !all.includes(path))
    expect(missing).toEqual([])
  })

  it('are named as unknown at Anthropic with a key, and the sync is complete', async () => {
    const api = await anthropic(variant, HIDDEN_KEY)
    const [connection] = await api.connection.list({})
    expect(connection?.lastSync?.state).toBe('complete')
    const [coverage] = await api.coverage.list({})
    const states = coverage?.rows.filter(({ what }) => what === 'Federation rules')
    expect(states).toMatchObject([
      {
        state: 'not-synced',
        reason: 'Anthropic answers it to OAuth tokens with the scope org:admin alone, never to a key.',
        unknown: 'which workloads act as a service account without a key',
      },
    ])
  })
})

describe('access.federation', () => {
  it('lists every rule with its workloads, account and issuer', async () => {
    const api = await openAi('calm')
    const { rows } = await api.access.federation({ client: 'hidden', sort: { by: 'name' } })
    expect(
      rows.map(({ name, status, issuerStatus, pin, account }) => [name, status, issuerStatus, pin, account?.name]),
    ).toEqual([
      ['rule-branch', 'active', 'active', 'repository', 'sa-branch'],
      ['rule-off', 'active', 'disabled', 'repository', 'sa-off'],
      ['rule-open', 'active', 'active', 'owner', 'sa-open'],
      ['rule-owner', 'active', 'active', 'exact', 'sa-owner'],
    ])
  })
})
