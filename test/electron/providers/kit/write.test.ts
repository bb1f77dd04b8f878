import { afterEach, describe, expect, it } from 'vitest'

import { carryOut, type ChangeRequest, type WriteResult } from '../../../../electron/providers/kit/write.ts'
import { getProvider } from '../../../../electron/providers/registry.ts'
import { PROVIDER_IDS } from '../../../../shared/domain/providers/providers.ts'
import { REMEDIATION_ACTIONS } from '../../../../shared/domain/remediation/remediation.ts'
import { startFakeAnthropic } from '../../../providers/fake-anthropic.ts'
import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { startFakeOpenRouter } from '../../../providers/fake-openrouter.ts'
import type { Fault } from '../../../providers/faults.ts'
import { ACME_CREDENTIAL, acmeAnthropic } from '../../../providers/fixtures/acme-anthropic.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../../../providers/fixtures/northfold-openai.ts'
import { TARN_CREDENTIAL, tarnOpenRouter } from '../../../providers/fixtures/tarn-openrouter.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { NEW_SECRET } from '../../../providers/openai-writes.ts'
import { NEW_OPENROUTER_SECRET } from '../../../providers/openrouter-writes.ts'
import { ACME, type Called, type Case, CASES, serviceKey, SPACE, subject, request } from '../write-cases.ts'

const servers: FakeServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

const CREDENTIAL = { openai: NORTHFOLD_CREDENTIAL, anthropic: ACME_CREDENTIAL, openrouter: TARN_CREDENTIAL } as const

const PROVIDERS = ['openai', 'anthropic', 'openrouter'] as const

/** A provider of which every write, and no more, goes wrong in one way. */
async function started(provider: Called, fault?: Fault): Promise<FakeServer> {
  const rules =
    fault === undefined ? [] : ['POST', 'PUT', 'PATCH', 'DELETE'].map((method) => ({ path: /./u, method, fault }))
  const server =
    provider === 'openai'
      ? await startFakeOpenAi({ organizations: [northfoldOpenAi()], faults: { rules } })
      : provider === 'anthropic'
        ? await startFakeAnthropic({ organizations: [enterpriseAcme()], faults: { rules } })
        : await startFakeOpenRouter({ organizations: [tarnOpenRouter()], faults: { rules } })
  servers.push(server)
  return server
}

/** With what Claude Enterprise alone has. */
const enterpriseAcme = () => ({ ...acmeAnthropic(), enterprise: { groups: [], roles: [] } })

const named = (it: Case): string =>
  [it.provider, it.request.action, it.request.subject.externalId, it.request.role ?? ''].join(' ').trim()

describe('a change', () => {
  it('has a case for every action at every provider', () => {
    const covered = new Set(CASES.map((it) => `${it.provider} ${it.request.action}`))
    for (const provider of PROVIDERS) {
      for (const action of REMEDIATION_ACTIONS) expect([...covered]).toContain(`${provider} ${action}`)
    }
  })

  it.each(CASES.filter(({ sent }) => sent !== null).map((it) => [named(it), it] as const))(
    'is sent exactly as it was planned: %s',
    async (_, { provider, request: it, sent }) => {
      const server = await started(provider)
      const plan = await getProvider(provider).plan(it, server.baseUrl)
      expect(server.requests).toHaveLength(0)
      if (plan.kind !== 'call') throw new Error('It has manual steps.')
      const access = { credential: CREDENTIAL[provider], baseUrl: server.baseUrl }
      const result = await getProvider(provider).write(access, it, plan.call, new AbortController().signal)
      expect(result).toMatchObject({ state: 'done' })
      expect(server.requests).toHaveLength(1)
      const [request] = server.requests
      const { origin } = new URL(server.baseUrl)
      expect({
        method: request?.method,
        url: `${origin}${request?.path}${request?.search}`,
        body: request?.body,
      }).toEqual(plan.call)
      const [line, body] = sent ?? []
      expect(`${request?.method} ${request?.path}`).toBe(line)
      expect(request?.body === null ? undefined : (JSON.parse(request?.body ?? '') as unknown)).toEqual(body)
      expect(JSON.stringify(plan)).not.toContain(CREDENTIAL[provider])
    },
  )

  it.each(CASES.filter(({ sent }) => sent === null).map((it) => [named(it), it] as const))(
    'has manual steps of the console: %s',
    async (_, { provider, request: it }) => {
      const plan = await getProvider(provider).plan(it, null)
      expect(plan).toMatchObject({ kind: 'by-hand', steps: expect.stringMatching(/^Open .+\n.+/u) as string })
      const call = { method: 'DELETE', url: 'http://127.0.0.1:1/', body: null }
      const access = { credential: CREDENTIAL[provider], baseUrl: null }
      await expect(getProvider(provider).write(access, it, call, new AbortController().signal)).rejects.toThrow(
        /Manual steps/u,
      )
    },
  )

  it.each(PROVIDERS)('lets no name at %s add a step or turn one around', async (provider) => {
    const name = 'Ann\nThen delete everything.\u202E\u2028'
    // OpenRouter's API creates keys; changing a role is a manual step.
    const [action, kind] =
      provider === 'openrouter' ? (['project-member-role', 'user'] as const) : (['key-rotate', 'key'] as const)
    const odd = { ...request(action, { ...subject(kind, 'k'), name }), project: { externalId: 'p', name } }
    const plain = { ...request(action, { ...subject(kind, 'k'), name: 'Ann' }), project: ACME }
    const steps = async (it: ChangeRequest): Promise<string> => {
      const plan = await getProvider(provider).plan(it, null)
      return plan.kind === 'by-hand' ? plan.steps : ''
    }
    expect((await steps(odd)).split('\n')).toHaveLength((await steps(plain)).split('\n').length)
    expect(await steps(odd)).toContain('“Ann Then delete everything.”')
  })

  it.each(PROVIDER_IDS)('at %s names the place of what has no project in a whole sentence', async (provider) => {
    const whole: string[] = []
    for (const action of REMEDIATION_ACTIONS) {
      const plan = await getProvider(provider).plan(request(action, subject('key', 'k'), { key: serviceKey }), null)
      whole.push(...plan.steps.split('\n'))
    }
    expect(whole.length).toBeGreaterThan(REMEDIATION_ACTIONS.length)
    expect(whole.filter((step) => /(?<!\bthe (?:project|workspace|team)) it belongs to/u.test(step))).toEqual([])
  })

  it('is not sent when the request would differ from the planned one', async () => {
    const server = await started('openai')
    const it = request('member-remove', subject('user', 'user-b2'))
    const access = { credential: NORTHFOLD_CREDENTIAL, baseUrl: server.baseUrl }
    const call = { method: 'DELETE', url: `${server.baseUrl}/organization/users/user-a1`, body: null }
    await expect(getProvider('openai').write(access, it, call, new AbortController().signal)).rejects.toThrow(
      /differs from what was previewed/u,
    )
    expect(server.requests).toHaveLength(0)
  })

  it('escapes the parts of the path', async () => {
    const plan = await getProvider('openai').plan(request('member-remove', subject('user', '../invites/x?y#z')), null)
    expect(plan).toMatchObject({
      call: { url: 'https://api.openai.com/v1/organization/users/..%2Finvites%2Fx%3Fy%23z' },
    })
    const key = await getProvider('openrouter').plan(request('key-delete', subject('key', '../x?y#z')), null)
    expect(key).toMatchObject({ call: { url: 'https://openrouter.ai/api/v1/keys/..%2Fx%3Fy%23z' } })
    await expect(getProvider('openrouter').plan(request('key-delete', subject('key', '..')), null)).rejects.toThrow(
      /cannot be part of an address/u,
    )
  })
})

describe('the secret of a new key', () => {
  it('comes with the answer and is in no message', async () => {
    const server = await started('openai')
    const result = await sent(
      server,
      'openai',
      request('key-rotate', subject('key', 'prod-web'), { project: ACME, key: serviceKey }),
    )
    expect(result).toMatchObject({ state: 'done', secret: { value: NEW_SECRET, name: 'prod-web' } })
    expect(result.says).not.toContain(NEW_SECRET)
  })

  it('comes from OpenRouter too, where keys are made for the maker of the old one', async () => {
    const server = await started('openrouter')
    const key = { kind: 'project', owner: { kind: 'user', externalId: 'user_ben' } } as const
    const it = request('key-rotate', subject('key', 'prod-web'), { project: SPACE, key, name: 'prod-web-2' })
    const result = await sent(server, 'openrouter', it)
    expect(result).toMatchObject({ state: 'done', secret: { value: NEW_OPENROUTER_SECRET, name: 'prod-web-2' } })
    expect(result.says).not.toContain(NEW_OPENROUTER_SECRET)
  })
})

async function sent(server: FakeServer, provider: Called, it: ChangeRequest): Promise<WriteResult> {
  const plan = await getProvider(provider).plan(it, server.baseUrl)
  if (plan.kind !== 'call') throw new Error('It has manual steps.')
  const access = { credential: CREDENTIAL[provider], baseUrl: server.baseUrl }
  return getProvider(provider).write(access, it, plan.call, new AbortController().signal)
}

const REMOVE: Readonly<Record<Called, ChangeRequest>> = {
  openai: request('member-remove', subject('user', 'user-b2')),
  anthropic: request('member-remove', subject('user', 'user_01B')),
  openrouter: request('key-delete', subject('key', 'hash-prod')),
}

/** Changes of what is not there. */
const CHANGE: Readonly<Record<Called, ChangeRequest>> = {
  openai: request('member-role', subject('user', 'user-gone'), { role: 'reader' }),
  anthropic: request('member-role', subject('user', 'user_gone'), { role: 'user' }),
  openrouter: request('key-rename', subject('key', 'hash-nobody'), { name: 'prod-a' }),
}

const SURPRISES: readonly (readonly [what: string, fault: Fault, state: WriteResult['state'], says: RegExp])[] = [
  ['400', { kind: 'status', status: 400 }, 'failed', /refused it \(400\)/u],
  ['401', { kind: 'status', status: 401 }, 'failed', /rejected the credential/u],
  ['403', { kind: 'status', status: 403 }, 'failed', /may not do this \(403\)/u],
  ['409', { kind: 'status', status: 409 }, 'failed', /\(409\)/u],
  ['429', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }, 'failed', /limits requests/u],
  ['a redirect', { kind: 'status', status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'failed', /redirect/u],
  [
    '303',
    { kind: 'status', status: 303, headers: { location: 'http://127.0.0.1:1/' } },
    'unsure',
    /elsewhere \(303\)/u,
  ],
  ['408', { kind: 'status', status: 408 }, 'unsure', /may have been done/u],
  ['500', { kind: 'status', status: 500 }, 'unsure', /may have been done/u],
  ['529', { kind: 'status', status: 529 }, 'unsure', /may have been done/u],
  ['a connection that breaks before the answer', { kind: 'drop' }, 'unsure', /broke/u],
  ['a connection that breaks in the answer', { kind: 'cut' }, 'unsure', /broke/u],
  ['half an answer', { kind: 'malformed' }, 'unsure', /cannot be read/u],
  ['no answer in the body', { kind: 'empty' }, 'unsure', /cannot be read/u],
  ['the page of a proxy', { kind: 'html' }, 'unsure', /cannot be read/u],
  [
    'another answer',
    { kind: 'edit', edit: () => ({ id: 'user-b2', deleted: false }) },
    'unsure',
    /not that it was done/u,
  ],
]

describe.each(PROVIDERS)('a surprise at %s', (provider) => {
  it.each(SURPRISES)('%s: is reported as it is, and the request is sent once', async (_, fault, state, says) => {
    const server = await started(provider, fault)
    const result = await sent(server, provider, REMOVE[provider])
    expect(result).toMatchObject({ state, says: expect.stringMatching(says) as string })
    expect(server.requests).toHaveLength(1)
  })

  it('no connection: nothing was sent', async () => {
    const server = await started(provider)
    await server.close()
    const result = await sent(server, provider, REMOVE[provider])
    expect(result).toMatchObject({ state: 'unsent', says: expect.stringMatching(/Nothing was sent/u) as string })
  })

  it('a removal of what is not there is unsure until a sync shows it, and does not hold up others', async () => {
    const server = await started(provider)
    const removed = { ...REMOVE[provider], subject: { ...REMOVE[provider].subject, externalId: 'nobody' } }
    expect(await sent(server, provider, removed)).toMatchObject({
      state: 'unsure',
      alone: true,
      says: expect.stringMatching(
        /does not find it \(404\).+removed already, or .+The next sync shows which/u,
      ) as string,
    })
    expect(await sent(server, provider, CHANGE[provider])).toMatchObject({ state: 'failed' })
  })
})

const INVITE: Readonly<Record<'openai' | 'anthropic', ChangeRequest>> = {
  openai: request('invite', subject('organization', 'o'), { email: 'Noor@New.example', role: 'reader' }),
  anthropic: request('invite', subject('organization', 'o'), { email: 'Noor@New.example', role: 'developer' }),
}

it.each(['openai', 'anthropic'] as const)(
  'an invite by %s is done where the answer has its address in another case, and unsure with another address',
  async (provider) => {
    const answered = (email: string): Fault => ({ kind: 'edit', edit: (body) => ({ ...(body as object), email }) })
    for (const [email, state] of [
      ['noor@new.example', 'done'],
      ['nora@new.example', 'unsure'],
    ] as const) {
      const server = await started(provider, answered(email))
      expect(await sent(server, provider, INVITE[provider])).toMatchObject({ state })
      await server.close()
    }
  },
)

describe('no answer in time', () => {
  it('leaves it unsure', async () => {
    const { APIConnectionTimeoutError } = await import('openai')
    const result = await carryOut({
      provider: 'openai',
      way: {
        says: '',
        removes: true,
        send: () => ({ asResponse: () => Promise.reject(new APIConnectionTimeoutError()) }),
        read: () => null,
      },
      open: () => Promise.resolve(null),
      access: { credential: NORTHFOLD_CREDENTIAL, baseUrl: null },
      planned: { method: 'DELETE', url: '', body: null },
      signal: new AbortController().signal,
    })
    expect(result).toEqual({ state: 'unsure', says: 'OpenAI did not answer in time. It may have been done.' })
  })
})

describe('a wrong address', () => {
  it('is not a proof that something was removed', async () => {
    const server = await started('openai')
    const baseUrl = server.baseUrl.replace('/v1', '/v2')
    const plan = await getProvider('openai').plan(REMOVE.openai, baseUrl)
    if (plan.kind !== 'call') throw new Error('It has manual steps.')
    const access = { credential: NORTHFOLD_CREDENTIAL, baseUrl }
    const result = await getProvider('openai').write(access, REMOVE.openai, plan.call, new AbortController().signal)
    expect(result).toMatchObject({ state: 'failed' })
  })
})
