import { z } from 'zod'

import { REMEDIATION_STATES } from '../../../shared/domain/remediation/remediation.ts'
import type { Reader } from '../db/handles.ts'

/** An undo follows what it undoes: so many rows of the audit log are searched, the newest first. */
const MOST_ROWS = 20_000

/** The state of an item before a person marked it as done, by which that is undone. */
const markBody = z.object({
  previous: z.object({
    state: z.enum(REMEDIATION_STATES).exclude(['sending']),
    outcome: z.string().nullable(),
    endedAt: z.number().nullable(),
  }),
})
export type BeforeMark = z.infer<typeof markBody>['previous']

/**
 * The states of items before they were marked as done, by their ids; left out is one to which something happened since,
 * or whose mark is not among the newest rows of the audit log. One statement, whatever their number.
 */
export function readMarks(reader: Reader, remediations: readonly number[]): ReadonlyMap<number, BeforeMark> {
  const last = reader.all<{ readonly id: number; readonly action: string; readonly body: string }>(
    `SELECT j.body ->> '$.remediation' AS id, j.action, j.body, max(j.seq) FROM journal j
     WHERE j.seq > (SELECT max(seq) FROM journal) - :rows AND j.action LIKE 'remediation.%'
       AND j.body ->> '$.remediation' IN (SELECT value FROM json_each(:ids))
     GROUP BY id`,
    { rows: MOST_ROWS, ids: JSON.stringify(remediations) },
  )
  return new Map(
    last.flatMap(({ id, action, body }) => {
      if (action !== 'remediation.done-by-hand') return []
      const parsed = markBody.safeParse(JSON.parse(body))
      return parsed.success ? [[id, parsed.data.previous] as const] : []
    }),
  )
}
