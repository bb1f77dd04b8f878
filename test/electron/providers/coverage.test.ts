import { readFileSync } from 'node:fs'

import { Anthropic } from '@anthropic-ai/sdk'
import { OpenAI } from 'openai'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'

import { ANTHROPIC_COVERAGE } from '../../../electron/providers/anthropic/coverage.ts'
import { CURSOR_TEAM_COVERAGE } from '../../../electron/providers/cursor-team/coverage.ts'
import { LITELLM_COVERAGE } from '../../../electron/providers/litellm/coverage.ts'
import { GITHUB_COPILOT_COVERAGE } from '../../../electron/providers/github-copilot/coverage.ts'
import { getMethods, isRead, type Coverage } from '../../../electron/providers/kit/coverage.ts'
import type { OpenLog } from '../../../electron/providers/kit/open-log.ts'
import { OPENAI_COVERAGE } from '../../../electron/providers/openai/coverage.ts'
import { OPENROUTER_COVERAGE } from '../../../electron/providers/openrouter/coverage.ts'
import { getProvider } from '../../../electron/providers/registry.ts'
import { PROVIDER_IDS } from '../../../shared/domain/providers/providers.ts'
import { startFakeAnthropic } from '../../providers/fake-anthropic.ts'
import { startFakeCursor } from '../../providers/fake-cursor.ts'
import { startFakeGitHub } from '../../providers/fake-github.ts'
import { startFakeLiteLlm } from '../../providers/fake-litellm.ts'
import { startFakeOpenRouter } from '../../providers/fake-openrouter.ts'
import { anthropicWorkspace } from '../../providers/anthropic-organization.ts'
import { startFakeOpenAi } from '../../providers/fake-openai.ts'
import { FJORD_CURSOR_KEY, fjordCursor } from '../../providers/fixtures/fjord-cursor.ts'
import { FJORD_TOKEN, fjordGitHub } from '../../providers/fixtures/fjord-github.ts'
import { HIDDEN_TOKEN, hiddenAnthropic } from '../../providers/fixtures/hidden-anthropic.ts'
import { hiddenOpenAi } from '../../providers/fixtures/hidden-openai.ts'
import { QUAY_ADMIN_KEY, quayOfAdmin } from '../../providers/fixtures/quay-litellm.ts'
import { tarnOpenRouter } from '../../providers/fixtures/tarn-openrouter.ts'
import type { FakeServer } from '../../providers/http.ts'
import { CURSOR_TEAM_SPECIFICATION } from '../../providers/specifications/cursor-team.ts'
import { GITHUB_COPILOT_SPECIFICATION } from '../../providers/specifications/github-copilot.ts'
import { LITELLM_SPECIFICATION } from '../../providers/specifications/litellm.ts'
import { OPENROUTER_SPECIFICATION } from '../../providers/specifications/openrouter.ts'
import { UNLIMITED } from '../../providers/throttle.ts'
import { coverageReference } from './coverage-reference.ts'
import { CREDENTIAL, places, type Called, type Place } from './places.ts'
import { findReadMethods, type ReadMethod } from './read-methods.ts'
import { recording, type Recording } from './recording.ts'

type Sent = Parameters<typeof findReadMethods>[1][number]

const sent: Sent[] = []

/** Notes what a client asks for. A client that tries what its runtime can do asks for no address of a provider. */
const note: typeof fetch = (input, init) => {
  const url = input instanceof Request ? input.url : String(input)
  if (url.startsWith('https:')) sent.push({ method: init?.method ?? 'GET', url })
  return Promise.resolve(Response.json({ data: [] }))
}

/** As the client's own methods ask: with the admin key. */
const ADMIN = { __security: { adminAPIKeyAuth: true } } as const

const openAiClient = (): OpenAI => new OpenAI({ adminAPIKey: 'none', apiKey: null, fetch: note, maxRetries: 0 })

function readMethodsOfOpenAi(client = openAiClient()): Promise<readonly ReadMethod[]> {
  return findReadMethods({ organization: client.admin.organization }, sent)
}

function readMethodsOfAnthropic(): Promise<readonly ReadMethod[]> {
  const client = new Anthropic({ apiKey: 'none', authToken: null, fetch: note, maxRetries: 0 })
  return findReadMethods({ organization: client.organization, 'beta.organization': client.beta.organization }, sent)
}

/** Methods about which the coverage decides nothing; a beta method is decided with the stable one of its name. */
function undecided(coverage: Coverage, methods: readonly string[]): readonly string[] {
  const decided = new Set(coverage.offers.flatMap(getMethods))
  return methods.filter((name) => !decided.has(name) && !decided.has(name.replace(/^beta\./u, '')))
}

/** Decisions about methods that do not exist; those with a path are in no client, but in a reference. */
function vain(coverage: Coverage, methods: readonly string[]): readonly string[] {
  const known = new Set(methods)
  return coverage.offers.flatMap(getMethods).filter((name) => !known.has(name) && !name.startsWith('GET /v1/'))
}

function readVersion(library: string): string {
  const path = new URL(`../../../node_modules/${library}/package.json`, import.meta.url)
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string }).version
}

/** A log of which one span is still to be read. */
const emptyLog = (): OpenLog => ({
  spans: [{ id: 1, from: 0, to: Date.now(), position: null }],
  take: () => undefined,
  flush: () => undefined,
  finish: () => true,
})

const names = (methods: readonly ReadMethod[]): readonly string[] => methods.map(({ name }) => name)

describe('the coverage of each provider', () => {
  it('decides about every method of OpenAI’s client that reads, and about no other', async () => {
    const methods = names(await readMethodsOfOpenAi())
    expect(methods.length).toBeGreaterThan(60)
    expect(undecided(OPENAI_COVERAGE, methods)).toEqual([])
    expect(vain(OPENAI_COVERAGE, methods)).toEqual([])
  })

  it('decides about every method of Anthropic’s client that reads, and about no other', async () => {
    const methods = names(await readMethodsOfAnthropic())
    expect(methods.length).toBeGreaterThan(100)
    expect(undecided(ANTHROPIC_COVERAGE, methods)).toEqual([])
    expect(vain(ANTHROPIC_COVERAGE, methods)).toEqual([])
  })

  it.each([
    ['OpenRouter', OPENROUTER_COVERAGE, OPENROUTER_SPECIFICATION],
    ['LiteLLM', LITELLM_COVERAGE, LITELLM_SPECIFICATION],
    ['GitHub', GITHUB_COPILOT_COVERAGE, GITHUB_COPILOT_SPECIFICATION],
    ['Cursor', CURSOR_TEAM_COVERAGE, CURSOR_TEAM_SPECIFICATION],
  ])('decides about every path of %s’s specification that reads, and about no other', (_name, coverage, { reads }) => {
    expect(undecided(coverage, reads)).toEqual([])
    expect(vain(coverage, reads)).toEqual([])
  })

  it('lacks a decision as soon as a client can read more: a method, or a resource below a known one', async () => {
    const client = openAiClient()
    const { organization } = client.admin
    const { users } = organization
    class Passkeys {
      readonly _client = client
      list(user: string): unknown {
        return client.get(`/organization/users/${user}/passkeys`, ADMIN)
      }
    }
    Object.assign(users, { passkeys: new Passkeys() })
    const added = Object.create(Object.getPrototypeOf(organization.roles) as object, {
      listHolders: { value: () => client.get('/organization/roles/holders', ADMIN) },
    }) as object
    Object.setPrototypeOf(organization.roles, added)
    const methods = names(await readMethodsOfOpenAi(client))
    expect(undecided(OPENAI_COVERAGE, methods)).toEqual([
      'organization.users.passkeys.list',
      'organization.roles.listHolders',
    ])
  })

  it('names the versions of the clients that are installed', () => {
    expect(OPENAI_COVERAGE.basis[0]).toMatch(`openai ${readVersion('openai')} `)
    expect(ANTHROPIC_COVERAGE.basis[0]).toMatch(`@anthropic-ai/sdk ${readVersion('@anthropic-ai/sdk')} `)
    expect(OPENROUTER_COVERAGE.basis[0]).toMatch(OPENROUTER_SPECIFICATION.of.replace(/ at (.{7}).*/u, ' at $1'))
    expect(LITELLM_COVERAGE.basis[0]).toMatch(LITELLM_SPECIFICATION.of.replace(/ at (.{8}).*/u, ' at $1'))
  })

  it('names each thing once', () => {
    for (const id of PROVIDER_IDS) {
      const whats = getProvider(id)
        .coverage(null)
        .offers.map(({ what }) => what)
      expect(whats).toEqual([...new Set(whats)])
    }
  })
})

const AT = '2026-03-01T09:00:00Z'
const ENTERPRISE_KEY = 'sk-ant-api01-hidden-0123456789abcdef'

describe('what a reading asks for', () => {
  let server: FakeServer | undefined

  beforeEach(() => {
    server = undefined
  })
  afterEach(async () => server?.close())

  const BASE: Readonly<Record<Called, string>> = { openai: '', anthropic: '', openrouter: '/api/v1' }

  async function readMethods(provider: Called): Promise<readonly ReadMethod[]> {
    if (provider === 'openai') return readMethodsOfOpenAi()
    if (provider === 'anthropic') {
      const documented = ANTHROPIC_COVERAGE.offers.flatMap(getMethods).filter((name) => name.startsWith('GET /'))
      return [...(await readMethodsOfAnthropic()), ...documented.map((name) => ({ name, path: name.slice(4) }))]
    }
    return OPENROUTER_SPECIFICATION.reads.map((name) => ({
      name,
      path: name.slice(name.indexOf(' ') + 1).replaceAll(/\{[^}]+\}/gu, ':id'),
    }))
  }

  /** Organizations in which every list that is asked of something has something to be asked of. */
  function start(place: Place): Promise<FakeServer> {
    if (place.provider === 'openai') {
      const organizations = [{ ...hiddenOpenAi(), credentials: [CREDENTIAL.openai] }]
      return startFakeOpenAi({ organizations, variant: place.variant, throttle: UNLIMITED })
    }
    if (place.provider === 'anthropic') {
      const organization = hiddenAnthropic()
      organization.credentials.push(ENTERPRISE_KEY)
      organization.workspaces.push(
        anthropicWorkspace({
          row: { type: 'workspace', id: 'wrkspc_code', name: 'Claude Code', created_at: AT, archived_at: null },
        }),
      )
      return startFakeAnthropic({ organizations: [organization], variant: place.variant })
    }
    const organization = tarnOpenRouter()
    organization.groups = [{ id: 'group', display_name: 'Group', created_at: AT }]
    return startFakeOpenRouter({ organizations: [organization], variant: place.variant })
  }

  /** Anthropic answers some of its lists to OAuth tokens alone, and others to Enterprise keys alone. */
  const credentialsOf = (provider: Called): readonly string[] =>
    provider === 'anthropic' ? [HIDDEN_TOKEN, ENTERPRISE_KEY] : [CREDENTIAL[provider]]

  /** The paths that a sync and a reading of usage ask for; every variant of the fake server together. */
  async function askedPaths(provider: Called, sink: Recording = recording()): Promise<readonly string[]> {
    const paths = new Set<string>()
    const asked = places<Called>(provider).flatMap((place) =>
      credentialsOf(provider).map((credential) => ({ place, credential })),
    )
    for (const { place, credential } of asked) {
      server = await start(place)
      const access = {
        baseUrl: server.baseUrl,
        credential,
        maxRetryDelayMs: 20,
        openLog: emptyLog,
      }
      const { signal } = new AbortController()
      const reading = recording()
      await getProvider(provider).read(access, reading, signal)
      sink.outcomes.push(...reading.outcomes)
      await getProvider(provider).usage(access, { from: 20_000, to: 20_010 }, () => undefined, signal)
      for (const { method, path } of server.requests) if (method === 'GET') paths.add(path.slice(BASE[provider].length))
      await server.close()
    }
    return [...paths]
  }

  it.each(['openai', 'anthropic', 'openrouter'] as const)('is what the coverage of %s calls read', async (provider) => {
    const methods = await readMethods(provider)
    const asked = await askedPaths(provider)
    const isAsked = ({ path }: ReadMethod): boolean => {
      const form = new RegExp(`^${RegExp.escape(path).replaceAll(RegExp.escape(':id'), '[^/]+')}$`, 'u')
      return asked.some((one) => form.test(one) && !methods.some((other) => other.path === one && other.path !== path))
    }
    const called = new Set(
      getProvider(provider)
        .coverage(null)
        .offers.flatMap((offer) => (isRead(offer) ? offer.calls : [])),
    )
    const isCalled = (name: string): boolean => called.has(name) || called.has(name.replace(/^beta\./u, ''))
    const differences = methods.filter((method) => isAsked(method) !== isCalled(method.name))
    expect(differences).toEqual([])
  })

  it.each(['openai', 'anthropic', 'openrouter'] as const)(
    'ends with the sources that the coverage of %s names',
    async (provider) => {
      const sink = recording()
      await askedPaths(provider, sink)
      const named = getProvider(provider)
        .coverage(null)
        .offers.flatMap((offer) => (isRead(offer) ? offer.sources : []))
      expect(new Set(sink.outcomes.map(({ source }) => source))).toEqual(new Set(named))
    },
  )
})

describe('what a reading of seats, or of a gateway of one’s own, asks for', () => {
  it.each([
    ['github-copilot', () => startFakeGitHub({ organizations: [fjordGitHub()] }), FJORD_TOKEN],
    ['cursor-team', () => startFakeCursor({ teams: [fjordCursor()] }), FJORD_CURSOR_KEY],
    ['litellm', () => startFakeLiteLlm(quayOfAdmin()), QUAY_ADMIN_KEY],
  ] as const)('is what the coverage of %s calls read', async (id, start, credential) => {
    const server = await start()
    onTestFinished(() => server.close())
    const provider = getProvider(id)
    const access = { baseUrl: server.baseUrl, credential, maxRetryDelayMs: 20, openLog: emptyLog }
    const { signal } = new AbortController()
    const sink = recording()
    await provider.read(access, sink, signal)
    await provider.usage(access, { from: 20_000, to: 20_010 }, () => undefined, signal)
    const offers = provider.coverage(null).offers.filter(isRead)
    const called = offers.flatMap(({ calls }) => calls)
    const forms = called.map((name) => new RegExp(`^${name.replaceAll(/\{[^}]+\}/gu, '[^/]+')}$`, 'u'))
    const asked = server.requests.map(({ method, path }) => `${method} ${path}`)
    expect(asked.filter((one) => !forms.some((form) => form.test(one)))).toEqual([])
    expect(called.filter((_, at) => !asked.some((one) => forms[at]?.test(one)))).toEqual([])
    expect(new Set(sink.outcomes.map(({ source }) => source))).toEqual(
      new Set(offers.flatMap(({ sources }) => sources)),
    )
  })
})

describe('the page about coverage', () => {
  it('matches the providers; run this file with `--update` to write it', async () => {
    await expect(coverageReference()).toMatchFileSnapshot('../../../docs/coverage.md')
  })
})
