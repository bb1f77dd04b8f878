import { z } from 'zod'

import { PROJECT_STATUSES } from '../domain/facts.ts'
import { many, ofOne, search } from './filter.ts'
import {
  clientField,
  code,
  connectionFields,
  count,
  findingsField,
  idField,
  instant as instantField,
  json,
  noun,
  own,
  providerField,
  status,
  text,
  texts,
} from './noun.ts'
import { clientRef, connectionRef, findingMark, id, instant } from './values.ts'

export const projectRow = z.object({
  projectId: id,
  name: z.string(),
  externalId: z.string(),
  client: clientRef,
  connection: connectionRef,
  status: z.enum(PROJECT_STATUSES),
  isDefault: z.boolean(),
  createdAt: instant.nullable(),
  archivedAt: instant.nullable(),
  residency: z.string().nullable(),
  /** Its labels at the provider, such as `client=acme`. */
  tags: z.array(z.string()),
  /** People and service accounts that reach it by any path. */
  people: z.number().int(),
  serviceAccounts: z.number().int(),
  keys: z.number().int(),
  limits: z.number().int(),
  /** The open findings about it, where a list or panel was asked for. */
  findings: findingMark.optional(),
})
export type ProjectRow = z.infer<typeof projectRow>

export const PROJECTS = noun(projectRow, {
  id: 'projects',
  title: 'Projects',
  one: 'project',
  many: 'projects',
  about: 'Projects of OpenAI, workspaces of Anthropic and OpenRouter. _List_ and _Tree_ show the same.',
  none: 'projects appear with the first sync, or with an imported register.',
  fields: {
    projectId: idField(),
    name: own('Project', { wide: 20, grow: 2, table: { flexible: true } }),
    externalId: code('Project id', { id: 'id', wide: 20, hidden: true }),
    client: clientField({ wide: 14, grow: 1 }),
    ...connectionFields({ wide: 18, grow: 1, table: { flexible: true } }),
    provider: providerField({ wide: 11, hidden: true }),
    status: status('Status', { wide: 11, table: {} }),
    isDefault: json(),
    createdAt: instantField('Created', { empty: 'Not known' }),
    archivedAt: instantField(''),
    residency: text('Residency', { wide: 10, hidden: true, empty: 'Not reported' }),
    tags: texts(''),
    people: count('People', { table: {} }),
    serviceAccounts: count('Service accounts', { table: {} }),
    keys: count('Keys', { table: {} }),
    limits: count('Limits', { table: {} }),
    findings: findingsField(),
  },
  columns: {
    name: 'the name of the project; the provider’s default project is marked.',
    client: 'the client whose organization has the project.',
    connection: 'the organization that the project was read from.',
    provider: 'OpenAI, Anthropic, OpenRouter, or the platform of a file.',
    status: 'active, or archived at the provider.',
    findings: 'the highest severity and the number of open findings about the project.',
    people: 'people whom a role reaches the project, directly, through a group or through the organization.',
    serviceAccounts: 'non-human identities with a role in the project.',
    keys: 'keys that belong to the project.',
    limits: 'spend and rate limits of the project.',
    createdAt: 'when the provider reports that it was created.',
    residency: 'where the provider keeps the data of the project.',
    externalId: 'the provider’s id of the project.',
  },
  filters: {
    search: search('part of a name or an id'),
    connection: ofOne,
    status: many(PROJECT_STATUSES, { placeholder: '<status>', help: 'only this status' }),
  },
  sorts: ['name', 'client', 'people', 'keys', 'created'],
})
export type ProjectFilter = z.input<typeof PROJECTS.filter>
