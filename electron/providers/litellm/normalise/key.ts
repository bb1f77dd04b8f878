import { z } from 'zod'

import type { KeyFact, LastUse } from '../../../../shared/domain/facts.ts'
import { flag, id, optionalId, parseRow, raw, text, words } from '../../kit/rows.ts'
import { UNREADABLE, type Left, type Reading } from '../../kit/tally.ts'
import { toInstant } from './instant.ts'
import { limitFields, toLimits } from './limit.ts'
import { toModels } from './models.ts'
import type { Users } from './team.ts'

const keyRow = z.object({
  token: id,
  key_name: text,
  key_alias: text,
  user_id: optionalId,
  team_id: optionalId,
  blocked: flag,
  spend: raw,
  allowed_routes: words,
  models: words,
  created_at: raw,
  expires: raw,
  last_active: raw,
  ...limitFields,
})

type KeyRow = z.output<typeof keyRow>

/** The team of the keys with which the proxy's own window works for those who sign in there; they live a day. */
const OF_WINDOW = 'litellm-dashboard'

/** What the row of a key is known by. */
export interface Known extends Users {
  readonly teams: ReadonlySet<string>
}

/** One virtual key, by the hash that the proxy keeps of it, and its own limits. */
export function keyReading(row: unknown, known: Known): Reading {
  const key = parseRow(keyRow, row)
  if (key === null) return UNREADABLE
  const left: Left[] = []
  const project = key.team_id !== null && known.teams.has(key.team_id) ? key.team_id : null
  const name = key.key_alias ?? key.key_name ?? key.token
  const fact: KeyFact = {
    type: 'key',
    externalId: key.token,
    kind: administers(key, known) ? 'admin' : 'project',
    name,
    hint: key.key_name,
    status: key.blocked ? 'inactive' : 'active',
    project,
    ...toOwner(key, known),
    ownerAccess: null,
    createdAt: toInstant(key.created_at, left),
    lastUse: toLastUse(key, left),
    expiresAt: toInstant(key.expires, left),
    ...(key.team_id === OF_WINDOW ? { tool: 'LiteLLM window' } : {}),
  }
  const limits = toLimits({ id: `key:${key.token}`, project, key: name }, key, left)
  const models = toModels({ id: `key:${key.token}`, project, key: { token: key.token, name } }, key.models)
  return { id: key.token, facts: [fact, ...limits, ...models], left }
}

/**
 * A key may do what its user may, so that the key of a proxy admin administers the proxy, unless its routes are narrowed
 * to those that call models (docs.litellm.ai, access control and virtual keys).
 */
function administers({ user_id: user, team_id: team, allowed_routes: routes }: KeyRow, { users }: Known): boolean {
  if (user === null || team === OF_WINDOW || users.get(user)?.roleRaw !== 'proxy_admin') return false
  return (
    routes === null || routes.length === 0 || routes.some((route) => route === '*' || route.startsWith('management'))
  )
}

function toOwner({ user_id: user }: KeyRow, { users, whole }: Known): Pick<KeyFact, 'ownerState' | 'owner'> {
  if (user === null) return { ownerState: 'none', owner: null }
  const known = users.get(user)
  return {
    ownerState: known === undefined && whole ? 'none' : 'known',
    owner: { externalId: user, kind: 'user', name: known?.name ?? null, email: known?.email ?? null },
  }
}

/** Earlier proxies do not report the last use. Without one, a key that has spent was used before that was recorded. */
function toLastUse(key: KeyRow, left: Left[]): LastUse {
  if (key.last_active === undefined) return { state: 'not-reported' }
  if (key.last_active !== null) {
    const at = toInstant(key.last_active, left)
    return at === null ? { state: 'not-reported' } : { state: 'known', at }
  }
  return key.spend === 0 ? { state: 'never' } : { state: 'not-reported' }
}
