import { z } from 'zod'

import { REMEDY_STATES } from '../domain/remediation/remediation.ts'
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
  sliceShape,
  sortBy,
} from './common.ts'
import { remediationAction, remediationSubject, remediationValues } from './remediation.ts'

/**
 * `holds`: they still have an account, key or invite. `shared`: they have none, but keys that they could have seen are
 * not rotated yet. `clear`: nothing is left to do.
 */
export const LEAVER_STATES = ['holds', 'shared', 'clear'] as const
export const leaverState = z.enum(LEAVER_STATES)
export type LeaverState = z.infer<typeof leaverState>

export const leaverRow = z.object({
  personId: id,
  name: z.string(),
  email: z.string().nullable(),
  department: z.string().nullable(),
  manager: z.string().nullable(),
  jobTitle: z.string().nullable(),
  contractor: z.boolean(),
  /** The last day, where HR reported one. */
  endsOn: day.nullable(),
  /** From when they count as leavers: the end of the last day, else when a file first reported the departure. */
  departedAt: instant,
  /** Whole hours since. */
  hours: z.number().int(),
  /** 24 hours or more have passed and they still have an account, key or invite. */
  late: z.boolean(),
  state: leaverState,
  /** Clients where something is left to do. */
  clients: z.array(clientRef),
  /** The highest role that they still have, and in how many clients they have it; null where they have none. */
  level: level.nullable(),
  levelClients: z.number().int(),
  /** Current accounts, roles on projects, their usable personal keys, and invites that are not expired. */
  accounts: z.number().int(),
  roles: z.number().int(),
  keys: z.number().int(),
  invites: z.number().int(),
  /** Usable keys of others or of service accounts that they could have seen and that were not rotated since. */
  sharedKeys: z.number().int(),
  /** The last use of one of their accounts or keys, if it was after the departure. */
  usedAfterAt: instant.nullable(),
  /** The last use of one of their own keys, at any time. */
  keyUsedAt: instant.nullable(),
})
export type LeaverRow = z.infer<typeof leaverRow>

export const LEAVER_SORTS = ['pressing', 'name', 'departed'] as const

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
  listed: z.object({ remediationId: id, state: z.enum(REMEDY_STATES) }).nullable(),
})
export type LeaverItem = z.infer<typeof leaverItem>

export const leaverDetail = z.object({
  row: leaverRow,
  /** What they hold first, then shared keys. */
  items: z.array(leaverItem),
  /** The number of items that are not listed. */
  more: z.number().int(),
})
export type LeaverDetail = z.infer<typeof leaverDetail>

const person = z.object({ ...scopeShape, personId: id })

/** Leavers are people who have left, as HR reports. Archived clients are in every scope that names none. */
export const leaversTextInput = person.partial({ personId: true })

export const leaversContract = {
  list: operation
    .input(
      z.object({
        ...scopeShape,
        state: leaverState.optional(),
        search: z.string().max(200).optional(),
        sort: sortBy(LEAVER_SORTS),
        ...sliceShape,
      }),
    )
    .output(
      readSlice(leaverRow).extend({
        /** Whether HR reports on anyone in scope; where it does not, it is unknown who has left. */
        reported: z.boolean(),
      }),
    ),
  get: operation.input(person).output(leaverDetail),
  /** A Markdown document about one leaver, or about all for whom something is left to do. */
  report: operation.input(leaversTextInput).output(z.object({ text: z.string() })),
}
