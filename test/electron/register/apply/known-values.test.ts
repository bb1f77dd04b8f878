import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import type { Register } from '../../../../electron/register/register.ts'
import type { Expiry, KeyFact, PrincipalFact } from '../../../../shared/domain/facts.ts'
import { getReading, grant, key, newConnection, newRegister, project, user } from '../registers.ts'

const CREATED = Date.UTC(2026, 0, 5)
const ENDS = Date.UTC(2026, 11, 5)

interface Dates {
  readonly createdAt: number | null
  readonly expiresAt: Expiry
}

function read(register: Register, connection: number, { createdAt, expiresAt }: Dates): void {
  const made = { createdAt, expiresAt }
  const federation = {
    type: 'federation',
    externalId: 'rule',
    name: null,
    status: 'active',
    account: 'u',
    projects: null,
    reachesOrganization: false,
    level: null,
    issuer: 'https://issuer.example',
    issuerName: null,
    issuerStatus: 'active',
    audience: null,
    subject: null,
    claims: {},
    condition: null,
    scopes: null,
    lifetimeSeconds: null,
    createdAt,
  } as const
  const certificate = {
    type: 'certificate',
    externalId: 'c',
    project: null,
    name: null,
    active: true,
    validAt: null,
    ...made,
  } as const
  register.transact((writer) =>
    applyReading(
      writer,
      getReading(connection, [
        { source: 'projects', facts: [project('p', { createdAt })] },
        {
          source: 'users',
          facts: [user('u', { addedAt: createdAt, expiresAt }), grant('u', 'p', { grantedAt: createdAt })],
        },
        { source: 'project-keys', project: 'p', facts: [key('k', made)] },
        { source: 'federation-rules', facts: [federation] },
        { source: 'certificates', facts: [certificate] },
      ]),
    ),
  )
}

const TABLES = [
  ['project_version', 'created_at', null],
  ['principal_version', 'added_at', 'expires_at'],
  ['grant', 'granted_at', null],
  ['key_version', 'created_at', 'expires_at'],
  ['federation_version', 'created_at', null],
  ['certificate_version', 'created_at', 'expires_at'],
] as const

it.each(TABLES)(
  'the creation in %s stays where a later reading has none, and its end where a later one cannot be read, without a new version',
  (table, created, ends) => {
    const register = newRegister()
    const connection = newConnection(register)
    const rows = () =>
      register.reader.all(`SELECT ${created} AS created, ${ends ?? 'NULL'} AS ends, to_sync AS closed FROM "${table}"`)
    read(register, connection, { createdAt: CREATED, expiresAt: ENDS })
    const known = [{ created: CREATED, ends: ends === null ? null : ENDS, closed: null }]
    expect(rows()).toEqual(known)
    read(register, connection, { createdAt: null, expiresAt: 'unread' })
    expect(rows()).toEqual(known)
  },
)

it('an end that is taken away is taken away, and an unread one of a new key is unknown', () => {
  const register = newRegister()
  const connection = newConnection(register)
  const getEnds = () =>
    register.reader.all('SELECT expires_at AS at, expires_unread AS unread FROM key_version WHERE to_sync IS NULL')
  read(register, connection, { createdAt: null, expiresAt: 'unread' })
  expect(getEnds()).toEqual([{ at: null, unread: 1 }])
  read(register, connection, { createdAt: null, expiresAt: ENDS })
  expect(getEnds()).toEqual([{ at: ENDS, unread: 0 }])
  read(register, connection, { createdAt: null, expiresAt: null })
  expect(getEnds()).toEqual([{ at: null, unread: 0 }])
  read(register, connection, { createdAt: null, expiresAt: 'unread' })
  expect(getEnds()).toEqual([{ at: null, unread: 1 }])
})

it.each([
  ['failed', { owner_state: 'none', owner_name: 'Ann', owner_email: 'ann@acme.example' }],
  ['complete', { owner_state: 'known', owner_name: null, owner_email: null }],
] as const)(
  'without a list of users the owner of a key stays as known where the key has an id alone, and with it is as read: list %s',
  (state, expected) => {
    const register = newRegister()
    const connection = newConnection(register)
    const owner = { externalId: 'u', kind: 'user', name: 'Ann', email: 'ann@acme.example' } as const
    const readKey = (over: Partial<KeyFact>, users: 'complete' | 'failed') =>
      register.transact((writer) =>
        applyReading(
          writer,
          getReading(connection, [
            { source: 'users', state: users, facts: [] },
            { source: 'project-keys', project: 'proj_a', facts: [key('k', over)] },
          ]),
        ),
      )
    readKey({ ownerState: 'none', owner }, 'complete')
    readKey({ ownerState: 'known', owner: { ...owner, name: null, email: null } }, state)
    const of = register.reader.all('SELECT owner_state, owner_name, owner_email FROM key_version WHERE to_sync IS NULL')
    expect(of).toEqual([expected])
  },
)

it.each([
  ['denied', ['Ann', 'ann@acme.example']],
  ['complete', ['ann-1', null]],
] as const)(
  'without the list of addresses a user stays as known where the list of users has a login alone, and with it is as read: list %s',
  (state, expected) => {
    const register = newRegister()
    const connection = newConnection(register)
    const readUser = (addresses: 'complete' | 'denied', over: Partial<PrincipalFact>) =>
      register.transact((writer) =>
        applyReading(
          writer,
          getReading(connection, [
            { source: 'user-addresses', state: addresses, facts: [] },
            { source: 'users', facts: [user('u', over)] },
          ]),
        ),
      )
    readUser('complete', { name: 'Ann', email: 'ann@acme.example' })
    readUser(state, { name: 'ann-1', email: null })
    expect(register.reader.all('SELECT name, email FROM principal_version WHERE to_sync IS NULL')).toEqual([
      { name: expected[0], email: expected[1] },
    ])
  },
)
