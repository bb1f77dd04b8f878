import { describe, expect, it } from 'vitest'

import { keylessIds, keylessRows } from '../../../../electron/register/keyless/keyless.ts'
import { recommendationRows } from '../../../../electron/register/recommendations/rows.ts'
import type { FederationFact, KeyFact } from '../../../../shared/domain/facts.ts'
import { federated, withoutRoles } from '../findings/parts.ts'
import { ago, applyWorld, AT, type World } from '../findings/worlds.ts'
import { adviceIds } from './advice-ids.ts'

/** A key of the service account "ci", which is a member of the project "proj_a". */
const ofAccount = (over: Partial<KeyFact> = {}): Omit<World, 'more'> => ({
  keys: [{ name: 'prod-ci', owner: { externalId: 'ci', kind: 'service-account', name: 'ci', email: null }, ...over }],
})

const besideKey = (rule: Partial<FederationFact>, key: Partial<KeyFact> = {}): World =>
  federated([rule], {}, ofAccount(key))

function readBeside(world: World) {
  const { reader } = applyWorld(world).register
  const ids = adviceIds(reader, { kind: 'key-beside-rule', sort: { by: 'sure', direction: 'asc' } }, AT)
  const moment = { now: AT, today: '2026-11-01' }
  const keyless = keylessIds(reader, { sort: { by: 'last-day', direction: 'asc' } }, moment)
  return { rows: recommendationRows(reader, ids, AT), keyless: keylessRows(reader, keyless, moment) }
}

describe('a key beside a federation rule', () => {
  it('is recommended to end only where the rule reaches its project with the role of the account', () => {
    const count = (rule: Partial<FederationFact>): number => readBeside(besideKey(rule)).rows.length
    expect(count({ projects: ['proj_a'] })).toBe(1)
    expect(count({ projects: ['proj_b'] })).toBe(0)
    expect(count({ level: 'member' })).toBe(1)
    expect(count({ level: 'reader' })).toBe(0)
  })

  it('is neither recommended to end nor planned as replaced while the roles of its account are not read', () => {
    const { rows, keyless } = readBeside(withoutRoles(besideKey({ level: 'reader' })))
    expect(rows).toEqual([])
    expect(keyless.map(({ state }) => state)).toEqual(['static'])
  })

  it('with an inexact last use is not called never used, nor unused since the rule exists', () => {
    const [row] = readBeside(besideKey({}, { lastUse: { state: 'before', at: ago(1) } })).rows
    expect(row?.sure).toBe('medium')
    expect(row?.evidence[1]).toEqual({
      says: 'The provider reports the last use of the key only as before a day.',
      at: null,
    })
  })

  it('counts the rule from its first version, where the provider reports no day', () => {
    const first = besideKey({ createdAt: null })
    const changed = { ...besideKey({ createdAt: null, lifetimeSeconds: 900 }), before: [[10, first]] } as const
    const { rows, keyless } = readBeside(changed)
    expect(rows[0]?.evidence[0]?.at).toBe(ago(10))
    expect(keyless[0]).toMatchObject({ state: 'beside', lastDay: '2026-11-05' })
  })

  it('counts a rule that was widened to the project since then, and not since the rule was created', () => {
    const narrow = besideKey({ createdAt: ago(200), projects: ['proj_b'] })
    const [first, widened] = [ago(40), ago(2)]
    const world: World = { ...besideKey({ createdAt: ago(200), projects: ['proj_a'] }), before: [[40, narrow]] }
    const { rows, keyless } = readBeside({ ...world, before: [...(world.before ?? []), [2, { ...world, before: [] }]] })
    expect(first).toBeLessThan(widened)
    expect(rows[0]?.evidence[0]?.at).toBe(widened)
    expect(keyless[0]?.lastDay).toBe('2026-11-13')
  })
})
