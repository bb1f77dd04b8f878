import { z } from 'zod'

import { COVERAGE_STATES } from '../domain/coverage.ts'
import { clientRef, connectionRef, id, instant, operation, scopeShape } from './common.ts'
import { providerId } from './connections.ts'

/** One thing that a provider offers to read, and how far it was read. */
export const coverageRow = z.object({
  /** `Members of groups`. */
  what: z.string(),
  state: z.enum(COVERAGE_STATES),
  /** Rows that were read; null where no list was. */
  fetched: z.number().int().nullable(),
  /** Why it was not read, or not completely. */
  reason: z.string().nullable(),
  /** The facts that may not be concluded; null where it was read completely. */
  unknown: z.string().nullable(),
  /** The methods of the provider's client, or the paths of its specification. */
  methods: z.array(z.string()),
})
export type CoverageRow = z.infer<typeof coverageRow>

/** Everything that the provider of a connection offers; without a connection, of a provider. */
export const providerCoverage = z.object({
  provider: z.string(),
  /** The platform that a file describes. */
  platform: z.string().nullable(),
  client: clientRef.nullable(),
  connection: connectionRef.nullable(),
  /** The sync that the states are of; null before the first. */
  sync: z.object({ id, finishedAt: instant }).nullable(),
  /** Where the methods are from, with version and date. */
  basis: z.array(z.string()),
  rows: z.array(coverageRow),
})
export type ProviderCoverage = z.infer<typeof providerCoverage>

export const coverageContract = {
  /** Of each connection in scope; where there is none, of the providers. Costs and usage are those of their last reading. */
  list: operation
    .input(z.object({ ...scopeShape, connection: id.optional(), provider: providerId.optional() }))
    .output(z.array(providerCoverage)),
}
