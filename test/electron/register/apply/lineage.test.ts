import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import type { KeyFact } from '../../../../shared/domain/facts.ts'
import { getReading, key, newConnection, newRegister, project, user } from '../registers.ts'

const day = (month: number, date: number): number => Date.UTC(2026, month - 1, date, 12)
const MADE = day(1, 1)

/** Two readings of the keys of one owner; the state of the register after both. */
function readTwice(before: readonly KeyFact[], after: readonly KeyFact[]) {
  const register = newRegister()
  const connectionId = newConnection(register, 'acme', 'litellm')
  for (const [keys, at] of [
    [before, day(3, 1)],
    [after, day(3, 2)],
  ] as const) {
    const parts = [
      { source: 'projects', facts: [project('proj_a')] },
      { source: 'users', facts: [user('ann')] },
      { source: 'keys', facts: keys },
    ] as const
    register.transact((writer) => applyReading(writer, getReading(connectionId, parts, at)))
  }
  const { reader } = register
  return {
    logicalKeys: reader.value<number>('SELECT count(DISTINCT logical_key_id) FROM key'),
    rotations: reader.all<{ key: string; on: string }>(
      `SELECT k.external_id AS "key", r.rotated_on AS "on" FROM rotation r JOIN key k ON k.id = r.key_id ORDER BY r.id`,
    ),
    due: reader.value<string | null>('SELECT due_on FROM key WHERE standing = 1'),
  }
}

const owned = (token: string, over: Partial<KeyFact> = {}): KeyFact =>
  key(token, {
    name: 'jobs',
    hint: `sk-...${token}`,
    ownerState: 'known',
    owner: { externalId: 'ann', kind: 'user', name: null, email: null },
    createdAt: MADE,
    ...over,
  })

describe('a key whose secret the provider replaced, so that its creation stays', () => {
  it('is the same logical key, rotated when the provider reports it', () => {
    const { logicalKeys, rotations, due } = readTwice([owned('a')], [owned('b', { rotatedAt: day(3, 1) + 5 })])
    expect(logicalKeys).toBe(1)
    expect(rotations).toEqual([{ key: 'b', on: '2026-03-01' }])
    expect(due).toBe('2026-08-28')
  })

  it('is the same logical key where it has no name but its ending, which changed', () => {
    const unnamed = (token: string): KeyFact => owned(token, { name: `sk-...${token}` })
    const { logicalKeys, rotations } = readTwice([unnamed('a')], [unnamed('b')])
    expect(logicalKeys).toBe(1)
    expect(rotations).toEqual([{ key: 'b', on: '2026-03-02' }])
  })

  it('was rotated at the sync that first shows it where the provider reports an earlier rotation alone', () => {
    const rotatedAt = day(2, 10)
    const { rotations } = readTwice([owned('a', { rotatedAt })], [owned('b', { rotatedAt })])
    expect(rotations).toEqual([
      { key: 'a', on: '2026-02-10' },
      { key: 'b', on: '2026-03-02' },
    ])
  })

  it('is another key where the one before is still listed, or has another owner, name or creation', () => {
    const other = { owner: { externalId: 'bo', kind: 'user', name: null, email: null } } as const
    expect(readTwice([owned('a')], [owned('a'), owned('b')])).toMatchObject({ logicalKeys: 2, rotations: [] })
    for (const over of [other, { name: 'else' }, { createdAt: MADE - 1 }, { project: null }]) {
      expect(readTwice([owned('a')], [owned('b', over)])).toMatchObject({ logicalKeys: 2, rotations: [] })
    }
    const unnamed = { name: 'sk-...a' }
    expect(readTwice([owned('a', unnamed)], [owned('b', { name: 'sk-...b', createdAt: MADE + 1 })])).toMatchObject({
      logicalKeys: 2,
      rotations: [],
    })
  })

  it('counts its age from a rotation that happened before it was first read', () => {
    const rotated = owned('a', { rotatedAt: day(2, 20) })
    const { rotations, due } = readTwice([rotated], [rotated])
    expect(rotations).toEqual([{ key: 'a', on: '2026-02-20' }])
    expect(due).toBe('2026-08-19')
  })
})
