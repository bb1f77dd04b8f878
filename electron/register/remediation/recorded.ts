import { DAY_MS } from '../../../shared/domain/day.ts'
import { FEDERATION_NAME } from './named.ts'

/** The time by which an event may precede its request: logs have whole seconds, and clocks differ a little. */
const EARLIER_MS = 60_000
/** How long after a person marked a change as done its event still counts. */
const LATER_MS = DAY_MS

/** The provider's ids that an event about the change `r` may name. */
const NAMED = `(r.made,
  CASE r.subject_kind WHEN 'principal' THEN (SELECT p.external_id FROM principal p WHERE p.id = r.subject_id)
    WHEN 'key' THEN (SELECT k.external_id FROM key k WHERE k.id = r.subject_id)
    WHEN 'project' THEN (SELECT n.external_id FROM project n WHERE n.id = r.subject_id) END,
  CASE r.action WHEN 'invite' THEN (SELECT p.external_id FROM account_history p
    WHERE p.connection_id = r.connection_id AND p.kind = 'invite' AND p.email = json_extract(r."values", '$.email') COLLATE NOCASE
    ORDER BY p.from_sync DESC LIMIT 1)
    WHEN 'federation-delete' THEN (SELECT f.external_id FROM federation_version f WHERE f.connection_id = r.connection_id
      AND f.account_id = r.subject_id AND ${FEDERATION_NAME} = json_extract(r."values", '$.name') ORDER BY f.from_sync DESC LIMIT 1) END)`

/** Not in another project than the one that the change `r` names by its id, as far as both are known. */
const SAME_PROJECT = `ifnull(e.project_x = (SELECT n.external_id FROM project n WHERE n.id = json_extract(r."values", '$.projectId')), 1)`

/** Not in another project than one that the change names by a name, which several may have had. */
const SAME_NAMED_PROJECT = `ifnull((SELECT max(n.external_id = e.project_x) FROM project_history n
  WHERE n.connection_id = r.connection_id AND n.name = json_extract(r."values", '$.project') COLLATE NOCASE), 1)`

/** The role that the change `r` gives, as far as the event names one. */
const SAME_ROLE = `ifnull(e.role_raw, json_extract(r."values", '$.role')) = json_extract(r."values", '$.role')`

/** The events `e` that a provider records of each action, in SQL; no type is published for the sign-out of a member. */
const MATCHES = `CASE
  WHEN r.action IN ('member-remove', 'project-member-remove') THEN e.subject IN ('user', 'grant') AND e.act = 'removed'
    AND iif(r.action = 'member-remove', e.project_x IS NULL, ${SAME_PROJECT})
  WHEN r.action IN ('member-role', 'project-member-role') THEN e.subject IN ('user', 'grant') AND e.act IN ('created', 'changed')
    AND iif(r.action = 'member-role', e.project_x IS NULL, ${SAME_PROJECT})
    AND ${SAME_ROLE}
  WHEN r.action = 'project-member-add' THEN e.subject IN ('user', 'grant') AND e.act IN ('created', 'changed')
    AND ${SAME_NAMED_PROJECT} AND ${SAME_ROLE}
  WHEN r.action = 'invite-delete' THEN e.subject = 'invite' AND e.act = 'removed'
  WHEN r.action = 'invite' THEN e.subject = 'invite' AND e.act = 'created' AND ${SAME_ROLE}
  WHEN r.action = 'service-account-delete' THEN e.subject = 'service-account' AND e.act = 'removed'
  WHEN r.action = 'federation-delete' THEN e.subject = 'federation' AND e.act = 'removed'
  WHEN r.action = 'key-delete' THEN e.subject IN ('key', 'admin-key') AND e.act = 'removed'
  WHEN r.action IN ('key-disable', 'key-rename') THEN e.subject IN ('key', 'admin-key') AND e.act IN ('changed', 'disabled')
  WHEN r.action IN ('key-rotate', 'key-create', 'service-account-create') THEN e.subject_x = r.made AND e.act = 'created'
  WHEN r.action = 'project-rename' THEN e.subject = 'project' AND e.act = 'changed'
  ELSE 0 END`

/**
 * A provider recorded in the event `e` of the same connection that the change `r` was done: what it did, to what, where, and
 * from when it was sent or handed to a person until a day after its end.
 */
export const IS_RECORDED_BY = `e.subject_x IN ${NAMED}
  AND e.at >= ifnull(r.sent_at, r.added_at) - ${EARLIER_MS} AND e.at <= ifnull(r.ended_at + ${LATER_MS}, e.at)
  AND r.state NOT IN ('waiting', 'withdrawn') AND ${MATCHES}`

/**
 * The id of the event by which a provider recorded that the change `r` was done: the first one that fits. Null where its
 * log has none.
 */
export const RECORDED_BY = `(SELECT e.id FROM event e INDEXED BY event_of_subject WHERE e.connection_id = r.connection_id
  AND ${IS_RECORDED_BY} ORDER BY e.at, e.id LIMIT 1)`
