import { afterEach, describe, expect, test } from 'vitest'

import { LIST_BOUNDS } from '../../../electron/providers/kit/bounds.ts'
import { getProvider } from '../../../electron/providers/registry.ts'
import type { SourceName } from '../../../shared/domain/source.ts'
import { fakeClock } from '../../providers/fake-clock.ts'
import { endlessRows, type Fault } from '../../providers/faults.ts'
import type { FakeServer } from '../../providers/http.ts'
import { drawn } from '../../drills/drill.ts'
import { type Called, CREDENTIAL, type Place, places, startPlace } from './places.ts'
import { readAll, type Recording } from './recording.ts'
import { AddressRefused } from '../../../electron/providers/kit/errors.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

/** A list that no other needs to be read to its end. */
const LIST: Readonly<Record<Called, { readonly source: SourceName; readonly path: RegExp }>> = {
  openai: { source: 'invites', path: /\/invites/u },
  anthropic: { source: 'invites', path: /\/invites/u },
  openrouter: { source: 'users', path: /\/organization\/members/u },
}

async function read(at: Place, fault: Fault): Promise<Recording> {
  server = await startPlace(at, { faults: { rules: [{ path: LIST[at.provider].path, fault }] } })
  return readAll(at.provider, { baseUrl: server.baseUrl, credential: CREDENTIAL[at.provider] })
}

function sent({ provider }: Place): number {
  return (server?.requests ?? []).filter(({ path }) => LIST[provider].path.test(path)).length
}

function others({ provider }: Place, said: Recording): unknown {
  return said.outcomes.filter(({ source, state }) => source !== LIST[provider].source && state !== 'complete')
}

const CALM = places('openai', 'anthropic', 'openrouter').filter(({ variant }) => variant === 'calm')

describe.each(CALM)('$provider', (at) => {
  const { source } = LIST[at.provider]

  test.each(['flood', 'bomb'] as const)(
    'an answer of 1 GB (%s) is read to its bound once, and its reason is that it is too large',
    async (kind) => {
      const said = await read(at, { kind })
      expect(said.outcome(source)).toMatchObject({
        state: 'failed',
        fetched: 0,
        reason: expect.stringMatching(/sent an answer that cannot be used: it is larger than 32 MB/u),
      })
      expect(sent(at)).toBe(1)
      expect(others(at, said)).toEqual([])
    },
  )

  test('a connection test with an answer of 1 GB reports it too', async () => {
    server = await startPlace(at, { faults: { rules: [{ path: LIST[at.provider].path, fault: { kind: 'flood' } }] } })
    const access = { credential: CREDENTIAL[at.provider], baseUrl: server.baseUrl, clock: fakeClock() }
    const { capabilities } = await getProvider(at.provider).test(access, new AbortController().signal)
    expect(capabilities.find((capability) => capability.source === source)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('larger than 32 MB'),
    })
  })
})

describe.each(drawn('endless-lists', CALM))('$provider', (at) => {
  const { source } = LIST[at.provider]

  test('an endless list with new ids ends at its bound as failed, its reason names it, and the others are read', async () => {
    const said = await read(at, endlessRows(20_000))
    expect(said.outcome(source)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('The list does not end within 250,000 rows'),
    })
    expect(said.outcome(source).fetched).toBeLessThanOrEqual(LIST_BOUNDS.rows)
    expect(sent(at)).toBe(13)
    expect(others(at, said)).toEqual([])
  })
})

// It reads a million rows, which takes its time.
test.each(drawn('endless-readings', ['openai'] as const))(
  'lists with new ids for ever in all places of %s end the reading soon, and nothing is concluded',
  async (provider) => {
    server = await startPlace(
      { provider, variant: 'calm' },
      { faults: { rules: [{ path: /\?/u, fault: endlessRows(20_000) }] } },
    )
    const access = { baseUrl: server.baseUrl, credential: CREDENTIAL[provider] }
    const error = await readAll(provider, access).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(AddressRefused)
    expect((error as Error).message).toMatch(/1,000,000 rows.*Check the base URL.*kept/u)
    expect(server.requests.length).toBeLessThan(100)
  },
)
