import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { applyReading, nameReading } from '../../../../electron/register/apply/apply.ts'
import { ReadingUnreadable } from '../../../../electron/register/apply/reading-bytes.ts'
import { joinReading, splitReading } from '../../../../electron/register/apply/reading-pieces.ts'
import type { NewReading, Reading } from '../../../../electron/register/apply/reading.ts'
import {
  type ComposedReading,
  composeReading,
  takeReading,
  type TakenAs,
} from '../../../../electron/register/apply/take-reading.ts'
import { setPolicyValues } from '../../../../electron/register/clients/policy.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { getProvider } from '../../../../electron/providers/registry.ts'
import { newCollector } from '../../../../electron/service/sync/perform-sync.ts'
import { CALLED_PROVIDER_IDS } from '../../../../shared/domain/providers/providers.ts'
import { READING_OPERATIONS } from '../../../../shared/decisions/readings.ts'
import { fakeClock } from '../../../providers/fake-clock.ts'
import { closeAfterTest } from '../../../temporary/closing.ts'
import { CREDENTIAL, startPlace } from '../../providers/places.ts'
import { getReading, grant, key, newBriefRegister, newConnection, newRegister, user } from '../registers.ts'
import { someReading } from './draw-readings.ts'
import { namedRows } from './named-rows.ts'

const UID = '01990000-0000-7000-8000-00000000000c'
const NOW = Date.UTC(2026, 10, 1)

/** A register with the connection that both have, by its number. */
function withConnection(register: Register, provider = 'openai'): number {
  const id = newConnection(register, 'acme', provider)
  register.transact((writer) => {
    writer.run('UPDATE connection SET uid = ? WHERE id = ?', [UID, id])
    writer.run("UPDATE client SET uid = '01990000-0000-7000-8000-00000000000a' WHERE slug = 'acme'")
  })
  return id
}

/** One in which numbers and policy are others. */
function otherRegister(): { readonly register: Register; readonly id: number; readonly beside: number } {
  const register = newBriefRegister(() => 0)
  const beside = newConnection(register, 'borealis')
  register.transact((writer) => {
    setPolicyValues(writer, 0, { keyNamePattern: '{team}-{purpose}', leadDays: [3] })
    const facts = [user('x'), user('u1', { email: 'u1@Acme.example' })]
    applyReading(writer, getReading(beside, [{ source: 'users', facts }], NOW - 5))
  })
  return { register, id: withConnection(register), beside }
}

/** Applies a reading and makes the operation of it. */
function read(register: Register, reading: NewReading): ComposedReading | null {
  return register.transact((writer) => {
    const named: Reading = nameReading(writer, reading)
    return composeReading(writer, named, applyReading(writer, named))
  })
}

function take(register: Register, { body, pieces }: ComposedReading, operator = 'test'): TakenAs {
  return register.transact((writer) => takeReading(writer, { operator, body }, joinReading(body, pieces)))
}

/** Tables whose rows are numbered in the order in which a list reports grants; all others are the same with their numbers. */
const NUMBERED_AS_REPORTED: ReadonlySet<string> = new Set(['grant', 'grant_path'])

/** Every row of every table. */
function allRows({ reader }: Register): Readonly<Record<string, readonly string[]>> {
  const tables = reader.column<string>(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('meta', 'migration')",
  )
  return Object.fromEntries(
    tables.map((table) => {
      const columns = reader
        .column<string>('SELECT name FROM pragma_table_info(?)', [table])
        .filter((column) => !(NUMBERED_AS_REPORTED.has(table) && column === 'id') && column !== 'grant_id')
        .map((column) => `quote("${column}")`)
      return [table, reader.column<string>(`SELECT json_array(${columns.join(', ')}) FROM "${table}" ORDER BY 1`)]
    }),
  )
}

describe('a reading in another register', () => {
  it('writes the same versions, logical keys, rotations and effective access, whatever else is there', () => {
    fc.assert(
      fc.property(fc.array(someReading, { minLength: 1, maxLength: 4 }), (readings) => {
        const here = newBriefRegister(() => 0)
        const own = withConnection(here)
        const { register: there, id, beside } = otherRegister()
        readings.forEach((parts, n) => {
          const composed = read(here, getReading(own, parts, NOW + n * 86_400_000))
          if (composed === null) throw new Error('It was not applied.')
          expect(take(there, composed)).toMatchObject({ as: 'applied', isSame: true })
          there.transact((writer) => applyReading(writer, getReading(beside, parts.slice(0, 3), NOW + n)))
        })
        expect(namedRows(there, id)).toEqual(namedRows(here, own))
        here.close()
        there.close()
      }),
      { numRuns: 10 },
    )
  })

  it.each(CALLED_PROVIDER_IDS)('fills an empty one as %s did, table by table', async (provider) => {
    const server = closeAfterTest(await startPlace({ provider, variant: 'calm' }))
    const { sink, facts, outcomes } = newCollector(() => undefined)
    const access = { credential: CREDENTIAL[provider], baseUrl: server.baseUrl, clock: fakeClock() }
    await getProvider(provider).read(access, sink, new AbortController().signal)
    const [here, there] = [newRegister(), newRegister()] as const
    const [connectionId] = [here, there].map((register) => withConnection(register, provider))
    const about = { origin: 'api', startedAt: NOW, finishedAt: NOW + 9, operator: 'Mara' } as const
    const composed = read(here, { connectionId: connectionId ?? 0, ...about, facts, outcomes })
    if (composed === null) throw new Error('It was not applied.')
    expect(facts.length).toBeGreaterThan(2)
    const { body } = READING_OPERATIONS['reading.taken']
    expect(body.parse({ ...composed.body, pieces: [{ inline: '' }] })).toMatchObject(composed.body)
    expect(take(there, composed, 'Mara')).toMatchObject({ as: 'applied', isSame: true })
    expect(allRows(there)).toEqual(allRows(here))
  })

  const parts = [
    { source: 'users' as const, facts: [user('u1'), grant('u1', null)] },
    { source: 'keys' as const, facts: [key('k1', { project: null })] },
  ]

  it('is applied once, and not for a connection that is not there', () => {
    const here = newRegister()
    const own = withConnection(here)
    const first = read(here, getReading(own, parts, NOW + 1))
    if (first === null) throw new Error('It was not applied.')
    const there = newRegister()
    newConnection(there)
    expect(take(there, first)).toEqual({ as: 'unknown-connection' })
    const id = withConnection(there)
    expect(take(there, first, 'Priya')).toMatchObject({ as: 'applied' })
    const before = namedRows(there, id)
    expect(before['sync']).toMatchObject([expect.stringContaining('Priya')])
    expect(take(there, first)).toEqual({ as: 'known' })
    expect(namedRows(there, id)).toEqual(before)
  })

  it('is known to differ where the register differs, and refused where its operation is about another', () => {
    const here = newRegister()
    const own = withConnection(here)
    const first = read(here, getReading(own, parts, NOW))
    const second = read(here, getReading(own, [{ source: 'users', facts: [user('u2')] }], NOW + 1))
    if (first === null || second === null) throw new Error('It was not applied.')
    const there = newRegister()
    withConnection(there)
    // What the second one closes is not there without the first.
    expect(take(there, second)).toMatchObject({ as: 'applied', isSame: false })
    const refusals = [
      { connectionUid: '01990000-0000-7000-8000-00000000000f' },
      { syncUid: '01990000-0000-7000-8000-00000000000f' },
      { began: NOW + 1 },
      { ended: NOW + 1 },
    ].map((over) => () => take(there, { ...first, body: { ...first.body, ...over } }))
    for (const work of refusals) expect(work).toThrow(/not the one that its operation names/u)
  })
})

describe('the pieces of a reading', () => {
  it('are its bytes, and no others', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), fc.integer({ min: 1, max: 20 }), (bytes, most) => {
        const { whole, pieces } = splitReading(bytes, most)
        expect(pieces.every(({ length }) => length > 0 && length <= most)).toBe(true)
        expect([...joinReading(whole, pieces)]).toEqual([...bytes])
        const wrong = [[...pieces, Uint8Array.of(1)], pieces.slice(1), [Uint8Array.of(1, 2, 3), ...pieces.slice(1)]]
        for (const other of bytes.length === 0 ? wrong.slice(0, 1) : wrong) {
          if (Buffer.concat(other).equals(bytes)) continue
          expect(() => joinReading(whole, other)).toThrow(ReadingUnreadable)
        }
      }),
    )
  })
})
