import { MAKER_NAMED } from '../../shared/domain/key-holder.ts'

const PROVIDERS = MAKER_NAMED.map((id) => `'${id}'`).join(', ')

/** Whether a key version belongs to its workspace, so that its owner is only who made it; `findKeyHolder` in SQL. */
export const isWorkspaceKey = (provider: string, key: string): string =>
  `(${provider} IN (${PROVIDERS}) AND ${key}.kind = 'project')`

/** Whether a key version belongs to a person. */
export const isPersonalKey = (provider: string, key: string): string =>
  `(${key}.owner_kind = 'user' AND ${key}.kind <> 'admin' AND NOT ${isWorkspaceKey(provider, key)})`
