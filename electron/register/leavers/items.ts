import type { LeaverItem } from '../../../shared/contract/leavers.ts'
import { keyFate, type KeyToJudge } from '../../../shared/domain/impact/key-fate.ts'
import { type Day, type Moment, dayOf } from '../../../shared/domain/day.ts'
import { findKeyHolder } from '../../../shared/domain/key-holder.ts'
import type { Level } from '../../../shared/domain/role.ts'
import { LEVEL_RANK } from '../access/access.ts'
import { CLIENT_REF, clientRefOf, type ClientRefColumns } from '../clients/client.ts'
import { CONNECTION_REF, connectionRefOf, type ConnectionRefColumns } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { DUE_ON, USABLE } from '../facts/key-state.ts'
import { LAST_USED_AT } from '../facts/last-use.ts'
import type { Scope } from '../db/scope.ts'
import type { Departed } from './departed.ts'
import { IS_THEIRS, KEYS_OF_OWN, ownAccounts, STANDS } from './own.ts'
import { SEEN_KEYS } from './shared-keys.ts'

type Item = Omit<LeaverItem, 'listed'>

/** An item and whose it is. */
export interface PersonItem {
  readonly personId: number
  readonly item: Item
}

interface Placed extends ClientRefColumns, ConnectionRefColumns {
  readonly person_id: number
}

/** What is left of some leavers, what they hold first, then shared keys. Four statements whatever their number. */
export function itemsOf(reader: Reader, leavers: readonly Departed[], scope: Scope, { now }: Moment): PersonItem[] {
  const own = ownAccounts(leavers, scope)
  const ask = <T extends Placed>(sql: string, itemOf: (row: T) => Item): PersonItem[] =>
    reader
      .all<T>(`WITH ${own.text}${sql}`, { ...own.params, now })
      .map((row) => ({ personId: row.person_id, item: itemOf(row) }))
  return [
    ...ask(ACCOUNTS, accountItem),
    ...ask(KEYS, keyItem),
    ...ask(ROLES, roleItem),
    ...ask<SharedColumns>(SHARED, (row) => sharedItem(row, now)),
  ]
}

const PLACE = 'JOIN connection cn ON cn.id = o.connection_id JOIN client c ON c.id = cn.client_id'
const BY_PLACE = "c.kind = 'client', c.name COLLATE NOCASE, cn.id"

interface AccountColumns extends Placed {
  readonly id: number
  readonly kind: 'user' | 'invite'
  readonly name: string
  readonly role_raw: string | null
  readonly level: Level | null
  readonly last_used_at: number | null
}

const ACCOUNTS = ` SELECT o.person_id, p.id, o.kind, coalesce(nullif(a.name, ''), a.email, p.external_id) AS name, a.role_raw, a.level,
    p.last_used_at, ${CLIENT_REF}, ${CONNECTION_REF}
  FROM own o CROSS JOIN principal_version a ON a.principal_id = o.principal_id AND a.to_sync IS NULL
  CROSS JOIN principal p ON p.id = o.principal_id ${PLACE}
  WHERE ${STANDS} ORDER BY o.kind = 'invite', ${LEVEL_RANK('a.level')}, ${BY_PLACE}, p.id`

function accountItem(row: AccountColumns): Item {
  const isInvite = row.kind === 'invite'
  return {
    ...common(row, isInvite ? 'invite' : 'account'),
    project: null,
    role: row.role_raw,
    level: row.level,
    says: isInvite ? 'The invite can still be taken up.' : 'Still in the organization.',
    lastUsedAt: row.last_used_at,
    remedy: {
      action: isInvite ? 'invite-delete' : 'member-remove',
      subject: { kind: 'principal', id: row.id },
      values: {},
    },
  }
}

interface RoleColumns extends Placed {
  readonly id: number
  readonly project_id: number
  readonly project_name: string | null
  readonly role_raw: string
  readonly level: Level
  readonly group_name: string | null
  readonly access_id: number
}

const ROLES = ` SELECT o.person_id, o.principal_id AS id, e.id AS access_id, e.project_id, n.name AS project_name, e.role_raw, e.level,
    CASE e.via WHEN 'group' THEN ifnull(g.name, '') END AS group_name, ${CLIENT_REF}, ${CONNECTION_REF}
  FROM own o CROSS JOIN effective_access e ON e.principal_id = o.principal_id ${PLACE}
  LEFT JOIN project_version n ON n.project_id = e.project_id AND n.to_sync IS NULL
  LEFT JOIN principal_version g ON g.principal_id = e.via_group_id AND g.to_sync IS NULL
  WHERE o.kind = 'user' AND e.project_id IS NOT NULL AND e.via_role IS NULL
  ORDER BY ${LEVEL_RANK('e.level')}, ${BY_PLACE}, n.name COLLATE NOCASE, e.id`

function roleItem(row: RoleColumns): Item {
  const project = { id: row.project_id, name: row.project_name ?? '' }
  return {
    ...common({ ...row, name: project.name }, 'role', row.access_id),
    project,
    role: row.role_raw,
    level: row.level,
    says:
      row.group_name === null
        ? 'It ends with the account; it can be taken away alone.'
        : `It comes through the group “${row.group_name}” and ends with the account.`,
    lastUsedAt: null,
    remedy:
      row.group_name === null
        ? {
            action: 'project-member-remove',
            subject: { kind: 'principal', id: row.id },
            values: { projectId: row.project_id },
          }
        : null,
  }
}

interface KeyColumns extends Placed {
  readonly id: number
  readonly name: string
  readonly kind: KeyToJudge['kind']
  readonly tool: string | null
  readonly owner_kind: KeyToJudge['ownerKind']
  readonly owner_access: KeyToJudge['ownerAccess']
  readonly owner_name: string | null
  readonly project_id: number | null
  readonly project_name: string | null
  readonly service: string | null
  readonly due_on: Day | null
  readonly last_used_at: number | null
}

const KEY_COLUMNS = `k.id, v.name, v.kind, v.owner_kind, v.owner_access, ifnull(v.owner_name, v.owner_external_id) AS owner_name,
  v.project_id, n.name AS project_name, ${DUE_ON} AS due_on, k.tool, ${LAST_USED_AT}, nullif(concat_ws(' · ', nullif(ifnull(l.environment, k.environment), ''),
    nullif(ifnull(l.team, k.team), ''), nullif(ifnull(l.purpose, k.purpose), '')), '') AS service, ${CLIENT_REF}, ${CONNECTION_REF}`

const AROUND_KEY = `JOIN logical_key l ON l.id = k.logical_key_id JOIN connection cn ON cn.id = k.connection_id
  JOIN client c ON c.id = cn.client_id LEFT JOIN project_version n ON n.project_id = v.project_id AND n.to_sync IS NULL`

const KEYS = ` SELECT o.person_id, ${KEY_COLUMNS} FROM ${KEYS_OF_OWN} ${AROUND_KEY} WHERE ${IS_THEIRS} AND ${USABLE}
  ORDER BY k.last_used_at IS NULL, k.last_used_at DESC, ${BY_PLACE}, k.id`

function keyItem(row: KeyColumns): Item {
  const fate = keyFate(
    {
      provider: row.connection_provider,
      kind: row.kind,
      tool: row.tool,
      ownerKind: row.owner_kind,
      ownerAccess: row.owner_access,
    },
    'member',
  )
  return {
    ...common(row, 'key'),
    ...keyFacts(row),
    says: `In their name. ${fate.because}`,
    remedy: { action: 'key-delete', subject: { kind: 'key', id: row.id }, values: {} },
  }
}

/** `direct` of a key that the leaver made. */
const MADE = 2

interface SharedColumns extends KeyColumns {
  readonly direct: number
  readonly until: number
}

const SHARED = `, ${SEEN_KEYS}
  SELECT seen.person_id, seen.direct, seen.until, ${KEY_COLUMNS} FROM seen CROSS JOIN key k ON k.id = seen.key_id
  CROSS JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL ${AROUND_KEY}
  ORDER BY seen.direct DESC, ${BY_PLACE}, n.name COLLATE NOCASE, v.name COLLATE NOCASE, k.id`

function sharedItem(row: SharedColumns, now: number): Item {
  return {
    ...common(row, 'shared-key'),
    ...keyFacts(row),
    says: `${ownerSays(row)} ${waySays(row, now)}`,
    remedy: { action: 'key-rotate', subject: { kind: 'key', id: row.id }, values: {} },
  }
}

function ownerSays({ owner_kind: kind, owner_name: name, ...row }: SharedColumns): string {
  const holder = findKeyHolder({ provider: row.connection_provider, kind: row.kind, ownerKind: kind })
  if (holder === 'workspace')
    return name === null ? 'A key of the workspace.' : `A key of the workspace, made by ${name}.`
  if (kind === null) return 'A key without a known owner.'
  return kind === 'service-account'
    ? `A key of the service account ${name ?? ''}.`
    : `A key of ${name ?? ''} that others use.`
}

function waySays({ direct, until, project_id: project }: SharedColumns, now: number): string {
  if (direct === MADE) return 'They were shown its secret.'
  const still = until >= now
  const end = still ? '' : ` until ${dayOf(until)}`
  const reach = still ? 'They can still reach' : 'They reached'
  if (project === null) return `${reach} the organization as owner or admin${end}.`
  return direct === 1
    ? `${reach} its project${end}.`
    : `${reach} every project by their role in the organization${end}.`
}

function keyFacts(row: KeyColumns) {
  return {
    project: row.project_id === null ? null : { id: row.project_id, name: row.project_name ?? '' },
    role: null,
    level: null,
    lastUsedAt: row.last_used_at,
    service: row.service,
    dueOn: row.due_on,
  }
}

function common(row: Placed & { readonly id: number; readonly name: string }, kind: LeaverItem['kind'], at = row.id) {
  return {
    rowKey: `${kind} ${at}`,
    kind,
    id: row.id,
    name: row.name,
    client: clientRefOf(row),
    connection: connectionRefOf(row),
    service: null,
    dueOn: null,
  }
}
