import { z } from 'zod'

import { ROLE_PATHS } from '../domain/access/role-path.ts'
import { PRINCIPAL_KINDS } from '../domain/facts.ts'
import {
  anyOf,
  clientRef,
  connectionRef,
  id,
  instant,
  level,
  operation,
  projectRef,
  scopeShape,
  readSlice,
  sliceShape,
  sortBy,
} from './common.ts'

export const ACCESS_SORTS = ['client', 'principal', 'project', 'level'] as const

export const principalKind = z.enum(PRINCIPAL_KINDS)

/**
 * One role that reaches one principal on one project, or (project null) on the organization. The union of direct, group
 * and organization roles is the effective access; each path is a row of its own.
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
  }),
  project: projectRef.nullable(),
  roleRaw: z.string(),
  level,
  via: z.enum(ROLE_PATHS),
  /** The group's name or the organization role that carries it; null when direct. */
  viaName: z.string().nullable(),
  grantedAt: instant.nullable(),
})
export type AccessRow = z.infer<typeof accessRow>

export const accessFilter = z.object({
  ...scopeShape,
  /** Part of the name of a person, account or project, of an address or of a role. */
  search: z.string().max(200).optional(),
  connection: id.optional(),
  project: id.optional(),
  person: id.optional(),
  principal: id.optional(),
  level: anyOf(level),
  kind: anyOf(principalKind),
  /** Reaches a project, or as its administrator an organization, that has a key of this environment. */
  environment: anyOf(z.string().max(200)),
  privileged: z.boolean().optional(),
})

export const accessContract = {
  /** Every effective grant with its path. */
  list: operation
    .input(accessFilter.extend({ sort: sortBy(ACCESS_SORTS), ...sliceShape }))
    .output(readSlice(accessRow)),
}
