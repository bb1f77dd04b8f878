import { describe, expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { reportEmployment } from '../../../../electron/register/people/employment.ts'
import { listLeavers } from '../../../../electron/register/leavers/leaver.ts'
import { leaverDetails } from '../../../../electron/register/leavers/detail.ts'
import type { Register } from '../../../../electron/register/register.ts'
import type { LeaverDetail, LeaverItem } from '../../../../shared/contract/leavers.ts'
import { addDays, type Day, toLocalDay } from '../../../../shared/domain/day.ts'
import type { KeyFact } from '../../../../shared/domain/facts.ts'
import type { Employment } from '../../../../shared/domain/people/employment.ts'
import { grant, key, newConnection, newRegister, type Part, project, getReading, user } from '../registers.ts'

const NOW = Date.UTC(2026, 10, 20, 12)
const TODAY = toLocalDay(NOW)
const DAY = 86_400_000
const MADE = NOW - 300 * DAY

const service = (over: Partial<KeyFact> = {}): Partial<KeyFact> => ({
  ownerState: 'known',
  owner: { externalId: 'svc', kind: 'service-account', name: 'web-api', email: null },
  ownerAccess: 'active',
  createdAt: MADE,
  ...over,
})
const owned = (externalId: string, over: Partial<KeyFact> = {}): Partial<KeyFact> => ({
  ownerState: 'known',
  owner: { externalId, kind: 'user', name: externalId, email: null },
  ownerAccess: 'active',
  createdAt: MADE,
  ...over,
})

interface World {
  readonly register: Register
  readonly openai: number
  readonly read: (connectionId: number, parts: readonly Part[], daysAgo: number) => void
  readonly leave: (externalId: string, over?: Partial<Employment> & { at?: number }) => number
  readonly ask: (scope?: { client?: string }, people?: readonly number[]) => LeaverDetail[]
}

function world(): World {
  const register = newRegister()
  const openai = newConnection(register, 'acme')
  const findPersonId = (externalId: string): number =>
    register.reader.value<number>('SELECT person_id FROM principal WHERE external_id = ?', [externalId]) ?? 0
  return {
    register,
    openai,
    read: (connectionId, parts, daysAgo) =>
      void register.transact((writer) => applyReading(writer, getReading(connectionId, parts, NOW - daysAgo * DAY))),
    leave: (externalId, { at = NOW - DAY, ...over } = {}) => {
      const person = findPersonId(externalId)
      const reported: Employment = {
        externalId: null,
        name: externalId,
        status: 'departed',
        department: null,
        manager: null,
        jobTitle: null,
        contractor: false,
        startsOn: null,
        endsOn: addDays(TODAY, -3),
        ...over,
      }
      register.transact((writer) =>
        reportEmployment(writer, person, { ...reported, source: 'hr.csv', at, today: TODAY }),
      )
      return person
    },
    ask: (scope = {}, people) => {
      const moment = { now: NOW, today: TODAY }
      const departed = listLeavers(register.reader, { ...scope, people }, moment)
      return leaverDetails(register.reader, departed, scope, moment)
    },
  }
}

const parts = (change: (part: Part) => Part = (part) => part): Part[] =>
  (
    [
      { source: 'projects', facts: [project('proj_a', { name: 'Chatbot' }), project('proj_b', { name: 'Search' })] },
      {
        source: 'users',
        facts: [
          user('ann', { lastUsedAt: NOW - DAY }),
          grant('ann', null, { roleRaw: 'reader', level: 'reader' }),
          user('ben'),
          grant('ben', null, { roleRaw: 'reader', level: 'reader' }),
          user('own', { roleRaw: 'owner', level: 'owner' }),
          grant('own', null, { roleRaw: 'owner', level: 'owner', impliedRoleRaw: 'owner', impliedLevel: 'owner' }),
        ],
      },
      {
        source: 'invites',
        facts: [user('inv', { kind: 'invite', email: 'ann@acme.example', name: null, status: 'pending' })],
      },
      { source: 'project-users', project: 'proj_a', facts: [grant('ann', 'proj_a'), grant('ben', 'proj_a')] },
      {
        source: 'project-service-accounts',
        project: 'proj_a',
        facts: [user('svc', { kind: 'service-account', email: null }), grant('svc', 'proj_a')],
      },
      {
        source: 'project-keys',
        project: 'proj_a',
        facts: [
          key('k_ann', { name: 'dev-ann', ...owned('ann', { lastUse: { state: 'known', at: NOW - DAY } }) }),
          key('k_svc', { name: 'dev-web-api', ...service() }),
          key('k_ben_own', { name: 'dev-ben-toy', ...owned('ben') }),
          key('k_ben_prod', { name: 'prod-web-bot', ...owned('ben') }),
          key('k_expired', { name: 'old', ...service({ expiresAt: NOW - 1 }) }),
        ],
      },
      {
        source: 'project-keys',
        project: 'proj_b',
        facts: [key('k_search', { name: 'dev-web-search', project: 'proj_b', ...service() })],
      },
    ] as Part[]
  ).map(change)

const without =
  (externalId: string) =>
  (part: Part): Part => ({
    ...part,
    facts: part.facts.filter(
      (fact) =>
        !(fact.type === 'principal' && fact.externalId === externalId) &&
        !(fact.type === 'grant' && fact.principal === externalId),
    ),
  })

const brief = (detail: LeaverDetail | undefined): string[] =>
  (detail?.items ?? []).map((item) => `${item.kind} ${item.name}`)

const named = (detail: LeaverDetail | undefined, name: string): LeaverItem | undefined =>
  detail?.items.find((item) => item.name === name)

describe('what is left of a leaver', () => {
  it('is every account, invite, key and role, and the shared keys that they could have seen', () => {
    const { openai, read, leave, ask } = world()
    read(openai, parts(), 10)
    leave('ann')
    const [detail] = ask()
    expect(brief(detail)).toEqual([
      'account ann',
      'invite ann@acme.example',
      'key dev-ann',
      'role Chatbot',
      'shared-key dev-web-api',
      'shared-key prod-web-bot',
    ])
    expect(detail?.row).toMatchObject({ accounts: 1, invites: 1, keys: 1, roles: 1, sharedKeys: 2, state: 'holds' })
    expect(detail?.row.clients.map((client) => client.slug)).toEqual(['acme'])
  })

  it('excludes other people’s own keys, expired items, and projects that the leaver never had', () => {
    const { openai, read, leave, ask } = world()
    read(openai, parts(), 10)
    leave('ann')
    const names = brief(ask()[0])
    for (const name of ['dev-ben-toy', 'old', 'dev-web-search']) expect(names.join()).not.toContain(name)
  })

  it('is empty for people who stay, and on the last day', () => {
    const { openai, read, leave, ask } = world()
    read(openai, parts(), 10)
    leave('ben', { status: 'employed', endsOn: TODAY })
    leave('own', { status: 'leave', endsOn: null })
    expect(ask()).toEqual([])
    leave('ben', { status: 'employed', endsOn: addDays(TODAY, -1) })
    expect(ask().map(({ row }) => row.name)).toEqual(['ben'])
  })

  it('has the change that ends each item; a role through a group ends with the account', () => {
    const { openai, read, leave, ask } = world()
    const grouped: Part[] = [
      ...parts(),
      { source: 'groups', facts: [{ ...user('grp', { kind: 'group', email: null }), roleRaw: null, level: null }] },
      { source: 'group-users', facts: [{ type: 'membership', group: 'grp', member: 'ann' }] },
      { source: 'project-groups', project: 'proj_b', facts: [grant('grp', 'proj_b')] },
    ]
    read(openai, grouped, 10)
    leave('ann')
    const [detail] = ask()
    expect(named(detail, 'ann')?.remediation?.action).toBe('member-remove')
    expect(named(detail, 'ann@acme.example')?.remediation?.action).toBe('invite-delete')
    expect(named(detail, 'dev-ann')?.remediation?.action).toBe('key-delete')
    expect(named(detail, 'dev-web-api')?.remediation?.action).toBe('key-rotate')
    expect(named(detail, 'Chatbot')?.remediation).toMatchObject({
      action: 'project-member-remove',
      values: { projectId: named(detail, 'Chatbot')?.project?.id },
    })
    expect(named(detail, 'Search')?.remediation).toBeNull()
    expect(named(detail, 'Search')?.says).toContain('grp')
    expect(brief(detail)).toContain('shared-key dev-web-search')
  })

  it('shows what is already on the remediation list', () => {
    const { openai, read, leave, ask, register } = world()
    read(openai, parts(), 10)
    leave('ann')
    const account = named(ask()[0], 'ann')
    const add = (state: string): void =>
      void register.transact((writer) =>
        writer.run(
          `INSERT INTO remediation (connection_id, action, subject_kind, subject_id, subject_name, state, added_at, added_by)
           VALUES (?, 'member-remove', 'principal', ?, 'ann', ?, 0, 'Mara')`,
          [openai, account?.id ?? 0, state],
        ),
      )
    add('withdrawn')
    expect(named(ask()[0], 'ann')?.listed).toBeNull()
    add('waiting')
    expect(named(ask()[0], 'ann')?.listed).toMatchObject({ state: 'waiting' })
    expect(named(ask()[0], 'dev-ann')?.listed).toBeNull()
  })
})

describe('the time since a person left', () => {
  it('is late from 24 hours on, as long as something remains', () => {
    const { openai, read, leave, ask } = world()
    read(openai, parts(), 10)
    leave('ann', { endsOn: null, at: NOW - 24 * 3_600_000 + 1 })
    expect(ask()[0]?.row).toMatchObject({ hours: 23, late: false })
    const again = world()
    again.read(again.openai, parts(), 10)
    again.leave('ann', { endsOn: null, at: NOW - 24 * 3_600_000 })
    expect(again.ask()[0]?.row).toMatchObject({ hours: 24, late: true })
    again.read(
      again.openai,
      parts(without('ann'))
        .map(without('inv'))
        .map((part) => ({
          ...part,
          facts: part.facts.filter((fact) => !(fact.type === 'key' && fact.externalId === 'k_ann')),
        })),
      0,
    )
    expect(again.ask()[0]?.row).toMatchObject({ late: false, state: 'shared' })
  })

  it('shows use of the leaver’s items after the departure', () => {
    const { openai, read, leave, ask } = world()
    read(openai, parts(), 10)
    leave('ann')
    expect(ask()[0]?.row.usedAfterAt).toBe(NOW - DAY)
    leave('ann', { endsOn: addDays(TODAY, -1) })
    expect(ask()[0]?.row.usedAfterAt).toBeNull()
  })
})

describe('shared keys', () => {
  const shared = (detail: LeaverDetail | undefined): string[] =>
    brief(detail).filter((line) => line.startsWith('shared-key'))

  it('stay on the list after the account is removed, with the day until which they could be reached', () => {
    const { openai, read, leave, ask } = world()
    read(openai, parts(), 10)
    leave('ann')
    read(openai, parts(without('ann')), 1)
    const [detail] = ask()
    expect(shared(detail)).toEqual(['shared-key dev-web-api', 'shared-key prod-web-bot'])
    expect(named(detail, 'dev-web-api')?.says).toContain(new Date(NOW - DAY).toISOString().slice(0, 10))
  })

  it('that were created after the access ended were never seen', () => {
    const { openai, read, leave, ask } = world()
    const late =
      (at: number) =>
      (part: Part): Part =>
        part.source === 'project-keys' && part.project === 'proj_a'
          ? { ...part, facts: [...part.facts, key('k_late', { name: 'dev-web-late', ...service({ createdAt: at }) })] }
          : part
    read(openai, parts(), 10)
    read(openai, parts(without('ann')), 5)
    leave('ann')
    read(openai, parts(without('ann')).map(late(NOW - 5 * DAY)), 1)
    expect(shared(ask()[0])).toContain('shared-key dev-web-late')
    const other = world()
    other.read(other.openai, parts(), 10)
    other.read(other.openai, parts(without('ann')), 5)
    other.leave('ann')
    other.read(other.openai, parts(without('ann')).map(late(NOW - 5 * DAY + 1)), 1)
    expect(shared(other.ask()[0])).not.toContain('shared-key dev-web-late')
  })

  it('of a project that the person had left earlier were seen', () => {
    const { openai, read, leave, ask } = world()
    const outside = (part: Part): Part =>
      part.source === 'project-users'
        ? { ...part, facts: part.facts.filter((fact) => fact.type === 'grant' && fact.principal !== 'ann') }
        : part
    read(openai, parts(), 10)
    read(openai, parts(outside), 5)
    leave('ann')
    expect(brief(ask()[0])).not.toContain('role Chatbot')
    expect(shared(ask()[0])).toContain('shared-key dev-web-api')
  })

  it('reached through a group count for the time of both the group’s role and the membership', () => {
    const group = (members: readonly string[], granted: boolean): Part[] => [
      { source: 'groups', facts: [{ ...user('grp', { kind: 'group', email: null }), roleRaw: null, level: null }] },
      {
        source: 'group-users',
        facts: members.map((member) => ({ type: 'membership' as const, group: 'grp', member })),
      },
      { source: 'project-groups', project: 'proj_b', facts: granted ? [grant('grp', 'proj_b')] : [] },
    ]
    const together = world()
    together.read(together.openai, [...parts(), ...group(['ann'], true)], 10)
    together.read(together.openai, [...parts(), ...group([], false)], 5)
    together.leave('ann')
    expect(shared(together.ask()[0])).toContain('shared-key dev-web-search')
    const apart = world()
    apart.read(apart.openai, [...parts(), ...group(['ann'], false)], 10)
    apart.read(apart.openai, [...parts(), ...group([], true)], 5)
    apart.leave('ann')
    expect(shared(apart.ask()[0])).not.toContain('shared-key dev-web-search')
  })

  it('of every project are reached by an organization role that implies project access', () => {
    const { openai, read, leave, ask } = world()
    read(openai, parts(), 10)
    leave('own')
    const [detail] = ask()
    expect(shared(detail)).toEqual(['shared-key dev-web-api', 'shared-key prod-web-bot', 'shared-key dev-web-search'])
    expect(named(detail, 'dev-web-search')?.says).toContain('every project')
  })

  it('leave the list once they are rotated', () => {
    const { openai, read, leave, ask, register } = world()
    read(openai, parts(), 10)
    leave('ann')
    const rotate = (on: Day): void =>
      void register.transact((writer) =>
        writer.run("UPDATE key SET last_rotated_on = ? WHERE external_id = 'k_svc'", [on]),
      )
    rotate(addDays(TODAY, -3))
    expect(shared(ask()[0])).toContain('shared-key dev-web-api')
    rotate(addDays(TODAY, -2))
    expect(shared(ask()[0])).not.toContain('shared-key dev-web-api')
  })

  it('at Anthropic are all keys of a workspace, including those that the leaver created', () => {
    const { register, read, leave, ask } = world()
    const anthropic = newConnection(register, 'borealis', 'anthropic')
    read(
      anthropic,
      [
        { source: 'projects', facts: [project('ws')] },
        { source: 'users', facts: [user('cleo'), grant('cleo', null), user('dan'), grant('dan', null)] },
        { source: 'project-users', project: 'ws', facts: [grant('cleo', 'ws')] },
        {
          source: 'keys',
          facts: [
            key('k_dan', { name: 'toy', project: 'ws', ...owned('dan') }),
            key('k_cleo', { name: 'mine', project: 'ws', ...owned('cleo') }),
          ],
        },
      ],
      10,
    )
    leave('cleo')
    expect(brief(ask()[0])).toEqual(['account cleo', 'role ws', 'shared-key mine', 'shared-key toy'])
    expect(named(ask()[0], 'mine')?.says).toBe('A workspace key, created by cleo. Its secret was shown to them.')
  })
})

describe('the scope', () => {
  it('of one client excludes other clients, and the whole scope includes archived clients', () => {
    const { register, openai, read, leave, ask } = world()
    const other = newConnection(register, 'borealis')
    read(openai, parts(), 10)
    read(other, parts(), 10)
    leave('ann')
    register.transact((writer) => writer.run("UPDATE client SET archived_at = 1 WHERE slug = 'borealis'"))
    expect(ask()[0]?.row).toMatchObject({ accounts: 2, keys: 2, sharedKeys: 4 })
    const [only] = ask({ client: 'acme' })
    expect(only?.row).toMatchObject({ accounts: 1, keys: 1, sharedKeys: 2 })
    expect(new Set(only?.items.map((item) => item.client.slug))).toEqual(new Set(['acme']))
    expect(ask({ client: 'borealis' })[0]?.row.clients.map((client) => client.slug)).toEqual(['borealis'])
  })
})
