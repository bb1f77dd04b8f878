import { describe, expect, it } from 'vitest'

import type { Offer } from '../../../../../renderer/entities/offers.ts'
import { chosenAtFirst, groupOffers, isAlternative } from '../../../../../renderer/features/remediation/flow/select.tsx'

const offer = (key: string, action: Offer['action'], id: number, over: Partial<Offer> = {}): Offer => ({
  key,
  origin: { kind: 'person', id: 1 },
  action,
  subject: { kind: action.startsWith('key-') ? 'key' : 'principal', id, name: key },
  values: {},
  needs: [],
  connection: { id: 1, label: 'Acme on OpenAI', provider: 'openai', organizationId: null },
  says: key,
  remediationId: null,
  ...over,
})

describe('the changes that are selected at first', () => {
  it('are all that ends the access of a person: a role ends with its account, a key is deleted, shared keys wait', () => {
    const offers = [
      offer('account', 'member-remove', 7),
      offer('sign out', 'member-sign-out', 7),
      offer('role', 'project-member-remove', 7, { values: { projectId: 2 } }),
      offer('role without an account', 'project-member-remove', 8, { values: { projectId: 2 } }),
      offer('delete', 'key-delete', 3),
      offer('disable', 'key-disable', 3),
      offer('shared', 'key-rotate', 4),
      offer('listed', 'invite-delete', 9, { remediationId: 5 }),
    ]
    expect([...chosenAtFirst(offers, 'person')]).toEqual([
      'account',
      'sign out',
      'role without an account',
      'delete',
      'listed',
    ])
  })

  it('are the most fitting one where the changes of a key are alternatives', () => {
    const offers = [
      offer('rotate', 'key-rotate', 3),
      offer('disable', 'key-disable', 3),
      offer('delete', 'key-delete', 3),
    ]
    expect(isAlternative(offers)).toBe(true)
    expect([...chosenAtFirst(offers, 'key')]).toEqual(['rotate'])
  })

  it('are the most fitting one of each key where several were selected', () => {
    const offers = [3, 4].flatMap((id) => [
      offer(`rotate ${id}`, 'key-rotate', id),
      offer(`delete ${id}`, 'key-delete', id),
    ])
    expect([...chosenAtFirst(offers, 'key')]).toEqual(['rotate 3', 'rotate 4'])
  })

  it('are one of several for a finding: not every admin key, and not every project', () => {
    const keys = [offer('old', 'key-delete', 3), offer('new', 'key-delete', 4)]
    expect([...chosenAtFirst(keys, 'finding')]).toEqual(['old'])
    const projects = [offer('a', 'project-member-remove', 7), offer('b', 'project-member-remove', 7)]
    expect([...chosenAtFirst(projects, 'finding')]).toEqual(['a'])
  })

  it('include the keys of an account that a finding or a review removes', () => {
    const keys = [offer('delete', 'key-delete', 3), offer('disable', 'key-disable', 3)]
    expect([...chosenAtFirst([offer('account', 'member-remove', 7), ...keys], 'finding')]).toEqual([
      'account',
      'delete',
    ])
    const project = offer('project', 'project-member-remove', 7)
    expect([...chosenAtFirst([project, ...keys], 'review-item')]).toEqual(['project', 'delete'])
  })

  it('do not include one that needs a value, and are none without changes', () => {
    expect(chosenAtFirst([offer('role', 'member-role', 7, { needs: ['role'] })], 'finding').size).toBe(0)
    expect(chosenAtFirst([], 'person').size).toBe(0)
  })
})

describe('the groups of changes', () => {
  it('are the connections, with shared keys apart from what is removed', () => {
    const other = { id: 2, label: 'Vane on Anthropic', provider: 'anthropic', organizationId: null }
    const offers = [
      offer('account', 'member-remove', 7),
      offer('elsewhere', 'member-remove', 8, { connection: other }),
      offer('shared', 'key-rotate', 4),
    ]
    expect(
      groupOffers(offers, 'person').map(({ connection, own, shared }) => [connection.id, own.length, shared.length]),
    ).toEqual([
      [1, 1, 1],
      [2, 1, 0],
    ])
  })

  it('keep the rotation of a key with its alternatives', () => {
    const origin = { kind: 'key', id: 3 } as const
    const offers = [offer('rotate', 'key-rotate', 3, { origin }), offer('delete', 'key-delete', 3, { origin })]
    expect(groupOffers(offers, 'key')).toMatchObject([{ own: [{ key: 'rotate' }, { key: 'delete' }], shared: [] }])
  })
})
