import { z } from 'zod'

import { counted } from '../../../shared/domain/counted.ts'
import type { Calls } from '../kit/calls.ts'
import { AddressRefused, CallFailure } from '../kit/errors.ts'
import { toPath } from '../kit/json-api.ts'
import { readList } from '../kit/list.ts'
import { parseRow, text } from '../kit/rows.ts'
import type { Reading } from '../kit/tally.ts'
import type { GitHub } from './client.ts'
import { gitHubLists } from './lists.ts'

const loginRow = z.object({ login: z.string().min(1) })
const organizationRow = z.object({ id: z.union([z.number().int(), z.string().min(1)]), login: text, name: text })

/**
 * The login of the organization of a connection: the one that its address names, else the only one that the token sees.
 * Throws `AddressRefused` where the token sees several, or none.
 */
export async function findOrganization(calls: Calls, api: GitHub): Promise<string> {
  if (api.organization !== null) return api.organization
  const seen = new Set<string>()
  await readList(calls, gitHubLists(api).organizations(), (rows) => {
    const before = seen.size
    for (const row of rows) {
      const login = parseRow(loginRow, row)?.login
      if (login !== undefined) seen.add(login)
    }
    return seen.size - before
  })
  const [only] = seen
  if (only !== undefined && seen.size === 1) return only
  const found = only === undefined ? 'no organization' : counted(seen.size, 'organization')
  throw new AddressRefused(
    `This GitHub token sees ${found}. Set the base URL of the connection to https://api.github.com/orgs/NAME, with the name of the organization, then sync again.`,
  )
}

/** The organization itself. Throws `CallFailure` for an answer that is about none. */
export async function readOrganization(calls: Calls, api: GitHub, login: string): Promise<Reading> {
  const found = parseRow(organizationRow, await calls.json((options) => api.get(toPath`/orgs/${login}`, {}, options)))
  if (found === null) throw new CallFailure('malformed', 'it is about no organization')
  const externalId = String(found.id)
  return { id: externalId, facts: [{ type: 'organization', externalId, name: found.name ?? found.login }], left: [] }
}
