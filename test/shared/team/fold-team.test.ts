import { describe, expect, it } from 'vitest'

import { applyTeamOperation, foundTeam } from '../../../shared/team/fold-team.ts'
import {
  findAuthor,
  findClientRole,
  findGeneration,
  findOpset,
  isApprovalRequired,
  isLost,
  listReaders,
  type Membership,
  newest,
} from '../../../shared/team/membership.ts'
import { parseTeamOperation, type TeamBody, type TeamKind } from '../../../shared/team/operations.ts'

const uuid = (name: string): string =>
  `01890000-0000-7000-8000-${Buffer.from(name).toString('hex').slice(0, 12).padEnd(12, '0')}`
const bytes = (name: string): string => Buffer.from(name).toString('hex').slice(0, 64).padEnd(64, '0')
const [TEAM, ACME] = [uuid('team'), uuid('acme')]

const device = (name: string) => ({
  deviceUid: uuid(`d${name}`),
  signKey: bytes(`s${name}`),
  boxKey: bytes(`b${name}`),
  login: `c_${name}`,
})
const member = (name: string) => ({ memberUid: uuid(name), name, email: `${name}@agency.example` })

const founded = foundTeam(TEAM, {
  v: 1,
  team: 'Agency',
  server: uuid('server'),
  agency: uuid('agency'),
  ...member('own'),
  ...device('own'),
  commitment: bytes('k1'),
})

/** Applies an operation by a member's device; the reason where it has no effect. */
function decide<K extends TeamKind>(
  before: Membership,
  by: string,
  kind: K,
  body: Omit<TeamBody<K>, 'v'>,
): Membership | string {
  const operation = parseTeamOperation(kind, { v: 1, ...body })
  if (operation === null) throw new Error(`The body of ${kind} is not one.`)
  return applyTeamOperation(before, operation, uuid(`d${by}`))
}

/** The same where it has to have an effect. */
function done<K extends TeamKind>(before: Membership, by: string, kind: K, body: Omit<TeamBody<K>, 'v'>): Membership {
  const after = decide(before, by, kind, body)
  if (typeof after === 'string') throw new Error(`${kind} is void: ${after}`)
  return after
}

function add(before: Membership, name: string, roles: TeamBody<'member.added'>['roles'] = []): Membership {
  const added = done(before, 'own', 'member.added', { ...member(name), roles })
  return done(added, 'own', 'device.enrolled', { memberUid: uuid(name), ...device(name) })
}

const withAcme = done(founded, 'own', 'client.opened', {
  clientUid: ACME,
  facts: uuid('facts'),
  commitment: bytes('a1'),
})
const grant = (before: Membership, name: string, role: TeamBody<'access.granted'>['role'], by = 'own') =>
  decide(before, by, 'access.granted', { clientUid: ACME, memberUid: uuid(name), role })
const granted = (before: Membership, name: string, role: TeamBody<'access.granted'>['role']): Membership =>
  grant(add(before, name), name, role) as Membership

const roleNow = (membership: Membership, name: string) =>
  findClientRole(membership, ACME, uuid(name), newest(membership))

describe('what a member may change', () => {
  const team = granted(granted(granted(withAcme, 'lea', 'lead'), 'rev', 'reviewer'), 'vie', 'viewer')
  const cases = [
    ['team.opset-raised', { opset: 2 }],
    ['member.added', { ...member('new'), roles: [] }],
    ['member.roles-set', { memberUid: uuid('vie'), roles: ['owner'] }],
    ['member.removed', { memberUid: uuid('vie') }],
    ['device.enrolled', { memberUid: uuid('vie'), ...device('new') }],
    ['device.revoked', { deviceUid: uuid('dvie') }],
    ['names.kept', { clientUid: ACME, uids: [uuid('con')] }],
    ['access.granted', { clientUid: ACME, memberUid: uuid('vie'), role: 'lead' }],
    ['access.revoked', { clientUid: ACME, memberUid: uuid('vie') }],
    ['approvals.required', { clientUid: ACME, required: true }],
    ['approvals.required', { clientUid: null, required: true }],
    ['entry.voided', { stream: ACME, seq: 3, head: bytes('h') }],
    ['key.rotated', { scope: ACME, generation: 2, commitment: bytes('a2'), readers: 1 }],
    ['key.rotated', { scope: TEAM, generation: 2, commitment: bytes('k2'), readers: 1 }],
    ['key.lost', { scope: ACME, generation: 1 }],
  ] as const
  const LEAD = new Set(['access.granted', 'access.revoked'])

  it.each(cases)('%s %j', (kind, body) => {
    const by = (name: string) => decide(team, name, kind, body as never)
    expect(typeof by('own')).toBe('object')
    expect(by('rev')).toBe('not-allowed')
    expect(typeof by('lea') === 'object').toBe(LEAD.has(kind))
    // A member revokes their own devices, and changes nothing else.
    expect(typeof by('vie') === 'object').toBe(kind === 'device.revoked')
    expect(by('unknown')).toBe('not-allowed')
  })

  it('a client that they open, and of which they are the lead', () => {
    const body = { clientUid: uuid('new'), facts: uuid('newf'), commitment: bytes('n') }
    const opened = done(team, 'vie', 'client.opened', body)
    expect(findClientRole(opened, uuid('new'), uuid('vie'), newest(opened))).toBe('lead')
    expect(findClientRole(opened, uuid('new'), uuid('rev'), newest(opened))).toBeNull()
    expect(done(team, 'own', 'client.opened', body).clients.get(uuid('new'))?.roles.size).toBe(0)
    expect(decide(team, 'unknown', 'client.opened', body)).toBe('not-allowed')
    expect(decide(opened, 'rev', 'client.opened', body)).toBe('exists')
  })

  it('is nothing for a device that was revoked, or whose member was removed', () => {
    const revoked = done(team, 'own', 'device.revoked', { deviceUid: uuid('dlea') })
    expect(grant(revoked, 'vie', 'lead', 'lea')).toBe('not-allowed')
    const removed = done(team, 'own', 'member.removed', { memberUid: uuid('lea') })
    expect(grant(removed, 'vie', 'lead', 'lea')).toBe('not-allowed')
  })
})

describe('an operation that contradicts the team', () => {
  const team = granted(withAcme, 'ana', 'reviewer')
  it.each([
    [
      'team.founded',
      'founded-before',
      { team: 'x', server: TEAM, agency: TEAM, ...member('x'), ...device('x'), commitment: bytes('x') },
    ],
    ['team.opset-raised', 'nothing-changes', { opset: 1 }],
    ['member.added', 'exists', { ...member('ana'), email: 'other@agency.example', roles: [] }],
    ['member.added', 'exists', { ...member('new'), email: 'ANA@agency.example', roles: [] }],
    ['member.roles-set', 'unknown-member', { memberUid: uuid('none'), roles: [] }],
    ['member.roles-set', 'last-owner', { memberUid: uuid('own'), roles: ['auditor'] }],
    ['member.removed', 'last-owner', { memberUid: uuid('own') }],
    ['member.removed', 'unknown-member', { memberUid: uuid('none') }],
    ['device.enrolled', 'unknown-member', { memberUid: uuid('none'), ...device('x') }],
    ['device.enrolled', 'exists', { memberUid: uuid('own'), ...device('ana') }],
    ['device.enrolled', 'exists', { memberUid: uuid('own'), ...device('x'), signKey: bytes('sana') }],
    ['device.enrolled', 'exists', { memberUid: uuid('own'), ...device('x'), login: 'c_ana' }],
    ['device.revoked', 'last-owner', { deviceUid: uuid('down') }],
    ['device.revoked', 'unknown-device', { deviceUid: uuid('none') }],
    ['client.opened', 'exists', { clientUid: ACME, facts: uuid('f'), commitment: bytes('x') }],
    ['client.opened', 'exists', { clientUid: uuid('new'), facts: TEAM, commitment: bytes('x') }],
    ['client.opened', 'exists', { clientUid: uuid('new'), facts: uuid('new'), commitment: bytes('x') }],
    ['names.kept', 'unknown-client', { clientUid: uuid('x'), uids: [uuid('con')] }],
    ['access.granted', 'unknown-client', { clientUid: uuid('x'), memberUid: uuid('ana'), role: 'lead' }],
    ['access.granted', 'unknown-member', { clientUid: ACME, memberUid: uuid('x'), role: 'lead' }],
    ['access.revoked', 'unknown-member', { clientUid: ACME, memberUid: uuid('own') }],
    ['approvals.required', 'unknown-client', { clientUid: TEAM, required: true }],
    ['approvals.required', 'nothing-changes', { clientUid: null, required: false }],
    ['approvals.required', 'nothing-changes', { clientUid: ACME, required: false }],
    ['entry.voided', 'unknown-client', { stream: TEAM, seq: 0, head: bytes('h') }],
    ['key.rotated', 'other-generation', { scope: ACME, generation: 3, commitment: bytes('x'), readers: 1 }],
    ['key.lost', 'unknown-client', { scope: uuid('x'), generation: 1 }],
    ['key.lost', 'unknown-client', { scope: TEAM, generation: 1 }],
    ['key.lost', 'other-generation', { scope: ACME, generation: 2 }],
    ['key.rotated', 'unknown-client', { scope: uuid('x'), generation: 2, commitment: bytes('x'), readers: 1 }],
  ] as const)('%s has no effect: %s (%j)', (kind, reason, body) => {
    expect(decide(team, 'own', kind, body as never)).toBe(reason)
  })

  it('of two owners who remove each other is the later one', () => {
    const two = add(founded, 'sec', ['owner'])
    const first = done(two, 'sec', 'member.removed', { memberUid: uuid('own') })
    expect(decide(first, 'own', 'member.removed', { memberUid: uuid('sec') })).toBe('not-allowed')
    expect(decide(first, 'sec', 'member.removed', { memberUid: uuid('sec') })).toBe('last-owner')
  })
})

it('whether changes need an approval follows the last word about their client or about all, at each position', () => {
  const other = uuid('beta')
  const opened = done(withAcme, 'own', 'client.opened', {
    clientUid: other,
    facts: uuid('betaf'),
    commitment: bytes('b'),
  })
  const all = done(opened, 'own', 'approvals.required', { clientUid: null, required: true })
  const some = done(all, 'own', 'approvals.required', { clientUid: ACME, required: false })
  const again = done(some, 'own', 'approvals.required', { clientUid: null, required: true })
  expect([opened, all, some, again].map((at) => isApprovalRequired(again, ACME, newest(at)))).toEqual([
    false,
    true,
    false,
    true,
  ])
  expect([opened, all, some, again].map((at) => isApprovalRequired(again, other, newest(at)))).toEqual([
    false,
    true,
    true,
    true,
  ])
})

it('the address of a member is of a form that no version of a library decides about', () => {
  const parse = (email: string) => parseTeamOperation('member.added', { v: 1, ...member('x'), email, roles: [] })
  for (const email of ['a@b', 'a.b+c@agency.example', "o'neil@agency.example"]) expect(parse(email)).not.toBeNull()
  for (const email of ['a', 'a@', '@b', 'a b@c', 'a@b@c', 'ä@b.example', 'a@b.example '])
    expect(parse(email)).toBeNull()
})

describe('rights at a position', () => {
  const team = granted(withAcme, 'ana', 'reviewer')
  const at = newest(team)
  const later = done(
    done(team, 'own', 'access.revoked', { clientUid: ACME, memberUid: uuid('ana') }),
    'own',
    'member.removed',
    { memberUid: uuid('ana') },
  )

  it('are those of then, whatever came later', () => {
    expect(findClientRole(later, ACME, uuid('ana'), at)).toBe('reviewer')
    expect(findClientRole(later, ACME, uuid('ana'), at - 1)).toBeNull()
    expect(findClientRole(later, ACME, uuid('ana'), at + 1)).toBeNull()
    expect(findAuthor(later, uuid('dana'), at + 1)).not.toBeNull()
    expect(findAuthor(later, uuid('dana'), at + 2)).toBeNull()
  })

  it('are those of a lead for an owner, and of a viewer for an auditor', () => {
    const audited = add(withAcme, 'aud', ['auditor'])
    expect(roleNow(audited, 'own')).toBe('lead')
    expect(roleNow(audited, 'aud')).toBe('viewer')
    expect(roleNow(grant(audited, 'aud', 'reviewer') as Membership, 'aud')).toBe('reviewer')
    expect(roleNow(add(withAcme, 'ppl', ['people']), 'ppl')).toBeNull()
  })

  it('of kinds of operations are those that were agreed on', () => {
    const raised = done(team, 'own', 'team.opset-raised', { opset: 3 })
    expect([findOpset(raised, at), findOpset(raised, at + 1)]).toEqual([1, 3])
  })
})

describe('a key', () => {
  const team = granted(granted(withAcme, 'ana', 'reviewer'), 'ben', 'viewer')
  const due = ({ keys }: Membership) => [keys.get(ACME)?.due, keys.get(TEAM)?.due]

  it('is for the devices of those who may see the client', () => {
    const readers = ['own', 'ana', 'ben'].map((name) => uuid(`d${name}`))
    expect(listReaders(add(team, 'els'), ACME).toSorted()).toEqual(readers.toSorted())
    expect(listReaders(add(team, 'els'), TEAM)).toHaveLength(4)
  })

  it.each([
    ['a role is revoked', 'access.revoked', { clientUid: ACME, memberUid: uuid('ben') }, true, false],
    ['a member is removed', 'member.removed', { memberUid: uuid('ben') }, true, true],
    ['a device is revoked', 'device.revoked', { deviceUid: uuid('dben') }, true, true],
    ['a role is changed', 'access.granted', { clientUid: ACME, memberUid: uuid('ben'), role: 'lead' }, false, false],
    ['a member is added', 'member.added', { ...member('new'), roles: [] }, false, false],
  ] as const)('is due to be replaced when %s', (_, kind, body, ofClient, ofTeam) => {
    const after = done(team, 'own', kind, body as never)
    expect(due(after)).toEqual([ofClient ? team.next : null, ofTeam ? team.next : null])
  })

  it('is due until it is replaced, and the later of two that replace it has no effect', () => {
    const after = done(team, 'own', 'access.revoked', { clientUid: ACME, memberUid: uuid('ben') })
    const body = { scope: ACME, generation: 2, commitment: bytes('a2'), readers: newest(after) }
    const rotated = done(after, 'own', 'key.rotated', body)
    expect(due(rotated)).toEqual([null, null])
    expect(findGeneration(rotated, ACME, newest(after))?.generation).toBe(1)
    expect(findGeneration(rotated, ACME, newest(rotated))).toEqual({ generation: 2, commitment: bytes('a2') })
    expect(decide(rotated, 'own', 'key.rotated', body)).toBe('other-generation')
  })

  it('is due once its current generation is declared lost, and an earlier one makes none due', () => {
    const lost = done(team, 'own', 'key.lost', { scope: ACME, generation: 1 })
    expect(due(lost)).toEqual([team.next, null])
    expect([isLost(team, ACME, 1), isLost(lost, ACME, 1), isLost(lost, ACME, 2)]).toEqual([false, true, false])
    expect(decide(lost, 'own', 'key.lost', { scope: ACME, generation: 1 })).toBe('nothing-changes')
    const body = { scope: ACME, generation: 2, commitment: bytes('a2'), readers: newest(team) }
    const rotated = done(team, 'own', 'key.rotated', body)
    expect(due(done(rotated, 'own', 'key.lost', { scope: ACME, generation: 1 }))).toEqual([null, null])
  })

  it('has no effect when a device that was given it may not read any more, and then stays due', () => {
    const after = done(team, 'own', 'access.revoked', { clientUid: ACME, memberUid: uuid('ana') })
    const body = { scope: ACME, generation: 2, commitment: bytes('a2'), readers: newest(after) }
    const removed = done(after, 'own', 'member.removed', { memberUid: uuid('ben') })
    expect(decide(removed, 'own', 'key.rotated', body)).toBe('other-readers')
    expect(due(removed)[0]).toBe(team.next)
    expect(decide(removed, 'own', 'key.rotated', { ...body, readers: removed.next })).toBe('other-readers')
    expect(due(done(removed, 'own', 'key.rotated', { ...body, readers: newest(removed) }))[0]).toBeNull()
    // Who is a reader again by then may have it.
    const again = grant(removed, 'ana', 'viewer') as Membership
    expect(due(done(again, 'own', 'key.rotated', { ...body, readers: newest(again) }))[0]).toBeNull()
  })
})

it('a name from before the team is kept for the first client that an owner names', () => {
  const [con, plan, other] = [uuid('con'), uuid('plan'), uuid('other')]
  const withOther = done(withAcme, 'own', 'client.opened', {
    clientUid: other,
    facts: uuid('f2'),
    commitment: bytes('o'),
  })
  const kept = done(withOther, 'own', 'names.kept', { clientUid: ACME, uids: [con] })
  const again = done(kept, 'own', 'names.kept', { clientUid: other, uids: [con, plan] })
  expect([...again.kept].map(([uid, { value }]) => [uid, value])).toEqual([
    [con, ACME],
    [plan, other],
  ])
  expect(decide(again, 'own', 'names.kept', { clientUid: other, uids: [con, plan] })).toBe('nothing-changes')
})
