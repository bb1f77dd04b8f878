import { z } from 'zod'

import type { Calls } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import type { JsonApi } from '../kit/json-api.ts'
import type { NumberedList, NumberedPage } from '../kit/numbered.ts'
import { withRoutes } from '../kit/list.ts'
import { describeReach, isAdmin, notOffered, seesAll, type Caller } from './caller.ts'

/** The documented maximum. */
const PAGE = 100

const count = z.number().int().nonnegative().nullish().catch(null)
const users = z.object({ users: z.array(z.unknown()), total: count })
const keys = z.object({ keys: z.array(z.unknown()), total_count: count })
const rows = z.array(z.unknown())
const credentials = z.object({ credentials: rows })

/** Earlier proxies do not report the number of rows: the list ends with a page that is not full. */
function toPage(found: readonly unknown[], total: number | null | undefined): NumberedPage {
  return { rows: found, count: total ?? null, more: null }
}

/** The lists that come in pages. `size`: rows of a page. */
export function liteLlmLists(api: JsonApi, size = PAGE) {
  return withRoutes({
    users: (): NumberedList => ({
      size,
      countsRows: true,
      // By default, users that were created together have no order, so that they change places between pages.
      ask: (page, options) =>
        api.get('/user/list', { page, page_size: size, sort_by: 'user_id', sort_order: 'asc' }, options),
      open: (body) => {
        const { data } = users.safeParse(body)
        return data === undefined ? null : toPage(data.users, data.total)
      },
    }),
    keys: (): NumberedList => ({
      size,
      countsRows: true,
      // The proxy narrows the list to those of the caller's teams if it is asked to include keys of teams.
      ask: (page, options) => api.get('/key/list', { page, size, return_full_object: true }, options),
      open: (body) => {
        const { data } = keys.safeParse(body)
        return data === undefined ? null : toPage(data.keys, data.total_count)
      },
    }),
  })
}

/** The teams: one answer holds all. Anyone but an admin or viewer is answered 401, except about the own ones. */
export async function readTeams(calls: Calls, api: JsonApi, caller: Caller): Promise<readonly unknown[]> {
  if (seesAll(caller)) return readRows(calls, api, '/team/list')
  if (caller.user === null) throw new CallFailure('partial', describeReach(caller))
  return readRows(calls, api, '/team/list', { user_id: caller.user })
}

const WITHOUT_LICENCE = /enterprise|licen[cs]e/iu

/**
 * The organizations of the proxy: one answer holds all, for an admin. Anyone else is answered 200 for the own ones alone.
 * Throws `CallFailure` of kind `unfounded` where they are not offered to the role, and where the proxy has no licence for
 * organizations, so that it has none: it refuses that in the words of a missing permission.
 */
export async function readOrganizations(calls: Calls, api: JsonApi, caller: Caller): Promise<readonly unknown[]> {
  try {
    const found = await readRows(calls, api, '/organization/list')
    if (seesAll(caller) && !isAdmin(caller)) throw notOffered('organizations and their admins')
    return found
  } catch (error) {
    const said = error instanceof CallFailure && error.status === 403 ? error.said : null
    if (said === null || !WITHOUT_LICENCE.test(said)) throw error
    throw new CallFailure(
      'unfounded',
      `This proxy has no organizations, since it has no licence for them (LiteLLM: ${said}).`,
    )
  }
}

/**
 * The credentials of model providers that are deposited in the proxy: one answer holds all. Throws `CallFailure` of kind
 * `unfounded` where they are not offered to the role, and does not ask for anyone else.
 */
export async function readCredentials(calls: Calls, api: JsonApi, caller: Caller): Promise<readonly unknown[]> {
  if (!seesAll(caller)) throw new CallFailure('partial', describeReach(caller))
  try {
    const { data } = credentials.safeParse(
      await calls.json((options) => api.get('/credentials', {}, options), 'credentials'),
    )
    if (data === undefined) throw new CallFailure('malformed', 'it holds no list under "credentials"')
    return data.credentials
  } catch (error) {
    const isRefused = error instanceof CallFailure && error.status === 403
    throw isRefused && seesAll(caller) && !isAdmin(caller) ? notOffered('deposited credentials') : error
  }
}

/**
 * The budgets that keys share by their ids: one answer holds all. Throws `CallFailure` of kind `unfounded` where they are not
 * offered to the role, and does not ask for anyone but an admin.
 */
export async function readBudgets(calls: Calls, api: JsonApi, caller: Caller): Promise<readonly unknown[]> {
  if (!seesAll(caller)) throw new CallFailure('partial', describeReach(caller))
  if (!isAdmin(caller)) throw notOffered('budgets that keys share')
  return readRows(calls, api, '/budget/list')
}

async function readRows(
  calls: Calls,
  api: JsonApi,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly unknown[]> {
  const { data } = rows.safeParse(await calls.json((options) => api.get(path, query, options), path))
  if (data === undefined) throw new CallFailure('malformed', 'it is not a list')
  return data
}
