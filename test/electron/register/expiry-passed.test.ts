import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { beforeEach, describe, expect, it } from 'vitest'

import { accessIds, accessRows } from '../../../electron/register/access/access.ts'
import { applyReading } from '../../../electron/register/apply/apply.ts'
import { listConnections } from '../../../electron/register/connections/connection.ts'
import { leaverRows } from '../../../electron/register/leavers/counts.ts'
import type { Register } from '../../../electron/register/register.ts'
import { personIds, personRows } from '../../../electron/register/people/people.ts'
import { readReality } from '../../../electron/register/plans/reality.ts'
import { sharedKeysSeenBy } from '../../../electron/register/remediation/subject.ts'
import { holdsKeyNamed, isThere } from '../../../electron/register/remediation/named.ts'
import { readOrganization } from '../../../electron/register/read/report.ts'
import { grantRecords } from '../../../shared/report/register-records.ts'
import { registerOrganization } from '../../../shared/report/register-document.ts'
import { getDay } from '../../../shared/domain/day.ts'
import { grant, key, newConnection, newRegister, project, getReading, user } from './registers.ts'

const DAY = 86_400_000
const READ = Date.UTC(2026, 3, 20, 12)
/** The providers reported the key as active and the invite as pending; both end an hour after they were read. */
const ENDS = READ + 3_600_000

describe.each([
  ['before its expiry', READ + 1, true],
  ['at the instant of its expiry, without another sync', ENDS, false],
  ['a day after its expiry, without another sync', READ + DAY, false],
])('%s', (_when, now, isOpen) => {
  let register: Register
  let connectionId: number

  beforeEach(() => {
    register = newRegister({ now: () => now })
    connectionId = newConnection(register)
    const account = { externalId: 'svc', kind: 'service-account', name: 'robot', email: null } as const
    const parts = [
      { source: 'projects', facts: [project('proj_a')] },
      { source: 'users', facts: [user('ann')] },
      {
        source: 'invites',
        facts: [user('bo', { kind: 'invite', name: null, status: 'pending', expiresAt: ENDS })],
      },
      {
        source: 'project-users',
        project: 'proj_a',
        facts: [grant('ann', 'proj_a'), grant('bo', 'proj_a', { roleRaw: 'owner', level: 'owner' })],
      },
      {
        source: 'project-keys',
        project: 'proj_a',
        facts: [
          key('key_1', {
            name: 'prod-web-api',
            expiresAt: ENDS,
            ownerState: 'known',
            owner: account,
          }),
        ],
      },
    ] as const
    register.transact((writer) => applyReading(writer, getReading(connectionId, parts, READ)))
  })

  it('a key is part of the reality for a plan only while it can be used', () => {
    const keys = readReality(register.reader, 1, now).flatMap(({ projects }) => projects.flatMap((each) => each.keys))
    expect(keys.map(({ name }) => name)).toEqual(isOpen ? ['prod-web-api'] : [])
  })

  it('a key blocks another key with its name only while it can be used', () => {
    expect(holdsKeyNamed(register.reader, 1, 'prod-web-api', now)).toBe(isOpen)
  })

  it('a shared key that a former employee saw is to be rotated only while it can be used', () => {
    const ann = register.reader.value<number>("SELECT id FROM principal WHERE external_id = 'ann'") ?? 0
    expect(sharedKeysSeenBy(register.reader, ann, now)).toHaveLength(isOpen ? 1 : 0)
  })

  it('an invite is part of the reality for a plan only while it can be accepted', () => {
    const people = readReality(register.reader, 1, now).flatMap((each) => each.people)
    expect(people.map(({ isInvite }) => isInvite)).toEqual(isOpen ? [false, true] : [false])
  })

  it('an invite blocks another invite to its address only while it can be accepted', () => {
    expect(isThere(register.reader, connectionId, 'bo@acme.example', now)).toBe(isOpen)
    expect(isThere(register.reader, connectionId, 'ann@acme.example', now)).toBe(true)
  })

  it('an invite remains for a former employee only while it can be accepted', () => {
    const personId = register.reader.value<number>("SELECT id FROM person WHERE email = 'bo@acme.example'") ?? 0
    const bo = { personId, name: 'Bo', email: null, department: null, manager: null, jobTitle: null, contractor: false }
    const departed = { ...bo, departedOn: '2026-04-19', endsOn: '2026-04-19', departedAt: READ - DAY } as never
    const [row] = leaverRows(register.reader, [departed], {}, { now })
    expect(row?.invites).toBe(isOpen ? 1 : 0)
  })

  it('the role that an invite offers is expired in the list of access, and privileged only while it can be accepted', () => {
    const list = (filter: object): string[] => {
      const ids = accessIds(register.reader, { ...filter, sort: { by: 'principal', direction: 'asc' } }, now)
      return accessRows(register.reader, ids, now).map((row) => `${row.principal.externalId} ${row.state}`)
    }
    expect(list({})).toEqual(['ann effective', isOpen ? 'bo effective' : 'bo expired'])
    expect(list({ privileged: true })).toEqual(isOpen ? ['bo effective'] : [])
    expect(list({ state: 'expired' })).toEqual(isOpen ? [] : ['bo expired'])
  })

  it('an invite is a role in the records of the register with its state', () => {
    const [connection] = listConnections(register.reader, {}, undefined)
    if (connection === undefined) throw new Error('no connection')
    const reading = readOrganization(register.reader, connection, 'grants', { now, today: getDay(now) })
    const records = [...grantRecords(reading)].map((record) => [record.id, record.status, record.state])
    expect(records.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))).toEqual([
      ['ann', 'active', 'effective'],
      ['bo', isOpen ? 'pending' : 'expired', isOpen ? 'effective' : 'expired'],
    ])
  })

  it('a person who is only invited holds access only while the invite can be accepted', () => {
    const people = (filter: object): string[] => {
      const moment = { now, today: getDay(now) }
      const ids = personIds(register.reader, { ...filter, sort: { by: 'name', direction: 'asc' } }, moment)
      return personRows(register.reader, ids, {}, moment).map(
        (row) => `${row.email ?? ''} ${row.status} ${row.projects}`,
      )
    }
    const invited = 'bo@acme.example invited 1'
    expect(people({})).toEqual(['ann@acme.example active 1', ...(isOpen ? [invited] : [])])
    expect(people({ status: 'invited' })).toEqual(isOpen ? [invited] : [])
    expect(people({ status: 'removed' })).toEqual([])
  })

  it('an invite is a line of the register only while it can be accepted', () => {
    const [connection] = listConnections(register.reader, {}, undefined)
    if (connection === undefined) throw new Error('no connection')
    const reading = readOrganization(register.reader, connection, 'projects', { now, today: getDay(now) })
    const { people } = registerOrganization(reading)
    expect(people.some(({ person }) => person.includes('bo@acme.example'))).toBe(isOpen)
  })
})

/** The files that may compare a status with the word, including released migrations. */
const RULES: ReadonlySet<string> = new Set([
  'electron/register/facts/invite-state.ts',
  'electron/register/facts/key-state.ts',
  'shared/domain/ended.ts',
])

it('the word “expired” of a provider is compared only in the files that hold the rules of keys and invites', () => {
  const sources = ['electron', 'shared', 'renderer'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  const compares = sources.filter(
    (path) =>
      /\.tsx?$/u.test(path) &&
      !path.startsWith('electron/register/schema/') &&
      /(?:=|<>|IS|IN \([^)]*|new Set\(\[[^\]]*)\s*'expired'/u.test(readFileSync(path, 'utf8')),
  )
  expect(compares.filter((path) => !RULES.has(path))).toEqual([])
})
