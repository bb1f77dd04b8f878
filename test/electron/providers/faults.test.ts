import { afterEach, describe, expect, test } from 'vitest'

import { getProvider } from '../../../electron/providers/registry.ts'
import type { SourceName } from '../../../shared/domain/source.ts'
import { fakeClock } from '../../providers/fake-clock.ts'
import { endlessPages, REPEATING_CURSOR, type Fault, type Faults } from '../../providers/faults.ts'
import type { FakeServer } from '../../providers/http.ts'
import { type Called, CREDENTIAL, type Place, places, startPlace } from './places.ts'
import { readAll, recording, type Recording } from './recording.ts'
import { CredentialRefused } from '../../../electron/providers/kit/errors.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

/** A list of three rows that no other needs to be read to its end. */
const LIST: Readonly<Record<Called, { readonly source: SourceName; readonly path: string }>> = {
  openai: { source: 'invites', path: '/invites' },
  anthropic: { source: 'invites', path: '/invites' },
  openrouter: { source: 'users', path: '/organization/members' },
}

async function start(at: Place, faults: Faults): Promise<FakeServer> {
  server = await startPlace(at, { faults })
  return server
}

async function read(at: Place, faults: Faults): Promise<Recording> {
  const { baseUrl } = await start(at, faults)
  return readAll(at.provider, { baseUrl, credential: CREDENTIAL[at.provider] })
}

const OPENAI: Place = { provider: 'openai', variant: 'calm' }

/** Faults in the list that nothing else builds on. */
function inList(id: Called, fault: Fault, more: { skip?: number; times?: number } = {}): Faults {
  return { rules: [{ path: new RegExp(LIST[id].path, 'u'), fault, ...more }] }
}

function sent(part: string): number {
  return (server?.requests ?? []).filter(({ path }) => path.includes(part)).length
}

function others(id: Called, said: Recording): string[] {
  return said.outcomes
    .filter(({ source, state }) => source !== LIST[id].source && state !== 'complete')
    .map(({ source }) => source)
}

describe.each(places('openai', 'anthropic', 'openrouter'))('$provider, $variant', (at) => {
  const id = at.provider
  const { source: list, path } = LIST[id]

  test('401 for the credential ends the whole reading, every open source too', async () => {
    const { baseUrl } = await start(at, {})
    const sink = recording()
    const credential = `${CREDENTIAL[id].slice(0, 15)}wrong-secret-value`
    const reading = getProvider(id).read({ credential, baseUrl }, sink, new AbortController().signal)
    const error = await reading.catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(CredentialRefused)
    expect((error as Error).message).toMatch(/rejected the credential \(401\)/u)
    expect((error as Error).message).not.toContain('wrong-secret')
    expect(sink.outcomes.length).toBe(sink.began.length)
    expect(sink.outcomes.every(({ state }) => state === 'denied')).toBe(true)
    expect(sink.all).toEqual([])
    expect(server?.requests.length).toBeLessThanOrEqual(4)
  })

  test('401 in the middle ends the whole reading; what came before is not called complete', async () => {
    const { baseUrl } = await start(at, { rules: [{ path: /./u, skip: 6, fault: { kind: 'status', status: 401 } }] })
    const sink = recording()
    const reading = getProvider(id).read({ credential: CREDENTIAL[id], baseUrl }, sink, new AbortController().signal)
    await expect(reading).rejects.toThrow(CredentialRefused)
    expect(sink.outcomes.length).toBe(sink.began.length)
    expect(sink.outcomes.some(({ state }) => state === 'denied')).toBe(true)
  })

  test('401 that speaks of permissions is about one list', async () => {
    const body = { error: { message: 'You have insufficient permissions for this operation. Missing scopes: x.' } }
    const said = await read(at, inList(id, { kind: 'status', status: 401, body }))
    expect(said.outcome(list)).toMatchObject({ state: 'denied', fetched: 0 })
    expect(others(id, said)).toEqual([])
  })

  test('403 denies one source, immediately, and the others are read', async () => {
    const body = { type: 'error', error: { message: 'Missing scopes for this operation.' } }
    const said = await read(at, inList(id, { kind: 'status', status: 403, body }))
    expect(said.outcome(list)).toMatchObject({
      state: 'denied',
      reason: expect.stringMatching(/may not read (?:invites|users) \(403\).*Missing scopes/u),
    })
    expect(sent(path)).toBe(1)
    expect(others(id, said)).toEqual([])
  })

  test('404 means that the organization does not have it', async () => {
    const said = await read(at, inList(id, { kind: 'status', status: 404, body: {} }))
    expect(said.outcome(list)).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('404') })
    expect(sent(path)).toBe(1)
  })

  test('429 with Retry-After is waited for and loses nothing', async () => {
    const fault: Fault = { kind: 'status', status: 429, headers: { 'retry-after': '1' }, body: {} }
    const { baseUrl } = await start(at, inList(id, fault, { times: 1 }))
    const clock = fakeClock()
    const said = await readAll(id, { baseUrl, credential: CREDENTIAL[id], more: { maxRetryDelayMs: 5000, clock } })
    expect(clock.now()).toBeGreaterThanOrEqual(1000)
    expect(said.outcome(list)).toMatchObject({ state: 'complete', fetched: 3 })
    expect(sent(path)).toBe(2)
  })

  test('429 that asks for too long a wait fails immediately and reports how long', async () => {
    const fault: Fault = { kind: 'status', status: 429, headers: { 'retry-after': '600' }, body: {} }
    const said = await read(at, inList(id, fault))
    expect(said.outcome(list)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/429.*10 min.*Sync again/u),
    })
    expect(sent(path)).toBe(1)
    expect(others(id, said)).toEqual([])
  })

  test('429 forever fails after six tries', async () => {
    const said = await read(at, inList(id, { kind: 'status', status: 429, headers: { 'retry-after': '0' }, body: {} }))
    expect(said.outcome(list).state).toBe('failed')
    expect(sent(path)).toBe(6)
    expect(others(id, said)).toEqual([])
  })

  test.each([500, 502, 503, 529])('%i that passes is survived', async (status) => {
    const said = await read(at, inList(id, { kind: 'status', status, body: 'oops' }, { times: 3 }))
    expect(said.outcome(list)).toMatchObject({ state: 'complete', fetched: 3 })
    expect(sent(path)).toBe(4)
  })

  test.each([500, 529])('%i that stays fails the source after six tries', async (status) => {
    const said = await read(at, inList(id, { kind: 'status', status, body: {} }))
    expect(said.outcome(list)).toMatchObject({ state: 'failed', reason: expect.stringContaining(String(status)) })
    expect(sent(path)).toBe(6)
    expect(others(id, said)).toEqual([])
  })

  test('a server that forbids retries is not asked again', async () => {
    const said = await read(
      at,
      inList(id, { kind: 'status', status: 500, headers: { 'x-should-retry': 'false' }, body: {} }),
    )
    expect(said.outcome(list).state).toBe('failed')
    expect(sent(path)).toBe(1)
  })

  test.each(['cut', 'drop'] as const)('a connection that is lost (%s) is tried again', async (kind) => {
    const said = await read(at, inList(id, { kind }, { times: 2 }))
    expect(said.outcome(list)).toMatchObject({ state: 'complete', fetched: 3 })
    expect(sent(path)).toBe(3)
  })

  test('a connection that is always lost fails the source', async () => {
    const said = await read(at, inList(id, { kind: 'cut' }))
    expect(said.outcome(list)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/No connection .* in 6 tries/u),
    })
    expect(others(id, said)).toEqual([])
  })

  test('no server at all ends a reading and a test after one request, with one reason', async () => {
    const { baseUrl } = await start(at, {})
    await server?.close()
    const sink = recording()
    let requests = 0
    const access = { baseUrl, credential: CREDENTIAL[id], onRequest: () => void (requests += 1) }
    const { signal } = new AbortController()
    const reason = expect.stringMatching(/in one try \(ECONNREFUSED: nothing listens at its address\)/u) as string
    await expect(getProvider(id).read(access, sink, signal)).rejects.toMatchObject({
      name: 'ProviderUnreached',
      message: reason,
      fault: 'unreachable',
    })
    expect(sink.all).toEqual([])
    expect(sink.outcomes.every(({ state }) => state === 'failed')).toBe(true)
    expect(requests).toBe(1)
    await expect(getProvider(id).test(access, signal)).rejects.toMatchObject({ fault: 'unreachable', message: reason })
    expect(requests).toBe(2)
  })

  test('a credential that is refused ends a reading and a test after one request', async () => {
    const { baseUrl } = await start(at, {})
    let requests = 0
    const credential = `${CREDENTIAL[id].slice(0, 16)}-of-nobody-known`
    const access = { baseUrl, credential, onRequest: () => void (requests += 1) }
    const { signal } = new AbortController()
    const refused = { name: 'CredentialRefused', fault: 'refused' }
    await expect(getProvider(id).read(access, recording(), signal)).rejects.toMatchObject(refused)
    expect(requests).toBe(1)
    await expect(getProvider(id).test(access, signal)).rejects.toMatchObject(refused)
    expect(requests).toBe(2)
  })

  test.each(['malformed', 'html', 'empty'] as const)(
    'an answer that is %s fails the source, not silently',
    async (kind) => {
      const said = await read(at, inList(id, { kind }))
      expect(said.outcome(list)).toMatchObject({
        state: 'failed',
        fetched: 0,
        reason: expect.stringContaining('cannot be used'),
      })
      expect(sent(path)).toBe(1)
      expect(others(id, said)).toEqual([])
    },
  )

  test.each([
    ['a list elsewhere', { items: [] }],
    ['no list', { data: null }],
    ['text', 'hello'],
    ['null', null],
    ['a number', 7],
  ])('a body that is %s is not an empty list', async (_name, body) => {
    const said = await read(at, inList(id, { kind: 'edit', edit: () => body }))
    expect(said.outcome(list).state).toBe('failed')
  })

  test('a redirect is not followed', async () => {
    const said = await read(
      at,
      inList(id, { kind: 'status', status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' }, body: {} }),
    )
    expect(said.outcome(list)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('redirect (302)'),
    })
    expect(sent(path)).toBe(1)
  })

  test.each<readonly [string, (text: string) => string]>([
    ['base64', (text) => Buffer.from(text).toString('base64')],
    ['hex', (text) => Buffer.from(text).toString('hex')],
    ['reversed', (text) => Array.from(text).toReversed().join('')],
    ['spaced', (text) => Array.from(text).join(' ')],
    [
      'percent-encoded',
      (text) =>
        Array.from(text)
          .map((each) => `%${each.charCodeAt(0).toString(16)}`)
          .join(''),
    ],
  ])('the words of a provider that repeat the credential, %s, are left out of the reason', async (_name, disguise) => {
    const echo = disguise(CREDENTIAL[id])
    const body = { error: { message: `Your key ${echo} lacks a permission.` } }
    const said = await read(at, inList(id, { kind: 'status', status: 403, body }))
    expect(said.outcome(list).reason).toContain('its words repeat the credential and are left out')
    expect(JSON.stringify(said.outcomes)).not.toContain(echo.slice(0, 16))
  })

  test('the words of a provider in a reason are one line, bounded, and hold no credential', async () => {
    const message = `Bad\u0000\u202e key ${CREDENTIAL[id]}\nand sk-proj-zyxwvu987654 ${'x'.repeat(5000)}`
    const said = await read(at, inList(id, { kind: 'status', status: 403, body: { error: { message } } }))
    const { reason } = said.outcome(list)
    expect(reason).toContain('Bad key')
    expect(reason?.length).toBeLessThan(350)
    expect(reason).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(JSON.stringify(said.outcomes)).not.toContain(CREDENTIAL[id])
    expect(reason).not.toContain('zyxwvu987654')
  })
})

describe.each(places('openai', 'anthropic'))('pages of $provider, $variant, which go on from a cursor', (at) => {
  const id = at.provider
  const { source: list, path } = LIST[id]

  test('a page that repeats its cursor forever ends the source; its rows are kept', async () => {
    const said = await read(at, inList(id, REPEATING_CURSOR))
    expect(said.outcome(list)).toMatchObject({
      state: 'failed',
      fetched: 3,
      reason: expect.stringContaining('repeat'),
    })
    expect(sent(path)).toBe(2)
    expect(said.of('principal').filter(({ kind }) => kind === 'invite').length).toBe(2)
    expect(others(id, said)).toEqual([])
  })

  test('pages that go on forever with new cursors and old rows end the source', async () => {
    const said = await read(at, inList(id, endlessPages()))
    expect(said.outcome(list)).toMatchObject({
      state: 'failed',
      fetched: 3,
      reason: expect.stringContaining('nothing new'),
    })
    expect(sent(path)).toBeLessThanOrEqual(12)
  })

  test('a page that reports more pages, but not where, is not the end of the list', async () => {
    const edit = (body: unknown): unknown => ({ ...(body as object), data: [], has_more: true, last_id: null })
    const said = await read(at, inList(id, { kind: 'edit', edit }))
    expect(said.outcome(list)).toMatchObject({ state: 'failed', reason: expect.stringContaining('not where') })
  })

  test('a short page that does not report whether there is more is the end', async () => {
    const edit = (body: unknown): unknown => ({ ...(body as object), has_more: null })
    const said = await read(at, inList(id, { kind: 'edit', edit }))
    expect(said.outcome(list)).toMatchObject({ state: 'complete', fetched: 3 })
  })

  test('a failure on a later page keeps the rows before it, and is not complete', async () => {
    const small = (body: unknown): unknown => {
      const data = (body as { data: { id: string }[] }).data.slice(0, 1)
      return { ...(body as object), data, has_more: true, last_id: data[0]?.id }
    }
    const said = await read(at, {
      rules: [
        { path: new RegExp(path, 'u'), times: 1, fault: { kind: 'edit', edit: small } },
        { path: new RegExp(path, 'u'), fault: { kind: 'status', status: 500, body: {} } },
      ],
    })
    expect(said.outcome(list)).toMatchObject({ state: 'failed', fetched: 1 })
    expect(said.of('principal').filter(({ kind }) => kind === 'invite').length).toBe(1)
  })
})

describe('openai alone', () => {
  test('a project that is archived while it is read does not fail the rest', async () => {
    const body = { error: { message: 'The project is archived.', code: 'project_archived' } }
    const said = await read(OPENAI, {
      rules: [{ path: /proj_acme\/(?:users|service_accounts)/u, fault: { kind: 'status', status: 400, body } }],
    })
    expect(said.outcome('project-users', 'proj_acme').state).toBe('unavailable')
    expect(said.outcome('project-service-accounts', 'proj_acme').state).toBe('unavailable')
    expect(said.outcome('project-keys', 'proj_acme').state).toBe('complete')
  })

  test('spend limits that OpenAI does not have, or a proxy hides, are not "none set"', async () => {
    const unknown = { error: { message: 'Invalid URL', code: 'unknown_url' } }
    const said = await read(OPENAI, {
      rules: [
        { path: /organization\/spend_limit/u, fault: { kind: 'status', status: 404, body: unknown } },
        { path: /proj_acme\/spend_limit/u, fault: { kind: 'status', status: 404, body: 'not here' } },
      ],
    })
    expect(said.outcome('spend-limits').state).toBe('unavailable')
    expect(said.outcome('project-spend-limits', 'proj_acme').state).toBe('unavailable')
    expect(said.outcome('project-spend-limits', 'proj_default').state).toBe('complete')
  })

  test('a spend limit of another form fails, one without an amount is none', async () => {
    const said = await read(OPENAI, {
      rules: [
        { path: /organization\/spend_limit/u, fault: { kind: 'edit', edit: () => ({ hello: 1 }) } },
        {
          path: /proj_acme\/spend_limit/u,
          fault: { kind: 'edit', edit: () => ({ object: 'project.spend_limit', threshold_amount: null }) },
        },
      ],
    })
    expect(said.outcome('spend-limits').state).toBe('failed')
    expect(said.outcome('project-spend-limits', 'proj_acme')).toMatchObject({ state: 'complete', fetched: 0 })
  })

  test('what builds on a list that was not read to its end is not called complete', async () => {
    const said = await read(OPENAI, {
      rules: [{ path: /organization\/(?:groups|roles)\?/u, fault: { kind: 'status', status: 403, body: {} } }],
    })
    expect(said.outcome('groups').state).toBe('denied')
    expect(said.outcome('roles').state).toBe('denied')
    for (const source of ['group-users', 'group-roles', 'user-roles'] as const) {
      expect(said.outcome(source)).toMatchObject({
        state: 'unavailable',
        reason: expect.stringMatching(/Groups|Roles/u),
      })
    }
  })

  test('projects seen before their list failed are read', async () => {
    const said = await read(OPENAI, {
      rules: [
        {
          path: /organization\/projects\?/u,
          fault: REPEATING_CURSOR,
        },
      ],
    })
    expect(said.outcome('projects').state).toBe('failed')
    expect(said.outcome('project-keys', 'proj_acme')).toMatchObject({ state: 'complete', fetched: 3 })
  })
})

test('anthropic: an organization that names nothing is not taken for read', async () => {
  const said = await read(
    { provider: 'anthropic', variant: 'calm' },
    { rules: [{ path: /\/me$/u, fault: { kind: 'edit', edit: () => ({}) } }] },
  )
  expect(said.outcome('organization').state).toBe('failed')
})
