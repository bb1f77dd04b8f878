import { z } from 'zod'

import type { Calls } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import type { JsonApi } from '../kit/json-api.ts'

const list = z.object({ teamMembers: z.array(z.unknown()) })

/** All members of the team: one answer holds them. */
export async function readMembers(calls: Calls, api: JsonApi): Promise<readonly unknown[]> {
  const parsed = list.safeParse(await calls.json((options) => api.get('/teams/members', {}, options), 'members'))
  if (!parsed.success) throw new CallFailure('malformed', 'it holds no list under "teamMembers"')
  return parsed.data.teamMembers
}
