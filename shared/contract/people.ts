import { z } from 'zod'

import { accessRow, principalKind } from './access.ts'
import {
  clientRef,
  connectionRef,
  day,
  id,
  instant,
  level,
  operation,
  scopeShape,
  sliceOf,
  sliceShape,
  sortBy,
} from './common.ts'
import { findingMark } from './findings.ts'
import { keyRow } from './keys.ts'

export const personRow = z.object({
  personId: id,
  name: z.string(),
  email: z.string().nullable(),
  /** Clients in scope where this person holds anything. */
  clients: z.array(clientRef),
  connections: z.number().int(),
  /** Projects reached by any path. */
  projects: z.number().int(),
  /** Keys that stand in the person's name. */
  keys: z.number().int(),
  /** The strongest level held anywhere in scope, organization or project. */
  level,
  privileged: z.boolean(),
  /** `active`, `invited` (nothing but pending invites), `expired` (nothing but expired invites), `gone` (holds nothing now). */
  status: z.enum(['active', 'invited', 'expired', 'gone']),
  lastUsedAt: instant.nullable(),
  lastReviewedOn: day.nullable(),
  /** Address outside every domain of the clients in scope and of the agency. */
  external: z.boolean(),
  /** What is open against their accounts, where a list or panel was asked for. */
  findings: findingMark.optional(),
})
export type PersonRow = z.infer<typeof personRow>

export const PEOPLE_SORTS = ['name', 'email', 'level', 'projects', 'keys', 'last-used', 'last-review'] as const

export const peopleFilter = z.object({
  ...scopeShape,
  search: z.string().max(200).optional(),
  connection: id.optional(),
  project: id.optional(),
  level: level.optional(),
  privileged: z.boolean().optional(),
  status: z.enum(['active', 'invited', 'expired', 'gone']).optional(),
  external: z.boolean().optional(),
})

export const membershipRow = z.object({
  principalId: id,
  client: clientRef,
  connection: connectionRef,
  kind: principalKind,
  externalId: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  roleRaw: z.string().nullable(),
  level: level.nullable(),
  status: z.string(),
  addedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  lastReviewedOn: day.nullable(),
  /** Set when it no longer stands. */
  goneAt: instant.nullable(),
})

export const personDetail = z.object({
  row: personRow,
  aliases: z.array(z.string()),
  /** One for each connection where the person is or was known. */
  memberships: z.array(membershipRow),
  access: z.array(accessRow),
  keys: z.array(keyRow),
})
export type PersonDetail = z.infer<typeof personDetail>

export const peopleContract = {
  list: operation.input(peopleFilter.extend({ sort: sortBy(PEOPLE_SORTS), ...sliceShape })).output(sliceOf(personRow)),
  get: operation.input(z.object({ personId: id, ...scopeShape })).output(personDetail),
  /** Records that a person's access in one connection was looked at on a day. */
  setReviewed: operation
    .input(z.object({ principalId: id, on: day.nullable() }))
    .output(z.object({ done: z.literal(true) })),
}
