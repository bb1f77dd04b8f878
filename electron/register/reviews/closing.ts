import type { PrincipalKind } from '../../../shared/domain/facts.ts'
import type { SourceName, SourceState } from '../../../shared/domain/source.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { type Remaining, remaining } from './residual.ts'

/**
 * Removals and changes of a connection that no sync has verified yet, decided before one began: what was read earlier
 * shows nothing about what was done since.
 */
export const PENDING = `SELECT i.id FROM review_item i INDEXED BY review_item_pending JOIN review r ON r.id = i.review_id
  WHERE i.connection_id = ? AND i.decision IN ('change', 'remove') AND i.closed_at IS NULL AND i.decided_at <= ? AND r.state <> 'withdrawn'`

/** A sync that may verify decisions; `began` and `at`, its end, are in milliseconds. */
interface ClosingSync {
  readonly connectionId: number
  readonly syncId: number
  readonly began: number
  readonly at: number
}

/**
 * Closes removals and changes that a sync verifies. Only completely read lists count: what is missing from an unread
 * list may still exist. Returns how many were closed.
 */
export function closeDecided(writer: Writer, sync: ClosingSync): number {
  return close(writer, sync, null)
}

/**
 * The same for decisions that came here after syncs that began later, as another register's do: the first of these that
 * shows an item done closes it, as it did where the decision was known. What an account is (a user, a group) has no history
 * and counts as it is now. Returns how many were closed.
 */
export function closeDecidedBefore(writer: Writer, connectionId: number): number {
  const syncs = writer.all<Omit<ClosingSync, 'connectionId'>>(
    `SELECT y.id AS syncId, y.started_at AS began, y.finished_at AS at FROM sync y
     WHERE y.connection_id = :c AND y.state IN ('complete', 'partial') AND y.started_at >= (
       SELECT min(i.decided_at) FROM review_item i INDEXED BY review_item_pending
       WHERE i.connection_id = :c AND i.decision IN ('change', 'remove') AND i.closed_at IS NULL) ORDER BY y.id`,
    { c: connectionId },
  )
  return syncs.reduce((sum, sync) => sum + close(writer, { connectionId, ...sync }, sync.syncId), 0)
}

/** `past`: the sync whose state counts, where it is not the last one. */
function close(writer: Writer, sync: ClosingSync, past: number | null): number {
  const pending = writer.column<number>(PENDING, [sync.connectionId, sync.began])
  if (pending.length === 0) return 0
  const isRead = readLists(writer, sync.syncId)
  const done = remaining(writer, pending, sync.at, past).filter(
    (item) => item.left.length === 0 && isRead(getLists(item), item.project),
  )
  const set = writer.prepare('UPDATE review_item SET closed_sync = ?, closed_at = ? WHERE id = ?')
  for (const { itemId } of done) set([sync.syncId, sync.at, itemId])
  return done.length
}

const FILES: readonly SourceName[] = ['register-file', 'people-file']

/** The lists that report an account itself. */
const OWN_LISTS: Readonly<Record<PrincipalKind, readonly SourceName[]>> = {
  user: ['users', ...FILES],
  'service-account': ['projects', 'project-service-accounts', 'service-accounts-file', 'register-file'],
  group: ['groups'],
  invite: ['invites', ...FILES],
}

const GROUP_LISTS: readonly SourceName[] = ['groups', 'group-users', 'group-roles', 'user-roles']
const PROJECT_LISTS: readonly SourceName[] = [
  'projects',
  'project-users',
  'project-user-roles',
  'project-groups',
  'project-group-roles',
]

/** The lists that would contain the item to be removed, if it still existed. */
function getLists({ principalKind, isPresent, isAdminKey, project }: Remaining): readonly SourceName[] {
  if (principalKind === null) {
    return isAdminKey
      ? ['admin-keys', 'keys-file', 'register-file']
      : ['projects', 'project-keys', 'keys', 'keys-file', 'register-file']
  }
  const own = OWN_LISTS[principalKind]
  if (!isPresent) return own
  return [...own, ...GROUP_LISTS, ...(project === null ? [] : PROJECT_LISTS)]
}

/**
 * Whether a sync read at least one of these lists and left none unread, for the organization and one of its projects.
 */
function readLists(reader: Reader, syncId: number): (lists: readonly SourceName[], project: string | null) => boolean {
  const rows = reader.all<{ readonly source: SourceName; readonly project: string; readonly state: SourceState }>(
    'SELECT source, project, state FROM sync_source WHERE sync_id = ?',
    [syncId],
  )
  const states = new Map(rows.map((row) => [`${row.source} ${row.project}`, row.state]))
  return (lists, project) => {
    const found = lists
      .flatMap((list) => [states.get(`${list} `), project === null ? undefined : states.get(`${list} ${project}`)])
      .filter((state) => state !== undefined)
    return found.includes('complete') && found.every((state) => state === 'complete' || state === 'unavailable')
  }
}
