import type { Writer } from '../db/handles.ts'
import { ENDS_AT } from '../facts/key-state.ts'

/**
 * The known owner of a key has left the organization: an owner without a current version, of whom an earlier version exists,
 * or whose list was read completely since the key was reported in its current form, also at the first sync. Where no list
 * reports the members, nothing is known.
 */
const OWNER_LEFT = `(v.owner_state = 'known'
    AND NOT EXISTS (SELECT 1 FROM account_row o
      WHERE o.connection_id = key.connection_id AND o.external_id = v.owner_external_id)
    AND (EXISTS (SELECT 1 FROM account_history o
      WHERE o.connection_id = key.connection_id AND o.external_id = v.owner_external_id)
      OR EXISTS (SELECT 1 FROM temp.owner_list l WHERE l.owner_kind = v.owner_kind AND l.read_at >= v.from_sync
        AND l.project IN ('', ifnull((SELECT p.external_id FROM project p WHERE p.id = v.project_id), '')))))`

/**
 * A key is unowned if the provider reports no owner (except admin keys), if the owner has lost the project, or if the
 * known owner has left. A key that a tool made for its owner ends with the owner's access, so that it is never unowned.
 */
const UNOWNED = `(key.tool IS NULL AND ((v.owner_state = 'none' AND v.kind <> 'admin') OR v.owner_access IS 'inactive' OR ${OWNER_LEFT}))`

/**
 * When each list that names owners was last read completely: people for the organization, service accounts by project.
 */
function noteOwnerLists(writer: Writer, connectionId: number): void {
  writer.run(
    'CREATE TEMP TABLE IF NOT EXISTS owner_list (owner_kind TEXT, project TEXT, read_at INTEGER, PRIMARY KEY (owner_kind, project)) WITHOUT ROWID',
  )
  writer.run('DELETE FROM temp.owner_list')
  writer.run(
    `INSERT INTO temp.owner_list
     SELECT CASE WHEN s.source IN ('project-service-accounts', 'service-accounts-file') THEN 'service-account' ELSE 'user' END,
       s.project, max(s.sync_id)
     FROM sync y JOIN sync_source s ON s.sync_id = y.id
     WHERE y.connection_id = ? AND s.state = 'complete'
       AND s.source IN ('users', 'people-file', 'register-file', 'project-service-accounts', 'service-accounts-file')
     GROUP BY 1, 2`,
    [connectionId],
  )
}

/** Stores on each current key of a connection whether it has an owner, when it was created, and when it ends. */
export function deriveKeySummary(writer: Writer, connectionId: number): void {
  noteOwnerLists(writer, connectionId)
  writer.run(
    `UPDATE key SET unowned = ${UNOWNED}, owner_left = ${OWNER_LEFT}, created_at = v.created_at, ends_at = ${ENDS_AT} FROM key_version v
     WHERE v.key_id = key.id AND v.to_sync IS NULL AND key.connection_id = :c AND key.standing = 1
       AND (key.unowned <> ${UNOWNED} OR key.owner_left <> ${OWNER_LEFT} OR key.created_at IS NOT v.created_at OR key.ends_at IS NOT ${ENDS_AT})`,
    { c: connectionId },
  )
}
