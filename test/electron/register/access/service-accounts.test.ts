import { describe, expect, it } from 'vitest'

import { serviceAccountIds, serviceAccountRows } from '../../../../electron/register/access/service-accounts.ts'
import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { accountsAsOf } from '../../../../electron/register/read/evidence-accounts.ts'
import { credentialLifetime, credentialWords } from '../../../../shared/domain/access/credential.ts'
import type { KeyFact, PrincipalFact } from '../../../../shared/domain/facts.ts'
import { federation } from '../findings/parts.ts'
import { getReading, grant, key, newConnection, newRegister, project, user } from '../registers.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const DAY = 86_400_000
const SORT = { by: 'name', direction: 'asc' } as const

const account = (id: string, over: Partial<PrincipalFact> = {}) =>
  user(id, { kind: 'service-account', email: null, roleRaw: null, level: null, ...over })
const keyOf = (id: string, of: string, over: Partial<KeyFact> = {}): KeyFact =>
  key(id, {
    project: 'p1',
    ownerState: 'known',
    owner: { externalId: of, kind: 'service-account', name: of, email: null },
    ...over,
  })

function roster() {
  const register = newRegister()
  const connection = newConnection(register)
  register.transact((w) =>
    applyReading(
      w,
      getReading(connection, [
        { source: 'projects', facts: [project('p1', { name: 'Shop' })] },
        {
          source: 'service-accounts',
          facts: [
            ...['idle', 'keys'].map((id) => account(id)),
            account('new'),
            account('both', { lastUsedAt: NOW - DAY }),
            account('rule', { lastUsedAt: NOW - 3 * DAY }),
            grant('both', 'p1', { roleRaw: 'owner', level: 'owner' }),
            grant('keys', 'p1', { roleRaw: 'member', level: 'member' }),
          ],
        },
        {
          source: 'project-keys',
          project: 'p1',
          facts: [
            keyOf('k1', 'keys', { name: 'prod-shop-cart', createdAt: NOW - 9 * DAY, expiresAt: NOW + 30 * DAY }),
            keyOf('k2', 'keys', { name: 'prod-shop-stock', createdAt: NOW - 2 * DAY, expiresAt: NOW + 60 * DAY }),
            keyOf('k3', 'keys', { name: 'old', expiresAt: NOW - 1 }),
            keyOf('k4', 'both', {
              name: 'prod-web-api',
              createdAt: NOW - 99 * DAY,
              lastUse: { state: 'known', at: NOW - 8 * DAY },
            }),
          ],
        },
        {
          source: 'federation-rules',
          facts: [
            federation({ externalId: 'r1', account: 'both' }),
            federation({ externalId: 'r2', account: 'rule', lifetimeSeconds: 600 }),
            federation({ externalId: 'r3', account: 'idle', status: 'disabled' }),
            federation({ externalId: 'r4', account: 'new', lifetimeSeconds: null }),
          ],
        },
      ]),
    ),
  )
  const ids = (filter: object = {}): number[] => serviceAccountIds(register.reader, { sort: SORT, ...filter }, NOW)
  return { ids, rows: (filter: object = {}) => serviceAccountRows(register.reader, ids(filter), NOW) }
}

describe('the roster of service accounts', () => {
  it('does not call a key endless whose end the imported file does not have', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const of = (source: 'keys-file' | 'keys', id: string) => ({
      source,
      facts: [account(`of-${id}`), keyOf(id, `of-${id}`, { expiresAt: null })],
    })
    register.transact((w) =>
      applyReading(w, { ...getReading(connection, [of('keys-file', 'k1'), of('keys', 'k2')]), origin: 'file' }),
    )
    const ids = serviceAccountIds(register.reader, { sort: SORT }, NOW)
    const lifetimes = serviceAccountRows(register.reader, ids, NOW).map((row) => [
      row.name,
      row.endless,
      row.endsUnknown,
      credentialLifetime(row, String),
    ])
    expect(lifetimes).toEqual([
      ['of-k1', 0, 1, '1 key whose end is not reported'],
      ['of-k2', 1, 0, '1 key without an end'],
    ])
    const sync = register.reader.value<number>('SELECT max(id) FROM sync') ?? 0
    const then = accountsAsOf(register.reader, { review: 1, connection, sync })
    expect(then.map((row) => [row.name, row.endless, row.endsUnknown])).toEqual(lifetimes.map((row) => row.slice(0, 3)))
  })

  it('has how each is opened, since when, for how long, and what stops with it', () => {
    const day = (at: number): string => new Date(at).toISOString().slice(0, 10)
    expect(
      roster()
        .rows()
        .map((row) => [row.name, credentialWords(row), credentialLifetime(row, day), row.rotatedAt, row.dependants]),
    ).toEqual([
      [
        'both',
        '1 key and federation',
        '1 key without an end',
        NOW - 99 * DAY,
        ['prod-web-api', 'workloads of the repository acme/web on the branch main (GitHub Actions)'],
      ],
      ['idle', 'None known', '', null, []],
      ['keys', '2 keys', 'The first until 2026-12-26', NOW - 2 * DAY, ['prod-shop-cart', 'prod-shop-stock']],
      [
        'new',
        'Federation',
        'Tokens whose life is not reported',
        null,
        ['workloads of the repository acme/web on the branch main (GitHub Actions)'],
      ],
      [
        'rule',
        'Federation',
        'Tokens of 10 minutes',
        null,
        ['workloads of the repository acme/web on the branch main (GitHub Actions)'],
      ],
    ])
  })

  it('has the purposes of the keys, and the strongest role with its places', () => {
    const rows = roster().rows()
    expect(rows.map(({ level, places }) => [level, places])).toEqual([
      ['owner', ['Shop']],
      [null, []],
      ['member', ['Shop']],
      [null, []],
      [null, []],
    ])
    expect(rows[2]?.purposes.toSorted()).toEqual(['cart', 'stock'])
  })

  it('has the last use of a key or of the account itself, whichever is later, and is sorted by it', () => {
    const used = roster().rows({ sort: { by: 'used', direction: 'desc' } })
    expect(used.map(({ name, lastUsedAt }) => [name, lastUsedAt])).toEqual([
      ['both', NOW - DAY],
      ['rule', NOW - 3 * DAY],
      ['idle', null],
      ['keys', null],
      ['new', null],
    ])
  })

  it('is filtered by credential, privilege and name', () => {
    const { ids } = roster()
    expect(
      [{}, { credential: 'both' }, { credential: ['none', 'federation'] }, { privileged: true }, { search: 'EY' }].map(
        (filter) => ids(filter).length,
      ),
    ).toEqual([5, 1, 3, 1, 1])
  })
})
