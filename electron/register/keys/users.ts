import { accessRow } from '../../../shared/contract/access.ts'
import type { KeyUser } from '../../../shared/contract/keys.ts'
import { levelRank, usesKeys } from '../../../shared/domain/role.ts'
import { accessRows, WHO } from '../access/access.ts'
import type { Reader } from '../db/handles.ts'
import { readRow } from '../db/rows.ts'
import { PROVISIONED } from '../facts/details.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

interface KeyPlace {
  readonly connection: number
  readonly project: number | null
}

/** The account that owns key `:key` now; a key of a workspace only names who made it. */
const OWNER = `SELECT p.id, p.kind, p.external_id AS externalId, p.name, p.email, p.person_id AS personId, ${PROVISIONED} AS provisioned
  FROM key_row k JOIN account_row p ON p.connection_id = k.connection_id AND p.external_id = k.owner_external_id
  WHERE k.id = ? AND k.owner_state = 'known'`

/**
 * Who can use a key, each account once with all its paths, strongest role first: the owner first, then by name. A key of a project is used by
 * those whose role there allows it, however the role reaches them; one of the whole organization by its owners and
 * admins. Empty for a key that was removed.
 */
export function keyUsers(reader: Reader, keyId: number, holder: 'owner' | 'workspace', now: number): KeyUser[] {
  const place = reader.get<KeyPlace>(
    'SELECT k.connection_id AS connection, k.project_id AS project FROM key_row k WHERE k.id = ?',
    [keyId],
  )
  if (place === undefined) return []
  const rows = accessRows(reader, findGrants(reader, place, now), now).filter((row) => usesKeys(row.level))
  const owner = holder === 'workspace' ? null : readRow(reader, accessRow.shape.principal, OWNER, [keyId])
  const users = new Map<number, KeyUser>()
  if (owner !== null) users.set(owner.id, { principal: owner, owner: true, roles: [] })
  for (const { principal, rowKey, roleRaw, level, via, viaName, project } of rows) {
    const user = users.get(principal.id) ?? { principal, owner: false, roles: [] }
    users.set(principal.id, { ...user, roles: [...user.roles, { rowKey, roleRaw, level, via, viaName, project }] })
  }
  return [...users.values()].map((user) => ({
    ...user,
    roles: user.roles.toSorted((a, b) => levelRank(a.level) - levelRank(b.level)),
  }))
}

/** The grants that reach the project of a key, or the administration of its organization; by name. */
function findGrants(reader: Reader, { connection, project }: KeyPlace, now: number): number[] {
  const reached =
    project === null
      ? { text: `e.connection_id = :id AND e.project_id IS NULL AND e.level IN ('owner', 'admin')`, id: connection }
      : { text: 'e.project_id = :id', id: project }
  return reader.column<number>(
    `SELECT e.id FROM ${EFFECTIVE_GRANTS} e JOIN account_ref p ON p.id = e.principal_id AND p.kind IN ('user', 'service-account')
     WHERE ${reached.text} ORDER BY ${WHO}, p.id, e.id`,
    { id: reached.id, now },
  )
}
