import { z } from 'zod'

import { only, search } from './filter.ts'
import {
  clientsField,
  count,
  day as dayField,
  drawn,
  flagged,
  idField,
  instant as instantField,
  levelled,
  noun,
  own,
  plain,
  status,
  text,
} from './noun.ts'
import { clientRef, day, id, instant, level } from './values.ts'

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

export const LEAVERS = noun(leaverRow, {
  id: 'leavers',
  title: 'Leavers',
  one: 'leaver',
  many: 'leavers',
  about: 'People who left and still have access, or whose access ended lately.',
  none: 'no one who left has access. Departures come from an HR file, or from _Mark as leaving…_ in a person’s panel.',
  fields: {
    personId: idField(),
    name: text('Name', { wide: 17, grow: 2, empty: 'No name', table: { flexible: true, keep: 16 } }),
    email: text('E-mail', { wide: 18, grow: 1, hidden: true, empty: 'Not known', table: { flexible: true } }),
    department: text('Department', { wide: 14, hidden: true, empty: 'Not reported' }),
    manager: text('Manager', { wide: 14, hidden: true, empty: 'Not reported' }),
    ...plain('jobTitle', 'contractor'),
    endsOn: dayField('Last day', { id: 'last-day', hidden: true, empty: 'Not reported', table: {} }),
    departedAt: instantField(''),
    hours: own('Left', { id: 'departed', wide: 14, whole: true, hidden: true, table: {} }),
    late: flagged('Late', { table: {} }),
    state: status('State', { id: 'pressing', wide: 15, table: {} }),
    says: drawn('What remains', { wide: 38, grow: 4 }),
    clients: clientsField({ table: { flexible: true } }),
    level: levelled('Highest role', { table: {} }),
    held: drawn('Remaining access', { wide: 21, grow: 1, hidden: true }),
    accounts: count('Accounts', { table: {} }),
    roles: count('Project roles', { table: {} }),
    keys: count('Keys', { table: {} }),
    invites: count('Invites', { table: {} }),
    sharedKeys: count('Shared keys', { id: 'shared', table: {} }),
    usedAfterAt: instantField('Used after leaving', { wide: 17, whole: true, hidden: true, table: {} }),
  },
  columns: {
    name: 'the person.',
    email: 'the address of the person.',
    state: 'has access, keys to rotate, or clear.',
    hours: 'how long ago. Access should end within 24 hours.',
    endsOn: 'the last day of employment, as HR reports it.',
    says: 'what they still have, in a sentence.',
    clients: 'clients in whose organizations it is.',
    held: 'accounts, invites and keys in their name.',
    sharedKeys: 'usable keys of others that they could have seen and that were not rotated since.',
    usedAfterAt: 'the last use of one of their accounts or keys after they left.',
    department: 'as HR reports it.',
    manager: 'as HR reports it.',
  },
  filters: {
    state: only(LEAVER_STATES, { placeholder: '<state>', help: 'only this state' }),
    search: search('part of a name or an address'),
  },
  sorts: ['pressing', 'name', 'departed'],
})
