import { z } from 'zod'

import type { Access, Calls } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import { readLog } from '../kit/log.ts'
import type { Run } from '../kit/run.ts'
import type { Organization } from './client.ts'
import type { AnthropicLists } from './lists.ts'
import { activityReading } from './normalise/activity.ts'

const settings = z.object({ state: z.object({ type: z.string() }) })

const OFF =
  'Anthropic’s activity feed is off in this organization. Nothing is concluded from it; turn it on in the settings of the organization (Compliance API).'

/**
 * Reads the activity feed of an organization, unless its settings report that it is off. A key may see the feeds of several
 * organizations: without knowing which one is its own, nothing is read.
 */
export async function readActivities(
  run: Run,
  access: Access,
  of: { readonly api: Organization; readonly lists: AnthropicLists; readonly organization: string | null },
  signal: AbortSignal,
): Promise<void> {
  const log = {
    list: of.lists.activities,
    read: (row: unknown) => activityReading(row, of.organization),
    check: async (calls: Calls) => {
      run.builtOn(null, 'organization')
      await assertOn(calls, of.api)
    },
  }
  await readLog(run, access, log, signal)
}

/** A credential that may not read the settings may still read the feed. */
async function assertOn(calls: Calls, api: Organization): Promise<void> {
  let answer: unknown
  try {
    answer = await calls.json((options) => api.stable.complianceSettings.retrieve(options))
  } catch (error) {
    if (error instanceof CallFailure && error.status !== null && error.status < 500) return
    throw error
  }
  const read = settings.safeParse(answer)
  if (read.success && read.data.state.type === 'disabled') throw new CallFailure('unfounded', OFF)
}
