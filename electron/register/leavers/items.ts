import { z } from 'zod'

import { clientRef, connectionRef, day, id, instant, level } from '../../../shared/contract/common.ts'
import type { LeaverItem } from '../../../shared/contract/leavers.ts'
import { keyFate } from '../../../shared/domain/impact/key-fate.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import { findKeyHolder } from '../../../shared/domain/providers/key-holder.ts'
import { getDay } from '../../../shared/domain/day.ts'
import { KEY_KINDS, OWNER_STATES } from '../../../shared/domain/facts.ts'
import { LEVEL_RANK } from '../access/access.ts'
import { CLIENT_REF } from '../clients/client.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { DUE_ON, isUsable } from '../facts/key-state.ts'
import { ACCOUNT_KNOWN_USE_AT, ACCOUNT_LAST_USED_AT, LAST_USED_AT } from '../facts/last-use.ts'
import { readRows } from '../db/rows.ts'
import type { Scope } from '../db/scope.ts'
import type { Leaver } from './leaver.ts'
import { IS_THEIRS, KEYS_OF_OWN, ownAccounts, IS_HELD } from './own-accounts.ts'
import { SEEN_KEYS } from './shared-keys.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

type Item = Omit<LeaverItem, 'listed'>

/** An item and its person. */
export interface PersonItem {
  readonly personId: number
  readonly item: Item
}

const placed = z.object({ personId: id, id, name: z.string(), client: clientRef, connection: connectionRef })
type ItemColumns = z.infer<typeof placed>

/**
 * The remaining items of some leavers, their own items first, then shared keys. Four statements whatever their number.
 */
export function listItems(reader: Reader, leavers: readonly Leaver[], scope: Scope, { now }: Moment): PersonItem[] {
  const own = ownAccounts(leavers, scope)
  const ask = <T extends typeof placed>(schema: T, sql: string, toItem: (row: z.output<T>) => Item): PersonItem[] =>
    readRows(reader, schema, `WITH ${own.text}${sql}`, { ...own.params, now }).map((row) => ({
      personId: row.personId,
      item: toItem(row),
    }))
  return [
    ...ask(account, ACCOUNTS, accountItem),
    ...ask(key, KEYS, keyItem),
    ...ask(role, ROLES, roleItem),
    ...ask(sharedKey, SHARED, (row) => sharedItem(row, now)),
  ]
}

const PLACE = 'JOIN connection cn ON cn.id = o.connection_id JOIN client c ON c.id = cn.client_id'
const BY_PLACE = "c.kind = 'client', c.name COLLATE NOCASE, cn.id"

const account = placed.extend({
  kind: z.enum(['user', 'invite']),
  role: z.string().nullable(),
  level: level.nullable(),
  lastUsedAt: instant.nullable(),
  knownUseAt: instant.nullable(),
})

const ACCOUNTS = ` SELECT o.person_id AS personId, p.id, p.kind, p.display_name AS name, p.role_raw AS role,
    p.level, ${ACCOUNT_LAST_USED_AT} AS lastUsedAt, ${ACCOUNT_KNOWN_USE_AT} AS knownUseAt, ${CLIENT_REF}, ${CONNECTION_REF}
  FROM own o CROSS JOIN account_row p ON p.id = o.principal_id ${PLACE}
  WHERE ${IS_HELD} ORDER BY p.kind = 'invite', ${LEVEL_RANK('p.level')}, ${BY_PLACE}, p.id`

function accountItem(row: z.infer<typeof account>): Item {
  const isInvite = row.kind === 'invite'
  return {
    ...common(row, isInvite ? 'invite' : 'account'),
    project: null,
    role: row.role,
    level: row.level,
    says: isInvite ? 'The invite can still be accepted.' : 'Still in the organization.',
    lastUsedAt: row.lastUsedAt,
    knownUseAt: row.knownUseAt,
    remediation: {
      action: isInvite ? 'invite-delete' : 'member-remove',
      subject: { kind: 'principal', id: row.id },
      values: {},
    },
  }
}

const role = placed.extend({
  accessId: id,
  project: z.object({ id, name: z.string() }),
  role: z.string(),
  level,
  group: z.string().nullable(),
})

const ROLES = ` SELECT o.person_id AS personId, o.principal_id AS id, ifnull(e.project_name, '') AS name, e.id AS accessId, e.project_id AS "project.id",
    ifnull(e.project_name, '') AS "project.name", e.role_raw AS role, e.level, CASE e.via WHEN 'group' THEN ifnull(e.group_name, '') END AS "group",
    ${CLIENT_REF}, ${CONNECTION_REF}
  FROM own o CROSS JOIN ${EFFECTIVE_GRANTS} e ON e.principal_id = o.principal_id ${PLACE}
  WHERE o.kind = 'user' AND e.project_id IS NOT NULL AND e.via_role IS NULL
  ORDER BY ${LEVEL_RANK('e.level')}, ${BY_PLACE}, e.project_name COLLATE NOCASE, e.id`

function roleItem(row: z.infer<typeof role>): Item {
  const { project, group } = row
  return {
    ...common(row, 'role', row.accessId),
    project,
    role: row.role,
    level: row.level,
    says:
      group === null
        ? 'Removed with the account, or separately.'
        : `Granted through the group “${group}”; removed with the account.`,
    lastUsedAt: null,
    remediation:
      group === null
        ? {
            action: 'project-member-remove',
            subject: { kind: 'principal', id: row.id },
            values: { projectId: project.id },
          }
        : null,
  }
}

const key = placed.extend({
  kind: z.enum(KEY_KINDS),
  tool: z.string().nullable(),
  ownerState: z.enum(OWNER_STATES),
  ownerKind: z.enum(['user', 'service-account']).nullable(),
  ownerAccess: z.enum(['active', 'inactive']).nullable(),
  ownerName: z.string().nullable(),
  project: z.object({ id, name: z.string() }).nullable(),
  service: z.string().nullable(),
  dueOn: day.nullable(),
  lastUsedAt: instant.nullable(),
})

const KEY_COLUMNS = `k.id, k.name, k.kind, k.owner_state AS ownerState, k.owner_kind AS ownerKind, k.owner_access AS ownerAccess,
  ifnull(k.owner_name, k.owner_external_id) AS ownerName, k.project_id AS "project.id", ifnull(k.project_name, '') AS "project.name",
  ${DUE_ON} AS dueOn, k.tool, ${LAST_USED_AT} AS lastUsedAt, k.service, ${CLIENT_REF}, ${CONNECTION_REF}`

const AROUND_KEY = 'JOIN connection cn ON cn.id = k.connection_id JOIN client c ON c.id = cn.client_id'

const KEYS = ` SELECT o.person_id AS personId, ${KEY_COLUMNS} FROM ${KEYS_OF_OWN} ${AROUND_KEY} WHERE ${IS_THEIRS} AND ${isUsable('k')}
  ORDER BY k.last_used_at IS NULL, k.last_used_at DESC, ${BY_PLACE}, k.id`

function keyItem(row: z.infer<typeof key>): Item {
  const fate = keyFate(
    {
      provider: row.connection.provider,
      kind: row.kind,
      tool: row.tool,
      ownerKind: row.ownerKind,
      ownerAccess: row.ownerAccess,
    },
    'member',
  )
  return {
    ...common(row, 'key'),
    ...keyFacts(row),
    says: `In their name. ${fate.because}`,
    remediation: { action: 'key-delete', subject: { kind: 'key', id: row.id }, values: {} },
  }
}

/** The value of `direct` for a key that the leaver created. */
const MADE = 2

const sharedKey = key.extend({ direct: z.number(), until: instant })
type SharedKey = z.infer<typeof sharedKey>

const SHARED = `, ${SEEN_KEYS}
  SELECT seen.person_id AS personId, seen.direct, seen.until, ${KEY_COLUMNS} FROM seen CROSS JOIN key_row k ON k.id = seen.key_id ${AROUND_KEY}
  ORDER BY seen.direct DESC, ${BY_PLACE}, k.project_name COLLATE NOCASE, k.name COLLATE NOCASE, k.id`

function sharedItem(row: SharedKey, now: number): Item {
  return {
    ...common(row, 'shared-key'),
    ...keyFacts(row),
    says: `${ownerSays(row)} ${waySays(row, now)}`,
    remediation: { action: 'key-rotate', subject: { kind: 'key', id: row.id }, values: {} },
  }
}

function ownerSays({ ownerKind: kind, ownerName: name, ...row }: SharedKey): string {
  const { provider } = row.connection
  const holder = findKeyHolder({ provider, kind: row.kind, ownerState: row.ownerState, ownerKind: kind })
  if (holder === 'workspace') return name === null ? 'A workspace key.' : `A workspace key, created by ${name}.`
  if (kind === null) return 'A key without a known owner.'
  return kind === 'service-account'
    ? `A key of the service account ${name ?? ''}.`
    : `A key of ${name ?? ''} that others use.`
}

function waySays({ direct, until, project }: SharedKey, now: number): string {
  if (direct === MADE) return 'Its secret was shown to them.'
  const still = until >= now
  const end = still ? '' : ` until ${getDay(until)}`
  const reach = still ? 'They still have access to' : 'They had access to'
  if (project === null) return `${reach} the organization as owner or admin${end}.`
  return direct === 1 ? `${reach} its project${end}.` : `${reach} every project through their organization role${end}.`
}

function keyFacts({ project, lastUsedAt, service, dueOn }: z.infer<typeof key>) {
  return { project, role: null, level: null, lastUsedAt, service, dueOn }
}

function common({ id, name, client, connection }: ItemColumns, kind: LeaverItem['kind'], at = id) {
  return { rowKey: `${kind} ${at}`, kind, id, name, client, connection, service: null, dueOn: null, knownUseAt: null }
}
