import type { z } from 'zod'

import type { KeyFilter } from '../../../shared/contract/keys.ts'
import { dueFilter, type DueRow } from '../../../shared/contract/rotation.ts'
import { addDays, type Moment } from '../../../shared/domain/day.ts'
import type { Reader } from '../../register/db/handles.ts'
import { dueRows } from '../../register/keys/due-rows.ts'
import { keyIds } from '../../register/keys/keys.ts'
import { type Context, getReader, makeMoment } from '../core/context.ts'
import { answerEach } from '../core/implementer.ts'

/**
 * The rows of `rotation.due`, all of them one by one and each only with what a table shows, for a terminal. The register can be
 * written only after the last one. Throws as the operation does.
 */
export function streamDue(context: Context, input: z.input<typeof dueFilter>): Iterable<DueRow> {
  return answerEach(context, { operation: 'rotation.due', schema: dueFilter, input }, (asked) => {
    const { within, contact, ...filter } = asked
    const reader = getReader(context)
    const moment = makeMoment(context)
    const matching = matchingKeys(reader, filter, moment)
    const due = {
      client: filter.client,
      contact,
      until: within === undefined ? undefined : addDays(moment.today, within),
      among: matching === null ? undefined : [...matching],
    }
    return dueRows(reader, due, moment)
  })
}

/** The keys that match a filter; null where it has nothing but a client, which the index of due days knows itself. */
export function matchingKeys(reader: Reader, filter: KeyFilter, moment: Moment): ReadonlySet<number> | null {
  const { client: _, ...others } = filter
  if (Object.values(others).every((value) => value === undefined)) return null
  return new Set(keyIds(reader, { ...filter, sort: { by: 'due', direction: 'asc' } }, moment))
}
