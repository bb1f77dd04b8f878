import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { changesBetween, namedChanges } from '../../../../electron/register/changes/changes.ts'
import type { Moment } from '../../../../electron/register/changes/span.ts'
import { changesOfSyncs, timelinePoints } from '../../../../electron/register/changes/timeline.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { CHANGE_KINDS, type Change } from '../../../../shared/contract/changes.ts'
import type { Fact } from '../../../../shared/domain/facts.ts'
import type { Level } from '../../../../shared/domain/role.ts'
import { grant, key, newConnection, newRegister, project, getReading, user, type Part } from '../registers.ts'
import { computeTruth, toWords } from './truth.ts'

const apply = (register: Register, connection: number, parts: readonly Part[], at = 1000): number =>
  register.transact((w) => applyReading(w, getReading(connection, parts, at))).syncId

function listRows(register: Register, since: Moment, until: Moment | null = null, client?: string): Change[] {
  const { spans, changes } = changesBetween(register.reader, { client }, since, until)
  return namedChanges(register.reader, spans, changes)
}

describe('the truth set', () => {
  it('is reported without wrong, missing or extra changes, for two clients together and for each alone', () => {
    const register = newRegister()
    const [a, b] = [newConnection(register, 'acme'), newConnection(register, 'other')]
    const [acme, other] = [computeTruth(1500, 'a'), computeTruth(400, 'b')]
    apply(register, a, acme.before)
    const before = apply(register, b, other.before)
    apply(register, a, acme.after, 2000)
    apply(register, b, other.after, 2000)
    expect(register.reader.value<number>('SELECT count(*) FROM grant WHERE to_sync IS NULL')).toBeGreaterThan(9000)
    const since = { sync: before }
    expect(toWords(listRows(register, since))).toEqual([...acme.changes, ...other.changes].toSorted())
    expect(toWords(listRows(register, since, null, 'acme'))).toEqual(acme.changes)
    expect(toWords(listRows(register, since, null, 'other'))).toEqual(other.changes)
    // A truth set without a kind would not test that kind.
    expect(new Set(acme.changes.map((line) => line.split(' ')[0]))).toEqual(
      new Set(CHANGE_KINDS.filter((kind) => kind !== 'first-reading')),
    )
    expect(listRows(register, { sync: before + 2 })).toEqual([])
    // Rows of a list need unique keys.
    const keys = listRows(register, since).map((row) => row.rowKey)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('has the same number of changes in the timeline as in a comparison, for first and later syncs', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const truth = computeTruth(200, 'a')
    const first = apply(register, connection, truth.before)
    const second = apply(register, connection, truth.after, 2000)
    const points = timelinePoints(register.reader, {}, 10)
    expect(points.map((point) => [point.syncId, point.before])).toEqual([
      [second, first],
      [first, 0],
    ])
    const counts = changesOfSyncs(register.reader, points)
    expect(counts.get(second)).toBe(truth.changes.length)
    expect(counts.get(first)).toBe(listRows(register, { at: 0 }, { sync: first }).length)
  })
})

const base: readonly Part[] = [
  { source: 'projects', facts: [project('p1')] },
  { source: 'users', facts: [user('u1'), user('u2')] },
  { source: 'project-users', project: 'p1', facts: [grant('u1', 'p1'), grant('u2', 'p1')] },
  { source: 'project-keys', project: 'p1', facts: [key('k1', { project: 'p1', name: 'prod-web-api' })] },
]
const without = (source: Part['source'], state: 'denied' | 'complete'): Part[] =>
  base.map((part) => (part.source === source ? { ...part, state, facts: [] } : part))

describe('changes between two moments', () => {
  it.each(['project-users', 'project-keys', 'users', 'projects'] as const)(
    'lose nothing where %s could not be read',
    (source) => {
      const register = newRegister()
      const connection = newConnection(register)
      const first = apply(register, connection, base)
      apply(register, connection, without(source, 'denied'))
      expect(listRows(register, { sync: first })).toEqual([])
      apply(register, connection, without('project-users', 'complete'))
      expect(toWords(listRows(register, { sync: first }))).toEqual([
        'access-lost u1 p1 member → -',
        'access-lost u2 p1 member → -',
      ])
    },
  )

  it('compare effective access: a role that a group still grants is not lost, and each new path is access', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const group = (id: string) => user(id, { kind: 'group', email: null, roleRaw: null, level: null })
    const owner = (who: string) =>
      grant(who, null, { roleRaw: 'owner', level: 'owner', impliedRoleRaw: 'owner', impliedLevel: 'owner' })
    const reader = (who: string) => grant(who, null, { roleRaw: 'reader', level: 'reader' })
    const member = (of: string, who: string): Fact => ({ type: 'membership', group: of, member: who })
    const read = (facts: {
      readonly projects: readonly string[]
      readonly roles: readonly Fact[]
      readonly members: readonly Fact[]
      readonly grants: readonly Fact[]
    }): number =>
      apply(register, connection, [
        { source: 'projects', facts: facts.projects.map((id) => project(id)) },
        { source: 'users', facts: [user('john'), user('bruce'), user('ines'), user('mark')] },
        { source: 'user-roles', facts: facts.roles },
        { source: 'groups', facts: [group('admins'), group('devs')] },
        { source: 'group-roles', facts: [owner('admins')] },
        { source: 'group-users', facts: facts.members },
        { source: 'project-users', project: 'p1', facts: facts.grants },
      ])
    const first = read({
      projects: ['p1'],
      roles: [owner('john'), reader('bruce'), reader('ines')],
      members: [member('admins', 'john'), member('devs', 'bruce')],
      grants: [grant('devs', 'p1'), grant('bruce', 'p1')],
    })
    read({
      projects: ['p1', 'p2'],
      roles: [reader('john'), reader('bruce'), owner('ines')],
      members: [member('admins', 'john'), member('devs', 'bruce'), member('devs', 'mark')],
      grants: [grant('devs', 'p1')],
    })
    expect(toWords(listRows(register, { sync: first }))).toEqual([
      'access-gained ines p1 - → owner (as organization owner)',
      'access-gained ines p2 - → owner (as organization owner)',
      'access-gained john p2 - → owner (by group admins)',
      'access-gained mark p1 - → member (by group devs)',
      'access-raised ines - reader → owner',
      'group-joined mark - - → devs',
      'project-created p2 - - → -',
      'role-changed bruce p1 member, member (by group devs) → member (by group devs)',
      'role-changed john - owner, owner (by group admins) → owner (by group admins), reader',
      'role-changed john p1 owner (as organization owner), owner (by group admins) → owner (by group admins)',
    ])
  })

  it('report a group’s role as a role, and as access of its members only', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const group = user('devs', { kind: 'group', email: null, roleRaw: null, level: null })
    const read = (role: string, level: 'member' | 'owner'): number =>
      apply(register, connection, [
        { source: 'projects', facts: [project('p1')] },
        { source: 'users', facts: [user('u1')] },
        { source: 'groups', facts: [group] },
        { source: 'group-users', facts: [{ type: 'membership', group: 'devs', member: 'u1' }] },
        { source: 'project-groups', project: 'p1', facts: [grant('devs', 'p1', { roleRaw: role, level })] },
      ])
    const first = read('member', 'member')
    read('owner', 'owner')
    const rows = listRows(register, { sync: first })
    expect(toWords(rows)).toEqual([
      'access-raised u1 p1 member (by group devs) → owner (by group devs)',
      'role-changed devs p1 member → owner',
    ])
    expect(rows.map((row) => [row.subject.name, row.levelBefore, row.levelAfter])).toEqual([
      ['u1', 'member', 'owner'],
      ['devs', null, null],
    ])
  })

  it('report a custom role that replaces another role, or is replaced by one, as changed and neither as raised nor lowered', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const held = (...roles: readonly (readonly [who: string, word: string, level: Level])[]): number =>
      apply(register, connection, [
        { source: 'projects', facts: [project('p1')] },
        { source: 'users', facts: ['u1', 'u2', 'u3', 'u4'].map((id) => user(id)) },
        {
          source: 'project-users',
          project: 'p1',
          facts: roles.map(([who, roleRaw, level]) => grant(who, 'p1', { roleRaw, level })),
        },
      ])
    const first = held(
      ['u1', 'Contributor', 'other'],
      ['u2', 'reader', 'reader'],
      ['u3', 'Auditor', 'other'],
      ['u3', 'reader', 'reader'],
      ['u4', 'Auditor', 'other'],
      ['u4', 'reader', 'reader'],
    )
    held(
      ['u1', 'reader', 'reader'],
      ['u2', 'Contributor', 'other'],
      ['u3', 'member', 'member'],
      ['u4', 'Auditor', 'other'],
      ['u4', 'member', 'member'],
    )
    expect(toWords(listRows(register, { sync: first }))).toEqual([
      'access-raised u4 p1 Auditor, reader → Auditor, member',
      'role-changed u1 p1 Contributor → reader',
      'role-changed u2 p1 reader → Contributor',
      'role-changed u3 p1 Auditor, reader → member',
    ])
  })

  it('report that members and owners alike lose a project that is archived, and have it again once it is active', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const read = (status: 'active' | 'archived'): number =>
      apply(register, connection, [
        { source: 'projects', facts: [project('p1', { status })] },
        {
          source: 'users',
          facts: [
            user('owner'),
            grant('owner', null, { roleRaw: 'owner', level: 'owner', impliedRoleRaw: 'owner', impliedLevel: 'owner' }),
            user('member'),
            user('grouped'),
          ],
        },
        { source: 'groups', facts: [user('devs', { kind: 'group', email: null, roleRaw: null, level: null })] },
        { source: 'group-users', facts: [{ type: 'membership', group: 'devs', member: 'grouped' }] },
        { source: 'project-users', project: 'p1', facts: [grant('member', 'p1'), grant('devs', 'p1')] },
      ])
    const first = read('active')
    const second = read('archived')
    read('active')
    const access = (since: number, until: number): string[] =>
      toWords(listRows(register, { sync: since }, { sync: until })).filter((line) => line.startsWith('access-'))
    expect(access(first, second)).toEqual([
      'access-lost grouped p1 member (by group devs) → -',
      'access-lost member p1 member → -',
      'access-lost owner p1 owner (as organization owner) → -',
    ])
    expect(access(second, second + 1)).toEqual([
      'access-gained grouped p1 - → member (by group devs)',
      'access-gained member p1 - → member',
      'access-gained owner p1 - → owner (as organization owner)',
    ])
    expect(access(first, second + 1)).toEqual([])
  })

  it('name projects, people and groups as of the end of the span, and not by what they were called later', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const read = (name: string, members: readonly string[]): number =>
      apply(register, connection, [
        { source: 'projects', facts: [project('p1', { name: `${name} project` })] },
        { source: 'users', facts: [user('u1', { name: `${name} person` })] },
        {
          source: 'groups',
          facts: [user('g1', { kind: 'group', name: `${name} group`, email: null, roleRaw: null, level: null })],
        },
        { source: 'group-users', facts: members.map((member) => ({ type: 'membership', group: 'g1', member })) },
        { source: 'project-groups', project: 'p1', facts: [grant('g1', 'p1')] },
      ])
    const first = read('early', [])
    const second = read('early', ['u1'])
    read('late', ['u1'])
    const rows = listRows(register, { sync: first }, { sync: second })
    expect(rows.map((row) => [row.kind, row.subject.name, row.project?.name ?? null, row.after])).toEqual([
      ['access-gained', 'early person', 'early project', 'member (by group early group)'],
      ['group-joined', 'early person', null, 'early group'],
    ])
  })

  it('leave out what was added and removed in between, and last uses', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const first = apply(register, connection, base)
    apply(register, connection, without('project-users', 'complete'))
    apply(register, connection, base)
    expect(listRows(register, { sync: first })).toEqual([])
    expect(listRows(register, { sync: first }, { sync: first + 1 })).toHaveLength(2)
    expect(listRows(register, { sync: first + 1 })).toHaveLength(2)
  })

  it('report a key and its successor as new where neither was known before, and the successor as a rotation where one was', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const keys = (...names: string[]): Part[] => [
      { source: 'projects', facts: [project('p1')] },
      {
        source: 'project-keys',
        project: 'p1',
        facts: names.map((id, n) => key(id, { project: 'p1', name: 'prod-web-api', createdAt: Date.UTC(2026, n, 1) })),
      },
    ]
    const empty = apply(register, connection, keys())
    apply(register, connection, keys('other'))
    const one = apply(register, connection, keys('other', 'k1'))
    expect(listRows(register, { sync: empty }).map((row) => row.kind)).toEqual(['key-created', 'key-created'])
    expect(listRows(register, { sync: empty + 1 }).map((row) => row.kind)).toEqual(['key-rotated'])
    expect(listRows(register, { sync: one })).toEqual([])
  })

  it('name the sync, the client, the person and the levels, newest sync first', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const first = apply(register, connection, base, 1000)
    const owner = grant('u1', 'p1', { roleRaw: 'owner', level: 'owner' })
    const reported = (users: Part['facts'], grants: Part['facts']): Part[] => [
      { source: 'users', facts: users },
      { source: 'project-users', project: 'p1', facts: grants },
    ]
    const second = apply(register, connection, reported([user('u1'), user('u2')], [owner, grant('u2', 'p1')]), 2000)
    const third = apply(register, connection, reported([user('u1')], [owner]), 3000)
    const rows = listRows(register, { sync: first })
    expect(rows.map((row) => [row.kind, row.sync, row.subject.name, row.levelBefore, row.levelAfter])).toEqual([
      ['access-lost', { id: third, at: 3000 }, 'u2', 'member', null],
      ['person-left', { id: third, at: 3000 }, 'u2', null, null],
      ['access-raised', { id: second, at: 2000 }, 'u1', 'member', 'owner'],
    ])
    expect(rows[2]).toMatchObject({
      client: { slug: 'acme' },
      connection: { id: connection, label: 'acme openai' },
      subject: { kind: 'principal', personId: register.reader.value("SELECT id FROM person WHERE name = 'u1'") },
      project: { name: 'p1' },
      before: 'member',
      after: 'owner',
    })
    expect(listRows(register, { at: 2000 }).map((row) => row.kind)).toEqual(['access-lost', 'person-left'])
    expect(listRows(register, { at: 1999 }, { at: 2999 }).map((row) => row.kind)).toEqual(['access-raised'])
  })

  it('report permissions of a key that were first reported, changed, or are no longer reported', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const keys = (over: object): Part[] => [{ source: 'keys', facts: [key('k1', { project: null, ...over })] }]
    for (const over of [{}, { permissions: 'models' }, { permissions: 'models, files' }, {}, {}]) {
      apply(register, connection, keys(over))
    }
    const words = [1, 2, 3, 4].map((sync) => toWords(listRows(register, { sync }, { sync: sync + 1 })))
    expect(words).toEqual([
      ['key-changed k1 - permissions not reported → permissions models'],
      ['key-changed k1 - permissions models → permissions models, files'],
      ['key-changed k1 - permissions models, files → permissions not reported'],
      [],
    ])
  })

  it('report an expiry that changed within a day, and all differences of one subject', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const at = Date.UTC(2027, 0, 1)
    const keys = (over: object): Part[] => [{ source: 'keys', facts: [key('k1', { project: null, ...over })] }]
    apply(register, connection, keys({ expiresAt: at }))
    apply(register, connection, keys({ expiresAt: at + 60_000 }))
    apply(register, connection, keys({ expiresAt: null, status: 'inactive' }))
    expect(toWords(listRows(register, { sync: 1 }, { sync: 2 }))).toEqual([
      'key-changed k1 - expires 2027-01-01T00:00:00Z → expires 2027-01-01T00:01:00Z',
    ])
    expect(toWords(listRows(register, { sync: 1 }))).toEqual([
      'key-changed k1 - active, expires 2027-01-01 → inactive, never expires',
    ])
    apply(register, connection, keys({ expiresAt: 'unread', status: 'inactive' }))
    expect(toWords(listRows(register, { sync: 3 }))).toEqual(['key-changed k1 - never expires → expiry not reported'])
  })

  it('are empty for a client that was not read, and exclude removed connections', () => {
    const register = newRegister()
    const connection = newConnection(register)
    newConnection(register, 'other')
    apply(register, connection, base)
    expect(listRows(register, { at: 0 }, null, 'other')).toEqual([])
    expect(listRows(register, { at: 0 }).length).toBeGreaterThan(0)
    register.transact((w) => w.run('UPDATE connection SET removed_at = 1 WHERE id = ?', [connection]))
    expect(listRows(register, { at: 0 })).toEqual([])
  })
})

describe('whether a directory manages an account', () => {
  const provisioned: Fact = {
    type: 'detail',
    of: 'principal',
    externalId: 'u1',
    kind: 'provisioned',
    value: ['yes'],
  }
  const named: Part = { source: 'project-users', project: 'p1', facts: [user('u1'), grant('u1', 'p1')] }
  const managed: Part = { source: 'users', facts: [user('u1'), provisioned] }
  const reported = (register: Register, since: number): string[] =>
    listRows(register, { sync: since }).flatMap(({ kind, before, after }) =>
      kind === 'provisioning-changed' ? [`${before} → ${after}`] : [],
    )

  it('changes where its list had been read before, and only then', () => {
    const register = newRegister()
    const connection = newConnection(register)
    const unread = apply(register, connection, [{ source: 'users', state: 'denied', facts: [] }, named])
    apply(register, connection, [managed, named], 2000)
    expect(reported(register, unread)).toEqual([])
    const without = apply(register, connection, [{ source: 'users', facts: [user('u1')] }, named], 3000)
    apply(register, connection, [managed, named], 4000)
    expect(reported(register, without)).toEqual(['not managed by a directory → managed by a directory (SCIM)'])
  })
})
