import { PRODUCTION_WORDS } from '../../../shared/domain/naming.ts'
import { isWorkspaceKey } from '../facts/key-holder.ts'
import { isUsable } from '../facts/key-state.ts'
import { KEYS_OF_OWN } from './own-accounts.ts'

const ENVIRONMENT = 'lower(trim(k.environment))'

/**
 * Keys whose secret several people can read. No single person keeps the secret of a service account's key or of a key
 * without an owner. A workspace key belongs to the workspace, not to its creator. The secret of a production key is
 * stored in the production systems. A person's own key for their own work is not shared, and neither is a key that a
 * tool created for them.
 */
const SHARED = `k.tool IS NULL AND (k.owner_kind IS NOT 'user' OR ${isWorkspaceKey('cn.provider', 'k')}
  OR ${ENVIRONMENT} IN (${PRODUCTION_WORDS.map((word) => `'${word}'`).join(', ')}))`

/** When a key was created, or else when it was first seen. */
const MADE = `ifnull(k.created_at, (SELECT s.finished_at FROM key_version f JOIN sync s ON s.id = f.from_sync
  WHERE f.key_id = k.id ORDER BY f.from_sync LIMIT 1))`

/** Still usable, not their own, and not rotated since they left or since their `way` to it ended. */
const LEFT = `${isUsable('k')} AND ifnull(k.last_rotated_on < gone.departed_on AND k.last_rotated_on <= date(way.until / 1000, 'unixepoch'), 1)
  AND NOT EXISTS (SELECT 1 FROM own x
    WHERE x.person_id = way.person_id AND x.connection_id = k.connection_id AND x.external_id = k.owner_external_id)`

const LATER_THAN_ALL = '9223372036854775807'

/**
 * Common table expressions on top of `ownAccounts`, over the history of roles and groups:
 *
 * - `reach`: each role that a leaver ever had, on a project or (null) the organization, with the instant at which it
 *   ended (now while it is active). A role through a group lasted while both the role and the membership did.
 * - `place`: each project that a leaver reached, how, and until when. An organization role that implies project access
 *   reaches all projects.
 * - `seen`: keys that are still usable, were created before the leaver's access to them ended, are not the leaver's
 *   own, and were not rotated since the departure; and those that the leaver created for a workspace. `until` is when
 *   that access ended, `direct` is 1 for a role in the key's project and 2 for its creator.
 *
 * A role ends with the sync that no longer shows it, so that keys created between two syncs count as seen. NIST
 * IA-5(i): change shared authenticators when membership changes.
 */
export const SEEN_KEYS = `reach (person_id, connection_id, project_id, carries, privileged, until) AS MATERIALIZED (
    SELECT o.person_id, o.connection_id, g.project_id, g.implied_role_raw IS NOT NULL, g.level IN ('owner', 'admin'),
      ifnull(s.finished_at, :now)
    FROM own o CROSS JOIN grant g ON g.principal_id = o.principal_id LEFT JOIN sync s ON s.id = g.to_sync
    WHERE o.kind = 'user'
    UNION ALL
    SELECT o.person_id, o.connection_id, g.project_id, g.implied_role_raw IS NOT NULL, g.level IN ('owner', 'admin'),
      min(ifnull(ms.finished_at, :now), ifnull(gs.finished_at, :now))
    FROM own o CROSS JOIN membership m ON m.member_id = o.principal_id CROSS JOIN grant g ON g.principal_id = m.group_id
    LEFT JOIN sync ms ON ms.id = m.to_sync LEFT JOIN sync gs ON gs.id = g.to_sync
    WHERE o.kind = 'user' AND max(m.from_sync, g.from_sync)
      < min(ifnull(m.to_sync, ${LATER_THAN_ALL}), ifnull(g.to_sync, ${LATER_THAN_ALL}))),
  place (person_id, project_id, direct, until) AS MATERIALIZED (
    SELECT person_id, project_id, 1, max(until) FROM reach WHERE project_id IS NOT NULL GROUP BY 1, 2
    UNION ALL
    SELECT reach.person_id, n.id, 0, max(until) FROM reach CROSS JOIN project n ON n.connection_id = reach.connection_id
    WHERE reach.project_id IS NULL AND carries = 1 GROUP BY 1, 2),
  office (person_id, connection_id, until) AS MATERIALIZED (
    SELECT person_id, connection_id, max(until) FROM reach WHERE project_id IS NULL AND privileged = 1 GROUP BY 1, 2),
  seen (person_id, key_id, direct, until) AS MATERIALIZED (
    SELECT person_id, key_id, max(direct), max(until) FROM (
      SELECT way.person_id, k.id AS key_id, way.direct, way.until FROM place way
      CROSS JOIN key_row k ON k.project_id = way.project_id CROSS JOIN leaver gone ON gone.person_id = way.person_id
      JOIN connection cn ON cn.id = k.connection_id
      WHERE ${SHARED} AND way.until >= ${MADE} AND ${LEFT}
      UNION ALL
      SELECT way.person_id, k.id, 0, way.until FROM office way
      CROSS JOIN key_row k ON k.connection_id = way.connection_id AND k.standing = 1 CROSS JOIN leaver gone ON gone.person_id = way.person_id
      WHERE +k.project_id IS NULL AND k.owner_kind IS NOT 'user' AND way.until >= ${MADE} AND ${LEFT}
      UNION ALL
      SELECT o.person_id, k.id, 2, ${MADE} FROM ${KEYS_OF_OWN} CROSS JOIN leaver gone ON gone.person_id = o.person_id
      JOIN connection cn ON cn.id = k.connection_id
      WHERE ${isWorkspaceKey('cn.provider', 'k')} AND ${isUsable('k')} AND ifnull(k.last_rotated_on < gone.departed_on, 1))
    GROUP BY 1, 2)`
