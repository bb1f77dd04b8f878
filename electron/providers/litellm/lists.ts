import { z } from 'zod'

import type { Calls } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import type { JsonApi } from '../kit/json-api.ts'
import type { NumberedList, NumberedPage } from '../kit/numbered.ts'
import { withRoutes } from '../kit/routes.ts'

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
      ask: (page, options) => api.get('/user/list', { page, page_size: size }, options),
      open: (body) => {
        const { data } = users.safeParse(body)
        return data === undefined ? null : toPage(data.users, data.total)
      },
    }),
    keys: (): NumberedList => ({
      size,
      countsRows: true,
      ask: (page, options) =>
        api.get('/key/list', { page, size, return_full_object: true, include_team_keys: true }, options),
      open: (body) => {
        const { data } = keys.safeParse(body)
        return data === undefined ? null : toPage(data.keys, data.total_count)
      },
    }),
  })
}

/** The teams: one answer holds all. */
export const readTeams = (calls: Calls, api: JsonApi): Promise<readonly unknown[]> => readRows(calls, api, '/team/list')

const WITHOUT_LICENCE = /enterprise|licen[cs]e/iu

/**
 * The organizations of the proxy: one answer holds all. Throws `CallFailure` of kind `unfounded` where the proxy has no
 * licence for organizations, so that it has none: it refuses that in the words of a missing permission.
 */
export async function readOrganizations(calls: Calls, api: JsonApi): Promise<readonly unknown[]> {
  try {
    return await readRows(calls, api, '/organization/list')
  } catch (error) {
    const said = error instanceof CallFailure && error.status === 403 ? error.said : null
    if (said === null || !WITHOUT_LICENCE.test(said)) throw error
    throw new CallFailure(
      'unfounded',
      `This proxy has no organizations, since it has no licence for them (LiteLLM: ${said}).`,
    )
  }
}

/** The credentials of model providers that are deposited in the proxy: one answer holds all. */
export async function readCredentials(calls: Calls, api: JsonApi): Promise<readonly unknown[]> {
  const { data } = credentials.safeParse(
    await calls.json((options) => api.get('/credentials', {}, options), 'credentials'),
  )
  if (data === undefined) throw new CallFailure('malformed', 'it holds no list under "credentials"')
  return data.credentials
}

async function readRows(calls: Calls, api: JsonApi, path: string): Promise<readonly unknown[]> {
  const { data } = rows.safeParse(await calls.json((options) => api.get(path, {}, options), path))
  if (data === undefined) throw new CallFailure('malformed', 'it is not a list')
  return data
}
