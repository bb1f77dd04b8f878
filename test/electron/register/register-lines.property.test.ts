import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { applyReading } from '../../../electron/register/apply/apply.ts'
import { changesBetween } from '../../../electron/register/changes/changes.ts'
import type { Reader } from '../../../electron/register/db/handles.ts'
import { readOrganization, reportConnections } from '../../../electron/register/read/report.ts'
import { levelRank, type Level } from '../../../shared/domain/role.ts'
import type { Fact } from '../../../shared/domain/facts.ts'
import { registerOrganization } from '../../../shared/report/register-document.ts'
import { registerMarkdown } from '../../../shared/report/register-markdown.ts'
import { grant, key, newConnection, newRegister, project, getReading, user, type Part } from './registers.ts'
import { drillRuns } from '../../drills/drill.ts'
import { getLevel } from '../../../shared/domain/providers/roles.ts'

/*
 * What a register shows for each person and key, computed from the random facts by loops, compared with the lines that
 * differ between the registers of two syncs.
 */

const USERS = ['ann', 'bob', 'cleo'] as const
const GROUPS = ['devs', 'leads'] as const
const HOLDERS = [...USERS, ...GROUPS] as const
const PROJECTS = ['alpha', 'beta'] as const
const KEYS = ['one', 'two'] as const
/** The project role that an organization role implies in every active project. */
const CARRIES: Readonly<Record<string, string>> = { owner: 'owner' }

const role = fc.constantFrom('owner', 'member', 'viewer', 'auditor')
type Held<T extends string> = Readonly<Record<T, string | null>>

/** For each of some names a word, or none. */
function getRoles<T extends string>(names: readonly T[], words: fc.Arbitrary<string>): fc.Arbitrary<Held<T>> {
  const each = fc.option(words, { freq: 1 })
  return fc
    .tuple(...names.map(() => each))
    .map((drawn) => Object.fromEntries(names.map((name, at) => [name, drawn[at] ?? null])) as Held<T>)
}

const world = fc.record({
  roles: fc.record({
    ann: fc.constantFrom('owner', 'reader'),
    bob: fc.constantFrom('owner', 'reader'),
    cleo: fc.constantFrom('owner', 'reader'),
  }),
  groupRoles: getRoles(GROUPS, fc.constantFrom('owner', 'reader')),
  members: fc.record({ devs: fc.subarray([...USERS]), leads: fc.subarray([...USERS]) }),
  archived: fc.subarray([...PROJECTS]),
  held: fc.record({
    alpha: getRoles(HOLDERS, role),
    beta: getRoles(HOLDERS, role),
  }),
  keys: fc.subarray([...KEYS]),
  owner: fc.constantFrom(null, ...USERS),
})
type World = typeof world extends fc.Arbitrary<infer T> ? T : never

const onOrganization = (who: string, raw: string): Fact => {
  const carried = CARRIES[raw] ?? null
  return grant(who, null, {
    roleRaw: raw,
    level: getLevel('openai', 'organization', raw),
    impliedRoleRaw: carried,
    impliedLevel: carried === null ? null : getLevel('openai', 'project', carried),
  })
}

function splitParts({ roles, groupRoles, members, archived, held, keys, owner }: World): Part[] {
  return [
    {
      source: 'projects',
      facts: PROJECTS.map((id) => project(id, { status: archived.includes(id) ? 'archived' : 'active' })),
    },
    {
      source: 'users',
      facts: USERS.flatMap((id) => [
        user(id, { email: null, roleRaw: roles[id], level: getLevel('openai', 'organization', roles[id]) }),
        onOrganization(id, roles[id]),
      ]),
    },
    {
      source: 'groups',
      facts: GROUPS.map((id) => user(id, { kind: 'group', email: null, roleRaw: null, level: null })),
    },
    {
      source: 'group-roles',
      facts: GROUPS.flatMap((id) => (groupRoles[id] === null ? [] : [onOrganization(id, groupRoles[id])])),
    },
    {
      source: 'group-users',
      facts: GROUPS.flatMap((group) =>
        members[group].map((member) => ({ type: 'membership' as const, group, member })),
      ),
    },
    ...PROJECTS.map((id): Part => ({
      source: 'project-users',
      project: id,
      facts: HOLDERS.map((who) => [who, held[id][who]] as const).flatMap(([who, raw]) =>
        raw === null ? [] : [grant(who, id, { roleRaw: raw, level: getLevel('openai', 'project', raw) })],
      ),
    })),
    {
      source: 'keys',
      facts: keys.map((id) =>
        key(id, {
          project: 'alpha',
          ownerState: owner === null ? 'none' : 'known',
          owner: owner === null ? null : { externalId: owner, kind: 'user', name: owner, email: null },
        }),
      ),
    },
  ]
}

interface Way {
  readonly raw: string
  readonly level: Level
  readonly by: string | null
}

/** The strongest of some paths; among equals the direct one, then by text. */
function strongest(ways: readonly Way[]): Way | null {
  return (
    ways.toSorted(
      (a, b) =>
        levelRank(a.level) - levelRank(b.level) ||
        Number(a.by !== null) - Number(b.by !== null) ||
        a.raw.localeCompare(b.raw) ||
        (a.by ?? '').localeCompare(b.by ?? ''),
    )[0] ?? null
  )
}

/** What a register must show for a person. */
function toShown(of: World, who: (typeof USERS)[number]): string {
  const groups = GROUPS.filter((group) => of.members[group].includes(who))
  const organization: Way[] = [
    { raw: of.roles[who], level: getLevel('openai', 'organization', of.roles[who]), by: null },
  ]
  for (const group of groups) {
    const raw = of.groupRoles[group]
    if (raw !== null) organization.push({ raw, level: getLevel('openai', 'organization', raw), by: group })
  }
  const isOwner = organization.some(({ raw }) => CARRIES[raw] !== undefined)
  const projects = PROJECTS.filter((id) => !of.archived.includes(id)).flatMap((id) => {
    const ways: Way[] = []
    for (const holder of [who, ...groups]) {
      const raw = of.held[id][holder]
      if (raw !== null)
        ways.push({ raw, level: getLevel('openai', 'project', raw), by: holder === who ? null : holder })
    }
    const way = strongest(ways)
    return way === null || isOwner ? [] : [[id, way]]
  })
  return JSON.stringify([who, strongest(organization), isOwner, projects])
}

function listLines(reader: Reader): readonly string[] {
  const organizations = reportConnections(reader, {}).map((connection) =>
    registerOrganization(
      readOrganization(reader, connection, 'projects', { now: Date.UTC(2026, 0, 1), today: '2026-01-01' }),
    ),
  )
  const clients = organizations.map(({ client }) => client)
  const text = [
    ...registerMarkdown({
      title: 'Register',
      scope: { client: null, connection: null },
      generatedAt: 0,
      clients,
      organizations,
    }),
  ].join('')
  return text.slice(0, text.indexOf('### Population')).split('\n')
}

it('differs between two syncs in exactly the lines of the people and keys whose effective facts differ, and changes names them', () => {
  fc.assert(
    fc.property(world, world, (before, after) => {
      const register = newRegister()
      const connection = newConnection(register)
      const read = (of: World): readonly string[] => {
        register.transact((w) => applyReading(w, getReading(connection, splitParts(of), 1000)))
        return listLines(register.reader)
      }
      const [old, next] = [read(before), read(after)]
      const expected = new Set<string>([
        ...USERS.filter((who) => toShown(before, who) !== toShown(after, who)),
        ...KEYS.filter((id) => {
          const shown = ({ keys, owner }: World): string | null => (keys.includes(id) ? (owner ?? '-') : null)
          return shown(before) !== shown(after)
        }),
      ])
      const getName = (line: string): string => line.split(' | ')[0]?.slice(2) ?? ''
      const differing = [...new Set(old).symmetricDifference(new Set(next))].map(getName)
      expect([...new Set(differing)].toSorted()).toEqual([...expected].toSorted())
      // One line of each register: a change removes one line and adds one.
      expect(next.filter((line) => line.startsWith('| ann |'))).toHaveLength(1)
      const names = new Map(
        register.reader
          .all<{ id: number; x: string }>('SELECT id, external_id AS x FROM principal')
          .map(({ id, x }) => [`principal ${id}`, x]),
      )
      for (const { id, x } of register.reader.all<{ id: number; x: string }>('SELECT id, external_id AS x FROM key')) {
        names.set(`key ${id}`, x)
      }
      const reported = changesBetween(register.reader, {}, { sync: 1 }, null).changes.map(({ subject }) =>
        names.get(`${subject.kind} ${subject.id}`),
      )
      expect([...expected].filter((name) => !reported.includes(name))).toEqual([])
    }),
    drillRuns('register-lines'),
  )
})
