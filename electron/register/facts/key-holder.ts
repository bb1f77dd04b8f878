import { listProvidersWith } from './providers.ts'

/**
 * True if a key, or a version of one, belongs to its workspace, so that its owner column only names its creator;
 * `findKeyHolder` in SQL.
 */
export const isWorkspaceKey = (provider: string, key: string, tool = `${key}.tool`): string =>
  `(${provider} IN ${listProvidersWith('projectKeysNameMaker')} AND ${key}.kind = 'project' AND ${tool} IS NULL)`

/** The holder of a key, or of a version of one, as in `findKeyHolder`. */
export const keyHolder = (provider: string, key: string, tool = `${key}.tool`): string =>
  `CASE WHEN ${key}.kind = 'admin' THEN 'organization' WHEN ${key}.owner_kind = 'service-account' THEN 'service-account'
    WHEN ${isWorkspaceKey(provider, key, tool)} THEN 'workspace'
    WHEN ${key}.owner_state = 'none' THEN 'none' WHEN ${key}.owner_kind = 'user' THEN 'person' ELSE 'unknown' END`

/** True if a key, or a version of one, belongs to a person. */
export const isPersonalKey = (provider: string, key: string, tool = `${key}.tool`): string =>
  `(${key}.owner_kind = 'user' AND ${key}.owner_state <> 'none' AND ${key}.kind <> 'admin' AND NOT ${isWorkspaceKey(provider, key, tool)})`

/** Joins the account `o` of the organization that owns key `k`, and its present state `oa`. Either may be missing. */
export const JOIN_OWNER = `LEFT JOIN principal o ON o.connection_id = k.connection_id AND o.external_id = k.owner_external_id
  LEFT JOIN account_now oa ON oa.id = o.id`

/** True if the known owner `o` of key `k` is still a member; null where no completely read list shows it. */
export const OWNER_PRESENT = `CASE WHEN k.owner_state <> 'known' THEN NULL WHEN oa.id IS NOT NULL THEN 1 WHEN k.owner_left = 1 THEN 0 END`
