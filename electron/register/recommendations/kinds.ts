import type { RecommendationKind } from '../../../shared/domain/recommendations/recommendation.ts'
import { REACHED_SINCE, REPLACES_KEY } from '../access/federated.ts'
import { isUsable } from '../facts/key-state.ts'
import { LAST_USED_AT } from '../facts/last-use.ts'
import { liveRule } from '../facts/live-rule.ts'
import { PRIVILEGED_GRANTS } from '../facts/grant-now.ts'

/** None of the holder's keys and accounts is used, and the use of all is reported and old enough to judge. */
const IDLE_KEYS = 'o.silent = 0 AND o.young = 0 AND ifnull(o.used_at <= :cutoff, 1)'

/** The holder's last call is reported and recent. */
const CALLS = `o.kind = 'user' AND o.known_at > :cutoff`

/** Another account, not an invite, administers the organization: no recommendation leaves it without an owner. */
const OTHERS = `EXISTS (SELECT 1 FROM ${PRIVILEGED_GRANTS} x
  WHERE x.connection_id = o.connection_id AND x.project_id IS NULL AND x.principal_id <> o.id
    AND (SELECT p.kind FROM principal p WHERE p.id = x.principal_id) <> 'invite')`

const PRIVILEGED = (level: string): string => `ifnull(${level} IN ('owner', 'admin'), 0)`

/** Workloads act as the service account without a key. */
const HAS_RULE = `EXISTS (SELECT 1 FROM federation_version f WHERE f.account_id = o.id AND ${liveRule('f')})`

/** A federation rule by which workloads can do without the key `k` of a service account `o`. */
export const RULE_BESIDE = `federation_version f WHERE ${REPLACES_KEY}`

/** Since when there is one. */
export const RULE_SINCE = `(SELECT min(${REACHED_SINCE}) FROM ${RULE_BESIDE})`

/** The use of a key `k` of it since; see `UseBesideRule`. Of an inexact use it is not known whether it was since. */
export const USE_BESIDE_RULE = `CASE WHEN k.last_use_state = 'not-reported' THEN 'not-reported' WHEN k.last_use_state = 'known' AND ${LAST_USED_AT} IS NULL THEN 'before'
  WHEN k.last_used_at > ${RULE_SINCE} THEN 'used' ELSE 'unused' END`

const KEYS_THERE = `own_key y ON y.connection_id = o.connection_id AND y.external_id = o.external_id
  AND y.project_id = r.project_id AND y.admin = 0`

/**
 * Each kind of recommendation over the tables of `useFacts`: its subject (a principal, or a role by its row of
 * effective access), its confidence (0 is the highest, as in `SURENESS`), the principal and the project. `o` is the
 * holder, `r` the role.
 *
 * Billing roles and read-only roles need no API calls, so they get no recommendation.
 */
export const ADVICE_SQL: Readonly<Record<RecommendationKind, string>> = {
  'member-unused': `SELECT o.id AS subject, ${PRIVILEGED('o.level')} AS sure, o.id AS principal_id, NULL AS project_id FROM holder o
    WHERE o.kind = 'user' AND o.known_at <= :cutoff AND o.since <= :cutoff AND o.level IS NOT 'billing' AND ${IDLE_KEYS}
      AND (NOT ${PRIVILEGED('o.level')} OR ${OTHERS})`,
  // The use of workloads without a key is not reported, so an account with a federation rule may be in use.
  'account-unused': `SELECT o.id, 0, o.id, NULL FROM holder o
    WHERE o.kind = 'service-account' AND o.keys > 0 AND o.since <= :cutoff AND ${IDLE_KEYS} AND NOT ${HAS_RULE}`,
  // If the holder has no key in the project, only used keys elsewhere show where the calls come from.
  'project-unused': `SELECT r.id, (y.keys IS NULL) + ${PRIVILEGED('r.level')}, o.id, r.project_id
    FROM role r CROSS JOIN holder o ON o.id = r.principal_id LEFT JOIN ${KEYS_THERE}
    WHERE r.project_id IS NOT NULL AND r.level IN ('owner', 'admin', 'member') AND ${CALLS}
      AND ifnull(y.silent = 0 AND y.young = 0 AND ifnull(y.used_at <= :cutoff, 1), o.used_projects > 0)
      AND (SELECT n.status FROM project_now n WHERE n.id = r.project_id) = 'active'`,
  'project-role': `SELECT r.id, CASE o.kind WHEN 'user' THEN 2 ELSE 1 END, o.id, r.project_id
    FROM role r CROSS JOIN holder o ON o.id = r.principal_id JOIN ${KEYS_THERE}
    WHERE r.project_id IS NOT NULL AND ${PRIVILEGED('r.level')} AND y.used_at > :cutoff AND NOT ${HAS_RULE}`,
  'privileged-role': `SELECT r.id, 2, o.id, NULL FROM role r CROSS JOIN holder o ON o.id = r.principal_id
    WHERE r.project_id IS NULL AND ${PRIVILEGED('r.level')} AND ${CALLS} AND o.lists_admin_keys = 1 AND o.admin_silent = 0
      AND ifnull(o.admin_used_at <= :cutoff, 1) AND ${OTHERS}`,
  'key-beside-rule': `SELECT k.id, CASE ${USE_BESIDE_RULE} WHEN 'unused' THEN 0 WHEN 'used' THEN 2 ELSE 1 END, o.id, k.project_id
    FROM holder o CROSS JOIN reported_key_row k ON k.owner_external_id = o.external_id AND +k.connection_id = o.connection_id
      AND k.owner_kind = 'service-account'
    WHERE o.kind = 'service-account' AND k.kind <> 'admin' AND ${isUsable('k')} AND EXISTS (SELECT 1 FROM ${RULE_BESIDE})`,
}

/** People without any reported use: neither API calls of the account nor use of any key. */
export const SILENT = `o.kind = 'user' AND o.known_at IS NULL AND (o.keys = 0 OR (o.silent = 1 AND o.used_at IS NULL))`
