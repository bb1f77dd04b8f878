import type { Change } from '../../../../shared/contract/changes.ts'
import { levelRank, type Level } from '../../../../shared/domain/role.ts'
import type { Reader } from '../../../../electron/register/handles.ts'
import type { RawChange } from '../../../../electron/register/changes/raw-change.ts'

/** All that stands in the register at one moment, by plain reading: what the comparison of two moments is held to. */
export interface Snapshot {
  readonly grants: ReadonlyMap<string, { readonly level: Level; readonly roles: readonly string[] }>
  /** Principals of all kinds: what somebody is may be learned after they were first seen. */
  readonly principals: ReadonlySet<string>
  /** Name and address of each principal. */
  readonly names: ReadonlyMap<string, readonly [name: string | null, email: string | null]>
  readonly memberships: ReadonlySet<string>
  readonly keys: ReadonlyMap<string, KeyState>
  readonly projects: ReadonlyMap<string, { readonly status: string; readonly facts: string }>
  readonly limits: ReadonlyMap<string, string>
  /** Every key that was ever seen, with its logical key. */
  readonly seen: ReadonlyMap<string, number>
  readonly rotated: ReadonlySet<string>
}

interface KeyState {
  readonly owner: string
  readonly facts: string
}

export function snapshotOf(reader: Reader): Snapshot {
  const grants = new Map<string, { level: Level; roles: string[] }>()
  for (const row of reader.all<{ c: number; id: number; project: number | null; role: string; level: Level }>(
    'SELECT connection_id AS c, principal_id AS id, project_id AS project, role_raw AS role, level FROM grant WHERE to_sync IS NULL',
  )) {
    const key = `${row.c} ${row.id} ${row.project ?? '-'}`
    const held = grants.get(key)
    grants.set(key, {
      level: held && levelRank(held.level) < levelRank(row.level) ? held.level : row.level,
      roles: [...(held?.roles ?? []), row.role].toSorted(),
    })
  }
  return {
    grants,
    principals: new Set(reader.column("SELECT connection_id || ' ' || id || ' -' FROM principal_now")),
    names: pairs(
      reader,
      "SELECT connection_id || ' ' || id || ' -' AS key, json_array(name, email) AS value FROM principal_now",
      (value) => JSON.parse(value) as [string | null, string | null],
    ),
    memberships: new Set(
      reader.column(
        "SELECT connection_id || ' ' || member_id || ' - ' || group_id FROM membership WHERE to_sync IS NULL",
      ),
    ),
    keys: pairs<KeyState>(
      reader,
      `SELECT k.connection_id || ' ' || k.id AS key,
         json_object('owner', json_array(v.owner_state, v.owner_external_id), 'facts', json_array(v.name, v.status, v.expires_at, v.project_id)) AS value
       FROM key k JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL`,
      (value) => {
        const { owner, facts } = JSON.parse(value) as { owner: unknown; facts: unknown }
        return { owner: JSON.stringify(owner), facts: JSON.stringify(facts) }
      },
    ),
    projects: pairs(
      reader,
      `SELECT connection_id || ' ' || id AS key, json_object('status', status, 'facts', json_array(name, status, residency, is_default)) AS value FROM project_now`,
      (value) => {
        const { status, facts } = JSON.parse(value) as { status: string; facts: unknown }
        return { status, facts: JSON.stringify(facts) }
      },
    ),
    limits: pairs(
      reader,
      `SELECT connection_id || ' ' || external_id AS key, json_array(amount, enforcement, period) AS value FROM limit_version WHERE to_sync IS NULL`,
      (value) => value,
    ),
    seen: pairs(reader, `SELECT connection_id || ' ' || id AS key, logical_key_id AS value FROM key`, Number),
    rotated: new Set(
      reader.column(
        `SELECT k.connection_id || ' ' || k.id FROM rotation r JOIN key k ON k.id = r.key_id WHERE r.recognised = 1 AND r.undone_at IS NULL`,
      ),
    ),
  }
}

function pairs<T>(reader: Reader, sql: string, read: (value: string) => T): Map<string, T> {
  return new Map(reader.all<{ key: string; value: string }>(sql).map(({ key, value }) => [key, read(value)]))
}

/** What changed between two snapshots, as `kind connection subject project [group]`, sorted. `users`: who is a person. */
export function expectedChanges(before: Snapshot, after: Snapshot, users: ReadonlySet<string>): string[] {
  const told: string[] = []
  const tell = (kind: Change['kind'], key: string): void => void told.push(`${kind} ${key}`)
  for (const key of union(before.grants.keys(), after.grants.keys())) {
    const [a, b] = [before.grants.get(key), after.grants.get(key)]
    if (!a) tell('access-gained', key)
    else if (!b) tell('access-lost', key)
    else if (levelRank(a.level) > levelRank(b.level)) tell('access-raised', key)
    else if (levelRank(a.level) < levelRank(b.level)) tell('access-lowered', key)
    else if (String(a.roles) !== String(b.roles)) tell('role-changed', key)
  }
  for (const [kinds, a, b] of [
    [['person-joined', 'person-left'], before.principals.intersection(users), after.principals.intersection(users)],
    [['group-joined', 'group-left'], before.memberships, after.memberships],
  ] as const) {
    for (const key of b.difference(a)) tell(kinds[0], key)
    for (const key of a.difference(b)) tell(kinds[1], key)
  }
  for (const key of users) {
    const [a, b] = [before.names.get(key) ?? [null, null], after.names.get(key) ?? [null, null]]
    for (const [n, kind] of (['person-renamed', 'address-changed'] as const).entries()) {
      if (![a[n], b[n]].includes(null) && a[n] !== b[n]) tell(kind, key)
    }
  }
  const known = new Set(before.seen.values())
  for (const key of union(before.keys.keys(), after.keys.keys())) {
    const [a, b] = [before.keys.get(key), after.keys.get(key)]
    const heir = after.rotated.has(key) && known.has(after.seen.get(key) ?? 0)
    if (!a) tell(heir ? 'key-rotated' : 'key-created', key)
    else if (!b) tell('key-removed', key)
    else if (a.owner !== b.owner) tell('key-re-owned', key)
    else if (a.facts !== b.facts) tell('key-changed', key)
  }
  for (const key of union(before.projects.keys(), after.projects.keys())) {
    const [a, b] = [before.projects.get(key), after.projects.get(key)]
    if (!a) tell('project-created', key)
    else if (!b) tell('project-removed', key)
    else if (a.status === 'active' && b.status === 'archived') tell('project-archived', key)
    else if (a.facts !== b.facts) tell('project-changed', key)
  }
  for (const key of union(before.limits.keys(), after.limits.keys())) {
    const [a, b] = [before.limits.get(key), after.limits.get(key)]
    if (a === undefined) tell('limit-set', key)
    else if (b === undefined) tell('limit-removed', key)
    else if (a !== b) tell('limit-changed', key)
  }
  return told.toSorted()
}

/** The principals that are people, as far as is known now. */
export function usersOf(reader: Reader): ReadonlySet<string> {
  return new Set(reader.column("SELECT connection_id || ' ' || id || ' -' FROM principal WHERE kind = 'user'"))
}

/** Changes as the register tells them, in the same form. */
export function toldChanges(reader: Reader, changes: readonly RawChange[]): string[] {
  return changes
    .map((change) => {
      const { kind, connectionId, subject } = change
      if (subject.kind === 'limit') {
        const external = reader.value<string>('SELECT external_id FROM limit_version WHERE id = ?', [subject.id])
        return `${kind} ${connectionId} ${external}`
      }
      const project = subject.kind === 'principal' ? ` ${change.projectId ?? '-'}` : ''
      return `${kind} ${connectionId} ${subject.id}${project}${change.groupId === undefined ? '' : ` ${change.groupId}`}`
    })
    .toSorted()
}

function union(a: Iterable<string>, b: Iterable<string>): ReadonlySet<string> {
  return new Set([...a, ...b])
}
