import { z } from 'zod'

import type { Calls, Send } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import { raw } from '../kit/rows.ts'

const body = z.looseObject({ object: z.string().endsWith('spend_limit'), threshold_amount: raw })

/**
 * The one spend limit of an organization or project as rows: one, or none where no limit is set. OpenAI answers 404 for
 * "none set", except that it answers 404 with `unknown_url` where it does not have spend limits at all; the latter, and
 * a 404 that is not in OpenAI's own form (a proxy's), throws like any other failure.
 */
export async function spendLimitRows(calls: Calls, send: Send): Promise<readonly unknown[]> {
  try {
    const limit = body.safeParse(await calls.json(send, 'spend-limit'))
    if (!limit.success) throw new CallFailure('malformed', 'it is not a spend limit')
    const { threshold_amount: amount } = limit.data
    return amount === null || amount === undefined ? [] : [limit.data]
  } catch (error) {
    if (error instanceof CallFailure && error.status === 404 && error.fromProvider && error.code !== 'unknown_url') {
      return []
    }
    throw error
  }
}
