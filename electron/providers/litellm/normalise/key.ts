import { z } from 'zod'

import type {
  GrantFact,
  KeyFact,
  KeyKind,
  LastUse,
  PrincipalFact,
  ProjectFact,
} from '../../../../shared/domain/facts.ts'
import { roleWords } from '../../../../shared/domain/providers/roles.ts'
import { projectGrant } from '../../kit/grants.ts'
import { flag, id, optionalId, parseRow, part, raw, text, words, toExpiry, toInstant } from '../../kit/rows.ts'
import { stub } from '../../kit/stub.ts'
import { UNREADABLE, type Omission, type Reading } from '../../kit/tally.ts'
import { besideOwn, limitFields, toLimits, type Budgets } from './limit.ts'
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
  budget_id: optionalId,
  models: words,
  metadata: part(z.object({ service_account_id: optionalId })).catch(null),
  created_at: raw,
  last_rotation_at: raw,
  expires: raw,
  last_active: raw,
  ...limitFields,
})

type KeyRow = z.output<typeof keyRow>

/** The team of the keys with which the proxy's own window works for those who sign in there; they live a day. */
const OF_WINDOW = 'litellm-dashboard'

/** The facts that explain the row of a key. */
export interface KeyContext extends Users {
  readonly teams: ReadonlyMap<string, ProjectFact>
  /** True if these are all teams, so that one that is not among them was deleted. */
  readonly teamsWhole: boolean
}

/** One virtual key, by the hash that the proxy keeps of it, its service account, and its own limits. */
export function keyReading(row: unknown, known: KeyContext): Reading {
  const key = parseRow(keyRow, row)
  if (key === null) return UNREADABLE
  const left: Omission[] = []
  const { project, name } = toPlace(key, known)
  const account = toServiceAccount(key, known)
  const fact: KeyFact = {
    type: 'key',
    externalId: key.token,
    kind: isUnread(key, known) ? 'unknown' : toKind(key, known),
    name,
    hint: key.key_name,
    status: key.blocked ? 'inactive' : 'active',
    project,
    ...toOwner(key, account, known),
    ownerAccess: null,
    createdAt: toInstant(key, 'created_at', left),
    ...toRotation(key, left),
    lastUse: toLastUse(key, left),
    expiresAt: toExpiry(key, 'expires', left),
    ...(key.team_id === OF_WINDOW ? { tool: 'LiteLLM window' } : {}),
    ...toPermissions(key),
  }
  const limits = toLimits({ id: `key:${key.token}`, project, key: name }, key, left)
  const models = toModels({ id: `key:${key.token}`, project, key: { token: key.token, name } }, key.models)
  return { id: key.token, facts: [...account, fact, ...limits, ...models], left }
}

/** True if a row is of a key that shares a budget. */
export function sharesBudget(row: unknown): boolean {
  return parseRow(sharingRow, row) !== null
}

const sharingRow = z.object({ budget_id: id })

/** The limit that stops a key by the budget that it shares. */
export function sharedLimitReading(row: unknown, known: KeyContext, budgets: Budgets): Reading {
  const key = parseRow(keyRow, row)
  if (key === null) return UNREADABLE
  const budget = budgets.get(key.budget_id ?? '')
  if (budget === undefined) return { id: key.token, facts: [], left: ['A key whose shared budget could not be read.'] }
  const left: Omission[] = []
  const { project, name } = toPlace(key, known)
  return {
    id: key.token,
    facts: toLimits({ id: `key:${key.token}`, project, key: name }, besideOwn(budget, key), left),
    left,
  }
}

/** The proxy's window calls a key without a list of routes one for all APIs. */
function toPermissions({ allowed_routes: routes }: KeyRow): Pick<KeyFact, 'permissions'> {
  if (routes === null) return {}
  return { permissions: routes.length === 0 ? 'All APIs' : routes.toSorted().join(', ') }
}

function toPlace(
  { key_alias: alias, key_name: hint, token, team_id: team }: KeyRow,
  { teams, teamsWhole }: KeyContext,
): { readonly project: string | null; readonly name: string } {
  const isTeam = team !== null && team !== OF_WINDOW && (teams.has(team) || !teamsWhole)
  return { project: isTeam ? team : null, name: alias ?? hint ?? token }
}

/** True if the user of a key, or the team that it belongs to, could not be read: what is known of whose it is then stays. */
function isUnread({ user_id: user, team_id: team }: KeyRow, { users, whole, teams, teamsWhole }: KeyContext): boolean {
  if (user !== null) return !whole && !users.has(user)
  return team !== null && !teamsWhole && !teams.has(team)
}

/**
 * A key of a team without a user: the proxy calls it a service account, which belongs to the team and outlives its
 * creator (docs.litellm.ai, service accounts). One that has no name of its own goes by the team.
 */
function toServiceAccount(
  { user_id: user, team_id: team, metadata }: KeyRow,
  { teams }: KeyContext,
): readonly (PrincipalFact | GrantFact)[] {
  const project = team === null || user !== null ? undefined : teams.get(team)
  if (project === undefined) return []
  const { externalId: place } = project
  const given = metadata?.service_account_id ?? null
  const externalId = given === null ? `team:${place}` : `service-account:${place}:${given}`
  return [
    stub({ externalId, kind: 'service-account', name: given ?? project.name, email: null }),
    projectGrant('litellm', place, { principal: externalId, roleRaw: SERVICE_ACCOUNT, grantedAt: null }),
  ]
}

/** A key of a team may call the models that the team permits. */
const SERVICE_ACCOUNT = 'user'

/** Groups of routes, and the beginnings of routes, that call models and do nothing else. */
const MODEL_GROUPS: ReadonlySet<string> = new Set([
  'llm_api_routes',
  'openai_routes',
  'anthropic_routes',
  'google_routes',
  'litellm_native_routes',
  'mapped_pass_through_routes',
  'passthrough_routes_wildcard',
  'apply_guardrail_routes',
])
const MODEL_ROUTE =
  /^(?:\/v\d(?:beta)?)?\/(?:chat\/completions|completions|embeddings|images|videos|audio|moderations|batches|files|fine_tuning|assistants|threads|models|rerank|realtime|responses|messages|vector_stores|search|ocr|containers|rag|interactions|utils\/token_counter|engines\/[^/]+|openai\/deployments\/[^/]+)(?:[/:?*]|$)/u

/**
 * A key may do what its user may, so that the key of a proxy admin administers the proxy, unless every route that it is
 * narrowed to calls models (docs.litellm.ai, access control and virtual keys). The rights of a role of the operator's
 * own are in no list, so that it is not known whether a key of such a user administers.
 */
function toKind({ user_id: user, team_id: team, allowed_routes: routes }: KeyRow, { users }: KeyContext): KeyKind {
  if (user === null || team === OF_WINDOW) return 'project'
  if (routes !== null && routes.length > 0 && routes.every(isModelRoute)) return 'project'
  const role = users.get(user)?.roleRaw ?? null
  if (role === 'proxy_admin') return 'admin'
  return role === null || ROLES.includes(role) ? 'project' : 'unknown'
}

const ROLES = roleWords('litellm', 'organization')

function isModelRoute(route: string): boolean {
  return MODEL_GROUPS.has(route) || MODEL_ROUTE.test(route)
}

/** The user by whom the proxy names itself: a key that was made with the master key belongs to the proxy. */
const PROXY = 'default_user_id'

/** A user whom a list that was read to its end does not contain was deleted: the register concludes that. */
function toOwner(
  key: KeyRow,
  [account]: readonly (PrincipalFact | GrantFact)[],
  known: KeyContext,
): Pick<KeyFact, 'ownerState' | 'owner'> {
  if (account?.type === 'principal') {
    const { externalId, name } = account
    return { ownerState: 'known', owner: { externalId, kind: 'service-account', name, email: null } }
  }
  const { user_id: user } = key
  const owner = user === null ? undefined : known.users.get(user)
  if (user === null || (user === PROXY && owner === undefined)) {
    return { ownerState: isUnread(key, known) ? 'unknown' : 'none', owner: null }
  }
  return {
    ownerState: 'known',
    owner: { externalId: user, kind: 'user', name: owner?.name ?? null, email: owner?.email ?? null },
  }
}

/** The proxy replaces the token of the same row: the key keeps its creation (its key rotation manager). */
function toRotation(key: KeyRow, left: Omission[]): Pick<KeyFact, 'rotatedAt'> {
  const rotatedAt = toInstant(key, 'last_rotation_at', left)
  return rotatedAt === null ? {} : { rotatedAt }
}

/** Earlier proxies do not report the last use. Without one, a key that has spent was used before that was recorded. */
function toLastUse(key: KeyRow, left: Omission[]): LastUse {
  if (key.last_active === undefined) return { state: 'not-reported' }
  if (key.last_active !== null) {
    const at = toInstant(key, 'last_active', left)
    return at === null ? { state: 'not-reported' } : { state: 'known', at }
  }
  return key.spend === 0 ? { state: 'never' } : { state: 'not-reported' }
}
