import { z } from 'zod'

import {
  clientRef,
  connectionRef,
  id,
  instant,
  level,
  operation,
  projectRef,
  scopeShape,
  sliceOf,
  sliceShape,
  sortBy,
} from './common.ts'

export const principalKind = z.enum(['user', 'service-account', 'group', 'invite'])

/**
 * One role that reaches one principal on one project, or (project null) on the organization. The union of direct,
 * group and organization roles is the effective access; each way in is a row of its own.
 */
export const accessRow = z.object({
  /** Stable while the register does not change; for keys of rows only. */
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
  via: z.enum(['direct', 'group', 'organization']),
  /** The group's name or the organization role that carries it; null when direct. */
  viaName: z.string().nullable(),
  grantedAt: instant.nullable(),
})
export type AccessRow = z.infer<typeof accessRow>

export const accessContract = {
  /** Every effective grant with its path. */
  list: operation
    .input(
      z.object({
        ...scopeShape,
        /** Part of a person's, account's or project's name, of an address or of a role. */
        search: z.string().max(200).optional(),
        connection: id.optional(),
        project: id.optional(),
        person: id.optional(),
        principal: id.optional(),
        level: level.optional(),
        privileged: z.boolean().optional(),
        sort: sortBy(['client', 'principal', 'project', 'level']),
        ...sliceShape,
      }),
    )
    .output(sliceOf(accessRow)),
}
