import { afterEach, describe, expect, test } from 'vitest'

import { CredentialRefused } from '../../../../electron/providers/kit/errors.ts'
import type { UsageReading } from '../../../../electron/providers/kit/usage.ts'
import { getProvider } from '../../../../electron/providers/registry.ts'
import { dayNumber } from '../../../../shared/domain/usage/rollups.ts'
import { startFakeCursor } from '../../../providers/fake-cursor.ts'
import type { Faults } from '../../../providers/faults.ts'
import { FJORD_CURSOR_KEY, fjordCursor } from '../../../providers/fixtures/fjord-cursor.ts'
import type { FakeServer } from '../../../providers/http.ts'
import { VARIANTS } from '../../../providers/variants.ts'
import { readAll, recording, type Recording } from '../recording.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

const NOW = Date.UTC(2026, 10, 24, 12)

describe.each(VARIANTS)('a Cursor team at a %s server', (variant) => {
  async function read(faults: Faults = {}): Promise<Recording> {
    server = await startFakeCursor({ teams: [fjordCursor()], variant, faults })
    return readAll('cursor-team', { baseUrl: server.baseUrl, credential: FJORD_CURSOR_KEY, more: { now: () => NOW } })
  }

  test('reads each member with role and last active day, and leaves out who was removed', async () => {
    const said = await read()
    expect(said.outcomes.map(({ source, state }) => `${source} ${state}`)).toEqual([
      'user-activity complete',
      'users complete',
    ])
    const members = said.of('principal').map(({ name, email, roleRaw, level, lastUsedAt }) => ({
      seat: [name, email, roleRaw, level],
      lastUsedAt,
    }))
    expect(members).toEqual([
      { seat: ['Ada Fjell', 'Ada@fjord.example', 'owner', 'owner'], lastUsedAt: Date.UTC(2026, 10, 21) },
      { seat: ['Cy', 'cy@fjord.example', 'member', 'member'], lastUsedAt: Date.UTC(2026, 8, 10) },
      { seat: ['Gro', 'gro@fjord.example', 'free-owner', 'owner'], lastUsedAt: null },
    ])
    expect(said.of('grant').map(({ project, roleRaw }) => [project, roleRaw])).toEqual([
      [null, 'owner'],
      [null, 'member'],
      [null, 'free-owner'],
    ])
    const removed = variant === 'live' ? [{ count: 1, reason: 'A member who was removed from the team.' }] : []
    expect(said.outcome('users').excluded).toEqual(removed)
    expect(said.of('principal')[0]?.externalId).toBe(
      { calm: 'ada@fjord.example', documented: '501', live: 'user_501' }[variant],
    )
  })

  test('counts a removed member and a day of use without an address, and reads the lists to their end', async () => {
    const edit = (body: unknown): unknown => {
      const { teamMembers, data } = body as { teamMembers?: object[]; data?: object[] }
      if (teamMembers !== undefined) return { teamMembers: [...teamMembers, { id: 9, email: null, isRemoved: true }] }
      return { data: [...(data ?? []), { date: NOW, email: null, isActive: true }] }
    }
    const said = await read({ rules: [{ path: /teams/u, fault: { kind: 'edit', edit } }] })
    expect(said.outcomes.map(({ state }) => state)).toEqual(['complete', 'complete'])
    expect(said.outcome('user-activity').excluded).toEqual([{ count: 3, reason: 'A day of use that names no one.' }])
    expect(said.of('principal')).toHaveLength(3)
  })

  test('reads a member without an address by the id, and does not read one without either', async () => {
    const add = (row: object) => ({
      rules: [
        {
          path: /members/u,
          fault: {
            kind: 'edit' as const,
            edit: (body: unknown): unknown => ({
              teamMembers: [...(body as { teamMembers: object[] }).teamMembers, row],
            }),
          },
        },
      ],
    })
    const known = await read(add({ id: 9, email: null, role: 'member' }))
    expect(known.outcome('users').state).toBe('complete')
    expect(known.of('principal').at(-1)).toMatchObject({ externalId: '9', email: null })
    await server?.close()
    expect((await read(add({ email: null, role: 'member' }))).outcome('users').state).toBe('failed')
  })

  test('reads members where use may not be read, and concludes nothing about it', async () => {
    const said = await read({
      rules: [
        { path: /daily-usage-data/u, fault: { kind: 'status', status: 403, body: { message: 'Enterprise only' } } },
      ],
    })
    expect(said.outcome('user-activity')).toMatchObject({ state: 'denied' })
    expect(said.outcome('users').state).toBe('complete')
    expect(said.of('principal').map(({ lastUsedAt }) => lastUsedAt)).toEqual([null, null, null])
  })

  test('reads requests by person and day, in ranges that Cursor answers', async () => {
    server = await startFakeCursor({ teams: [fjordCursor()], variant })
    const taken: UsageReading[] = []
    const today = dayNumber(NOW)
    const outcomes = await getProvider('cursor-team').usage(
      { baseUrl: server.baseUrl, credential: FJORD_CURSOR_KEY, now: () => NOW },
      { from: today - 100, to: today + 1 },
      (reading) => taken.push(reading),
      new AbortController().signal,
    )
    expect(outcomes).toEqual([{ report: 'completions', state: 'complete', reason: null }])
    const ada = { calm: 'ada@fjord.example', documented: '501', live: 'user_501' }[variant]
    const cy = { calm: 'cy@fjord.example', documented: '502', live: 'user_502' }[variant]
    const left = variant === 'live' ? 'user_504' : null
    const facts = taken
      .flatMap((reading) => reading.facts)
      .map(({ day, principal, requests, cost }) => [day, principal, requests, cost])
    expect(facts).toEqual([
      [dayNumber(Date.UTC(2026, 10, 20)), ada, 12, 0],
      [dayNumber(Date.UTC(2026, 10, 21)), ada, 3, 0],
      [dayNumber(Date.UTC(2026, 10, 2)), left, 2, 0],
      [dayNumber(Date.UTC(2026, 8, 10)), cy, 7, 0],
    ])
    const ranges = taken.map(({ from, to }) => to - from)
    expect(ranges).toEqual([30, 30, 30, 11])
  })
})

test('a key that Cursor rejects ends the reading, and nothing repeats it', async () => {
  server = await startFakeCursor({ teams: [fjordCursor()] })
  const credential = 'key_wrong0123456789abcdef'
  const sink = recording()
  const reading = getProvider('cursor-team').read({ credential, baseUrl: server.baseUrl }, sink, AbortSignal.any([]))
  await expect(reading).rejects.toThrow(CredentialRefused)
  expect(JSON.stringify(sink.outcomes)).not.toContain('wrong0123456789')
})
