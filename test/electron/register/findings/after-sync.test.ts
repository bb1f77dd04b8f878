import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { setPolicyValues } from '../../../../electron/register/clients/policy.ts'
import { grant, getReading, user } from '../registers.ts'
import { federated, spendRead } from './parts.ts'
import { ago, applyWorld, AT, DAY, evaluateAt, splitParts, standing, type World } from './worlds.ts'

const HOUR = 3_600_000
const world: World = {
  keys: [{ lastUse: { state: 'known', at: ago(50) } }],
  people: [user('ann', { lastUsedAt: ago(2) }), grant('ann', 'proj_a')],
}

const evaluatedAt = (register: Register): number | undefined =>
  register.reader.value<number>('SELECT at FROM finding_evaluation')

/** When the findings were last evaluated, after another reading within the hour. */
function after(
  next: World,
  before: (register: Register, connectionId: number) => void = () => undefined,
): number | undefined {
  const { register, connectionId } = applyWorld(world)
  before(register, connectionId)
  register.transact((writer) => applyReading(writer, getReading(connectionId, splitParts(next), AT + HOUR)))
  return evaluatedAt(register)
}

describe('a sync', () => {
  it('that brings nothing new leaves the findings of the day unchanged', () => {
    expect(after(world)).toBe(AT)
  })

  it.each<readonly [string, World]>([
    ['a key that was used', { ...world, keys: [{ lastUse: { state: 'known', at: ago(1) } }] }],
    ['a person who used the API', { ...world, people: [user('ann', { lastUsedAt: AT }), grant('ann', 'proj_a')] }],
    ['a new person', { ...world, people: [...(world.people ?? []), user('bob')] }],
    ['a removed role', { ...world, people: [user('ann', { lastUsedAt: ago(2) })] }],
    ['a removed key', { ...world, keys: [] }],
    ['a list that was not read before, though it is empty', { ...world, more: spendRead() }],
  ])('that brings %s evaluates', (_what, next) => {
    expect(after(next)).toBe(AT + HOUR)
  })

  it('that brings another federation rule evaluates, as does one that ends it', () => {
    const { register, connectionId } = applyWorld(federated([{}]))
    const read = (next: World, hours: number): readonly string[] => {
      const at = AT + hours * HOUR
      register.transact((writer) => applyReading(writer, getReading(connectionId, splitParts(next), at)))
      return standing(register.reader, 'federation-wildcard')
    }
    expect(read(federated([{ subject: 'repo:acme/*' }]), 1)).toEqual(['ci'])
    expect(read(federated([]), 2)).toEqual([])
  })

  it('evaluates decisions made since', () => {
    expect(
      after(world, (register) => register.transact((writer) => setPolicyValues(writer, 0, { maxPrivileged: 9 }))),
    ).toBe(AT + HOUR)
  })

  it('evaluates on another day', () => {
    const { register, connectionId } = applyWorld(world)
    register.transact((writer) => applyReading(writer, getReading(connectionId, splitParts(world), AT + DAY)))
    expect(evaluatedAt(register)).toBe(AT + DAY)
  })

  it('that brings nothing new still resolves the finding of a stale connection', () => {
    const { register, connectionId } = applyWorld(world)
    const later = AT + 8 * DAY
    register.transact((writer) => evaluateAt(writer, connectionId, later))
    expect(standing(register.reader, 'sync-stale')).toHaveLength(1)
    register.transact((writer) => applyReading(writer, getReading(connectionId, splitParts(world), later + HOUR)))
    expect(standing(register.reader, 'sync-stale')).toEqual([])
  })
})
