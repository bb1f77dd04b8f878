import { z } from 'zod'

import type { SourceName } from '../../../shared/domain/source.ts'
import type { Calls } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import type { JsonApi } from '../kit/json-api.ts'
import type { Reach } from '../kit/reach.ts'
import { optionalId, part, word } from '../kit/rows.ts'
import { refusesCredential } from '../kit/outcome.ts'

/**
 * Who a credential of a proxy is: the role of its user, which decides how much of each list the proxy shows. Null where the
 * proxy does not report it.
 */
export interface Caller {
  readonly role: string | null
  readonly user: string | null
}

export const UNKNOWN_CALLER: Caller = { role: null, user: null }

const ADMIN = 'proxy_admin'
const VIEWER = 'proxy_admin_viewer'

const ownKey = z.object({ info: z.object({ user_id: optionalId }) })
const ownUser = z.object({ user_info: part(z.object({ user_role: word })) })

/**
 * Reads who the credential is: its own key, then the user of that. Throws `CallFailure` where the proxy cannot be asked at
 * present.
 */
export async function readCaller(calls: Calls, api: JsonApi): Promise<Caller> {
  const own = await ask(calls, '/key/info', api)
  if (own === NO_ROW) return (await isMaster(calls, api)) ? { role: ADMIN, user: null } : UNKNOWN_CALLER
  const user = ownKey.safeParse(own).data?.info.user_id ?? null
  if (user === null) return UNKNOWN_CALLER
  const found = ownUser.safeParse(await ask(calls, '/user/info', api, { user_id: user }))
  return { role: found.data?.user_info?.user_role ?? null, user }
}

const NO_ROW = Symbol('no row of the key')

/**
 * The master key is in no table, but neither is a session, a token of a single sign-on or a key that was deleted a moment ago: only
 * an answer that the proxy gives to its admins distinguishes it from these.
 */
async function isMaster(calls: Calls, api: JsonApi): Promise<boolean> {
  return Array.isArray(await ask(calls, '/budget/list', api))
}

async function ask(calls: Calls, path: string, api: JsonApi, query: Record<string, string> = {}): Promise<unknown> {
  try {
    return await calls.json((options) => api.get(path, query, options), path)
  } catch (error) {
    if (!(error instanceof CallFailure) || error.status === null || error.passing || refusesCredential(error))
      throw error
    return path === '/key/info' && error.status === 404 && /key not found/iu.test(error.said ?? '') ? NO_ROW : null
  }
}

/** True if the proxy shows all users, teams, keys and spend to the caller. */
export function seesAll({ role }: Caller): boolean {
  return role === ADMIN || role === VIEWER
}

/** True if the caller administers the proxy, so that nothing is kept from it. */
export function isAdmin({ role }: Caller): boolean {
  return role === ADMIN
}

const BETTER = `Earlier data is kept. Use a key of a ${VIEWER} or ${ADMIN}.`

/** Why a caller that does not see all does not see all of something. */
export function describeReach({ role }: Caller): string {
  return role === null
    ? `The role of this key could not be read, so that the proxy may show it only some rows. ${BETTER}`
    : `The proxy shows a key of the role ${role} only some rows. ${BETTER}`
}

const LISTS: readonly SourceName[] = ['users', 'projects', 'keys', 'organization', 'deposited-keys', 'shared-budgets']

/** Which lists the caller sees in part. A list hidden from a viewer is not offered to its role (`notOffered`). */
export function toReach(caller: Caller): Reach {
  const reason = describeReach(caller)
  const partial = seesAll(caller) ? {} : Object.fromEntries(LISTS.map((list) => [list, reason]))
  return { partial }
}

/** Why a viewer lacks something that the proxy does not offer to its role; no other key of that role would read it. */
export function notOffered(what: string): CallFailure {
  return new CallFailure(
    'unfounded',
    `LiteLLM does not offer ${what} to the role ${VIEWER}: nothing is concluded about them. A key of a ${ADMIN} reads them.`,
  )
}
