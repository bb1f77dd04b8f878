import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { keylessIds, keylessProgress, keylessRows } from '../../../../electron/register/keyless/keyless.ts'
import type { Register } from '../../../../electron/register/register.ts'
import type { Fact, KeyFact } from '../../../../shared/domain/facts.ts'
import { federation } from '../findings/parts.ts'
import { getReading, grant, key, newConnection, newRegister, project, user } from '../registers.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const MOMENT = { now: NOW, today: '2026-11-26' }
const SORT = { by: 'last-day', direction: 'asc' } as const

const owner = { externalId: 'ci', kind: 'service-account', name: 'shop', email: null } as const

const ofAccount = (id: string, over: Partial<KeyFact> = {}): KeyFact =>
  key(id, { project: 'p1', ownerState: 'known', owner, createdAt: NOW - 10 * 86_400_000, ...over })

function read(register: Register, connection: number, keys: readonly Fact[], rules: readonly Fact[], at: number): void {
  register.transact((w) =>
    applyReading(
      w,
      getReading(
        connection,
        [
          { source: 'projects', facts: [project('p1')] },
          {
            source: 'service-accounts',
            facts: [
              user('ci', { kind: 'service-account', name: 'shop', email: null, roleRaw: null, level: null }),
              grant('ci', 'p1', { roleRaw: 'member', level: 'member' }),
            ],
          },
          { source: 'project-keys', project: 'p1', facts: keys },
          { source: 'federation-rules', facts: rules },
        ],
        at,
      ),
    ),
  )
}

const plan = (register: Register) =>
  keylessRows(register.reader, keylessIds(register.reader, { sort: SORT }, MOMENT), MOMENT)

describe('the keyless plan', () => {
  it('has the usable keys of pipelines, and neither those of people, nor admin keys, nor ended ones', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const person = { externalId: 'ann', kind: 'user', name: 'Ann', email: null } as const
    read(
      register,
      connection,
      [
        ofAccount('k1', { name: 'prod-web' }),
        key('k2', { name: 'dev-ann-notes', project: 'p1', ownerState: 'known', owner: person }),
        key('k3', { name: 'gha-deploy', project: 'p1', ownerState: 'known', owner: person }),
        ofAccount('k4', { kind: 'admin', project: null }),
        ofAccount('k5', { status: 'archived' }),
        ofAccount('k6', { expiresAt: NOW - 1 }),
      ],
      [],
      NOW,
    )
    expect(
      plan(register).map(({ name, state, certainty, platform, account }) => [
        name,
        state,
        certainty,
        platform,
        account?.name,
      ]),
    ).toEqual([
      ['gha-deploy', 'static', 'likely', 'github', undefined],
      ['prod-web', 'static', 'likely', null, 'shop'],
    ])
  })

  it('moves a key beside a rule once one is read, and counts it as retired when it ended', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const rule = federation({ account: 'ci' })
    const progress = () =>
      keylessProgress(register.reader, {}, MOMENT).map((row) => [row.client.slug, row.static, row.beside, row.retired])
    read(register, connection, [ofAccount('k1'), ofAccount('k2')], [], NOW - 3)
    expect(progress()).toEqual([['acme', 2, 0, 0]])
    read(register, connection, [ofAccount('k1'), ofAccount('k2')], [{ ...rule, status: 'disabled' }], NOW - 2)
    expect(progress()).toEqual([['acme', 2, 0, 0]])
    read(register, connection, [ofAccount('k1'), ofAccount('k2')], [rule], NOW - 1)
    expect(progress()).toEqual([['acme', 0, 2, 0]])
    expect(plan(register)[0]).toMatchObject({
      state: 'beside',
      platform: 'github',
      lastDay: '2026-12-10',
      rule: { workload: 'workloads of the repository acme/web on the branch main (GitHub Actions)' },
    })
    read(register, connection, [ofAccount('k1')], [rule, federation({ account: 'ci', externalId: 'rule_2' })], NOW)
    expect(progress()).toEqual([['acme', 0, 1, 1]])
    read(register, connection, [ofAccount('k1')], [{ ...rule, projects: ['p2'] }], NOW + 1)
    expect(progress()).toEqual([['acme', 1, 0, 0]])
  })

  it('counts as retired no key that ended before a sync first showed the rule, however it ended', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const rule = federation({ account: 'ci' })
    const keys = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6'] as const
    const DAY = 86_400_000
    const all = keys.map((id) => ofAccount(id, id === 'k3' ? { expiresAt: NOW - 8 * DAY } : {}))
    const without = (
      gone: readonly string[],
      archived: readonly string[],
      expired: readonly string[] = [],
    ): KeyFact[] =>
      all
        .filter(({ externalId }) => !gone.includes(externalId))
        .map((fact) => ({
          ...fact,
          ...(archived.includes(fact.externalId) ? { status: 'archived' } : {}),
          ...(expired.includes(fact.externalId) ? { expiresAt: NOW - DAY } : {}),
        }))
    const retired = () => keylessProgress(register.reader, {}, MOMENT).map((row) => row.retired)
    read(register, connection, all, [], NOW - 9 * DAY)
    read(register, connection, without(['k1'], ['k2']), [rule], NOW - 7 * DAY)
    expect(retired()).toEqual([0])
    // After the rule: one is renamed while it is archived, one is removed, one is archived, one expires.
    const renamed = without(['k1', 'k4'], ['k2', 'k5'], ['k6']).map((fact) => ({ ...fact, name: `${fact.name} (old)` }))
    read(register, connection, renamed, [rule], NOW - 5 * DAY)
    expect(retired()).toEqual([3])
  })

  it('is filtered by state, certainty, platform and text', () => {
    const register = newRegister()
    const connection = newConnection(register)
    read(register, connection, [ofAccount('k1', { name: 'aws-web' }), ofAccount('k2', { name: 'web' })], [], NOW)
    const count = (filter: object): number => keylessIds(register.reader, { ...filter, sort: SORT }, MOMENT).length
    expect(
      [
        {},
        { platform: 'aws' },
        { platform: ['gitlab', 'aws'] },
        { certainty: 'certain' },
        { state: 'beside' },
        { search: 'AWS' },
        { search: 'shop' },
      ].map(count),
    ).toEqual([2, 1, 1, 1, 0, 1, 2])
  })
})
