import Sqlite from 'better-sqlite3'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { journal } from '../../../../electron/register/db/journal.ts'
import { migrate } from '../../../../electron/register/db/migrate.ts'
import { numbersIn, UID_TABLES } from '../../../../electron/register/db/stable-names.ts'
import { createUid } from '../../../../electron/register/db/uid.ts'
import type { Json } from '../../../../shared/domain/canonical-json.ts'
import { getReader } from '../../../../electron/service/core/context.ts'
import { newSampleService } from '../../../sample-profile.ts'
import { key, newConnection, newRegister, project, getReading, user } from '../registers.ts'

const V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u
const TABLES = Object.values(UID_TABLES)

/** The instant in a UUIDv7, in milliseconds. */
const getInstant = (uid: string): number => Number.parseInt(uid.slice(0, 13).replace('-', ''), 16)

describe('a uid', () => {
  it('is a UUIDv7 of its instant, and never the same twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (at) => {
        const [one, other] = [createUid(at), createUid(at)]
        expect(one).toMatch(V7)
        expect(getInstant(one)).toBe(at)
        expect(one).not.toBe(other)
      }),
    )
  })

  it('is the first column of a unique index in every table whose numbers a journal body may hold: alone, or with the client', () => {
    const db = new Sqlite(':memory:')
    migrate(db, { now: 0, backup: () => '' })
    for (const table of TABLES) {
      const unique = db
        .prepare(
          `SELECT i.name FROM pragma_index_list(?) i WHERE i."unique" = 1 AND (SELECT group_concat(ifnull(c.name, 'expression')) FROM pragma_index_info(i.name) c)
             IN ('uid', 'uid,client_id', 'uid,expression')`,
        )
        .all(table)
      expect([table, unique.length]).toEqual([table, 1])
    }
    db.close()
  })

  it('is in every row of the sample agency', async () => {
    const reader = getReader((await newSampleService()).context)
    const empty: string[] = []
    for (const table of TABLES) {
      const uids = reader.column<string | null>(`SELECT uid FROM ${table}`)
      if (uids.length === 0) empty.push(table)
      for (const uid of uids) expect([table, uid]).toEqual([table, expect.stringMatching(V7)])
    }
    // What the sample has none of is made by the tests of its area, which check their journals.
    expect(empty).not.toContain('client')
    expect(empty).not.toContain('sync')
  })
})

describe('a row of the journal', () => {
  const entry = { at: 1, operator: 'Mara', client: 'acme', subject: 'a subject' }

  function written(action: string, body: Readonly<Record<string, Json>>) {
    const register = newRegister()
    const connection = newConnection(register)
    const parts = [
      { source: 'users' as const, facts: [user('u1', { email: 'mara@agency.example' })] },
      { source: 'projects' as const, facts: [project('proj_a')] },
      { source: 'project-keys' as const, project: 'proj_a', facts: [key('key_1')] },
    ]
    register.transact((writer) => {
      writer.run('UPDATE connection SET uid = ?', [CONNECTION])
      applyReading(writer, getReading(connection, parts))
      journal(writer, { ...entry, action, body })
    })
    return JSON.parse(register.reader.value<string>('SELECT body FROM journal ORDER BY seq DESC LIMIT 1') ?? '') as Json
  }
  const CONNECTION = '019a0000-0000-7000-8000-000000000001'

  it('names what people made by its uid, in lists and nested too', () => {
    const body = { connection: 1, organizations: [{ connection: 1 }] }
    expect(written('connection.added', body)).toEqual({
      connection: 1,
      connectionUid: CONNECTION,
      organizations: [{ connection: 1, connectionUid: CONNECTION }],
    })
    expect(written('review.opened', { syncs: [1] })).toMatchObject({ syncUids: [expect.stringMatching(V7)] })
  })

  it('names what a provider reports by what the provider calls it', () => {
    const named = (externalId: string) => ({ connectionUid: CONNECTION, externalId })
    expect(written('access.reviewed', { principal: 1 })).toEqual({ principal: 1, principalNamed: named('u1') })
    expect(
      written('remediation.added', { subject: { kind: 'key', id: 1 }, origin: { kind: 'person', id: 1 } }),
    ).toEqual({
      subject: { kind: 'key', id: 1, named: named('key_1') },
      origin: { kind: 'person', id: 1, named: { address: 'mara@agency.example' } },
    })
  })

  it('adds nothing to what a person typed or asked', () => {
    const body = { asked: { connection: 1 }, values: { principal: 1 } }
    expect(written('mcp.asked', body)).toEqual(body)
  })

  it('keeps a number whose row does not exist, a name that is given, and counts', () => {
    expect(written('budget.cleared', { budget: 7 })).toEqual({ budget: 7 })
    expect(written('connection.added', { connection: 1, connectionUid: 'given' })).toMatchObject({
      connectionUid: 'given',
    })
    expect(written('review.signed', { kept: 1 })).toEqual({ kept: 1 })
    expect(numbersIn('person.merged')['kept']).toBe('person')
  })
})
