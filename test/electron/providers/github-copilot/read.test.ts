import { afterEach, describe, expect, test } from 'vitest'

import { AddressRefused, CredentialRefused } from '../../../../electron/providers/kit/errors.ts'
import { getProvider } from '../../../../electron/providers/registry.ts'
import { startFakeGitHub, type FakeGitHubOrganization } from '../../../providers/fake-github.ts'
import type { Faults } from '../../../providers/faults.ts'
import { FJORD_TOKEN, fjordGitHub } from '../../../providers/fixtures/fjord-github.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { VARIANTS } from '../../../providers/variants.ts'
import { readAll, recording, type Recording } from '../recording.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

const bigSeats = (count: number): FakeGitHubOrganization['seats'] =>
  Array.from({ length: count }, (_, n) => ({
    assignee: { id: n + 1, login: `user-${n}` },
    created_at: '2026-02-03T10:00:00Z',
    last_activity_at: null,
  }))

/** The fields of a seat that the specification lets be null or missing. */
const NULLABLE = [
  'assignee',
  'organization',
  'assigning_team',
  'pending_cancellation_date',
  'last_activity_at',
  'last_activity_editor',
  'last_authenticated_at',
  'updated_at',
  'plan_type',
]

describe.each(VARIANTS)('GitHub Copilot at a %s server', (variant) => {
  async function read(
    organizations: readonly FakeGitHubOrganization[] = [fjordGitHub()],
    { faults = {}, path = '' }: { readonly faults?: Faults; readonly path?: string } = {},
  ): Promise<Recording> {
    server = await startFakeGitHub({ organizations, variant, faults })
    return readAll('github-copilot', { baseUrl: `${server.baseUrl}${path}`, credential: FJORD_TOKEN })
  }

  test('reads each seat with its person, use, cancellation and role', async () => {
    const said = await read()
    expect(said.outcomes.map(({ source, state }) => `${source} ${state}`)).toEqual([
      'organization complete',
      'user-addresses complete',
      'users complete',
    ])
    expect(said.of('organization')).toEqual([{ type: 'organization', externalId: '90210', name: 'Fjord AS' }])
    const seats = said.of('principal').filter(({ kind }) => kind === 'user')
    const isEarly = variant === 'calm'
    expect(seats.map(({ name, email, roleRaw, lastUsedAt }) => [name, email, roleRaw, lastUsedAt])).toEqual([
      ['Ada Fjell', 'ada@fjord.example', isEarly ? 'seat' : 'business seat', Date.UTC(2026, 10, 20, 9, 15)],
      ['Ben', 'ben@fjord.example', isEarly ? 'seat' : 'business seat', null],
      ['cy', 'cy@fjord.example', isEarly ? 'seat' : 'business seat', Date.UTC(2026, 5, 1, 8)],
      ['Dana', 'dana@fjord.example', isEarly ? 'seat' : 'business seat', Date.UTC(2026, 9, 1, 8)],
      ['eve-contractor', null, isEarly ? 'seat' : 'enterprise seat', Date.UTC(2026, 10, 1, 8)],
    ])
    expect(seats.every(({ addedAt, level }) => addedAt === Date.UTC(2026, 1, 3, 9) && level === 'member')).toBe(true)
    expect(seats.map(({ status, expiresAt }) => [status, expiresAt])).toContainEqual([
      'cancelled',
      Date.UTC(2026, 11, 1),
    ])
  })

  test.skipIf(variant === 'calm')('gives the seat of a team by the team', async () => {
    const said = await read()
    expect(said.of('membership')).toEqual([{ type: 'membership', group: 'team:77', member: '3' }])
    expect(said.of('grant').map(({ principal }) => principal)).toEqual(['1', '2', 'team:77', '4', '5'])
  })

  test('reads seats without addresses where the token may not read members, and reports that', async () => {
    const said = await read([{ ...fjordGitHub(), members: null }])
    expect(said.outcome('users').state).toBe('complete')
    expect(said.outcome('user-addresses')).toMatchObject({
      state: 'denied',
      reason: expect.stringContaining('Resource not accessible by personal access token') as string,
    })
    expect(said.of('principal').filter(({ email }) => email !== null)).toEqual([])
  })

  test('keeps the addresses of members where those of single sign-on are hidden, and does not call them whole', async () => {
    const said = await read([{ ...fjordGitHub(), signOn: 'hidden' }])
    expect(said.outcome('user-addresses')).toMatchObject({
      state: 'denied',
      reason: expect.stringContaining('Only owners see the identity provider') as string,
    })
    expect(said.of('principal').filter(({ email }) => email !== null).length).toBeGreaterThan(0)
  })

  test('reads more seats than a page has, each once', async () => {
    const said = await read([{ ...fjordGitHub(), seats: bigSeats(230) }])
    expect(said.of('principal').length).toBe(230)
    expect(said.outcome('users')).toMatchObject({ state: 'complete', fetched: 230 })
    expect(server?.requests.filter(({ path }) => path.endsWith('/seats')).length).toBe(3)
  })

  test.each([180, 100, 0, 260])('reads all of 250 seats where %i are billed to the organization', async (billed) => {
    const said = await read([{ ...fjordGitHub(), seats: bigSeats(250), billed }])
    expect(said.outcome('users')).toMatchObject({ state: 'complete', fetched: 250 })
    expect(said.of('principal').length).toBe(250)
  })

  test('counts seats without a person, and reads all others to the end of the list', async () => {
    const seats = [
      ...bigSeats(150),
      ...Array.from({ length: 103 }, () => ({ assignee: null })),
      ...bigSeats(155).slice(150),
    ]
    const said = await read([{ ...fjordGitHub(), seats }])
    expect(said.outcome('users')).toMatchObject({
      state: 'complete',
      fetched: 258,
      excluded: [{ count: 103, reason: 'A seat without a person.' }],
    })
    expect(said.of('principal').map(({ externalId }) => externalId)).toEqual(bigSeats(155).map((_, n) => String(n + 1)))
  })

  test('reads a seat of which any field that GitHub may leave empty is empty', async () => {
    for (const field of NULLABLE) {
      const seats = fjordGitHub().seats.map((seat, n) => (n === 2 ? { ...seat, [field]: null } : seat))
      const said = await read([{ ...fjordGitHub(), seats }])
      expect([field, said.outcome('users').state, said.outcome('users').fetched]).toEqual([field, 'complete', 5])
      const people = said.of('principal').filter(({ kind }) => kind === 'user')
      expect([field, people.length]).toEqual([field, field === 'assignee' ? 4 : 5])
      await server?.close()
    }
  })

  test('reads the organization that the address names, of several', async () => {
    const other = { ...fjordGitHub(), id: 7, login: 'other', name: null, seats: [] }
    const said = await read([other, fjordGitHub()], { path: '/orgs/fjord' })
    expect(said.of('organization')[0]?.externalId).toBe('90210')
    expect(said.of('principal').filter(({ kind }) => kind === 'user').length).toBe(5)
  })

  test('refuses a token that sees several organizations, with what to do', async () => {
    const other = { ...fjordGitHub(), id: 7, login: 'other' }
    await expect(read([other, fjordGitHub()])).rejects.toThrow(AddressRefused)
    await server?.close()
    await expect(read([other, fjordGitHub()])).rejects.toThrow('sees 2 organizations. Set the base URL')
  })

  test('does not call a list whole that changed while it was read', async () => {
    const seats = bigSeats(130)
    const said = await read([{ ...fjordGitHub(), seats }], {
      faults: {
        rules: [
          {
            path: /seats\?.*page=2/u,
            fault: { kind: 'status', status: 200, body: { total_seats: 129, seats: seats.slice(101) } },
          },
        ],
      },
    })
    expect(said.outcome('users').state).toBe('failed')
  })
})

test('a token that GitHub rejects ends the reading, and nothing repeats it', async () => {
  server = await startFakeGitHub({ organizations: [fjordGitHub()] })
  const credential = 'ghp_wrong0123456789abcdef'
  const sink = recording()
  const reading = getProvider('github-copilot').read({ credential, baseUrl: server.baseUrl }, sink, AbortSignal.any([]))
  await expect(reading).rejects.toThrow(CredentialRefused)
  expect(JSON.stringify(sink.outcomes)).not.toContain('wrong0123456789')
})

test('the test of a connection names the organization and what can be read', async () => {
  server = await startFakeGitHub({ organizations: [{ ...fjordGitHub(), members: null }] })
  const access = { credential: FJORD_TOKEN, baseUrl: server.baseUrl }
  const report = await getProvider('github-copilot').test(access, AbortSignal.any([]))
  expect(report.organization).toEqual({ externalId: '90210', name: 'Fjord AS' })
  expect(report.capabilities.map(({ source, state }) => `${source} ${state}`)).toEqual([
    'organization readable',
    'users readable',
    'user-addresses denied',
  ])
})
