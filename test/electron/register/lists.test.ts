import { describe, expect, it } from 'vitest'

import { accessIds, accessRows } from '../../../electron/register/access/access.ts'
import { dueRows } from '../../../electron/register/keys/due-rows.ts'
import { dueKeyIds, keyIds, keyRows } from '../../../electron/register/keys/keys.ts'
import { clientCounts } from '../../../electron/register/today/counts.ts'
import { personIds, personRows } from '../../../electron/register/people/people.ts'
import { GRANT_STATES } from '../../../shared/domain/access/grant-state.ts'
import { countProjects } from '../../../electron/register/access/project-counts.ts'
import { projectIds, projectRows } from '../../../electron/register/access/projects.ts'
import type { Scope } from '../../../electron/register/db/scope.ts'
import { find } from '../../../electron/register/read/search.ts'
import { countStructure, readStructure } from '../../../electron/register/read/structure.ts'
import { levelRank, LEVELS } from '../../../shared/domain/role.ts'
import { ROTATION_STATES } from '../../../shared/domain/rotation.ts'
import { AT, countExpiredInvites, isOpen, NOW, onAgencies, SLUGS, TODAY } from './draw-agency.ts'

/*
 * Every filter, sort, count and search is compared with the full list, filtered and sorted here; rows have other tests.
 */

const SCOPES: readonly Scope[] = [{}, ...SLUGS.map((client) => ({ client }))]
const DIRECTIONS = ['asc', 'desc'] as const
const NATURAL = { sort: { by: 'name', direction: 'asc' } } as const

const bothWays = <T>(columns: readonly T[]): (readonly [T, 'asc' | 'desc'])[] =>
  columns.flatMap((by) => DIRECTIONS.map((direction) => [by, direction] as const))

const sorted = (ids: readonly number[]): number[] => ids.toSorted((a, b) => a - b)

type Sortable = string | number | null

/** Whether values are in order, unknown ones last in both directions. */
function inOrder(values: readonly Sortable[], direction: 'asc' | 'desc'): boolean {
  const known = values.filter((value) => value !== null)
  if (values.slice(0, known.length).includes(null)) return false
  const folded = known.map((value) => (typeof value === 'string' ? value.toLowerCase() : value))
  return folded.every((value, n) => {
    const next = folded[n + 1]
    return next === undefined || (direction === 'asc' ? value <= next : value >= next)
  })
}

describe('people', () => {
  it('are filtered exactly by what their rows show', () => {
    onAgencies(({ reader }) => {
      for (const scope of SCOPES) {
        const ids = (over: object): number[] => personIds(reader, { ...scope, ...NATURAL, ...over }, AT)
        const rows = personRows(reader, ids({}), scope, AT)
        const where = (test: (row: (typeof rows)[number]) => boolean): number[] =>
          sorted(rows.filter(test).map((row) => row.personId))
        const statuses = ['active', 'invited'] as const
        for (const status of statuses) expect(sorted(ids({ status }))).toEqual(where((row) => row.status === status))
        for (const is of [true, false]) {
          expect(sorted(ids({ privileged: is }))).toEqual(where((row) => row.privileged === is))
          expect(sorted(ids({ external: is }))).toEqual(where((row) => row.external === is))
        }
        for (const level of LEVELS) expect(sorted(ids({ level }))).toEqual(where((row) => row.level === level))
        const removed = personRows(reader, ids({ status: 'removed' }), scope, AT)
        expect(removed.every((row) => row.status === 'removed' && row.clients.length === 0)).toBe(true)
        expect(rows.some((row) => row.status === 'removed')).toBe(false)
      }
    })
  })

  it('are found in each connection or project that they reach, and counted there', () => {
    onAgencies(({ reader }, slugs) => {
      for (const [connection] of slugs) {
        const scope = { client: slugs.get(connection) }
        const access = accessRows(
          reader,
          accessIds(reader, { ...scope, connection, sort: { by: 'client', direction: 'asc' } }, NOW),
          NOW,
        )
        const reached = Map.groupBy(access, (row) => row.project?.id ?? 0)
        for (const [project, rows] of reached) {
          if (project === 0) continue
          const people = new Set(
            rows.filter(({ state }) => state === 'effective').flatMap((row) => row.principal.personId ?? []),
          )
          expect(sorted(personIds(reader, { ...scope, ...NATURAL, project }, AT))).toEqual(sorted([...people]))
        }
        const inConnection = reader.column<number>(
          "SELECT DISTINCT person_id FROM account_row WHERE connection_id = ? AND status <> 'expired' AND kind IN ('user', 'invite') ORDER BY 1",
          [connection],
        )
        expect(sorted(personIds(reader, { ...scope, ...NATURAL, connection }, AT))).toEqual(inConnection)
      }
    })
  })

  it('are sorted by any column', () => {
    const columns = ['name', 'email', 'level', 'projects', 'keys', 'last-used', 'last-review'] as const
    onAgencies(({ reader }) => {
      for (const [by, direction] of bothWays(columns)) {
        const ids = personIds(reader, { sort: { by, direction } }, AT)
        const rows = personRows(reader, ids, {}, AT)
        const values = rows.map((row): Sortable => {
          if (by === 'level') return levelRank(row.level)
          if (by === 'last-used') return row.lastUsedAt
          return by === 'last-review' ? row.lastReviewedOn : row[by]
        })
        expect(rows.map((row) => row.personId)).toEqual(ids)
        expect(inOrder(values, direction)).toBe(true)
        expect(sorted(ids)).toEqual(sorted(personIds(reader, NATURAL, AT)))
      }
    }, 8)
  })
})

describe('keys', () => {
  const [LAST_USED_BY, CREATED_BY] = [NOW - 45 * 86_400_000, NOW - 30 * 86_400_000]
  const isPersonal = ({ owner, kind, connection }: ReturnType<typeof keyRows>[number]): boolean =>
    owner.kind === 'user' && kind !== 'admin' && (connection.provider !== 'anthropic' || kind !== 'project')

  it('are filtered exactly by what their rows show', () => {
    onAgencies(({ reader }) => {
      for (const scope of SCOPES) {
        const ids = (over: object): number[] => keyIds(reader, { ...scope, ...NATURAL, ...over }, AT)
        const rows = keyRows(reader, ids({}), AT)
        const where = (test: (row: (typeof rows)[number]) => boolean): number[] =>
          sorted(rows.filter(test).map((row) => row.keyId))
        for (const status of ['active', 'inactive', 'archived', 'expired'] as const) {
          expect(sorted(ids({ status }))).toEqual(where((row) => row.status === status))
        }
        for (const rotation of ROTATION_STATES) {
          expect(sorted(ids({ rotation }))).toEqual(where((row) => row.rotation.state === rotation))
        }
        for (const environment of ['production', 'development', 'nowhere']) {
          expect(sorted(ids({ environment }))).toEqual(where((row) => row.environment === environment))
        }
        expect(sorted(ids({ flag: 'never' }))).toEqual(where((row) => row.lastUse.state === 'never'))
        expect(sorted(ids({ flag: 'personal' }))).toEqual(where(isPersonal))
        expect(sorted(ids({ flag: 'unowned' }))).toEqual(
          where(
            (row) =>
              isOpen(row) &&
              (row.owner.state === 'none' || row.owner.access === 'inactive' || row.owner.present === false),
          ),
        )
        expect(sorted(ids({ flag: 'unused' }))).toEqual(
          where(
            (row) =>
              isOpen(row) &&
              ('at' in row.lastUse
                ? row.lastUse.at <= LAST_USED_BY
                : row.lastUse.state === 'never' && row.createdAt !== null && row.createdAt <= CREATED_BY),
          ),
        )
        for (const [person] of Map.groupBy(rows, (row) => row.owner.personId)) {
          if (person === null) continue
          expect(sorted(ids({ person }))).toEqual(where((row) => row.owner.personId === person))
        }
        for (const [project] of Map.groupBy(rows, (row) => row.project?.id)) {
          if (project === undefined) continue
          expect(sorted(ids({ project }))).toEqual(where((row) => row.project?.id === project))
        }
        for (const [connection] of Map.groupBy(rows, (row) => row.connection.id)) {
          expect(sorted(ids({ connection }))).toEqual(where((row) => row.connection.id === connection))
        }
      }
    })
  })

  it('are sorted by any column', () => {
    const columns = ['due', 'name', 'client', 'project', 'owner', 'created', 'last-used', 'expires'] as const
    onAgencies(({ reader }) => {
      for (const [by, direction] of bothWays(columns)) {
        const ids = keyIds(reader, { sort: { by, direction } }, AT)
        const rows = keyRows(reader, ids, AT)
        const values = rows.map((row): Sortable => {
          const of = {
            due: row.rotation.dueOn,
            name: row.name,
            client: row.client.name,
            project: row.project?.name ?? null,
            owner: row.owner.name ?? row.owner.email,
            created: row.createdAt,
            'last-used': 'at' in row.lastUse ? row.lastUse.at : null,
            expires: row.expiresAt,
          }
          return of[by]
        })
        expect(rows.map((row) => row.keyId)).toEqual(ids)
        expect(by === 'project' || by === 'owner' || inOrder(values, direction)).toBe(true)
        expect(sorted(ids)).toEqual(sorted(keyIds(reader, NATURAL, AT)))
      }
    }, 8)
  })

  it('that are due until a day are those with a due day by then, earliest first', () => {
    onAgencies(({ reader }) => {
      for (const scope of SCOPES) {
        const all = keyRows(reader, keyIds(reader, { ...scope, ...NATURAL }, AT), AT)
        for (const until of [undefined, TODAY, '2026-05-15']) {
          const due = keyRows(reader, dueKeyIds(reader, { ...scope, until }, NOW), AT)
          const expected = all.filter(
            ({ rotation: { dueOn } }) => dueOn !== null && (until === undefined || dueOn <= until),
          )
          expect(sorted(due.map((row) => row.keyId))).toEqual(sorted(expected.map((row) => row.keyId)))
          // The rows of a table have the same values, of which it shows a part.
          expect(due).toMatchObject([...dueRows(reader, { ...scope, until }, AT)])
          expect(
            inOrder(
              due.map((row) => row.rotation.dueOn),
              'asc',
            ),
          ).toBe(true)
        }
      }
    }, 8)
  })
})

describe('projects and access', () => {
  it('are filtered exactly by what their rows show, and projects count the people who reach them', () => {
    onAgencies(({ reader }) => {
      for (const scope of SCOPES) {
        const ids = (over: object): number[] => projectIds(reader, { ...scope, ...NATURAL, ...over }, NOW)
        const rows = projectRows(reader, ids({}), NOW)
        const counts = countProjects(reader, scope, NOW)
        expect(projectRows(reader, ids({}), NOW, counts)).toEqual(rows)
        for (const by of ['people', 'keys'] as const) {
          for (const [direction, sign] of [
            ['asc', 1],
            ['desc', -1],
          ] as const) {
            const sort = { ...scope, sort: { by, direction } }
            const order = rows.toSorted((a, b) => sign * (a[by] - b[by]) || a.projectId - b.projectId)
            expect(projectIds(reader, sort, NOW)).toEqual(order.map(({ projectId }) => projectId))
            expect(projectIds(reader, sort, NOW, counts)).toEqual(projectIds(reader, sort, NOW))
          }
        }
        for (const status of ['active', 'archived'] as const) {
          expect(sorted(ids({ status }))).toEqual(
            sorted(rows.filter((row) => row.status === status).map((row) => row.projectId)),
          )
        }
        const grants = (over: object): number[] =>
          accessIds(reader, { ...scope, sort: { by: 'client', direction: 'asc' }, ...over }, NOW)
        const access = accessRows(reader, grants({}), NOW)
        for (const level of LEVELS) {
          expect(grants({ level })).toHaveLength(access.filter((row) => row.level === level).length)
        }
        for (const state of GRANT_STATES) {
          expect(grants({ state })).toHaveLength(access.filter((row) => row.state === state).length)
        }
        const isDormant = new Map(rows.map(({ projectId, status }) => [projectId, status === 'archived']))
        for (const { state, project, principal } of access) {
          const dormant = project !== null && isDormant.get(project.id) === true
          expect(['expired', dormant ? 'dormant' : 'effective']).toContain(state)
          expect(state === 'expired' && principal.kind !== 'invite').toBe(false)
        }
        const effective = access.filter(({ state }) => state === 'effective')
        const privileged = effective.filter(({ level }) => level === 'owner' || level === 'admin')
        expect(grants({ privileged: true })).toHaveLength(privileged.length)
        expect(grants({ privileged: false })).toHaveLength(access.length - privileged.length)
        for (const row of rows) {
          const here = access.filter(({ project }) => project?.id === row.projectId)
          const reach = (kind: string): number =>
            new Set(
              here
                .filter(({ principal, state }) => principal.kind === kind && state === 'effective')
                .map(({ principal }) => principal.id),
            ).size
          expect({
            people: row.people,
            serviceAccounts: row.serviceAccounts,
            access: grants({ project: row.projectId }).length,
          }).toEqual({
            people: reach('user'),
            serviceAccounts: reach('service-account'),
            access: here.length,
          })
          expect(row.keys).toBe(keyIds(reader, { ...scope, ...NATURAL, project: row.projectId }, AT).length)
        }
      }
    })
  })

  it('access is searched by person, account, project and role', () => {
    onAgencies(({ reader }) => {
      const grants = (search?: string): number[] =>
        accessIds(reader, { search, sort: { by: 'client', direction: 'asc' } }, NOW)
      const access = accessRows(reader, grants(), NOW)
      const texts = ({ principal, project, roleRaw }: (typeof access)[number]): string[] =>
        [
          principal.name,
          principal.email,
          principal.externalId,
          project?.status === 'gone' ? null : project?.name,
          roleRaw,
        ].filter((text) => text !== null && text !== undefined)
      for (const whole of access.slice(0, 5).flatMap(texts)) {
        for (const text of [whole, whole.slice(0, 2)].filter((part) => part.trim() !== '')) {
          const wanted = text.trim().toLowerCase()
          const found = new Set(grants(text).map(String))
          const missed = access.filter(
            (row) => texts(row).some((one) => one.toLowerCase().includes(wanted)) && !found.has(row.rowKey),
          )
          expect([text, missed]).toEqual([text, []])
        }
      }
      expect([grants('no such text anywhere'), grants('   ').length]).toEqual([[], access.length])
    }, 8)
  })

  it('access is sorted by any column', () => {
    const columns = ['client', 'principal', 'project', 'level'] as const
    onAgencies(({ reader }) => {
      for (const [by, direction] of bothWays(columns)) {
        const ids = accessIds(reader, { sort: { by, direction } }, NOW)
        const rows = accessRows(reader, ids, NOW)
        const values = rows.map((row): Sortable => {
          if (by === 'client') return row.client.name
          if (by === 'level') return levelRank(row.level)
          return by === 'principal' ? row.principal.name || row.principal.email || row.principal.externalId : ''
        })
        expect(rows.map((row) => Number(row.rowKey))).toEqual(ids)
        expect(inOrder(values, direction)).toBe(true)
        expect(new Set(ids).size).toBe(accessIds(reader, { sort: { by: 'client', direction: 'asc' } }, NOW).length)
      }
    }, 8)
  })
})

describe('counts of a client', () => {
  it('are the lengths of the matching lists', () => {
    onAgencies(({ reader }) => {
      for (const scope of SCOPES) {
        const counts = clientCounts(reader, scope, AT)
        const clients = scope.client === undefined ? SLUGS.filter((slug) => slug !== 'closed') : [scope.client]
        expect([...counts.keys()].every((slug) => clients.includes(slug as 'acme'))).toBe(true)
        for (const client of clients) {
          const people = (over: object): number => personIds(reader, { client, ...NATURAL, ...over }, AT).length
          const keys = (over: object): number => keyIds(reader, { client, ...NATURAL, ...over }, AT).length
          expect(counts.get(client) ?? { people: 0, keys: 0, overdue: 0, due: 0, expiredInvites: 0 }).toEqual({
            people: people({ status: 'active' }),
            keys: keys({}),
            overdue: keys({ rotation: 'overdue' }),
            due: keys({ rotation: 'due' }),
            expiredInvites: countExpiredInvites(reader, client),
          })
          const tree = [...readStructure(reader, { client }, countStructure(reader, { client }, AT)).values()]
          expect(tree.reduce((sum, each) => sum + each.keys, 0)).toBe(keys({}))
        }
      }
    })
  })
})

describe('search', () => {
  it('finds every row in scope whose name contains the text, and no other', () => {
    onAgencies(({ reader }) => {
      for (const scope of SCOPES) {
        const people = personRows(reader, personIds(reader, { ...scope, ...NATURAL }, AT), scope, AT)
        const keys = keyRows(reader, keyIds(reader, { ...scope, ...NATURAL }, AT), AT)
        for (const text of [
          'web',
          'prod-web',
          'u1@acme',
          'mara',
          'w',
          'e',
          'ACME',
          '🔑ab',
          '%',
          '_',
          '"',
          "'",
          '\\',
          'a\0b\0c',
        ]) {
          const holds = (value: string | null): boolean => value?.toLowerCase().includes(text.toLowerCase()) ?? false
          const { rows: hits } = find(reader, scope, text, 100)
          const found = (kind: string): number[] => hits.filter((hit) => hit.kind === kind).map((hit) => hit.id)
          for (const row of keys.filter(({ name }) => holds(name))) expect(found('key')).toContain(row.keyId)
          for (const row of people.filter(({ name, email }) => holds(name) || holds(email))) {
            expect(found('person')).toContain(row.personId)
            expect(personIds(reader, { ...scope, ...NATURAL, search: text }, AT)).toContain(row.personId)
          }
          expect(
            hits.every((hit) => hit.client === null || scope.client === undefined || hit.client.slug === scope.client),
          ).toBe(true)
          expect(keyIds(reader, { ...scope, ...NATURAL, search: text }, AT)).toEqual(
            expect.arrayContaining(keys.filter(({ name }) => holds(name)).map((row) => row.keyId)),
          )
        }
      }
    }, 8)
  })
})
