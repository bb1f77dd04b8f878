import { describe, expect, it } from 'vitest'

import { heldWords, hoursWords, leaverSentence, leaverStateWord } from '../../../../renderer/features/leavers/labels.ts'
import type { LeaverRow } from '../../../../shared/contract/leavers.ts'

const row: LeaverRow = {
  personId: 1,
  name: 'Ann',
  email: null,
  department: null,
  manager: null,
  jobTitle: null,
  contractor: false,
  endsOn: null,
  departedAt: 0,
  hours: 0,
  late: false,
  state: 'holds',
  clients: [],
  level: null,
  levelClients: 0,
  accounts: 0,
  roles: 0,
  keys: 0,
  invites: 0,
  sharedKeys: 0,
  usedAfterAt: null,
  keyUsedAt: null,
}

const DAY_MS = 86_400_000

describe('the labels of leavers', () => {
  it('are red only while access remains for too long', () => {
    expect(leaverStateWord({ state: 'holds', late: true }).tone).toBe('bad')
    expect(leaverStateWord({ state: 'holds', late: false }).tone).toBe('warn')
    expect(leaverStateWord({ state: 'shared', late: false }).tone).toBe('warn')
    expect(leaverStateWord({ state: 'clear', late: false }).tone).toBe('good')
  })

  it('count the remaining access, and leave out zeros', () => {
    expect(heldWords(row)).toBe('Nothing')
    expect(heldWords({ ...row, accounts: 1, keys: 4 })).toBe('1 account, 4 keys')
  })

  it('show hours, and days from two days on', () => {
    expect(hoursWords(0)).toBe('0 h')
    expect(hoursWords(47)).toBe('47 h')
    expect(hoursWords(49)).toBe('2 d 1 h')
  })

  it('show in one line what is pressing', () => {
    const now = 6 * DAY_MS
    const left = { ...row, accounts: 2, keys: 1, level: 'owner', levelClients: 2 } as const
    expect(leaverSentence(left, now)).toBe('Left 6 days ago, still owner in 2 clients, 1 key')
    const used = { ...left, keyUsedAt: DAY_MS, usedAfterAt: DAY_MS }
    expect(leaverSentence(used, now)).toBe('Left 6 days ago, still owner in 2 clients, key used 5 days ago')
    expect(leaverSentence({ ...used, keyUsedAt: 0 }, now)).toContain('account used 5 days ago')
    expect(leaverSentence({ ...row, keys: 2 }, now)).toBe('Left 6 days ago, 2 keys in their name')
    expect(leaverSentence({ ...row, invites: 1 }, now)).toBe('Left 6 days ago, 1 invite can be accepted')
    expect(leaverSentence({ ...row, state: 'shared', sharedKeys: 30 }, now)).toBe(
      'Left 6 days ago, 30 shared keys to rotate',
    )
    expect(leaverSentence({ ...row, state: 'clear' }, now)).toBe('Left 6 days ago, nothing remains')
  })
})
