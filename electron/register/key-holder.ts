import { MAKER_NAMED } from '../../shared/domain/key-holder.ts'

const PROVIDERS = MAKER_NAMED.map((id) => `'${id}'`).join(', ')

/** Whether a version of a key `k` belongs to its workspace, so that its owner is only who made it; `findKeyHolder` in SQL. */
export const isWorkspaceKey = (provider: string, version: string, tool = 'k.tool'): string =>
  `(${provider} IN (${PROVIDERS}) AND ${version}.kind = 'project' AND ${tool} IS NULL)`

/** Whether a version of a key `k` belongs to a person. */
export const isPersonalKey = (provider: string, version: string, tool = 'k.tool'): string =>
  `(${version}.owner_kind = 'user' AND ${version}.kind <> 'admin' AND NOT ${isWorkspaceKey(provider, version, tool)})`
