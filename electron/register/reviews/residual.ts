import type { RoleVia } from '../../../shared/domain/access/role-path.ts'
import type { PrincipalKind } from '../../../shared/domain/facts.ts'
import { hasEnded } from '../../../shared/domain/ended.ts'
import type { ItemDecision, ReviewKind } from '../../../shared/domain/reviews/review.ts'
import { isPrivileged, type Level, levelRank, roleLabel } from '../../../shared/domain/role.ts'
import type { Reader } from '../db/handles.ts'
import { keyStatus } from '../facts/key-state.ts'
import { idsParam } from '../db/scope.ts'

interface ItemColumns {
  readonly id: number
  readonly kind: ReviewKind
  readonly decision: ItemDecision
  readonly changeTo: string | null
  readonly projectId: number | null
  readonly project: string | null
  readonly principalKind: PrincipalKind | null
  readonly isPresent: number
  readonly roleRaw: string | null
  readonly keyKind: string | null
  readonly keyStatus: string | null
}

interface PathColumns {
  readonly id: number
  readonly roleRaw: string
  readonly level: Level
  readonly via: RoleVia
  readonly groupName: string | null
}

/** What remains of the subject of a removal or change. */
export interface Remaining {
  readonly itemId: number
  /** What remains, in words; empty once it is done. */
  readonly left: readonly string[]
  /** Whether the account or key itself still exists. */
  readonly isPresent: boolean
  readonly principalKind: PrincipalKind | null
  readonly isAdminKey: boolean
  /** The provider's id of the item's project; null for the organization. */
  readonly project: string | null
}

/** Whether a version was current: now, or when a sync had been applied. */
function isCurrent(versions: string, sync: number | null): string {
  const { from, to } = { from: `${versions}.from_sync`, to: `${versions}.to_sync` }
  return sync === null ? `${to} IS NULL` : `${from} <= :sync AND (${to} IS NULL OR ${to} > :sync)`
}

/**
 * Compares what was decided with the current facts, or with those when a sync had been applied: two statements, whatever the
 * number of items.
 */
export function remaining(
  reader: Reader,
  itemIds: readonly number[],
  now: number,
  sync: number | null = null,
): Remaining[] {
  const ids = idsParam(itemIds)
  const at = { ids, now, ...(sync === null ? {} : { sync }) }
  const rows = reader.all<ItemColumns>(
    `SELECT i.id, r.kind, i.decision, i.change_to AS changeTo, i.project_id AS projectId, n.external_id AS project, p.kind AS principalKind,
       pv.principal_id IS NOT NULL OR v.key_id IS NOT NULL AS isPresent, pv.role_raw AS roleRaw,
       ifnull(v.kind, (SELECT x.kind FROM key_version x WHERE x.key_id = i.key_id${sync === null ? '' : ' AND x.from_sync <= :sync'} ORDER BY x.from_sync DESC LIMIT 1)) AS keyKind, ${keyStatus('v')} AS keyStatus
     FROM json_each(:ids) j JOIN review_item i ON i.id = j.value JOIN review r ON r.id = i.review_id
     LEFT JOIN project n ON n.id = i.project_id
     LEFT JOIN principal p ON p.id = i.principal_id
     LEFT JOIN principal_version pv ON pv.principal_id = i.principal_id AND ${isCurrent('pv', sync)}
     LEFT JOIN key_version v ON v.key_id = i.key_id AND ${isCurrent('v', sync)}`,
    at,
  )
  const paths = Map.groupBy(sync === null ? currentPaths(reader, ids) : pathsAt(reader, ids, sync), (path) => path.id)
  return rows.map((row) => ({
    itemId: row.id,
    left: getLeft(row, paths.get(row.id) ?? []),
    isPresent: row.isPresent === 1,
    principalKind: row.principalKind,
    isAdminKey: row.keyKind === 'admin',
    project: row.project,
  }))
}

/**
 * The roles that an account holds where its item is, but those that a role in the organization implies. A dormant one counts: it
 * was not removed, and gives access again when its project is active.
 */
function currentPaths(reader: Reader, ids: string): readonly PathColumns[] {
  return reader.all<PathColumns>(
    `SELECT i.id, e.role_raw AS roleRaw, e.level, e.via,
         (SELECT ifnull(g.name, g.external_id) FROM account_ref g WHERE g.id = e.via_group_id) AS groupName
       FROM json_each(:ids) j JOIN review_item i ON i.id = j.value
       CROSS JOIN grant_row e
         ON e.principal_id = i.principal_id AND e.project_id IS i.project_id
       WHERE e.via_role IS NULL`,
    { ids },
  )
}

/** The same when a sync had been applied: effective access is stored of now only. */
function pathsAt(reader: Reader, ids: string, sync: number): readonly PathColumns[] {
  return reader.all<PathColumns>(
    `SELECT i.id, g.role_raw AS roleRaw, g.level, 'direct' AS via, NULL AS groupName
     FROM json_each(:ids) j JOIN review_item i ON i.id = j.value JOIN principal p ON p.id = i.principal_id AND p.kind <> 'group'
     CROSS JOIN grant g ON g.principal_id = i.principal_id AND g.project_id IS i.project_id AND ${isCurrent('g', sync)}
     UNION ALL
     SELECT i.id, g.role_raw, g.level, 'group', (SELECT o.external_id FROM principal o WHERE o.id = m.group_id)
     FROM json_each(:ids) j JOIN review_item i ON i.id = j.value
     CROSS JOIN membership m ON m.member_id = i.principal_id AND ${isCurrent('m', sync)}
     CROSS JOIN grant g ON g.principal_id = m.group_id AND g.project_id IS i.project_id AND ${isCurrent('g', sync)}`,
    { ids, sync },
  )
}

/** What remains of removals and changes that no sync has verified, in words, by item. */
export function residuals(
  reader: Reader,
  itemIds: readonly number[],
  now: number,
): ReadonlyMap<number, readonly string[]> {
  if (itemIds.length === 0) return new Map()
  return new Map(
    remaining(reader, itemIds, now).map(({ itemId, left }) => [
      itemId,
      left.length === 0 ? ['It is no longer in the register, but no complete sync has verified this yet.'] : left,
    ]),
  )
}

function getLeft(row: ItemColumns, paths: readonly PathColumns[]): string[] {
  if (row.principalKind === null) return leftOfKey(row)
  return row.decision === 'change' ? leftToChange(row, paths) : leftToRemove(row, paths)
}

/** An archived or expired key cannot be used any more; where keys cannot be deleted, that is how they end. */
function leftOfKey({ isPresent, keyStatus }: ItemColumns): string[] {
  if (isPresent === 0 || hasEnded(keyStatus)) return []
  return [keyStatus === 'active' ? 'The key still exists.' : `The key still exists; its status is ${keyStatus}.`]
}

const ACCOUNTS: Readonly<Record<PrincipalKind, string>> = {
  user: 'The account is still in the organization.',
  'service-account': 'The service account still exists.',
  group: 'The group still exists.',
  invite: 'The invite still exists.',
}

function leftToRemove(row: ItemColumns, paths: readonly PathColumns[]): string[] {
  const ways = (row.kind === 'admins' ? paths.filter((path) => isPrivileged(path.level)) : paths).map(wayWords)
  // A removal from the organization is done when the account is removed; elsewhere only the role was to be removed.
  const isAboutAccount = row.projectId === null && row.kind !== 'admins'
  if (!isAboutAccount) return ways
  return row.isPresent === 1 ? [ACCOUNTS[row.principalKind ?? 'user'], ...ways] : []
}

/** A change is done once the strongest role is the intended one, or no role is held any more. */
function leftToChange(row: ItemColumns, paths: readonly PathColumns[]): string[] {
  const meant = roleLabel(row.changeTo ?? '').toLowerCase()
  const isMeant = (role: string): boolean => roleLabel(role).toLowerCase() === meant
  const [strongest] = paths.toSorted((a, b) => levelRank(a.level) - levelRank(b.level))
  if (strongest === undefined) {
    const reported = row.projectId === null && row.isPresent === 1 ? row.roleRaw : null
    return reported === null || isMeant(reported) ? [] : [`The role is ${reported}.`]
  }
  if (isMeant(strongest.roleRaw)) return []
  return paths.filter((path) => !isMeant(path.roleRaw)).map(wayWords)
}

function wayWords({ via, roleRaw, groupName }: PathColumns): string {
  return via === 'group' ? `The role is ${roleRaw} through the group ${groupName ?? ''}.` : `The role is ${roleRaw}.`
}
