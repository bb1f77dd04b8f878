import { findProvider, PROVIDER_IDS } from '../../../shared/domain/providers/providers.ts'
import { FIRST_READ, REPLACES_KEY } from '../access/federated.ts'
import { OPENS } from '../facts/key-state.ts'

/** A condition: the provider of connection `cn` accepts workloads without a key. */
export const ACCEPTS_WORKLOADS = `cn.provider IN (${PROVIDER_IDS.filter(
  (id) => findProvider(id)?.federation !== undefined,
)
  .map((id) => `'${id}'`)
  .join(', ')})`

/**
 * The keys `k` of which the plan is made where `ACCEPTS_WORKLOADS`, with their version `v`, description `l`, service account
 * `o` and the federation rule `f` that replaces each.
 */
export const PLANNED = `key k CROSS JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL
  CROSS JOIN logical_key l ON l.id = k.logical_key_id
  LEFT JOIN principal o ON o.connection_id = k.connection_id
    AND o.external_id = iif(v.owner_kind = 'service-account', v.owner_external_id, NULL)
  LEFT JOIN principal_version ov ON ov.principal_id = o.id AND ov.to_sync IS NULL
  LEFT JOIN federation_version f ON f.id = iif(o.id IS NULL, NULL, (SELECT min(f.id) FROM federation_version f WHERE ${REPLACES_KEY}))`

/** Usable keys that a workload may use: neither admin keys nor those of a tool. As of `:now`. */
export const MAY_BE_PLANNED = `k.standing = 1 AND ${OPENS} AND v.kind <> 'admin' AND k.tool IS NULL`

export const PURPOSE = 'ifnull(l.purpose, k.purpose)'

/** When a sync first showed the key `k`. */
export const READ_AT =
  '(SELECT y.finished_at FROM sync y WHERE y.id = (SELECT min(x.from_sync) FROM key_version x WHERE x.key_id = k.id))'

/** Since when the rule `f` is known to replace it; null without one. */
export const RULE_SINCE = `iif(f.id IS NULL, NULL, ifnull(${FIRST_READ}, 0))`
