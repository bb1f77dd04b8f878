import { z } from 'zod'

import { REMEDIATION_STATES } from '../domain/remediation/remediation.ts'
import {
  clientRef,
  connectionRef,
  day,
  id,
  instant,
  level,
  operation,
  scopeShape,
  readSlice,
  listInput,
} from './common.ts'
import { LEAVERS, leaverRow } from '../nouns/leavers.ts'
import { remediationAction, remediationSubject, remediationValues } from './remediation.ts'

export { LEAVER_STATES } from '../nouns/leavers.ts'
export type { LeaverRow, LeaverState } from '../nouns/leavers.ts'

/** Remaining access of a leaver. */
export const leaverItem = z.object({
  /** Stable while the register does not change; use it only as a key for rows. */
  rowKey: z.string(),
  /** `account`: a membership of an organization. `role`: on a project. `shared-key`: not their own, to be rotated. */
  kind: z.enum(['account', 'key', 'invite', 'role', 'shared-key']),
  /** Of the principal or key. */
  id,
  name: z.string(),
  client: clientRef,
  connection: connectionRef,
  project: z.object({ id, name: z.string() }).nullable(),
  role: z.string().nullable(),
  level: level.nullable(),
  /** Why it is listed, in a sentence. */
  says: z.string(),
  lastUsedAt: instant.nullable(),
  /** Of an account whose provider reports only some of its use: the newest use that is known. */
  knownUseAt: instant.nullable(),
  /** Of a key: environment, team and purpose; null where none is known. */
  service: z.string().nullable(),
  /** Of a key: the day on which it is to be rotated. */
  dueOn: day.nullable(),
  /** The change that would end it, for the remediation list; null if it ends with another item. */
  remediation: z
    .object({ action: remediationAction, subject: remediationSubject.omit({ name: true }), values: remediationValues })
    .nullable(),
  /** Set while that change is on the remediation list. */
  listed: z.object({ remediationId: id, state: z.enum(REMEDIATION_STATES) }).nullable(),
})
export type LeaverItem = z.infer<typeof leaverItem>

export const leaverDetail = z.object({
  row: leaverRow,
  /** The things that they hold first, then shared keys. */
  items: z.array(leaverItem),
  /** The number of items that are not listed. */
  more: z.number().int(),
})
export type LeaverDetail = z.infer<typeof leaverDetail>

const person = z.object({ ...scopeShape, personId: id })

/** Leavers are people who have left, as HR reports. Archived clients are in every scope that names none. */
export const leaversTextInput = person.partial({ personId: true })

export const leaversContract = {
  list: operation.input(listInput(LEAVERS)).output(
    readSlice(leaverRow).extend({
      /** True if HR reports on anyone in scope; where it does not, it is unknown who has left. */
      reported: z.boolean(),
    }),
  ),
  get: operation.input(person).output(leaverDetail),
  /** A Markdown document about one leaver, or about all for whom something is left to do. */
  report: operation.input(leaversTextInput).output(z.object({ text: z.string() })),
}
