import { findProvider, PROVIDER_IDS } from '../../../shared/domain/providers/providers.ts'
import { FIRST_READ, REPLACES_KEY } from '../access/federated.ts'
import { OPENS } from '../facts/key-state.ts'
import { IS_DECOY } from '../schema/keys.ts'

/** A condition: the provider of connection `cn` accepts workloads without a key. */
export const ACCEPTS_WORKLOADS = `cn.provider IN (${PROVIDER_IDS.filter(
  (id) => findProvider(id)?.federation !== undefined,
)
  .map((id) => `'${id}'`)
  .join(', ')})`

/**
 * The keys `k` of the plan where `ACCEPTS_WORKLOADS`, with service account `o`, its state `oa` and the federation rule `f` that
 * replaces each.
 */
export const PLANNED = `key_row k LEFT JOIN principal o ON o.connection_id = k.connection_id
    AND o.external_id = iif(k.owner_kind = 'service-account', k.owner_external_id, NULL)
  LEFT JOIN account_now oa ON oa.id = o.id
  LEFT JOIN federation_version f ON f.id = iif(o.id IS NULL, NULL, (SELECT min(f.id) FROM federation_version f WHERE ${REPLACES_KEY}))`

/** Usable keys that a workload may use: neither admin keys, nor those of a tool, nor decoys. As of `:now`. */
export const MAY_BE_PLANNED = `k.standing = 1 AND ${OPENS} AND k.kind <> 'admin' AND k.tool IS NULL AND NOT ${IS_DECOY}`

/** When a sync first showed the key `k`. */
export const READ_AT =
  '(SELECT y.finished_at FROM sync y WHERE y.id = (SELECT min(x.from_sync) FROM key_version x WHERE x.key_id = k.id))'

/** Since when the rule `f` is known to replace it; null without one. */
export const RULE_SINCE = `iif(f.id IS NULL, NULL, ifnull(${FIRST_READ}, 0))`
