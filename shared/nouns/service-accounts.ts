import { z } from 'zod'

import { CREDENTIALS, credentialLifetime } from '../domain/access/credential.ts'
import { getDay } from '../domain/day.ts'
import { flag, many, ofOne, search } from './filter.ts'
import {
  clientField,
  code,
  connectionFields,
  findingsField,
  idField,
  instant as instantField,
  json,
  levelled,
  noun,
  plain,
  providerField,
  text,
  texts,
} from './noun.ts'
import { clientRef, connectionRef, findingMark, id, instant, level } from './values.ts'

/** One line of the roster of non-human identities. */
export const serviceAccountRow = z.object({
  principalId: id,
  client: clientRef,
  connection: connectionRef,
  externalId: z.string(),
  name: z.string().nullable(),
  status: z.string(),
  /** Its strongest role, and where it holds any. */
  level: level.nullable(),
  places: z.array(z.string()),
  /** Who is asked about it, and what it is for: of its keys. */
  contacts: z.array(z.string()),
  purposes: z.array(z.string()),
  credential: z.enum(CREDENTIALS),
  /** Usable keys, those of them without an end, those whose end is not reported, and the earliest end of the others. */
  keys: z.number().int(),
  endless: z.number().int(),
  endsUnknown: z.number().int(),
  keyEndsAt: instant.nullable(),
  /** When the newest of its usable keys was created. */
  rotatedAt: instant.nullable(),
  /** The longest life of a token, in seconds, where an active federation rule reports one. */
  tokenSeconds: z.number().int().nullable(),
  lastUsedAt: instant.nullable(),
  /** The dependants: its keys by name, and workloads in words. */
  dependants: z.array(z.string()),
  findings: findingMark.optional(),
})
export type ServiceAccountRow = z.infer<typeof serviceAccountRow>

export const SERVICE_ACCOUNTS = noun(serviceAccountRow, {
  id: 'service-accounts',
  title: 'Service accounts',
  one: 'service account',
  many: 'service accounts',
  about:
    'The roster of non-human identities: one row for each service account that a provider lists. What it is for and who is asked come from its keys; _Export_ writes the roster as Markdown or CSV.',
  none: 'the organizations have no service accounts, or the credential may not read them.',
  fields: {
    principalId: idField(),
    client: clientField({ wide: 14 }),
    ...connectionFields({ wide: 20, hidden: true }, 'provider-connection'),
    provider: providerField(),
    externalId: code('Account id', { id: 'id', wide: 20, hidden: true }),
    name: text('Account', { wide: 18, grow: 1, table: { flexible: true } }),
    status: text('Status', { wide: 10, hidden: true }),
    level: levelled('Highest access', { wide: 14, hidden: true, empty: 'None' }),
    places: texts('Reaches', { wide: 20, hidden: true, empty: 'Nothing' }),
    owner: texts('Owner', { wide: 13, grow: 1, empty: 'No contact', table: { flexible: true } }, (row) => row.contacts),
    purpose: texts(
      'Purpose',
      { wide: 14, grow: 1, empty: 'Not known', table: { flexible: true } },
      (row) => row.purposes,
    ),
    credential: text('Credential', { wide: 19, table: {} }),
    ...plain('keys', 'endless', 'endsUnknown'),
    keyEndsAt: instantField(''),
    rotatedAt: instantField('Last rotation', { empty: 'None', table: {} }),
    lifetime: text('Lifetime', { wide: 22, table: { flexible: true } }, (row) => credentialLifetime(row, getDay)),
    tokenSeconds: json(),
    lastUsedAt: instantField('Last used', { id: 'used', hidden: true, empty: 'Not reported' }),
    dependants: texts('Dependants', { wide: 24, grow: 2, empty: 'None known', table: { flexible: true } }),
    findings: findingsField(),
  },
  columns: {
    name: 'the name of the account, else its id.',
    client: 'the client whose organization has the account.',
    owner: 'the contacts of its keys; reminders name them.',
    purpose: 'what its keys are for: set in their panels, or read from their names.',
    credential: 'usable keys, federation rules, or both.',
    rotatedAt: 'when the newest of its usable keys was created.',
    lifetime:
      'keys without an end, else those whose end a file does not have, else the day on which the first key ends, else how long a token lives.',
    findings: 'the highest severity and the number of open findings about the account.',
    dependants:
      'what stops when the account is deleted: programs by the names of their keys, and workloads that act as it by federation.',
    level: 'its strongest role by any path.',
    places: 'the projects where it has a role; _Organization_ for the whole organization.',
    lastUsedAt: 'the last use of the account or its keys, where the provider reports it.',
    connection: 'the organization that it was read from.',
    status: 'the provider’s own word.',
    externalId: 'the provider’s id of the account.',
  },
  filters: {
    search: search('part of the name or the id of an account'),
    connection: ofOne,
    credential: many(CREDENTIALS, { placeholder: '<credential>', help: 'only accounts that are opened so' }),
    privileged: flag('only those with the role of an owner or admin'),
  },
  sorts: ['client', 'name', 'rotated', 'used'],
})
export type ServiceAccountFilter = z.input<typeof SERVICE_ACCOUNTS.filter>
