import { z } from 'zod'

import { LEVELS } from '../domain/role.ts'
import { flag, many, ofOne, search } from './filter.ts'
import {
  clientsField,
  count,
  day as dayField,
  findingsField,
  flagged,
  idField,
  instant as instantField,
  json,
  levelled,
  noun,
  own,
  text,
} from './noun.ts'
import { clientRef, day, findingMark, id, instant, level } from './values.ts'

/**
 * `active`, `invited` (nothing but pending invites), `removed` (holds nothing now). An expired invite does not make a
 * person.
 */
export const PERSON_STATUSES = ['active', 'invited', 'removed'] as const

export const personRow = z.object({
  personId: id,
  name: z.string(),
  email: z.string().nullable(),
  /** Clients in scope where this person holds anything. */
  clients: z.array(clientRef),
  connections: z.number().int(),
  /** Projects reached by any path. */
  projects: z.number().int(),
  /** The person's own keys. */
  keys: z.number().int(),
  /** The strongest level held anywhere in scope, organization or project. */
  level,
  /** True if one of their accounts administers something; an invite does not count yet. */
  privileged: z.boolean(),
  status: z.enum(PERSON_STATUSES),
  /** The last use of their accounts; null where none is reported, or a newer use is known of one whose provider reports only some. */
  lastUsedAt: instant.nullable(),
  /** The newest use that is known, where it is not the last one. */
  knownUseAt: instant.nullable(),
  lastReviewedOn: day.nullable(),
  /** Address outside every domain of the clients in scope and of the agency. */
  external: z.boolean(),
  /** They have left, as HR reports, whatever they still hold. */
  departed: z.boolean(),
  /** The open findings about their accounts, where a list or panel was asked for. */
  findings: findingMark.optional(),
})
export type PersonRow = z.infer<typeof personRow>

export const PEOPLE = noun(personRow, {
  id: 'people',
  title: 'People',
  one: 'person',
  many: 'people',
  about:
    'One row for each person over all connections: accounts with one e-mail address are one person, and _Possible duplicates_ has those that may be one.',
  none: 'people appear with the first sync, or with an imported register or CSV file.',
  fields: {
    personId: idField(),
    name: text('Name', { wide: 17, grow: 2, empty: 'No name', table: { flexible: true, keep: 18 } }),
    email: text('E-mail', { wide: 19, grow: 2, empty: 'Not known', table: { flexible: true } }),
    level: levelled('Highest access', { wide: 11, whole: true, table: { title: 'Level' } }),
    privileged: json(),
    status: own('Status', { wide: 13, whole: true, table: {} }),
    external: own('Domain', { wide: 11, whole: true, hidden: true, table: { title: 'External', optional: true } }),
    departed: flagged('Left', { table: {} }),
    clients: clientsField({ table: { flexible: true, keep: 17 } }),
    connections: count('Connections', { hidden: true }),
    projects: count('Projects', { table: { optional: true } }),
    keys: count('Keys', { table: { optional: true } }),
    lastUsedAt: instantField('Last used', { wide: 19, whole: true, table: { optional: true } }),
    knownUseAt: instantField(''),
    lastReviewedOn: dayField('Last review', {
      id: 'last-review',
      empty: 'Never',
      distant: true,
      table: { optional: true },
    }),
    findings: findingsField(),
  },
  columns: {
    name: 'as the provider reports it; a merged person has the name of the account that was kept.',
    email: 'the address that identifies the person. The panel has further ones.',
    level: 'the highest level of all roles that the person has, by any path.',
    status: 'active, invited, or removed; _Left_ means that an HR file or a mark reports that the person left.',
    clients: 'clients in whose organizations the person has an account.',
    findings: 'the highest severity and the number of open findings about the person.',
    projects: 'projects that a role of the person reaches.',
    keys: 'keys in the person’s name.',
    connections: 'organizations in which the person has an account.',
    lastUsedAt:
      'the last use of an account or a key of the person, where the provider reports it. One that reports only some of a person’s use (Anthropic: Claude Code) does not report the last use: where it is the newest use that is known, it is shown as that day _or later_.',
    lastReviewedOn: 'how long ago the access was last reviewed.',
    external: '_External_ when the address is in no domain of the clients in scope and of the agency.',
  },
  filters: {
    search: search('part of a name or an address'),
    connection: ofOne,
    project: ofOne,
    privileged: flag('only owners and admins'),
    external: flag('only addresses outside the clients’ domains'),
    departed: flag('only people who have left, by the personnel files'),
    level: many(LEVELS, { placeholder: '<level>', help: 'only this highest level' }),
    status: many(PERSON_STATUSES, { placeholder: '<status>', help: 'only this status' }),
  },
  sorts: ['name', 'email', 'level', 'projects', 'keys', 'last-used', 'last-review'],
})
export type PeopleFilter = z.input<typeof PEOPLE.filter>
