import { z } from 'zod'

import { REMEDY_STATES } from '../../../shared/domain/remediation/remediation.ts'
import type { Reader } from '../db/handles.ts'

/** An undo follows what it undoes: so many rows of the audit log are searched, the newest first. */
const MOST_ROWS = 20_000

/** What an item was before a person marked it as done, by which that is undone. */
const beforeMark = z.object({
  before: z.enum(REMEDY_STATES),
  outcome: z.string().nullable(),
  endedAt: z.number().nullable(),
})
export type BeforeMark = z.infer<typeof beforeMark>

/**
 * What an item was before it was marked as done; null where that was not the last that happened to it, or is not among
 * the newest rows of the audit log.
 */
export function readMark(reader: Reader, remediationId: number): BeforeMark | null {
  const last = reader.get<{ readonly action: string; readonly body: string }>(
    `SELECT j.action, j.body FROM journal j
     WHERE j.seq > (SELECT max(seq) FROM journal) - :rows AND j.action LIKE 'remedy.%' AND j.body ->> '$.remedy' = :id
     ORDER BY j.seq DESC LIMIT 1`,
    { rows: MOST_ROWS, id: remediationId },
  )
  if (last?.action !== 'remedy.done-by-hand') return null
  const parsed = beforeMark.safeParse(JSON.parse(last.body))
  return parsed.success ? parsed.data : null
}
