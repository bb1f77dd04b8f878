import { z } from 'zod'

import { ENFORCEMENTS, PROJECT_STATUSES } from '../domain/facts.ts'
import { accessRow } from './access.ts'
import {
  anyOf,
  clientRef,
  connectionRef,
  id,
  instant,
  operation,
  scopeShape,
  readSlice,
  sliceShape,
  sortBy,
} from './common.ts'
import { findingMark } from './findings.ts'
import { keyRow } from './keys.ts'

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
  /** What is open against it, where a list or panel was asked for. */
  findings: findingMark.optional(),
})
export type ProjectRow = z.infer<typeof projectRow>

/** What providers report of some limits; null where they do not. */
export const limitDetails = {
  /** The addresses that an alert notifies. */
  recipients: z.array(z.string()).nullable(),
  /** Whether the provider stops traffic at the limit now. */
  enforcing: z.boolean().nullable(),
}

export const limitRow = z.object({
  id,
  project: z.object({ id, name: z.string() }).nullable(),
  kind: z.enum(['spend', 'rate']),
  enforcement: z.enum(ENFORCEMENTS),
  metric: z.string(),
  model: z.string().nullable(),
  /** Micro-USD for metric `usd`, else the metric's own unit. */
  amount: z.number(),
  period: z.string(),
  ...limitDetails,
})
export type LimitRow = z.infer<typeof limitRow>

export const PROJECT_SORTS = ['name', 'client', 'people', 'keys', 'created'] as const

export const projectFilter = z.object({
  ...scopeShape,
  search: z.string().max(200).optional(),
  connection: id.optional(),
  status: anyOf(z.enum(PROJECT_STATUSES)),
})

export const projectsContract = {
  list: operation
    .input(projectFilter.extend({ sort: sortBy(PROJECT_SORTS), ...sliceShape }))
    .output(readSlice(projectRow)),
  get: operation
    .input(z.object({ projectId: id }))
    .output(
      z.object({ row: projectRow, access: z.array(accessRow), keys: z.array(keyRow), limits: z.array(limitRow) }),
    ),
}
