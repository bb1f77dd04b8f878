import { afterAll, expect, test } from 'vitest'

import { ReadingRefused } from '../../../electron/providers/kit/errors.ts'
import { getProvider } from '../../../electron/providers/registry.ts'
import { applyReading } from '../../../electron/register/apply/apply.ts'
import type { NewReading } from '../../../electron/register/apply/reading.ts'
import type { Writer } from '../../../electron/register/db/handles.ts'
import type { Register } from '../../../electron/register/register.ts'
import { newCollector } from '../../../electron/service/sync/perform-sync.ts'
import { CALLED_PROVIDER_IDS, type CalledProviderId } from '../../../shared/domain/providers/providers.ts'
import { drawn } from '../../drills/drill.ts'
import { fakeClock } from '../../providers/fake-clock.ts'
import type { FaultRule } from '../../providers/faults.ts'
import type { FakeServer } from '../../providers/http.ts'
import { VARIANTS, type Variant } from '../../providers/variants.ts'
import { newBriefRegister, newConnection } from '../register/registers.ts'
import { listOddities, type Oddity } from './odd-answers.ts'
import { CREDENTIAL, startPlace } from './places.ts'

const NOW = Date.UTC(2026, 10, 24, 12)

/** A server whose faults can be replaced, and what it answered without any, by path. */
interface Served {
  readonly provider: CalledProviderId
  readonly variant: Variant
  readonly server: FakeServer
  readonly rules: FaultRule[]
  /** What it answered without any is in it. */
  readonly register: Register
  readonly connectionId: number
  readonly answers: ReadonlyMap<string, unknown>
}

async function serve(provider: CalledProviderId, variant: Variant): Promise<Served> {
  const rules: FaultRule[] = []
  const server = await startPlace({ provider, variant }, { faults: { rules } })
  const answers = new Map<string, unknown>()
  const bodies: unknown[] = []
  rules.push({ path: /./u, fault: { kind: 'edit', edit: (body) => (bodies.push(body), body) } })
  const calm = await read(provider, server.baseUrl, 1)
  for (const [at, { path, status }] of server.requests.entries()) {
    if (status === 200 && !answers.has(path)) answers.set(path, bodies[at])
  }
  const register = newBriefRegister(() => NOW)
  const connectionId = newConnection(register, 'acme', provider)
  register.transact((writer) => applyReading(writer, { ...calm, connectionId }))
  return { provider, variant, server, rules, register, connectionId, answers }
}

async function read(provider: CalledProviderId, baseUrl: string, concurrency?: number): Promise<NewReading> {
  const { sink, facts, outcomes } = newCollector(() => undefined)
  const access = { credential: CREDENTIAL[provider], baseUrl, clock: fakeClock(), now: () => NOW, maxRetryDelayMs: 20 }
  await getProvider(provider).read(
    concurrency === undefined ? access : { ...access, concurrency },
    sink,
    new AbortController().signal,
  )
  return { connectionId: 0, origin: 'api', startedAt: NOW, finishedAt: NOW, operator: 'test', facts, outcomes }
}

const VERSIONS = [
  ['project_version', 'project_id'],
  ['principal_version', 'principal_id'],
  ['key_version', 'key_id'],
  ['membership', 'group_id, member_id'],
  ['grant', 'principal_id, project_id, role_raw'],
  ['limit_version', 'external_id'],
  ['federation_version', 'external_id'],
  ['certificate_version', 'external_id, project_id'],
  ['restriction_version', 'external_id'],
  ['detail_version', 'of_kind, external_id, kind'],
] as const

/** The facts that have ended: with a version that was closed and none that is current. */
function listEnded(writer: Writer): string[] {
  return VERSIONS.flatMap(([table, identity]) => {
    const same = identity.split(', ').map((name) => `n.${name} IS v.${name}`)
    return writer
      .all(
        `SELECT ${identity} FROM "${table}" v WHERE v.to_sync IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM "${table}" n WHERE ${same.join(' AND ')} AND n.to_sync IS NULL)`,
      )
      .map((row) => `${table} ${JSON.stringify(row)}`)
  })
}

const SERVED = await Promise.all(
  CALLED_PROVIDER_IDS.flatMap((provider) => VARIANTS.map((variant) => serve(provider, variant))),
)

afterAll(async () => {
  for (const { register } of SERVED) register.close()
  await Promise.all(SERVED.map(({ server }) => server.close()))
})

const ROOT = /^\/(?:v1|api\/v1)?\//u

const CASES = SERVED.flatMap((served) =>
  [...served.answers].flatMap(([path, body]) => listOddities(body).map((oddity) => ({ served, path, oddity }))),
).map((each): readonly [name: string, at: { served: Served; path: string; oddity: Oddity }] => [
  `${each.served.provider} (${each.served.variant}), ${each.path.replace(ROOT, '')}: ${each.oddity.what}`,
  each,
])

/**
 * Fields of which null is an answer by the provider's documents, and what then has ended: a role that is not there, a limit
 * without an amount, a place that is the whole organization, or a detail that is no longer reported.
 */
const ANSWERS: Readonly<Record<CalledProviderId, Readonly<Record<string, string>>>> = {
  openai: {
    role: 'grant',
    threshold_amount: 'limit_version detail_version',
    enforcement: 'detail_version',
    'enforcement.status': 'detail_version',
    notification_channel: 'detail_version',
    max_requests_per_1_minute: 'limit_version',
    max_tokens_per_1_minute: 'limit_version',
    max_images_per_1_minute: 'limit_version',
    max_audio_megabytes_per_1_minute: 'limit_version',
    batch_1_day_max_input_tokens: 'limit_version',
  },
  anthropic: {},
  openrouter: {
    limit: 'limit_version',
    reset_interval: 'limit_version',
    allowed_api_key_hashes: 'restriction_version',
  },
  litellm: {
    user_role: 'grant',
    organization_id: 'grant',
    team_id: 'principal_version grant limit_version restriction_version',
    max_budget: 'limit_version',
    tpm_limit: 'limit_version',
    rpm_limit: 'limit_version',
    models: 'restriction_version',
    metadata: 'principal_version grant',
    'metadata.service_account_id': 'principal_version grant',
  },
  'github-copilot': {
    assignee: 'principal_version grant membership',
    assigning_team: 'principal_version grant membership',
    plan_type: 'grant',
  },
  'cursor-team': {},
}

test('there are odd answers of every list of every provider', () => {
  for (const { provider, answers } of SERVED) {
    expect(CASES.filter(([, { served }]) => served.provider === provider).length).toBeGreaterThan(answers.size)
  }
})

test.each(drawn('odd-answers', CASES))('%s: ends no fact, and no list is complete with fewer rows', async (_, at) => {
  const { served, path, oddity } = at
  const { provider, server, rules, register, connectionId } = served
  const times = oddity.times === undefined ? {} : { times: oddity.times }
  const exact = new RegExp(`^${path.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')}(?:\\?|$)`, 'u')
  rules.splice(0, rules.length, { path: exact, fault: { kind: 'edit', edit: oddity.edit }, ...times })
  const odd = await read(provider, server.baseUrl).catch((error: unknown) => {
    if (error instanceof ReadingRefused) return null
    throw error
  })
  const ended =
    odd === null
      ? []
      : register.rehearse((writer) => (applyReading(writer, { ...odd, connectionId }), listEnded(writer)))
  const answers = oddity.field === undefined ? undefined : ANSWERS[provider][oddity.field]
  expect(ended.filter((each) => answers?.includes(each.split(' ')[0] ?? '') !== true)).toEqual([])
})
