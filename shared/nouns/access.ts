import { z } from 'zod'

import { GRANT_STATES, HOLDER_KINDS } from '../domain/access/grant-state.ts'
import { ROLE_PATHS } from '../domain/access/role-path.ts'
import { PRINCIPAL_KINDS } from '../domain/facts.ts'
import { LEVELS } from '../domain/role.ts'
import { flag, many, manyTexts, named, ofOne, search } from './filter.ts'
import {
  clientField,
  connectionFields,
  idField,
  instant as instantField,
  json,
  levelled,
  noun,
  own,
  projectField,
  providerField,
  text,
  word,
} from './noun.ts'
import { clientRef, connectionRef, id, instant, level, projectRef } from './values.ts'

export const principalKind = z.enum(PRINCIPAL_KINDS)
export const grantState = z.enum(GRANT_STATES)

/**
 * One role that reaches one principal on one project, or (project null) on the organization. The union of direct, group
 * and organization roles that are effective now is the effective access; each path is a row of its own.
 */
export const accessRow = z.object({
  /** Stable while the register does not change; use it only as a key for rows. */
  rowKey: z.string(),
  client: clientRef,
  connection: connectionRef,
  principal: z.object({
    id,
    kind: principalKind,
    externalId: z.string(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    personId: id.nullable(),
    /** True if a directory of the customer manages it (SCIM); null where the provider does not report that it does. */
    provisioned: z.boolean().nullable(),
  }),
  project: projectRef.nullable(),
  roleRaw: z.string(),
  level,
  via: z.enum(ROLE_PATHS),
  /** The group's name or the organization role that carries it; null when direct. */
  viaName: z.string().nullable(),
  grantedAt: instant.nullable(),
  /** Only an effective grant is access; it is not privileged otherwise. */
  state: grantState,
})
export type AccessRow = z.infer<typeof accessRow>

export const ACCESS = noun(accessRow, {
  id: 'access',
  title: 'Access',
  one: 'grant',
  many: 'grants',
  about:
    'Every grant: who has which role where, by which path, and whether it is effective now. One person can have several rows for a project.',
  none: 'no one has the access that the filters describe, or nothing was read yet.',
  fields: {
    principalId: idField((row) => row.principal.id),
    client: clientField({ wide: 12, grow: 1 }),
    ...connectionFields({ wide: 20, grow: 1 }, 'provider-connection'),
    provider: providerField({ table: { optional: true } }),
    organizationId: json((row) => row.connection.organizationId),
    principalKind: word('Kind', { id: 'kind', wide: 13, table: { optional: true } }, (row) => row.principal.kind),
    principalExternalId: json((row) => row.principal.externalId),
    principalName: text(
      'Who',
      { id: 'principal', wide: 17, grow: 2, table: { flexible: true } },
      (row) => row.principal.name,
    ),
    principalEmail: text('E-mail', { id: 'email', wide: 20, grow: 1, hidden: true }, (row) => row.principal.email),
    personId: json((row) => row.principal.personId),
    provisioned: json((row) => row.principal.provisioned),
    projectId: json((row) => row.project?.id),
    project: projectField({ wide: 14, grow: 1, table: { flexible: true } }),
    role: text('Role', { wide: 15, table: {} }, (row) => row.roleRaw),
    level: levelled('Level', { wide: 9, whole: true, table: {} }),
    via: own('Path', { id: 'path', wide: 21, grow: 1, table: { flexible: true } }),
    viaName: json(),
    state: word('State', { wide: 24, table: {} }),
    grantedAt: instantField('Granted', { hidden: true, empty: 'Not reported' }),
  },
  columns: {
    client: 'the client whose organization it is.',
    connection: 'the organization and its provider.',
    principalName:
      'the account: a person, a service account or an invite. A group’s roles are listed with each of its members.',
    principalKind: 'which of them it is.',
    principalEmail: 'the address of the account.',
    project: 'where the role applies; _Organization_ for a role in the whole organization.',
    role: 'the provider’s own word.',
    level: 'what the role amounts to, the same for all providers: owner, admin, member, billing, reader or other.',
    via: '_Direct_, through a group, through a role in the organization that reaches every project, or by federation: workloads that act as the account without a key.',
    state:
      '_Effective_, _Dormant_ while the project is archived, or _Expired_ with its invite, by the status or the date that the provider reports. Only effective grants count as access: in people, findings, reviews, impact and every total.',
    grantedAt: 'when the role was granted, where the provider reports it.',
  },
  filters: {
    connection: ofOne,
    project: ofOne,
    person: ofOne,
    principal: ofOne,
    level: many(LEVELS, { placeholder: '<level>', help: 'only this level' }),
    kind: named('who', many(HOLDER_KINDS, { placeholder: '<kind>', help: 'only this kind of account' })),
    state: many(GRANT_STATES, {
      placeholder: '<state>',
      help: 'only effective, dormant (archived project) or expired (invite) grants',
    }),
    /** Reaches a project, or as its administrator an organization, that has a key of this environment. */
    environment: manyTexts({ placeholder: '<name>', help: 'only grants that reach a key of this environment' }),
    privileged: flag('only effective owners and admins'),
    search: search('only grants whose person, account, project or role it names'),
  },
  sorts: ['client', 'principal', 'project', 'level'],
})
export type AccessFilter = z.input<typeof ACCESS.filter>
