import { describe, expect, it } from 'vitest'

import { heldWords, hoursWords, leaverStateWord, toPutOnList } from '../../../../renderer/features/leavers/labels.ts'
import type { LeaverItem, LeaverRow } from '../../../../shared/contract/leavers.ts'

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
  accounts: 0,
  roles: 0,
  keys: 0,
  invites: 0,
  sharedKeys: 0,
  usedAfterAt: null,
}

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

  it('items are added together except shared keys, those that end with the account, and added ones', () => {
    const remediation = { action: 'key-delete', subject: { kind: 'key', id: 1 }, values: {} } as const
    const item = (over: Partial<LeaverItem>): LeaverItem => ({
      rowKey: '',
      kind: 'key',
      id: 1,
      name: '',
      client: { slug: 'acme', name: 'Acme', colour: '#117733' },
      connection: { id: 1, label: '', provider: 'openai', organizationId: null },
      project: null,
      role: null,
      level: null,
      says: '',
      lastUsedAt: null,
      service: null,
      dueOn: null,
      remediation,
      listed: null,
      ...over,
    })
    const items = [
      item({ kind: 'account' }),
      item({}),
      item({ kind: 'role' }),
      item({ kind: 'shared-key' }),
      item({ remediation: null }),
      item({ listed: { remediationId: 1, state: 'waiting' } }),
    ]
    expect(toPutOnList(items)).toEqual(items.slice(0, 2))
  })
})
