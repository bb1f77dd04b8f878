import { listProvidersWith } from './providers.ts'

/**
 * Whether a version of a key `k` belongs to its workspace, so that its owner column only names its creator;
 * `findKeyHolder` in SQL.
 */
export const isWorkspaceKey = (provider: string, version: string, tool = 'k.tool'): string =>
  `(${provider} IN ${listProvidersWith('projectKeysNameMaker')} AND ${version}.kind = 'project' AND ${tool} IS NULL)`

/** The holder of a version of a key `k`, as in `findKeyHolder`. */
export const keyHolder = (provider: string, version: string, tool = 'k.tool'): string =>
  `CASE WHEN ${version}.kind = 'admin' THEN 'organization' WHEN ${version}.owner_kind = 'service-account' THEN 'service-account'
    WHEN ${isWorkspaceKey(provider, version, tool)} THEN 'workspace'
    WHEN ${version}.owner_state = 'none' THEN 'none' WHEN ${version}.owner_kind = 'user' THEN 'person' ELSE 'unknown' END`

/** Whether a version of a key `k` belongs to a person. */
export const isPersonalKey = (provider: string, version: string, tool = 'k.tool'): string =>
  `(${version}.owner_kind = 'user' AND ${version}.owner_state <> 'none' AND ${version}.kind <> 'admin' AND NOT ${isWorkspaceKey(provider, version, tool)})`
