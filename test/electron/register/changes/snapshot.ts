import type { Change } from '../../../../shared/contract/changes.ts'
import type { Level } from '../../../../shared/domain/role.ts'
import type { Reader } from '../../../../electron/register/db/handles.ts'
import type { RawChange } from '../../../../electron/register/changes/raw-change.ts'

/** All current facts of the register at one moment, by simple queries: the reference for comparing two moments. */
export interface Snapshot {
  readonly facts: AccessFacts
  /** Principals of all kinds: a principal's kind may become known after it was first seen. */
  readonly principals: ReadonlySet<string>
  /** Name and address of each principal. */
  readonly names: ReadonlyMap<string, readonly [name: string | null, email: string | null]>
  readonly memberships: ReadonlySet<string>
  readonly keys: ReadonlyMap<string, KeyState>
  readonly projects: ReadonlyMap<string, { readonly status: string; readonly facts: string }>
  readonly limits: ReadonlyMap<string, string>
  readonly rules: ReadonlyMap<string, string>
  readonly certificates: ReadonlyMap<string, string>
  /** By the kind of detail and its subject, as changes name it. */
  readonly details: ReadonlyMap<string, string>
  /** Lists that were read to their end by then, as connection and source. */
  readonly listed: ReadonlySet<string>
  /** When the last sync that brought anything ended, by connection. */
  readonly readAt: ReadonlyMap<number, number>
  /** Every key that was ever seen, with its logical key. */
  readonly seen: ReadonlyMap<string, number>
  readonly rotated: ReadonlySet<string>
}

interface KeyState {
  readonly owner: string
  readonly facts: string
}

interface GrantRow {
  readonly connection_id: number
  readonly principal_id: number
  readonly project_id: number | null
  readonly role_raw: string
  readonly level: Level
  readonly implied_role_raw: string | null
  readonly implied_level: Level | null
}

/** The facts that access follows from, as they are. */
interface AccessFacts {
  readonly grants: readonly GrantRow[]
  readonly memberships: readonly { readonly group_id: number; readonly member_id: number }[]
  readonly projects: readonly { readonly id: number; readonly connection_id: number; readonly status: string }[]
  /** Invites that had ended when their connection was read. */
  readonly expired: ReadonlySet<number>
}

function readFacts(reader: Reader): AccessFacts {
  return {
    grants: reader.all('SELECT * FROM grant WHERE to_sync IS NULL'),
    memberships: reader.all('SELECT group_id, member_id FROM membership WHERE to_sync IS NULL'),
    projects: reader.all('SELECT id, connection_id, status FROM project_row'),
    expired: new Set(
      reader
        .all<{ id: number; status: string; ends: number | null; readAt: number }>(
          `SELECT p.id, p.status, p.expires_at AS ends, max(y.finished_at) AS readAt FROM account_row p
           JOIN sync y ON y.connection_id = p.connection_id AND y.state IN ('complete', 'partial') WHERE p.kind = 'invite' GROUP BY p.id`,
        )
        .flatMap(({ id, status, ends, readAt }) => (status === 'expired' || (ends ?? Infinity) <= readAt ? [id] : [])),
    ),
  }
}

export type Kinds = ReadonlyMap<number, string>

interface Held {
  readonly levels: readonly Level[]
  /** The words of the roles whose permissions are not known. */
  readonly custom: readonly string[]
  readonly ways: readonly string[]
}

/** Strongest first; a custom role has no place among them. */
const KNOWN: readonly Level[] = ['owner', 'admin', 'member', 'billing', 'reader']

/** The place of the strongest known level, 0 for owner; none where all are custom. */
const findPlace = ({ levels }: Held): number => KNOWN.findIndex((level) => levels.includes(level))

const strongest = (held: Held | undefined): string => (held === undefined ? '-' : (KNOWN[findPlace(held)] ?? 'other'))

/** Whether one of two ends allows more than the other for certain: its strongest role does, and the other has no custom one of its own. */
function allowsMore(one: Held, other: Held): boolean {
  const [a, b] = [findPlace(one), findPlace(other)]
  return a !== -1 && b !== -1 && a < b && other.custom.every((word) => one.custom.includes(word))
}

/** Effective access, by loops over the facts, without any statement under test. */
function listAccess({ grants, memberships, projects, expired }: AccessFacts, kinds: Kinds) {
  const access = new Map<string, Held>()
  const groupRoles = new Map<string, string[]>()
  for (const grant of grants) {
    const place = `${grant.connection_id} ${grant.principal_id} ${grant.project_id ?? '-'}`
    const isArchived = projects.some(({ id, status }) => id === grant.project_id && status === 'archived')
    if (kinds.get(grant.principal_id) === 'group') {
      groupRoles.set(place, [...(groupRoles.get(place) ?? []), grant.role_raw].toSorted())
    }
    const holders: (readonly [who: number, path: string])[] =
      kinds.get(grant.principal_id) === 'group' ? [] : [[grant.principal_id, '']]
    for (const { group_id: group, member_id: member } of memberships) {
      if (group === grant.principal_id) holders.push([member, ` by ${group}`])
    }
    for (const [who, path] of holders) {
      if (expired.has(who)) continue
      if (!isArchived) hold(who, grant.project_id, `${grant.role_raw}${path}`, grant.level)
      if (grant.project_id !== null || grant.implied_role_raw === null) continue
      for (const project of projects) {
        if (project.connection_id !== grant.connection_id || project.status !== 'active') continue
        hold(who, project.id, `${grant.implied_role_raw}${path} as ${grant.role_raw}`, grant.implied_level ?? 'other')
      }
    }

    function hold(who: number, project: number | null, way: string, level: Level): void {
      const key = `${grant.connection_id} ${who} ${project ?? '-'}`
      const held = access.get(key)
      access.set(key, {
        levels: [...(held?.levels ?? []), level],
        custom: [...(held?.custom ?? []), ...(level === 'other' ? [way.replace(/ .*/u, '')] : [])],
        ways: [...(held?.ways ?? []), way].toSorted(),
      })
    }
  }
  return { access, groupRoles }
}

export function readSnapshot(reader: Reader): Snapshot {
  return {
    facts: readFacts(reader),
    principals: new Set(reader.column("SELECT connection_id || ' ' || id || ' -' FROM account_row")),
    names: pairs(
      reader,
      "SELECT connection_id || ' ' || id || ' -' AS key, json_array(name, email) AS value FROM account_row",
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
      `SELECT connection_id || ' ' || id AS key, json_object('status', status, 'facts', json_array(name, status, residency, is_default)) AS value FROM project_row`,
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
    rules: pairs(
      reader,
      `SELECT connection_id || ' ' || external_id AS key,
         json_array(iif(status = 'active' AND issuer_status = 'disabled', 'off', status), workload, account_id, lifetime_seconds) AS value
       FROM federation_version WHERE to_sync IS NULL`,
      (value) => value,
    ),
    certificates: pairs(
      reader,
      `SELECT connection_id || ' ' || external_id || ' ' || ifnull(project_id, '-') AS key,
         json_array(name, active, expires_at, valid_at) AS value FROM certificate_version WHERE to_sync IS NULL`,
      (value) => value,
    ),
    details: pairs(
      reader,
      `SELECT d.kind || ' ' || d.of_kind || ' ' || d.connection_id || ' ' || ifnull(CASE d.of_kind WHEN 'limit' THEN d.external_id
         WHEN 'project' THEN (SELECT n.id FROM project n WHERE n.connection_id = d.connection_id AND n.external_id = d.external_id)
         ELSE (SELECT p.id || ' -' FROM principal p WHERE p.connection_id = d.connection_id AND p.external_id = d.external_id) END, 'nothing') AS key,
         d.value FROM detail_version d WHERE d.to_sync IS NULL`,
      (value) => value,
    ),
    listed: new Set(
      reader.column<string>(
        `SELECT DISTINCT y.connection_id || ' ' || z.source FROM sync_source z JOIN sync y ON y.id = z.sync_id WHERE z.state = 'complete'`,
      ),
    ),
    readAt: new Map(
      reader
        .all<{ id: number; at: number }>(
          "SELECT connection_id AS id, max(finished_at) AS at FROM sync WHERE state IN ('complete', 'partial') GROUP BY connection_id",
        )
        .map(({ id, at }) => [id, at]),
    ),
    seen: pairs(reader, `SELECT connection_id || ' ' || id AS key, logical_key_id AS value FROM key`, Number),
    rotated: new Set(
      reader.column(
        `SELECT k.connection_id || ' ' || k.id FROM rotation r JOIN key k ON k.id = r.key_id WHERE r.recognized = 1 AND r.undone_at IS NULL`,
      ),
    ),
  }
}

function pairs<T>(reader: Reader, sql: string, read: (value: string) => T): Map<string, T> {
  return new Map(reader.all<{ key: string; value: string }>(sql).map(({ key, value }) => [key, read(value)]))
}

/**
 * Changes between two snapshots, as `kind connection subject project [group]`, sorted. `kinds`: the currently known
 * kind of each principal.
 */
export function expectedChanges(before: Snapshot, after: Snapshot, kinds: Kinds): string[] {
  const [had, has] = [listAccess(before.facts, kinds), listAccess(after.facts, kinds)]
  const isUser = (key: string): boolean => kinds.get(Number(key.split(' ')[1])) === 'user'
  const getUsers = (keys: ReadonlySet<string>): ReadonlySet<string> => new Set([...keys].filter(isUser))
  const reported: string[] = []
  const tell = (kind: Change['kind'], key: string): void => void reported.push(`${kind} ${key}`)
  for (const key of union(had.access.keys(), has.access.keys())) {
    const [a, b] = [had.access.get(key), has.access.get(key)]
    const levels = ` ${strongest(a)} → ${strongest(b)}`
    if (!a) tell('access-gained', key + levels)
    else if (!b) tell('access-lost', key + levels)
    else if (allowsMore(b, a)) tell('access-raised', key + levels)
    else if (allowsMore(a, b)) tell('access-lowered', key + levels)
    else if (String(a.ways) !== String(b.ways)) tell('role-changed', key + levels)
  }
  for (const key of union(had.groupRoles.keys(), has.groupRoles.keys())) {
    if (String(had.groupRoles.get(key)) !== String(has.groupRoles.get(key))) tell('role-changed', `${key} - → -`)
  }
  for (const [kinds, a, b] of [
    [['person-joined', 'person-left'], getUsers(before.principals), getUsers(after.principals)],
    [['group-joined', 'group-left'], before.memberships, after.memberships],
  ] as const) {
    for (const key of b.difference(a)) tell(kinds[0], key)
    for (const key of a.difference(b)) tell(kinds[1], key)
  }
  for (const key of getUsers(before.principals).intersection(getUsers(after.principals))) {
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
  for (const key of union(before.rules.keys(), after.rules.keys())) {
    const [a, b] = [before.rules.get(key), after.rules.get(key)]
    if (a === undefined) tell('federation-added', key)
    else if (b === undefined) tell('federation-removed', key)
    else if (a !== b) tell('federation-changed', key)
  }
  for (const key of union(before.certificates.keys(), after.certificates.keys())) {
    const [a, b] = [before.certificates.get(key), after.certificates.get(key)]
    if (a === undefined) tell('certificate-added', key)
    else if (b === undefined) tell('certificate-removed', key)
    else if (a !== b) tell('certificate-changed', key)
    const connection = Number(key.split(' ')[0])
    const [, active, end] = JSON.parse(b ?? '[]') as [string | null, number, number | null]
    const ends = [before.readAt.get(connection), after.readAt.get(connection)] as const
    if (a === undefined || b === undefined || active === 0 || end === null) continue
    if ((ends[0] ?? Number.NaN) < end && end <= (ends[1] ?? 0)) tell('certificate-expired', key)
  }
  for (const key of union(before.details.keys(), after.details.keys())) {
    const [detail = '', of = '', ...subject] = key.split(' ')
    const name = subject.join(' ')
    const there = ({ limits, projects, principals }: Snapshot): boolean =>
      of === 'limit' ? limits.has(name) : of === 'project' ? projects.has(name) : principals.has(name)
    const [a, b] = [before.details.get(key), after.details.get(key)].map((value) =>
      value === undefined ? undefined : String((JSON.parse(value) as string[]).toSorted()),
    )
    if (a === b || !there(before) || !there(after)) continue
    // Without its list, what is absent was unknown.
    const source = of === 'project' ? 'projects' : 'users'
    if (a === undefined && !before.listed.has(`${subject[0]} ${source}`)) continue
    if (detail === 'tags') tell('tags-changed', name)
    else if (detail === 'provisioned') tell('provisioning-changed', name)
    else if (a !== undefined && b !== undefined) tell('recipients-changed', name)
  }
  return reported.toSorted()
}

/** The currently known kind of each principal. */
export function readKinds(reader: Reader): Kinds {
  const rows = reader.all<{ readonly id: number; readonly kind: string }>('SELECT id, kind FROM principal')
  return new Map(rows.map(({ id, kind }) => [id, kind]))
}

const ACCESS = /^(?:access-|role-changed)/u

/** Changes that the register reports, in the same form. */
export function reportedChanges(reader: Reader, changes: readonly RawChange[]): string[] {
  return changes
    .map((change) => {
      const { kind, connectionId, subject } = change
      if (subject.kind === 'certificate') {
        const place = reader.value<string>(
          `SELECT external_id || ' ' || ifnull(project_id, '-') FROM certificate_version WHERE id = ?`,
          [subject.id],
        )
        return `${kind} ${connectionId} ${place}`
      }
      if (subject.kind === 'limit' || subject.kind === 'federation') {
        const external = reader.value<string>(`SELECT external_id FROM ${subject.kind}_version WHERE id = ?`, [
          subject.id,
        ])
        return `${kind} ${connectionId} ${external}`
      }
      const project = subject.kind === 'principal' ? ` ${change.projectId ?? '-'}` : ''
      const levels = ACCESS.test(kind) ? ` ${change.levelBefore ?? '-'} → ${change.levelAfter ?? '-'}` : ''
      return `${kind} ${connectionId} ${subject.id}${project}${change.groupId === undefined ? '' : ` ${change.groupId}`}${levels}`
    })
    .toSorted()
}

function union(a: Iterable<string>, b: Iterable<string>): ReadonlySet<string> {
  return new Set([...a, ...b])
}
