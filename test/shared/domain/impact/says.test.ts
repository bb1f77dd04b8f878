import { describe, expect, it } from 'vitest'

import { impactSays, type Consequence } from '../../../../shared/domain/impact/says.ts'
import { moneyText } from '../../../../shared/domain/text/amounts.ts'

const row = (over: Partial<Consequence> = {}): Consequence => ({
  kind: 'key',
  effect: 'dies',
  environment: null,
  usedSince: false,
  connectionId: 1,
  cost30Micros: null,
  ...over,
})

describe('the impact in sentences', () => {
  it('begins with the keys that stop, for one, for all and for some of them', () => {
    const used = row({ environment: 'prod', usedSince: true })
    expect(impactSays([used], [])[0]).toBe('1 key stops working, for production, used in the last 30 days.')
    expect(impactSays([used, used], [])[0]).toBe(
      '2 keys stop working, all for production, all used in the last 30 days.',
    )
    expect(impactSays([used, row()], [])[0]).toBe(
      '2 keys stop working, 1 of them for production, 1 of them used in the last 30 days.',
    )
    expect(impactSays([row()], [])[0]).toBe('1 key stops working.')
  })

  it('counts roles, members and invites, and shows when no key is affected', () => {
    expect(
      impactSays(
        [
          row({ kind: 'access' }),
          row({ kind: 'access', connectionId: 2 }),
          row({ kind: 'member' }),
          row({ kind: 'invite' }),
          row({ kind: 'invite' }),
        ],
        ['A note.'],
      ),
    ).toEqual([
      '2 roles end in 2 connections.',
      '1 member loses the project.',
      '2 invites lapse.',
      'No key is affected.',
      'A note.',
    ])
    expect(impactSays([], [])).toEqual(['No key is affected.'])
  })

  it('shows money in dollars and cents', () => {
    expect(moneyText(1_234_567_890)).toBe('$1,234.57')
    expect(impactSays([row({ cost30Micros: 0 })], []).at(-1)).toBe('The keys spent $0.00 in the last 30 days.')
  })
})
