import { describe, expect, it } from 'vitest'

import type { OperationKind } from '../../../shared/decisions/kind.ts'
import { EXCHANGED_KINDS, isExchanged, isForAgency, isWhole, mayDecide } from '../../../shared/team/rights.ts'
import { ALL_OPERATIONS } from '../../../shared/decisions/operations.ts'
import { AGENCY_ROLES, CLIENT_ROLES } from '../../../shared/domain/team-roles.ts'

const op = { salt: '0'.repeat(32), at: 0, day: '2026-11-27', basis: -1, subject: 'Acme' }

describe('the rights of a team', () => {
  it('give each kind of operation either the right that its author needs or a reason in a sentence', () => {
    const kinds = Object.entries<OperationKind>(ALL_OPERATIONS)
    const reasons = kinds.flatMap(([, own]) => ('stays' in own ? [own.stays] : []))
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].*\.$/u)
    expect(reasons.length + EXCHANGED_KINDS.length).toBe(kinds.length)
    expect(EXCHANGED_KINDS.length).toBeGreaterThan(60)
  })

  it('let someone decide each exchanged kind, and never a viewer', () => {
    for (const kind of EXCHANGED_KINDS) {
      const streams = ['decisions', 'facts'] as const
      const mayLead = streams.some((stream) => mayDecide(kind, { stream, role: 'lead' }))
      expect([kind, mayLead || mayDecide(kind, { stream: 'agency', roles: ['owner'] })]).toEqual([kind, true])
      for (const stream of streams) expect(mayDecide(kind, { stream, role: 'viewer' })).toBe(false)
    }
  })

  it('grow with the role', () => {
    for (const kind of EXCHANGED_KINDS) {
      const allowed = CLIENT_ROLES.map((role) => mayDecide(kind, { stream: 'decisions', role }))
      expect(allowed).toEqual(allowed.toSorted((a, b) => Number(a) - Number(b)))
      const inAgency = AGENCY_ROLES.filter((role) => mayDecide(kind, { stream: 'agency', roles: [role] }))
      expect(inAgency.length === 0 || inAgency.includes('owner')).toBe(true)
    }
    expect(mayDecide('policy.changed', { stream: 'agency', roles: ['auditor'] })).toBe(false)
    expect(mayDecide('view.saved', { stream: 'agency', roles: [] })).toBe(true)
    expect(mayDecide('budget.set', { stream: 'agency', roles: ['owner'] })).toBe(false)
  })
})

describe('an operation', () => {
  const stream = '01890000-0000-7000-8000-000000000001'
  const place = { stream, device: '6f9f9cf5-2c8e-4c4a-9a53-1b6f1d6d3a10' }
  const body = { v: 1, clientUid: stream, name: 'Acme', kind: 'client', colour: '#117733', domains: [], notes: '' }
  const added = { ...op, kind: 'client.added', slug: 'acme', body } as const

  it('adds a client in its own stream, with a slug', () => {
    expect(isWhole(added, place)).toBe(true)
    expect(isWhole(added, { ...place, stream: stream.replace(/1$/u, '2') })).toBe(false)
    expect(isWhole({ ...added, slug: undefined }, place)).toBe(false)
    expect(isWhole({ ...added, slug: 'a client' }, place)).toBe(false)
  })

  it('on an internal client decides for the agency, and a change of domains names the kind of its client', () => {
    expect(isForAgency(added)).toBe(false)
    expect(isForAgency({ ...added, body: { ...body, kind: 'internal' } })).toBe(true)
    const changed = { ...op, kind: 'client.changed' } as const
    const domains = ['agency.example']
    expect(isWhole({ ...changed, body: { v: 1, domains } }, place)).toBe(false)
    expect(isWhole({ ...changed, body: { v: 1, domains, kind: 'client' } }, place)).toBe(true)
    expect(isForAgency({ ...changed, body: { v: 1, domains, kind: 'internal' } })).toBe(true)
    expect(isForAgency({ ...op, kind: 'policy.changed', body: { v: 1, kind: 'internal' } })).toBe(false)
  })

  it('about a credential is about the keychain of the device that places it', () => {
    const held = { v: 1, connectionUid: stream, device: place.device }
    for (const kind of ['credential.held', 'credential.gone'] as const) {
      expect(isWhole({ ...op, kind, body: held }, place)).toBe(true)
      expect(isWhole({ ...op, kind, body: held }, { ...place, device: stream })).toBe(false)
    }
  })

  it('has the body of its kind', () => {
    expect(isWhole({ ...added, body: { ...body, more: 1 } }, place)).toBe(false)
    expect(isWhole({ ...added, body: { ...body, v: 2 } }, place)).toBe(false)
    expect(isExchanged('note.added')).toBe(false)
    expect(isExchanged('toString')).toBe(false)
  })
})
