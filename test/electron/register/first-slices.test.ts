import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { accessIds } from '../../../electron/register/access/access.ts'
import { firstAccess } from '../../../electron/register/access/first-access.ts'
import { deriveRemoved } from '../../../electron/register/apply/derive-access.ts'
import { firstKeys } from '../../../electron/register/keys/first-keys.ts'
import { keyIds } from '../../../electron/register/keys/keys.ts'
import { firstPeople } from '../../../electron/register/people/first-people.ts'
import { personIds } from '../../../electron/register/people/people.ts'
import { tallyConnection } from '../../../electron/register/facts/tallies.ts'
import type { Register } from '../../../electron/register/register.ts'
import { makeBigRegister } from '../../bench/big-register.ts'
import { type Explained, explainingReader, scans } from './explaining.ts'
import { KEY } from './registers.ts'
import { settle } from '../../fixtures/decided-rows.ts'

const NOW = Date.UTC(2026, 3, 1)
const AT = { now: NOW, today: '2026-04-01' }
const SIZE = { organizations: 7, people: 35_000, keys: 56_000, grants: 56_000, projects: 70 }
const DIRECTIONS = ['asc', 'desc'] as const
/** In all clients, in one, and in an archived one. */
const CLIENTS = [undefined, 'client-3', 'client-5'] as const

let register: Register

beforeAll(() => {
  register = makeBigRegister(join(mkdtempSync(join(tmpdir(), 'castellan-slices-')), 'register'), KEY, SIZE, NOW)
  register.transact((writer) => {
    writer.run("UPDATE client SET archived_at = 1 WHERE slug = 'client-5'")
    writer.run("UPDATE client SET name = 'CLIENT 2' WHERE slug = 'client-6'")
    // Most keys at one client, so that its list alone is long.
    writer.run('UPDATE connection SET client_id = (SELECT id FROM client WHERE slug = ?) WHERE id IN (1, 2)', [
      'client-3',
    ])
    const seventh = writer.value<string>('SELECT uid FROM connection WHERE id = 7') ?? ''
    settle(writer, 'connection.removed', { client: 'client-1', at: NOW }, { connectionUid: seventh })
    // Accounts and projects with one name, without one, and without a version that any list still has.
    writer.run("UPDATE principal_version SET name = 'A TWIN' WHERE principal_id % 50 = 3")
    writer.run("UPDATE principal_version SET name = 'a twin' WHERE principal_id % 50 = 4")
    writer.run('UPDATE principal_version SET name = NULL, email = NULL WHERE principal_id % 50 = 5')
    writer.run('UPDATE principal_version SET to_sync = from_sync WHERE principal_id % 50 = 6')
    writer.run("UPDATE project_version SET name = 'A Twin' WHERE project_id % 10 = 1")
    writer.run("UPDATE project_version SET name = 'zz twin' WHERE project_id % 10 = 2")
    writer.run('UPDATE project_version SET to_sync = from_sync WHERE project_id % 10 = 3')
    // Invites that expired by the word of their provider, and by their day.
    writer.run("UPDATE principal SET kind = 'invite' WHERE id % 50 IN (7, 8)")
    writer.run("UPDATE principal_version SET status = 'expired' WHERE principal_id % 50 = 7")
    writer.run('UPDATE principal_version SET expires_at = ? WHERE principal_id % 50 = 8', [NOW - 1])
    // One client whose grants are all on named projects.
    writer.run('DELETE FROM grant_path WHERE connection_id = 4 AND (project_id IS NULL OR project_id % 10 = 3)')
    deriveRemoved(writer, 'SELECT id FROM principal')
    for (const { id } of writer.all<{ readonly id: number }>('SELECT id FROM connection')) tallyConnection(writer, id)
  })
})
afterAll(() => register.close())

describe('the first slice of a long list', () => {
  it('of keys by due day is the beginning of the whole list, with its length', () => {
    const read: (number | null)[] = []
    for (const client of CLIENTS) {
      for (const direction of DIRECTIONS) {
        const query = { client, sort: { by: 'due' as const, direction } }
        const whole = keyIds(register.reader, query, AT)
        for (const limit of [1, 100, 3000]) {
          const first = firstKeys(register.reader, query, limit, NOW)
          read.push(first?.total ?? null)
          const expected = { total: whole.length, ids: whole.slice(0, limit) }
          expect(first ?? expected).toEqual(expected)
        }
      }
    }
    expect(read.filter((total) => total !== null).length).toBeGreaterThanOrEqual(12)
  })

  it.for(['client', 'principal', 'project'])(
    'of access by %s is the beginning of the whole list, with its length',
    (by) => {
      const read: (number | null)[] = []
      for (const client of CLIENTS) {
        for (const direction of DIRECTIONS) {
          const query = { client, sort: { by, direction } }
          const whole = accessIds(register.reader, query, NOW)
          for (const limit of [1, 100, 7000]) {
            const first = firstAccess(register.reader, query, limit, NOW)
            read.push(first?.total ?? null)
            const expected = { total: whole.length, ids: whole.slice(0, limit) }
            expect(first ?? expected).toEqual(expected)
          }
        }
      }
      expect(read.filter((total) => total !== null).length).toBeGreaterThanOrEqual(4)
    },
  )

  it('of people by name is the beginning of the whole list, with its length', () => {
    const read: (number | null)[] = []
    for (const client of CLIENTS) {
      for (const direction of DIRECTIONS) {
        const query = { client, sort: { by: 'name', direction } }
        const whole = personIds(register.reader, query, AT)
        for (const limit of [1, 100, 7000]) {
          const first = firstPeople(register.reader, query, limit, AT)
          read.push(first?.total ?? null)
          const expected = { total: whole.length, ids: whole.slice(0, limit) }
          expect(first ?? expected).toEqual(expected)
        }
      }
    }
    expect(read.filter((total) => total !== null).length).toBeGreaterThanOrEqual(4)
  })

  it('is not read by itself of a filtered list, or in another order', () => {
    const due = { by: 'due', direction: 'asc' } as const
    expect(firstKeys(register.reader, { sort: due, flag: 'unowned' }, 100, NOW)).toBeNull()
    expect(firstKeys(register.reader, { sort: due, search: 'prod' }, 100, NOW)).toBeNull()
    expect(firstKeys(register.reader, { sort: { ...due, by: 'name' } }, 100, NOW)).toBeNull()
    expect(firstAccess(register.reader, { sort: { ...due, by: 'client' }, privileged: false }, 100, NOW)).toBeNull()
    expect(firstAccess(register.reader, { sort: { ...due, by: 'level' } }, 100, NOW)).toBeNull()
    expect(firstPeople(register.reader, { sort: { ...due, by: 'name' }, privileged: true }, 100, AT)).toBeNull()
    expect(firstPeople(register.reader, { sort: { ...due, by: 'email' } }, 100, AT)).toBeNull()
  })

  it('of keys comes from the index of due days without sorting', () => {
    const plans: Explained[] = []
    firstKeys(explainingReader(register.reader, plans), { sort: { by: 'due', direction: 'desc' } }, 100, NOW)
    const details = plans.flatMap(({ steps }) => steps.map(({ detail }) => detail))
    expect(details).toContainEqual(expect.stringContaining('SEARCH k USING COVERING INDEX key_due'))
    expect(details.filter((detail) => detail.includes('B-TREE'))).toEqual([])
  })

  it.for(['client', 'principal', 'project'])('of access by %s reads the grants of a few accounts or projects', (by) => {
    const plans: Explained[] = []
    firstAccess(explainingReader(register.reader, plans), { sort: { by, direction: 'asc' } }, 100, NOW)
    const details = plans.flatMap(({ steps }) => steps.map(({ detail }) => detail))
    expect(details).toContainEqual(expect.stringMatching(/^SEARCH grant_path USING .*grant_path_of_principal/u))
    expect(plans.flatMap(scans).filter((detail) => detail.startsWith('SCAN grant_path'))).toEqual([])
  })

  it.for(['asc', 'desc'] as const)('of access by account, %s, reads accounts from the index of names', (direction) => {
    const plans: Explained[] = []
    firstAccess(explainingReader(register.reader, plans), { sort: { by: 'principal', direction } }, 100, NOW)
    const accounts = plans.find(({ sql }) => sql.includes('UNION ALL'))
    const details = accounts?.steps.map(({ detail }) => detail) ?? []
    expect(details).toContainEqual('SEARCH v USING INDEX principal_named (<expr>>?)')
    expect(details).toContainEqual('SEARCH v USING INDEX principal_named (<expr>=?)')
    expect(details).toContainEqual('SEARCH p USING INTEGER PRIMARY KEY (rowid=?)')
    expect(details).toContainEqual('SCAN p USING INDEX principal_removed')
    expect(details.filter((detail) => detail.startsWith('SCAN v'))).toEqual([])
  })

  it('of people comes from the index of names', () => {
    const plans: Explained[] = []
    firstPeople(explainingReader(register.reader, plans), { sort: { by: 'name', direction: 'asc' } }, 100, AT)
    const details = plans.at(-1)?.steps.map(({ detail }) => detail) ?? []
    expect(details).toContainEqual('SCAN n USING COVERING INDEX person_by_name')
    expect(details.filter((detail) => detail.includes('ORDER BY'))).toEqual([])
    const counted = plans.at(0)?.steps.map(({ detail }) => detail) ?? []
    expect(counted).toContainEqual('SEARCH p USING COVERING INDEX principal_by_person (person_id>?)')
    expect(counted.filter((detail) => detail.includes('principal_version') || detail.includes('B-TREE'))).toEqual([])
  })
})
