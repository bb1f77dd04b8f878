import { describe, expect, it } from 'vitest'

import { SOURCES } from '../../../shared/domain/source.ts'
import { findLack, listLacking, sharedReason } from '../../../shared/domain/sync-lack.ts'

const denied = (source: 'users' | 'keys' | 'invites', reason: string | null = `No ${source}.`) => ({
  source,
  state: 'denied',
  reason,
})
const failed = (source: 'users' | 'keys', reason: string) => ({ source, state: 'failed', reason })

describe('the reason of several lists that could not be read', () => {
  it.each([
    ['one list has its own', [failed('users', 'It is down.')], 'It is down.'],
    ['several that share one have it once', [failed('users', 'Down.'), failed('keys', 'Down.')], 'Down.'],
    [
      'refused lists are named',
      [denied('users'), denied('keys')],
      'The credential may not read users and keys. Use a credential that may.',
    ],
    [
      'different reasons are counted',
      [failed('users', 'Down.'), failed('keys', 'Cut.')],
      'Down. 1 other list was not read either.',
    ],
    ['without a reason they are named', [denied('users', null)], 'Not read: users.'],
    ['no list has none', [], null],
  ])('%s', (_, lacking, reason) => {
    expect(sharedReason(lacking)).toBe(reason)
  })
})

describe('lists that a credential lacks', () => {
  it('are not those that the organization does not have, whichever they are', () => {
    const all = SOURCES.map((source) => ({ source, state: 'unavailable', reason: 'It has no such list.' }))
    expect(listLacking(all)).toEqual([])
    expect(listLacking([...all, denied('users')]).map(({ source }) => source)).toEqual(['users'])
  })
})

describe('a sync', () => {
  it('that is complete or was cancelled lacks nothing', () => {
    for (const state of ['complete', 'cancelled']) {
      expect(findLack({ state, reason: null, fault: null, sources: [] })).toBeNull()
    }
  })

  it('that failed has its own reason, and one of an earlier version the reason of its lists', () => {
    expect(findLack({ state: 'failed', reason: 'No.', fault: 'refused', sources: [] })).toEqual({
      fault: 'refused',
      text: 'No.',
    })
    expect(findLack({ state: 'failed', reason: null, fault: null, sources: [denied('users')] })).toEqual({
      fault: 'permission',
      text: 'No users.',
    })
  })

  it('that is partial leaves out lists that the organization does not have', () => {
    const missing = { source: 'invites', state: 'unavailable', reason: 'Not here.' } as const
    const lack = findLack({ state: 'partial', reason: null, fault: 'permission', sources: [missing, denied('keys')] })
    expect(lack?.text).toBe('No keys.')
  })
})
